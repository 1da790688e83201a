from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launcher.domain.catalog import ChangeLogPin, find_manifest_artifact, parse_catalog
from launcher.domain.errors import BadField, ParseError, UnknownVersion, UnsafePath
from tests.documents import ARCHIVE, SHA256, bundle_root, catalog_root, document

PIN = {"kind": "manifest", "format": "json", "url": "bundle.json", "sha256": SHA256, "size_bytes": 3}


def test_catalog_is_read_whole() -> None:
    bundle = bundle_root(revision=41, release={"upstream_version": "b1"}, artifacts=[ARCHIVE, PIN])
    root = catalog_root(changelog={"url": "changelog.md", "sha256": SHA256}, bundles=[bundle])

    catalog = parse_catalog(document(root))

    assert (catalog.channel, catalog.revision, catalog.notes) == ("preview", 42, "For tests.")
    assert catalog.issued_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert catalog.expires_at == datetime(2026, 12, 20, 10, tzinfo=UTC)
    assert catalog.change_log == ChangeLogPin("changelog.md", SHA256)
    (offered,) = catalog.bundles
    assert (offered.channel_revision, offered.release.upstream_version) == (41, "b1")
    manifest = find_manifest_artifact(offered)
    assert manifest is not None
    assert (manifest.url, manifest.require_proof()) == ("bundle.json", (SHA256, 3))


def test_catalog_of_the_older_format_needs_little() -> None:
    catalog = parse_catalog(document({"version": 1, "channel": "preview", "notes": "n", "bundles": [bundle_root()]}))

    assert (catalog.revision, catalog.issued_at, catalog.expires_at, catalog.change_log) == (0, None, None, None)
    assert find_manifest_artifact(catalog.bundles[0]) is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"type": "runtime-bundle"}, UnknownVersion),
        ({"version": 2}, UnknownVersion),
        ({"type": None, "version": 2}, UnknownVersion),
        ({"channel": None}, BadField),
        ({"channel": "*"}, BadField),
        ({"revision": 2**53 - 1 + 0.5}, ParseError),
        ({"revision": -1}, BadField),
        ({"issued_at": None}, BadField),
        ({"expires_at": None}, BadField),  # null is not "never"
        ({"expires_at": "2026-12-20"}, BadField),
        ({"expires_at": "2026-12-20T10:00:00+02:00"}, BadField),
        ({"changelog": {"url": "c.md"}}, BadField),
        ({"changelog": {"sha256": SHA256}}, BadField),
        ({"bundles": {}}, BadField),
        ({"bundles": [bundle_root(), bundle_root(name="Other")]}, BadField),
        ({"bundles": [bundle_root(id="con/b")]}, UnsafePath),
    ],
)
def test_wrong_field_is_refused(changes: dict[str, Any], error: type[ParseError]) -> None:
    with pytest.raises(error):
        parse_catalog(document(catalog_root(**changes)))
