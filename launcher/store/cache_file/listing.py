"""``arwcache.json``: what an exported cache says that it holds; nothing of it is trusted, everything is compared.

The listing pins every other member by size and digest, and a member's name follows from what it is, so that there is
one way only to write a cache down (docs/reference/cache-file.md).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import check_type, parse_bundle_id, parse_channel
from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_strict_json
from launcher.domain.fields import Fields, format_time
from launcher.domain.history import find_revision_time
from launcher.domain.index import MAX_FILE_BYTES
from launcher.domain.member_path import parse_member_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

CACHE_TYPE: Final = "runtime-cache"
LISTING_NAME: Final = "arwcache.json"
CACHE_SUFFIX: Final = ".arwcache"
MAX_ITEMS: Final = 1_000
MAX_CATALOGS: Final = 100

# A network source is known by its address, any other one by a plain name: never a file of the importer, and never a
# query or a user name (`?` and `@`, which the first range leaves out), either of which may hold a secret (threat B17).
_SOURCE = re.compile(r"https?://[!->A-~]{1,1990}|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pin:
    """A member's content: its sha256 and its size in bytes."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class CacheItem:
    """One revision of a bundle, in the words of who exported it.

    Attributes:
        revision: Its name on the exporting machine; the importing one gives it its own.
        has_index: Whether its files travel one by one, because the manifest signs them, or its archives do.
    """

    bundle_id: str
    revision: str
    channel: str
    channel_revision: int
    upstream_version: str | None
    has_index: bool
    manifest: Pin

    @property
    def manifest_path(self) -> str:
        """The member with the signed bytes."""
        return f"manifests/{self.bundle_id}/{self.revision}/bundle.json"


@dataclass(frozen=True, slots=True)
class CacheCatalog:
    """One catalog with the change log that it pins, if it came with one; ``source`` is its name on the exporter."""

    source: str
    catalog: Pin
    change_log: Pin | None

    @property
    def catalog_path(self) -> str:
        """The member with the signed bytes."""
        return f"catalogs/{self.catalog.sha256}.json"


@dataclass(frozen=True, slots=True)
class CacheListing:
    """All that an exported cache holds.

    Attributes:
        created_at: When it was exported.
        objects: File contents, by digest, with their sizes.
        archives: Archives of bundles without a signed index, by digest, with their sizes.
    """

    created_at: datetime
    items: tuple[CacheItem, ...]
    catalogs: tuple[CacheCatalog, ...]
    objects: Mapping[str, int]
    archives: Mapping[str, int]

    def members(self) -> Iterator[tuple[str, Pin]]:
        """Yield every member but the listing itself, in the order of the file: what decides first, then contents."""
        for item in self.items:
            yield item.manifest_path, item.manifest
        for catalog in self.catalogs:
            yield catalog.catalog_path, catalog.catalog
            if catalog.change_log is not None:
                yield change_log_path(catalog.change_log.sha256), catalog.change_log
        for sha256, size_bytes in self.archives.items():
            yield archive_path(sha256), Pin(sha256, size_bytes)
        for sha256, size_bytes in self.objects.items():
            yield object_path(sha256), Pin(sha256, size_bytes)


def object_path(sha256: str) -> str:
    """Return the member that holds a file's content."""
    return f"objects/{sha256[:2]}/{sha256}"


def archive_path(sha256: str) -> str:
    """Return the member that holds an archive."""
    return f"archives/{sha256}"


def change_log_path(sha256: str) -> str:
    """Return the member that holds a change log."""
    return f"changes/{sha256}.md"


def is_content(path: str) -> bool:
    """Tell whether a member holds contents, which may be large, and no document."""
    return path.startswith(("objects/", "archives/"))


def is_source_name(name: str) -> bool:
    """Tell whether a catalog's source may be called so in a cache."""
    return _SOURCE.fullmatch(name) is not None


def listing_as_bytes(listing: CacheListing) -> bytes:
    """Return what ``arwcache.json`` holds."""
    content = {
        "type": CACHE_TYPE,
        "version": 1,
        "created_at": format_time(listing.created_at),
        "items": [_item_as_json(item) for item in listing.items],
        "catalogs": [_catalog_as_json(catalog) for catalog in listing.catalogs],
        "objects": dict(listing.objects),
        "archives": dict(listing.archives),
    }
    return json.dumps(content, ensure_ascii=False, indent=0).encode() + b"\n"


