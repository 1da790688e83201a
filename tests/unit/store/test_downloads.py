from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.errors import Cancelled, DiskFull, FileTaken, NoPermission, UnsafeStore, WrongHash, WrongSize
from launcher.domain.progress import Silent
from launcher.store.downloads import Downloaded, Downloads

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"the whole of it"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SIZE = len(CONTENT)
URL = "https://example.org/a"


@pytest.fixture
def downloads(tmp_path: Path) -> Downloads:
    return Downloads(tmp_path / "downloads")


def names(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "downloads").iterdir()}


def leave(downloads: Downloads, content: bytes, etag: str | None = '"v1"') -> None:
    """Begin a transfer and give it up."""
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.begin(URL, etag)
        partial.write(content)


def test_file_that_comes_in_two_chunks(downloads: Downloads, tmp_path: Path) -> None:
    assert downloads.find(SHA256, SIZE) is None
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.begin(URL, None)
        partial.write(CONTENT[:4])
        partial.write(memoryview(CONTENT)[4:])
        assert partial.is_intact
        downloaded = partial.finish()

    assert downloaded == Downloaded(tmp_path / "downloads" / SHA256, SHA256, SIZE)
    assert downloaded.path.read_bytes() == CONTENT
    assert downloads.find(SHA256, SIZE) == downloaded
    assert downloads.find(SHA256, SIZE + 1) is None
    assert names(tmp_path) == {SHA256}
    assert (tmp_path / "downloads").stat().st_mode & 0o777 == 0o700


def test_file_of_no_bytes(downloads: Downloads) -> None:
    digest = hashlib.sha256().hexdigest()

    with downloads.open_partial(digest, 0) as partial:
        assert partial.is_intact
        assert partial.finish().path.read_bytes() == b""


def test_kept_bytes_are_hashed_again(downloads: Downloads, tmp_path: Path) -> None:  # threat D16
    leave(downloads, CONTENT[:4])
    assert names(tmp_path) == {f"{SHA256}.part", f"{SHA256}.part.json"}

    with downloads.open_partial(SHA256, SIZE) as partial:
        assert (partial.offset, partial.is_resumed) == (4, True)
        assert partial.origin is not None
        assert (partial.origin.url, partial.origin.etag) == (URL, '"v1"')
        partial.write(CONTENT[4:])
        partial.finish()


def test_kept_bytes_without_a_validator_are_dropped(downloads: Downloads) -> None:  # threat D3
    leave(downloads, CONTENT[:4], etag=None)

    with downloads.open_partial(SHA256, SIZE) as partial:
        assert (partial.offset, partial.is_resumed, partial.origin) == (0, False, None)


def test_note_of_another_size_is_not_believed(downloads: Downloads) -> None:
    leave(downloads, CONTENT[:4])

    with downloads.open_partial(SHA256, SIZE + 1) as partial:
        assert partial.offset == 0


def test_restart(downloads: Downloads, tmp_path: Path) -> None:
    leave(downloads, CONTENT[:4])

    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.restart()
        assert (partial.offset, partial.is_resumed, partial.origin) == (0, False, None)
        partial.write(CONTENT)
        partial.finish()

    assert names(tmp_path) == {SHA256}


def test_nothing_is_left_of_a_transfer_without_bytes(downloads: Downloads, tmp_path: Path) -> None:
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.begin(URL, '"v1"')

    assert names(tmp_path) == set()


def test_one_byte_too_many(downloads: Downloads, tmp_path: Path) -> None:  # threat A8
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT[:4])
        with pytest.raises(WrongSize):
            partial.write(CONTENT[4:] + b"x")
        assert partial.offset == 0

    assert names(tmp_path) == set()


def test_too_few_bytes_are_kept(downloads: Downloads) -> None:
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.begin(URL, '"v1"')
        partial.write(CONTENT[:-1])
        with pytest.raises(WrongSize) as refusal:
            partial.finish()

    assert (refusal.value.expected, refusal.value.actual) == (f"{SIZE} bytes", f"{SIZE - 1} bytes")
    with downloads.open_partial(SHA256, SIZE) as partial:
        assert partial.offset == SIZE - 1


