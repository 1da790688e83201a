"""From an offer to its proven manifest: fetched, pinned by the catalog, and signed by those we trust."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import ARCHIVE_FORMATS, parse_manifest
from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_document
from launcher.domain.catalog import find_manifest_artifact
from launcher.domain.errors import MissingHash, SignatureError, Unsigned, WrongHash, WrongSize
from launcher.domain.floor import Floor
from launcher.domain.index import FileEntry
from launcher.domain.trust import Asked, verify_manifest
from launcher.domain.url import resolve_url

if TYPE_CHECKING:
    from launcher.domain.bundle import Artifact, Manifest
    from launcher.domain.trust import TrustedManifest
    from launcher.flows.catalogs import Offer
    from launcher.flows.session import Session

ARCHIVE_KIND: Final = "archive"


def manifest_url(offer: Offer) -> str:
    """Return where an offer's manifest is.

    Raises:
        Unsigned: The catalog names none, so nobody signed for the bundle.
        ForbiddenUrl: The URL is of a kind that is never followed.
    """
    artifact = find_manifest_artifact(offer.bundle)
    if artifact is None or artifact.url is None:
        raise Unsigned(
            f"The catalog names no signed manifest for `{offer.bundle.id}`.",
            expected="an artifact of the kind `manifest`",
            actual="none",
        )
    return resolve_url(offer.source.url, artifact.url)


def fetch_manifest(session: Session, offer: Offer) -> TrustedManifest:
    """Fetch and prove an offer's manifest; nothing else of the bundle is fetched before (threat A1).

    Raises:
        FetchError: It did not come.
        ArtifactError: It is not the one that the catalog pins.
        ParseError: It is not a manifest.
        TrustError: It is not signed by those we trust, or for something else; a broken registry is named.
    """
    url = manifest_url(offer)
    artifact = find_manifest_artifact(offer.bundle)
    assert artifact is not None  # noqa: S101 - manifest_url has just found it
    sha256, size_bytes = artifact.require_proof()
    raw = session.fetcher.fetch_document(url, min(size_bytes, MAX_DOCUMENT_BYTES))
    if len(raw) != size_bytes:
        raise WrongSize(
            f"The manifest of `{offer.bundle.id}` has not the size that the catalog says.",
            expected=f"{size_bytes} bytes",
            actual=f"{len(raw)} bytes",
        )
    actual = hashlib.sha256(raw).hexdigest()
    if actual != sha256:
        raise WrongHash(
            f"The manifest of `{offer.bundle.id}` is not the one that the catalog pins.", expected=sha256, actual=actual
        )
    manifest = parse_manifest(parse_document(raw))
    asked = Asked(offer.bundle.id, offer.catalog.catalog.channel, offer.bundle)
    try:
        return verify_manifest(manifest, session.registry, asked, session.at)
    except SignatureError as error:
        if session.registry_problem is not None:
            raise session.registry_problem from error
        raise


def archives_of(manifest: Manifest) -> dict[int, Artifact]:
    """Return the archives that make up a bundle, by their number in ``bundle.artifacts``.

    Raises:
        MissingHash: There is none, or the index names an artifact that is not an archive.
    """
    archives = {
        number: artifact
        for number, artifact in enumerate(manifest.bundle.artifacts)
        if artifact.format in ARCHIVE_FORMATS or artifact.kind == ARCHIVE_KIND
    }
    needed = {entry.artifact for entry in manifest.files or () if isinstance(entry, FileEntry)} or set(archives)
    if not archives or not needed <= archives.keys():
        raise MissingHash(f"The manifest of `{manifest.bundle.id}` names no archive to unpack.")
    return {number: archives[number] for number in sorted(needed)}


def floor_of(trusted: TrustedManifest) -> dict[str, Floor]:
    """Return the floor that accepting a manifest sets for its bundle on its channel."""
    manifest = trusted.manifest
    floor = Floor(manifest.channel_revision, manifest.document.sha256, trusted.report.trusted_keys)
    return {f"bundle {manifest.bundle.id} {manifest.channel}": floor}
