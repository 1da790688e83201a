"""Publishing: manifests made from archives, and the catalog that offers them; `launcher.flows.signing` signs both.

What comes out of here is read back by the strict parsers before it is returned, and archives go through the reader
that installs use: what a machine would refuse cannot be published.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from launcher.domain.bundle import ARCHIVE_FORMATS, MANIFEST_TYPE, parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import CATALOG_TYPE, MANIFEST_KIND, parse_catalog
from launcher.domain.errors import NoExecutable, UnknownArchiveFormat, UsageError
from launcher.domain.fields import format_time
from launcher.domain.index import FileEntry, find_executable
from launcher.domain.progress import Phase, Silent
from launcher.flows.signing import dump
from launcher.store.archive import check_links, unpack_archive
from launcher.store.disk_errors import named_disk_errors
from launcher.store.hashing import hash_open_file
from launcher.store.tree import TreeWriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from launcher.domain.bundle import ArchiveFormat, Manifest
    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer


@dataclass(frozen=True, slots=True)
class Edition:
    """Which publication of a channel this is.

    Attributes:
        revision: The channel revision, an integer that the channel counts up with every publication.
        at: When it is published.
    """

    channel: str
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ArchiveToPublish:
    """One archive of a bundle: where it lies here, and where machines will find it.

    Attributes:
        url: May be relative to the manifest.
        strip_prefix: The leading folder that unpacking drops from every member's name.
    """

    path: Path
    format: ArchiveFormat
    url: str
    strip_prefix: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file as it is published: the bytes that a catalog pins, and their address, which may be relative to it."""

    url: str
    content: bytes


def name_archive(path: Path, url: str, strip_prefix: str | None) -> ArchiveToPublish:
    """Return an archive to publish, of the format that its name says.

    Raises:
        UnknownArchiveFormat: It says none that is unpacked.
    """
    for archive_format in ARCHIVE_FORMATS:
        if path.name.endswith(f".{archive_format}"):
            return ArchiveToPublish(path, archive_format, url, strip_prefix)
    raise UnknownArchiveFormat(
        f"`{path.name}` is not an archive that can be published.",
        expected=", ".join(f".{name}" for name in ARCHIVE_FORMATS),
        actual=path.name,
    )


def create_manifest(
    bundle: Mapping[str, Any],
    release: Mapping[str, Any],
    archives: Sequence[ArchiveToPublish],
    edition: Edition,
    observer: Observer | None = None,
) -> dict[str, Any]:
    """Return an unsigned ``bundle.json`` with the ``files`` that the archives hold (3-trust, "Manifest").

    Args:
        bundle: The manifest's ``bundle`` object; its ``artifacts`` are made here.
        release: The manifest's ``release`` object; ``issued_at`` is the edition's time where it says none.
        archives: They unpack into one tree, in this order.
        edition: What becomes ``catalog``.
        observer: Told of the unpacked bytes.

    Raises:
        ParseError: The bundle object is not one that a machine would read.
        NoExecutable: The program that the bundle names is not in the archives.
        ArchiveError: An archive may not be unpacked.
        UnsafePath: A name in an archive is not safe.
        StoreError: The disk refused, or an archive is not there.
        Cancelled: The observer said so.
    """
    artifacts, files = _index_archives(archives, observer or Silent())
    root = {
        "type": MANIFEST_TYPE,
        "version": 1,
        "bundle": {**bundle, "artifacts": artifacts},
        "catalog": {"channel": edition.channel, "revision": edition.revision},
        "release": {"issued_at": format_time(edition.at), **release},
        "files": files,
    }
    _check_executable(parse_manifest(parse_document(dump(root))))
    return root


