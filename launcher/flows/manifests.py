"""From an offer to its proven manifest: fetched, pinned by the catalog, and signed by those we trust."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import ARCHIVE_FORMATS, parse_manifest
from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_document
from launcher.domain.catalog import find_manifest_artifact
from launcher.domain.errors import MissingHash, SignatureError, Unsigned, WrongHash, WrongSize
from launcher.domain.floor import Floor
from launcher.domain.index import FileEntry
from launcher.domain.trust import Asked, verify_manifest
from launcher.domain.url import resolve_url
from launcher.store.states import list_revisions

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
    artifact = _require_manifest_artifact(offer)
    assert artifact.url is not None  # noqa: S101 - required just above
    return resolve_url(offer.source.url, artifact.url)


def fetch_manifest(session: Session, offer: Offer) -> TrustedManifest:
    """Prove an offer's manifest, which is fetched unless the store has the very one that the catalog pins.

    Nothing else of the bundle is fetched before (threat A1).

    Raises:
        FetchError: It did not come.
        ArtifactError: It is not the one that the catalog pins.
        ParseError: It is not a manifest.
        TrustError: It is not signed by those we trust, or for something else; a broken registry is named.
    """
    sha256, size_bytes = _require_manifest_artifact(offer).require_proof()
    brought = session.brought.find_manifest(sha256)
    raw = brought.raw if brought else _find_stored(session, offer.bundle.id, sha256)
    if raw is None:
        raw = session.fetcher.fetch_document(manifest_url(offer), min(size_bytes, MAX_DOCUMENT_BYTES))
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
    return prove_manifest(session, raw, Asked(offer.bundle.id, offer.catalog.catalog.channel, offer.bundle))


def prove_manifest(session: Session, raw: bytes, asked: Asked) -> TrustedManifest:
    """Prove a manifest from its bytes, wherever they come from.

    Raises:
        ParseError: They are not a manifest.
        TrustError: It is not signed by those we trust, or for something else; a broken registry is named.
    """
    manifest = parse_manifest(parse_document(raw))
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


def _require_manifest_artifact(offer: Offer) -> Artifact:
    artifact = find_manifest_artifact(offer.bundle)
    if artifact is None or artifact.url is None:
        raise Unsigned(
            f"The catalog names no signed manifest for `{offer.bundle.id}`.",
            expected="an artifact of the kind `manifest`",
            actual="none",
        )
    return artifact


def _find_stored(session: Session, bundle_id: str, sha256: str) -> bytes | None:
    """Return the manifest of that digest from a revision on this machine: an imported bundle needs no network."""
    folder = session.layout.bundle(bundle_id)
    for name in reversed(list_revisions(folder)):
        with suppress(OSError):
            raw = folder.revision(name).manifest.read_bytes()
            if hashlib.sha256(raw).hexdigest() == sha256:
                return raw
    return None
