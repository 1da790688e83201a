from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import ForbiddenUrl, LauncherError, NothingToDo, UsageError
from launcher.domain.progress import Silent
from tests.hostile.import_bench import Bench

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.adapters.offline import Offline

URL = "https://example.com/bundles.preview.json"


@pytest.fixture
def offline(tmp_path: Path) -> Offline:
    return open_launcher(dest=tmp_path / "store").offline


def settings_of(home: Path) -> Path:
    return home / ".config" / "arw" / "settings.json"


def test_sources_are_kept_in_the_settings_beside_everything_else(offline: Offline, home: Path) -> None:
    path = settings_of(home)
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"channels": ["stable"], "later": {"than": "this version"}}))
    assert offline.list_sources() == []
    assert offline.add_source(URL, Silent()) == {"url": URL, "kind": "catalog"}
    assert json.loads(path.read_bytes()) == {
        "channels": ["stable"],
        "later": {"than": "this version"},
        "sources": [URL],
    }
    assert offline.list_sources() == [{"url": URL, "kind": "catalog"}]
    with pytest.raises(NothingToDo):
        offline.add_source(URL, Silent())
    assert offline.remove_source(URL) == {"url": URL, "kind": "catalog"}
    assert json.loads(path.read_bytes())["sources"] == []
    with pytest.raises(UsageError):
        offline.remove_source(URL)


def test_damaged_settings_are_not_written_over(offline: Offline, home: Path) -> None:
    path = settings_of(home)
    path.parent.mkdir(parents=True)
    path.write_text("{")
    with pytest.raises(LauncherError):
        offline.add_source(URL, Silent())
    assert path.read_text() == "{"


def test_a_path_is_named_by_its_url(offline: Offline, tmp_path: Path) -> None:
    catalog = tmp_path / "my catalog.json"
    catalog.write_text("{}")
    assert offline.add_source(str(catalog), Silent()) == {"url": catalog.as_uri(), "kind": "catalog"}
    assert offline.remove_source(str(catalog))["url"] == catalog.as_uri()


@pytest.mark.parametrize(
    ("text", "error"),
    [("nothing/there", UsageError), ("ftp://example.com/x", ForbiddenUrl), ("https://me@example.com/x", ForbiddenUrl)],
)
def test_what_cannot_be_a_source(offline: Offline, home: Path, text: str, error: type[LauncherError]) -> None:
    with pytest.raises(error):
        offline.add_source(text, Silent())
    assert not settings_of(home).exists()


def test_a_cache_is_looked_at_before_it_is_followed(tmp_path: Path, home: Path) -> None:
    bench = Bench(tmp_path / "bench")
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    (folder / "arwcache.json").write_text("{}")
    with pytest.raises(LauncherError):
        bench.launcher().offline.add_source(str(folder), Silent())
    assert not settings_of(home).exists()


def test_a_cache_that_is_not_there_hides_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "bench")
    file = bench.cache_of("b1").write(tmp_path / "x.arwcache")
    assert bench.launcher().offline.add_source(str(file), Silent())["kind"] == "cache"
    file.unlink()
    assert bench.launcher().refresh(Silent()) != []
