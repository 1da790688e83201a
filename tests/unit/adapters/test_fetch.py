from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.adapters.fetch import UrlFetcher
from launcher.domain.errors import (
    Cancelled,
    ForbiddenUrl,
    NoPermission,
    NoSuchSource,
    TooLarge,
    WrongHash,
    WrongSize,
)
from launcher.domain.progress import Silent
from launcher.store.downloads import Downloaded, Downloads
from tests.hostile.raw_server import RawServer, whole

CHECKOUT = Path(__file__).parents[3]
CONTENT = b"0123456789" * 250_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def fetcher() -> UrlFetcher:
    return UrlFetcher(user_agent="test/1")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file whose name needs percent signs in a URL."""
    path = tmp_path / "an ärtifact #1.zip"
    path.write_bytes(CONTENT)
    return path


def fetch(fetcher: UrlFetcher, url: str, folder: Path, size_bytes: int = len(CONTENT)) -> Downloaded:
    with Downloads(folder).open_partial(SHA256, size_bytes) as partial:
        fetcher.fetch_artifact(url, partial, Silent())
        return partial.finish()


def test_scheme_decides(fetcher: UrlFetcher, source: Path) -> None:
    assert fetcher.fetch_document(source.as_uri(), len(CONTENT)) == CONTENT
    with RawServer([whole(b"served")]) as server:
        assert fetcher.fetch_document(server.url(), 6) == b"served"
        assert server.requests[0].headers["user-agent"] == "test/1"


def test_own_name_is_said_where_none_is_given() -> None:
    with RawServer([whole(b"served")]) as server:
        UrlFetcher().fetch_document(server.url(), 6)

        assert server.requests[0].headers["user-agent"].startswith("arw-launcher/")


def test_listed_hosts_reach_the_servers() -> None:
    with pytest.raises(ForbiddenUrl):
        UrlFetcher(allowed_http_hosts=frozenset({"a.example"})).fetch_document("http://b.example/", 1)


@pytest.mark.parametrize("url", ["", "ftp://a/b", "/etc/passwd", "file://server/share", "file:///a%00b"])
def test_other_urls_are_refused(fetcher: UrlFetcher, url: str) -> None:
    with pytest.raises(ForbiddenUrl):
        fetcher.fetch_document(url, 1)


def test_local_artifact_is_copied_under_the_same_checks(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    downloaded = fetch(fetcher, source.as_uri(), tmp_path / "downloads")

    assert downloaded.path.read_bytes() == CONTENT
    assert not downloaded.path.samefile(source)


def test_local_artifact_replaces_what_a_server_gave(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    downloads = Downloads(tmp_path / "downloads")
    with downloads.open_partial(SHA256, len(CONTENT)) as partial:
        partial.begin("https://example.org/a", '"v1"')
        partial.write(b"x" * 10)

    assert fetch(fetcher, source.as_uri(), tmp_path / "downloads").path.read_bytes() == CONTENT


def test_local_artifact_of_another_size(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongSize) as refusal:
        fetch(fetcher, source.as_uri(), tmp_path / "downloads", len(CONTENT) + 1)

    assert (refusal.value.expected, refusal.value.actual) == ("2500001 bytes", "2500000 bytes")


def test_local_artifact_that_was_changed(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    source.write_bytes(b"x" + CONTENT[1:])

    with pytest.raises(WrongHash):
        fetch(fetcher, source.as_uri(), tmp_path / "downloads")

    source.write_bytes(CONTENT)
    fetch(fetcher, source.as_uri(), tmp_path / "downloads")


def test_local_document_that_is_too_large(fetcher: UrlFetcher, source: Path) -> None:
    with pytest.raises(TooLarge):
        fetcher.fetch_document(source.as_uri(), len(CONTENT) - 1)


def test_cancel_of_a_copy(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    class Impatient(Silent):
        def advance(self, added_bytes: int) -> None:
            raise Cancelled(f"Stopped at {added_bytes}.")

    with Downloads(tmp_path / "downloads").open_partial(SHA256, len(CONTENT)) as partial, pytest.raises(Cancelled):
        fetcher.fetch_artifact(source.as_uri(), partial, Impatient())


def test_sources_that_are_no_files(fetcher: UrlFetcher, source: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "missing", source / "below", tmp_path):
        with pytest.raises(NoSuchSource):
            fetcher.fetch_document(path.as_uri(), 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in the file system")
def test_pipe_is_not_waited_for(fetcher: UrlFetcher, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NoSuchSource):
        fetcher.fetch_document((tmp_path / "pipe").as_uri(), 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(fetcher: UrlFetcher, source: Path) -> None:
    source.chmod(0)

    with pytest.raises(NoPermission):
        fetcher.fetch_document(source.as_uri(), 1)


def test_local_files_load_no_http(source: Path) -> None:
    program = (
        "import sys; from launcher.adapters.fetch import UrlFetcher;"
        "UrlFetcher().fetch_document(sys.argv[1], 10**7);"
        "print(*{'httpcore', 'httpx', 'ssl', 'truststore', 'urllib.request'} & set(sys.modules))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program, source.as_uri()], cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout

    assert loaded.split() == []
