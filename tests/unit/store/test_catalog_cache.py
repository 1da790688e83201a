"""The last accepted catalog of each source: whole, of its source, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from launcher.domain.errors import NoPermission
from launcher.store.catalog_cache import CachedCatalog, CatalogCache
from launcher.store.checkpoint import watch_checkpoints

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
URL = "https://example.org/bundles.preview.json"


@pytest.fixture
def cache(tmp_path: Path) -> CatalogCache:
    return CatalogCache(tmp_path / "catalogs")


def test_catalog_comes_back_as_it_came(cache: CatalogCache) -> None:
    cached = CachedCatalog(URL, AT, b'{"a": 1}\r\n', "### Änderungen\n".encode())

    cache.save(cached)

    assert cache.find(URL) == cached
    assert cache.find(URL + "?other") is None


def test_catalog_without_a_change_log_drops_the_old_one(cache: CatalogCache) -> None:
    cache.save(CachedCatalog(URL, AT, b"1", b"old notices"))
    cache.save(CachedCatalog(URL, AT, b"2", None))

    assert cache.find(URL) == CachedCatalog(URL, AT, b"2", None)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 1}', b'{"fetched_at": "yesterday"}'])
def test_damaged_note_counts_as_nothing(cache: CatalogCache, tmp_path: Path, damage: bytes) -> None:
    cache.save(CachedCatalog(URL, AT, b"1", None))
    (note,) = (tmp_path / "catalogs").glob("*.note.json")
    note.write_bytes(damage)

    assert cache.find(URL) is None


def test_first_save_counts_only_when_it_is_whole(cache: CatalogCache) -> None:
    seen: list[CachedCatalog | None] = []
    watch_checkpoints(lambda name: seen.append(cache.find(URL)) if name.startswith("replaced:") else None)
    try:
        cache.save(CachedCatalog(URL, AT, b"1", b"notices"))
    finally:
        watch_checkpoints(None)

    assert [found is not None for found in seen] == [False, False, True]


def test_cache_that_cannot_be_read_is_named(cache: CatalogCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.save(CachedCatalog(URL, AT, b"1", None))

    def deny(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(NoPermission):
        cache.find(URL)