def parse_listing(raw: bytes) -> CacheListing:
    """Read ``arwcache.json`` strictly.

    Raises:
        ParseError: It is not one, or a later version of it, or two of its members have one name.
    """
    root = Fields(parse_strict_json(raw), "")
    check_type(root, CACHE_TYPE)
    listing = CacheListing(
        created_at=root.time("created_at"),
        items=tuple(_parse_item(row) for row in _rows(root, "items", MAX_ITEMS)),
        catalogs=tuple(_parse_catalog(row) for row in _rows(root, "catalogs", MAX_CATALOGS)),
        objects=_parse_sizes(root.child("objects")),
        archives=_parse_sizes(root.child("archives")),
    )
    _check_distinct(root, "items", [item.manifest_path for item in listing.items])
    _check_distinct(root, "catalogs", [catalog.source for catalog in listing.catalogs])
    return listing


def _item_as_json(item: CacheItem) -> dict[str, object]:
    return {
        "bundle_id": item.bundle_id,
        "revision": item.revision,
        "channel": item.channel,
        "channel_revision": item.channel_revision,
        "upstream_version": item.upstream_version,
        "index": "signed" if item.has_index else "recorded",
        "manifest": _pin_as_json(item.manifest),
    }


def _catalog_as_json(catalog: CacheCatalog) -> dict[str, object]:
    change_log = _pin_as_json(catalog.change_log) if catalog.change_log else None
    return {"source": catalog.source, "catalog": _pin_as_json(catalog.catalog), "change_log": change_log}


def _pin_as_json(pin: Pin) -> dict[str, object]:
    return {"sha256": pin.sha256, "size_bytes": pin.size_bytes}


def _parse_item(row: Fields) -> CacheItem:
    revision = row.text("revision")
    if find_revision_time(revision) is None:
        raise row.bad("revision", "rev-YYYYMMDDTHHMMSSZ", ascii(revision[:60]))
    index = row.text("index")
    if index not in ("signed", "recorded"):
        raise row.bad("index", "signed or recorded", ascii(index[:60]))
    item = CacheItem(
        bundle_id=parse_bundle_id(row.text("bundle_id")),
        revision=revision,
        channel=parse_channel(row.text("channel")),
        channel_revision=row.integer("channel_revision"),
        upstream_version=row.find_text("upstream_version"),
        has_index=index == "signed",
        manifest=_parse_pin(row.child("manifest"), MAX_DOCUMENT_BYTES),
    )
    parse_member_path(item.manifest_path)
    return item


def _parse_catalog(row: Fields) -> CacheCatalog:
    source = row.text("source")
    if not is_source_name(source):
        raise row.bad("source", "the address of a catalog, or a plain name", ascii(source[:120]))
    return CacheCatalog(
        source=source,
        catalog=_parse_pin(row.child("catalog"), MAX_DOCUMENT_BYTES),
        change_log=_parse_pin(row.child("change_log"), MAX_DOCUMENT_BYTES) if "change_log" in row else None,
    )


def _parse_pin(fields: Fields, max_bytes: int) -> Pin:
    return Pin(fields.sha256("sha256"), fields.integer("size_bytes", maximum=max_bytes))


def _parse_sizes(fields: Fields) -> dict[str, int]:
    for key in fields:
        if re.fullmatch(r"[0-9a-f]{64}", key, re.ASCII) is None:
            raise fields.bad("", "64 lower-case hex digits", ascii(key[:80]))
    return {key: fields.integer(key, maximum=MAX_FILE_BYTES) for key in fields}


def _rows(root: Fields, key: str, most: int) -> tuple[Fields, ...]:
    rows = root.children(key)
    if len(rows) > most:
        raise root.bad(key, f"at most {most} rows", len(rows))
    return rows


def _check_distinct(root: Fields, key: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise root.bad(key, "each once", f"`{name}` twice")
        seen.add(name)