def create_catalog(
    edition: Edition,
    manifests: Sequence[PublishedFile],
    *,
    expires_at: datetime | None = None,
    change_log: PublishedFile | None = None,
    notes: str = "",
) -> dict[str, Any]:
    """Return an unsigned catalog that offers bundles by their signed manifests (3-trust, "Catalog").

    Args:
        edition: The catalog's own; a manifest in it may be of an earlier revision of the channel.
        manifests: The signed manifests; what they name relatively is made relative to the catalog.
        expires_at: From then on nothing new is activated from it; None for never.
        change_log: What its banners come from.
        notes: For people.

    Raises:
        ParseError: A manifest is not one, or two are for the same bundle.
        UsageError: A manifest is for another channel, or of a later revision than the catalog.
    """
    root: dict[str, Any] = {
        "type": CATALOG_TYPE,
        "version": 1,
        "channel": edition.channel,
        "revision": edition.revision,
        "issued_at": format_time(edition.at),
        "notes": notes,
        "bundles": [_offer(manifest, edition) for manifest in manifests],
    }
    if expires_at is not None:
        root["expires_at"] = format_time(expires_at)
    if change_log is not None:
        root["changelog"] = {"url": change_log.url, "sha256": hashlib.sha256(change_log.content).hexdigest()}
    parse_catalog(parse_document(dump(root)))
    return root


def _index_archives(
    archives: Sequence[ArchiveToPublish], observer: Observer
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Unpack all archives into one temporary tree; return the artifacts and the index."""
    artifacts: list[dict[str, Any]] = []
    entries: list[IndexEntry] = []
    with (
        tempfile.TemporaryDirectory(prefix="arw-publish-", ignore_cleanup_errors=True) as folder,
        TreeWriter(Path(folder)) as tree,
    ):
        for number, archive in enumerate(archives):
            observer.phase(Phase.UNPACKING, archive.path.name)
            with named_disk_errors(archive.path), archive.path.open("rb") as file:
                artifacts.append(_artifact(archive, hash_open_file(file, None), file.tell()))
                entries += unpack_archive(file, archive.format, None, number, archive.strip_prefix, tree, observer)
    check_links(entries)
    return artifacts, [_index_row(entry) for entry in entries]


def _artifact(archive: ArchiveToPublish, sha256: str, size_bytes: int) -> dict[str, Any]:
    artifact = {
        "kind": "archive",
        "format": archive.format,
        "url": archive.url,
        "sha256": sha256,
        "size_bytes": size_bytes,
    }
    return artifact | ({"strip_prefix": archive.strip_prefix} if archive.strip_prefix else {})


def _index_row(entry: IndexEntry) -> dict[str, Any]:
    if not isinstance(entry, FileEntry):
        return {"path": entry.path, "link": entry.target}
    row = {
        "path": entry.path,
        "artifact": entry.artifact,
        "size_bytes": entry.size_bytes,
        "sha256": entry.sha256,
    }
    return row | ({"executable": True} if entry.executable else {})


def _check_executable(manifest: Manifest) -> None:
    process = manifest.bundle.process
    if process is not None and find_executable(process.command, manifest.files or ()) is None:
        raise NoExecutable(
            f"The program `{process.command}` of the bundle is not in its archives.",
            expected="a file of that name that is marked executable",
            hint="Correct `metadata.process.command`, or pack the archive with the program's mode.",
        )


def _offer(published: PublishedFile, edition: Edition) -> dict[str, Any]:
    """Return a catalog's entry for a bundle: what its manifest says, and where that manifest is."""
    manifest = parse_manifest(parse_document(published.content))
    if manifest.channel != edition.channel or manifest.channel_revision > edition.revision:
        raise UsageError(
            f"The manifest of `{manifest.bundle.id}` cannot be offered in this catalog.",
            expected=f"the channel `{edition.channel}`, revision {edition.revision} or earlier",
            actual=f"the channel `{manifest.channel}`, revision {manifest.channel_revision}",
        )
    root = manifest.document.root
    pin = {
        "kind": MANIFEST_KIND,
        "format": "json",
        "url": published.url,
        "sha256": hashlib.sha256(published.content).hexdigest(),
        "size_bytes": len(published.content),
    }
    artifacts = [
        {**artifact, "url": urljoin(published.url, artifact["url"])} if artifact.get("url") else artifact
        for artifact in root["bundle"].get("artifacts", [])
    ]
    return {
        **root["bundle"],
        "artifacts": [pin, *artifacts],
        "release": root.get("release", {}),
        "revision": manifest.channel_revision,
    }
