"""Catalogs (3-trust, "Catalog `bundles.*.json`"): what a channel offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import check_type, parse_bundle, parse_channel
from launcher.domain.errors import BadField
from launcher.domain.fields import Fields
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.bundle import Artifact, Bundle
    from launcher.domain.canonical import Document

CATALOG_TYPE: Final = "runtime-catalog"
MANIFEST_KIND: Final = "manifest"


class ChangeLogPin(NamedTuple):
    """Where the change log is, and which bytes it must have: banners are as trustworthy as the catalog."""

    url: str
    sha256: str


class Catalog(NamedTuple):
    """A well-formed catalog; being well-formed is not being trusted."""

    document: Document
    channel: str
    revision: int
    issued_at: datetime | None
    expires_at: datetime | None
    change_log: ChangeLogPin | None
    notes: str
    bundles: tuple[Bundle, ...]


def parse_catalog(document: Document) -> Catalog:
    """Read a catalog's shape from a strictly parsed document.

    Raises:
        UnknownVersion: Another type of document, or a major version that we do not know.
        BadField: A field is missing or wrong, or a bundle stands twice.
        UnsafePath: A name in it is not safe.
    """
    root = Fields(document.root, "")
    check_type(root, CATALOG_TYPE, optional=True)
    bundles = tuple(parse_bundle(fields) for fields in root.children("bundles"))
    if len({bundle.id for bundle in bundles}) != len(bundles):
        raise BadField("A bundle stands twice in the catalog.", expected="each bundle id once")
    change_log = root.child("changelog")
    return Catalog(
        document=document,
        channel=parse_channel(root.text("channel")),
        revision=root.integer("revision", default=0),
        issued_at=root.find_time("issued_at"),
        expires_at=root.find_time("expires_at"),
        change_log=ChangeLogPin(change_log.text("url"), change_log.sha256("sha256")) if "changelog" in root else None,
        notes=root.text("notes", ""),
        bundles=bundles,
    )


def find_manifest_artifact(bundle: Bundle) -> Artifact | None:
    """Return where the signed manifest of an offered bundle is, or None where the catalog has none."""
    return next((artifact for artifact in bundle.artifacts if artifact.kind == MANIFEST_KIND), None)
