"""Which catalogs a machine looks at, and which it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.adapters.shipped import shipped_path
from launcher.adapters.sources import find_sources, parse_source
from launcher.domain.errors import UsageError
from launcher.domain.settings import Settings
from launcher.flows.session import Source

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.org/bundles.preview.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my catalogs"
    folder.mkdir()
    for name in ("bundles.b.json", "bundles.a.json", "bundle_signers.json", "notes.md"):
        (folder / name).write_text("{}", encoding="utf-8")
    return folder


def test_shipped_catalogs_come_first_then_the_persons_own() -> None:
    sources = find_sources(Settings(sources=(URL,)), {})

    shipped = sorted(path.as_uri() for path in shipped_path("configs/runtime").glob("bundles*.json"))
    assert [source.url for source in sources] == [*shipped, URL]
    assert sources[-1] == Source(URL, URL)
    assert not sources[-1].is_local


def test_named_folder_replaces_everything_else(folder: Path) -> None:
    expected = [folder / "bundles.a.json", folder / "bundles.b.json"]

    for sources in (
        find_sources(Settings(sources=(URL,)), {}, catalog_dir=folder),
        find_sources(Settings(sources=(URL,)), {"ARW_RUNTIME_BUNDLE_DIR": str(folder)}),
    ):
        assert [source.url for source in sources] == [path.as_uri() for path in expected]
        assert all(source.is_local for source in sources)


def test_option_wins_over_the_environment(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    assert find_sources(Settings(), {"ARW_RUNTIME_BUNDLE_DIR": str(folder)}, catalog_dir=empty) == ()
    assert find_sources(Settings(), {"ARW_RUNTIME_BUNDLE_DIR": str(folder)}, catalog=URL) == (Source(URL, URL),)


def test_file_is_named_by_its_absolute_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    source = parse_source("bundles.a.json")

    assert source == Source(str(folder / "bundles.a.json"), (folder / "bundles.a.json").as_uri())
    assert "%20" in source.url


def test_what_is_not_there_is_a_usage_error(folder: Path) -> None:
    with pytest.raises(UsageError, match="There is no catalog"):
        parse_source(str(folder / "gone.json"))
    with pytest.raises(UsageError, match="There is no folder"):
        find_sources(Settings(), {}, catalog_dir=folder / "gone")
    with pytest.raises(UsageError):
        find_sources(Settings(), {"ARW_RUNTIME_BUNDLE_DIR": str(folder / "bundles.a.json")})
