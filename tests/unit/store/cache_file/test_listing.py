from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest

from launcher.domain.errors import BadField, NotJson
from launcher.store.cache_file.listing import (
    CacheCatalog,
    CacheItem,
    CacheListing,
    Pin,
    is_source_name,
    listing_as_bytes,
    parse_listing,
)

SHA256 = hashlib.sha256(b"content").hexdigest()
PIN = Pin(SHA256, 7)
ITEM = CacheItem("llama.cpp-preview/linux", "rev-20261123T080000Z", "preview", 42, "b1", has_index=True, manifest=PIN)
LISTING = CacheListing(
    created_at=datetime(2026, 11, 23, 8, tzinfo=UTC),
    items=(ITEM,),
    catalogs=(CacheCatalog("https://example.com/bundles.json", PIN, PIN), CacheCatalog("bundles.json", PIN, None)),
    objects={SHA256: 7},
    archives={SHA256: 7},
)


def test_what_is_written_is_what_is_read() -> None:
    assert parse_listing(listing_as_bytes(LISTING)) == LISTING


def test_every_member_has_one_name() -> None:
    assert dict(LISTING.members()) == {
        "manifests/llama.cpp-preview/linux/rev-20261123T080000Z/bundle.json": PIN,
        f"catalogs/{SHA256}.json": PIN,
        f"changes/{SHA256}.md": PIN,
        f"archives/{SHA256}": PIN,
        f"objects/{SHA256[:2]}/{SHA256}": PIN,
    }


@pytest.mark.parametrize(
    "name", ["https://example.com/a/b.json", "http://127.0.0.1:8000/x", "bundles.preview.json", "sample", "a" * 100]
)
def test_names_of_sources(name: str) -> None:
    assert is_source_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "file:///etc/passwd",
        "/etc/passwd",
        "../x",
        ".hidden",
        "a/b",
        "a b",
        "a\n",
        "https://",
        "https://me@example.com/",
        "https://example.com/?token=secret",
        "https://example.com/a b",
        "https://example.com/\u00e9",
        "ftp://example.com/",
        "a" * 101,
    ],
)
def test_what_is_no_name_of_a_source(name: str) -> None:
    assert not is_source_name(name)


@pytest.mark.parametrize("raw", [b"[]", b"1", b'"x"'])
def test_a_listing_is_an_object(raw: bytes) -> None:
    with pytest.raises(BadField):
        parse_listing(raw)


def test_a_cut_listing() -> None:
    with pytest.raises(NotJson):
        parse_listing(listing_as_bytes(LISTING)[:-3])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("revision", "latest"),
        ("index", "guessed"),
        ("channel", "Preview"),
        ("manifest", None),
        ("channel_revision", -1),
    ],
)
def test_items_are_strict(key: str, value: object) -> None:
    root = json.loads(listing_as_bytes(LISTING))
    root["items"][0][key] = value
    with pytest.raises(BadField):
        parse_listing(json.dumps(root).encode())
