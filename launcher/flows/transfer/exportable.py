"""What of the store can be exported: revisions and catalogs that another machine can prove."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from launcher.domain.bundle import parse_manifest
from launcher.domain.errors import CannotExport, DamagedRevision
from launcher.domain.index import FileEntry
from launcher.domain.trust import report_installed
from launcher.flows.catalogs import find_change_log, read_catalogs
from launcher.flows.manifests import archives_of
from launcher.flows.trust_view import view_trust
from launcher.store.cache_file.listing import (
    CacheCatalog,
    CacheItem,
    Pin,
    archive_path,
    change_log_path,
    is_source_name,
    object_path,
)
from launcher.store.downloads import Downloads
from launcher.store.installed import read_revision

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from launcher.domain.bundle import Manifest
    from launcher.domain.views import TrustView
    from launcher.flows.session import Session
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import BundleFolder

Content = tuple[Pin, Path | bytes]
"""What a member must be, and where its bytes are."""


@dataclass(frozen=True, slots=True)
class ExportableRevision:
    """A revision with all that proves it."""

    item: CacheItem
    contents: Mapping[str, Content]
    size_bytes: int
    signature: TrustView


@dataclass(frozen=True, slots=True)
class ExportableCatalog:
    """A signed catalog, with the change log that it pins."""

    entry: CacheCatalog
    contents: Mapping[str, Content]


def find_exportable(session: Session, folder: BundleFolder, name: str) -> ExportableRevision:
    """Return a revision with where its contents are; they are compared when they are copied.

    Raises:
        CannotExport: Nobody signed it, or what is signed of it is no longer here.
        DamagedRevision: It cannot be read.
        ParseError: Its manifest is malformed.
        StoreError: The disk refused.
    """
    revision = read_revision(folder, name)
    if revision.record.kind != "release":
        raise CannotExport(f"`{name}` of `{folder.bundle_id}` was edited by hand; nobody signed it as it is.")
    manifest = parse_manifest(revision.document)
    if manifest.bundle.id != folder.bundle_id:  # threat A10: a signed bundle that somebody put here
        raise DamagedRevision(f"`{name}` of `{folder.bundle_id}` is another bundle.", actual=manifest.bundle.id)
    item = CacheItem(
        bundle_id=folder.bundle_id,
        revision=name,
        channel=manifest.channel,
        channel_revision=manifest.channel_revision,
        upstream_version=manifest.release.upstream_version,
        has_index=manifest.files is not None,
        manifest=_pin_of(manifest.document.raw),
    )
    contents = _archives(session, name, manifest) if manifest.files is None else _objects(revision, manifest)
    report = report_installed(revision.document, session.registry, revision.record.installed_at, session.at)
    return ExportableRevision(
        item,
        {item.manifest_path: (item.manifest, manifest.document.raw), **contents},
        sum(pin.size_bytes for pin, _ in contents.values()),
        view_trust(report, session.at),
    )


def find_catalogs(session: Session, bundle_ids: Collection[str]) -> list[ExportableCatalog]:
    """Return the signed catalogs that offer any of the bundles; unsigned ones would be refused elsewhere."""
    found: dict[str, ExportableCatalog] = {}
    for reading in read_catalogs(session):
        if reading.trusted is None or not reading.trusted.report.is_trusted:
            continue
        catalog = reading.trusted.catalog
        if not any(bundle.id in bundle_ids for bundle in catalog.bundles):
            continue
        raw = catalog.document.raw
        change_log = find_change_log(session, reading)
        name = _exported_name(reading.source.name, _pin_of(raw), found)
        entry = CacheCatalog(name, _pin_of(raw), None if change_log is None else _pin_of(change_log))
        contents: dict[str, Content] = {entry.catalog_path: (entry.catalog, raw)}
        if change_log is not None and entry.change_log is not None:
            contents[change_log_path(entry.change_log.sha256)] = (entry.change_log, change_log)
        found[name] = ExportableCatalog(entry, contents)
    return list(found.values())


def _objects(revision: InstalledRevision, manifest: Manifest) -> dict[str, Content]:
    return {
        object_path(entry.sha256): (Pin(entry.sha256, entry.size_bytes), revision.folder.payload / entry.path)
        for entry in manifest.files or ()
        if isinstance(entry, FileEntry)
    }


def _archives(session: Session, name: str, manifest: Manifest) -> dict[str, Content]:
    downloads = Downloads(session.layout.downloads)
    contents: dict[str, Content] = {}
    for artifact in archives_of(manifest).values():
        sha256, size_bytes = artifact.require_proof()
        kept = downloads.find(sha256, size_bytes)
        if kept is None:
            raise CannotExport(
                f"`{name}` of `{manifest.bundle.id}` has no signed index, and its archives are no longer here.",
                expected=f"the archive {sha256}",
                actual="its unpacked files only, which nobody signed",
                hint="Install it with `--force`, which keeps them; then export again.",
            )
        contents[archive_path(sha256)] = (Pin(sha256, size_bytes), kept.path)
    return contents


def _exported_name(name: str, pin: Pin, taken: Collection[str]) -> str:
    """Return what a source is called elsewhere: its address, or a file's mere name, and no folder of this machine."""
    if "://" not in name:
        name = Path(name).name
    elif name.startswith("file:"):
        name = Path(unquote(urlsplit(name).path)).name
    return name if is_source_name(name) and name not in taken else f"catalog-{pin.sha256[:16]}"


def _pin_of(content: bytes) -> Pin:
    return Pin(hashlib.sha256(content).hexdigest(), len(content))