def test_wrong_bytes_are_deleted(downloads: Downloads, tmp_path: Path) -> None:  # threat D7
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(b"x" * SIZE)
        assert not partial.is_intact
        with pytest.raises(WrongHash) as refusal:
            partial.finish()

    assert refusal.value.actual == hashlib.sha256(b"x" * SIZE).hexdigest()
    assert names(tmp_path) == set()


def test_file_that_another_process_finished_is_hashed_and_taken(downloads: Downloads, tmp_path: Path) -> None:  # D17
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT)
        partial.finish()

    with downloads.open_partial(SHA256, SIZE) as partial:
        assert (partial.offset, partial.is_intact) == (SIZE, True)
        assert partial.finish().path.read_bytes() == CONTENT
    assert names(tmp_path) == {SHA256}


def test_finished_file_that_went_bad_is_fetched_anew(downloads: Downloads, tmp_path: Path) -> None:
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT)
        partial.finish().path.write_bytes(b"x" * SIZE)

    with downloads.open_partial(SHA256, SIZE) as partial:
        assert (partial.is_resumed, partial.is_intact) == (True, False)
        partial.restart()
        assert downloads.find(SHA256, SIZE) is None
        partial.write(CONTENT)
        assert partial.finish().path.read_bytes() == CONTENT
    assert names(tmp_path) == {SHA256}


def test_file_that_is_taken_away_meanwhile(downloads: Downloads, tmp_path: Path) -> None:  # threat D17
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT)
        (tmp_path / "downloads" / f"{SHA256}.part").unlink()
        with pytest.raises(FileTaken):
            partial.finish()


def test_file_that_another_writer_published_meanwhile(downloads: Downloads, tmp_path: Path) -> None:  # threat D17
    part = tmp_path / "downloads" / f"{SHA256}.part"
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT)
        part.rename(part.with_suffix(""))
        assert partial.finish().path.read_bytes() == CONTENT


def test_discard(downloads: Downloads, tmp_path: Path) -> None:
    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.write(CONTENT)
        downloaded = partial.finish()

    downloads.discard(downloaded)
    downloads.discard(downloaded)

    assert names(tmp_path) == set()


def test_cancel_while_kept_bytes_are_hashed(downloads: Downloads) -> None:  # threat D20
    leave(downloads, CONTENT[:4])

    class Impatient(Silent):
        def advance(self, added_bytes: int) -> None:
            raise Cancelled(f"Stopped at {added_bytes}.")

    with pytest.raises(Cancelled), downloads.open_partial(SHA256, SIZE, Impatient()):
        pytest.fail("the block must not begin")

    with downloads.open_partial(SHA256, SIZE) as partial:
        assert partial.offset == 4


def test_links_are_not_followed(downloads: Downloads, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"precious")
    leave(downloads, CONTENT[:4])
    part = tmp_path / "downloads" / f"{SHA256}.part"
    part.unlink()
    part.symlink_to(outside)

    with pytest.raises(UnsafeStore), downloads.open_partial(SHA256, SIZE):
        pytest.fail("the block must not begin")

    assert outside.read_bytes() == b"precious"


def test_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "downloads").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UnsafeStore), Downloads(tmp_path / "downloads").open_partial(SHA256, SIZE):
        pytest.fail("the block must not begin")

    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "error", "kept"), [(errno.ENOSPC, DiskFull, False), (errno.EACCES, NoPermission, True)]
)
def test_disk_that_refuses(  # threat D15
    downloads: Downloads,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[Exception],
    *,
    kept: bool,
) -> None:
    def refuse(*_: Any) -> int:  # noqa: ANN401 - as os.write
        raise OSError(number, os.strerror(number))

    with downloads.open_partial(SHA256, SIZE) as partial:
        partial.begin(URL, '"v1"')
        partial.write(CONTENT[:4])
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", refuse)
            with pytest.raises(error):
                partial.write(CONTENT[4:])

    assert (f"{SHA256}.part" in names(tmp_path)) is kept


def test_short_writes_are_continued(downloads: Downloads, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with downloads.open_partial(SHA256, SIZE) as partial:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
            partial.write(CONTENT)
        assert partial.finish().path.read_bytes() == CONTENT
