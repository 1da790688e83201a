"""Exporting bundles for a machine without a network, or for long-term storage (threat E18)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import CannotExport, DamagedRevision, LauncherError, UsageError
from launcher.domain.progress import Phase
from launcher.flows.store_access import reading
from launcher.flows.transfer.exportable import find_catalogs, find_exportable
from launcher.flows.transfer.targets import list_targets
from launcher.flows.trust_view import view_error, view_unknown
from launcher.store.cache_file.file_writing import MAX_TAR_FILE_BYTES, writing_file
from launcher.store.cache_file.folder_writing import writing_folder
from launcher.store.cache_file.listing import CACHE_SUFFIX, CacheListing, listing_as_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from launcher.domain.progress import Observer
    from launcher.domain.views import ExportItem, ExportView
    from launcher.flows.session import Session
    from launcher.flows.transfer.exportable import Content, ExportableCatalog, ExportableRevision
    from launcher.flows.transfer.targets import Selection
    from launcher.store.cache_file.writing import CacheWriter
    from launcher.store.layout import BundleFolder


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an export goes, and in which of the two forms."""

    path: Path
    is_folder: bool


@dataclass(slots=True)
class _Target:
    """A revision to export, and why it cannot be if it cannot."""

    folder: BundleFolder
    name: str
    exportable: ExportableRevision | None = None
    error: LauncherError | None = None


def parse_destination(text: str) -> Destination:
    """Return what ``--output`` names: a file by its suffix ``.arwcache``, a folder by being one or ending in a slash.

    Raises:
        UsageError: It could be either.
    """
    path = Path(text).expanduser().absolute()
    if path.is_dir() or text.endswith(("/", "\\")) or not path.suffix:
        return Destination(path, is_folder=True)
    if path.suffix != CACHE_SUFFIX:
        raise UsageError(
            f"`{text}` is neither a file nor a folder to export to.",
            expected=f"a file `NAME{CACHE_SUFFIX}`, or a folder",
            hint="End the name of a new folder with a slash.",
        )
    return Destination(path, is_folder=False)


def export(session: Session, selection: Selection, output: str, observer: Observer) -> ExportView:
    """Write bundles with all that proves them into one file or a folder; a damaged revision is left out and named.

    Args:
        session: What to work with.
        selection: Which bundles and revisions.
        output: Where to, as `parse_destination` reads it.
        observer: Told of every byte.

    Raises:
        UsageError: ``output`` or ``selection`` makes no sense, or there is too much for one cache.
        NotInstalled: There is nothing to export.
        NoSuchRevision: A named revision is not on this machine.
        LauncherError: The only revision that there was to export cannot be; nothing was written.
        StoreError: The disk refused; there is no half export under the name.
        Cancelled: The observer said so; likewise.
    """
    destination = parse_destination(output)
    with reading(session, "exporting", observer):
        targets = [_find(session, folder, name, destination) for folder, name in list_targets(session, selection)]
        catalogs = find_catalogs(session, {target.folder.bundle_id for target in targets})
        while (written := _try_to_write(session, destination, targets, catalogs, observer)) is None:
            observer.log("The export begins anew without it.")
    return {
        "output": str(destination.path),
        "form": "folder" if destination.is_folder else "file",
        "ok": not any(target.error for target in targets),
        "members": len(written),
        "size_bytes": sum(pin.size_bytes for pin, _ in written.values()),
        "items": [_view(target) for target in targets],
        "catalogs": [catalog.entry.source for catalog in catalogs],
    }


def _find(session: Session, folder: BundleFolder, name: str, destination: Destination) -> _Target:
    try:
        exportable = find_exportable(session, folder, name)
        if not destination.is_folder:
            _check_fits_a_file(exportable)
    except LauncherError as error:
        return _Target(folder, name, error=error)
    return _Target(folder, name, exportable)


def _check_fits_a_file(exportable: ExportableRevision) -> None:
    largest_bytes = max(pin.size_bytes for pin, _ in exportable.contents.values())
    if largest_bytes > MAX_TAR_FILE_BYTES:
        raise CannotExport(
            f"A file of `{exportable.item.bundle_id}` is too large for the one-file form.",
            expected=f"at most {MAX_TAR_FILE_BYTES} bytes",
            actual=f"{largest_bytes} bytes",
            hint="Export to a folder instead.",
        )


def _try_to_write(
    session: Session,
    destination: Destination,
    targets: Sequence[_Target],
    catalogs: Sequence[ExportableCatalog],
    observer: Observer,
) -> Mapping[str, Content] | None:
    """Write everything and return its members; None where a revision was found to be damaged, which is marked so."""
    good = [(target, target.exportable) for target in targets if target.exportable and not target.error]
    if not good:
        raise next(target.error for target in targets if target.error)
    owners: dict[str, _Target] = {}
    contents: dict[str, Content] = {}
    for target, exportable in good:
        for path, content in exportable.contents.items():
            owners.setdefault(path, target)
            contents.setdefault(path, content)
    contents |= {path: content for catalog in catalogs for path, content in catalog.contents.items()}
    members = {path: pin for path, (pin, _) in contents.items()}
    listing = _listing(session, [exportable for _, exportable in good], catalogs)
    observer.phase(Phase.SAVING, str(destination.path), sum(pin.size_bytes for pin in members.values()))
    writing = writing_folder if destination.is_folder else writing_file
    writer: CacheWriter | None = None
    try:
        with writing(destination.path, listing_as_bytes(listing), members, observer) as writer:
            for path, _ in listing.members():
                writer.add(path, *contents[path])
    except DamagedRevision as error:
        owner = owners.get(writer.damaged or "") if writer else None
        if owner is None:
            raise
        observer.log(f"`{owner.name}` of `{owner.folder.bundle_id}` is left out: {error.message}")
        owner.error = error
        return None
    return contents


def _listing(
    session: Session, revisions: Sequence[ExportableRevision], catalogs: Sequence[ExportableCatalog]
) -> CacheListing:
    pins = {path: pin for revision in revisions for path, (pin, _) in revision.contents.items()}
    listing = CacheListing(
        created_at=session.at,
        items=tuple(revision.item for revision in revisions),
        catalogs=tuple(catalog.entry for catalog in catalogs),
        objects={pin.sha256: pin.size_bytes for path, pin in pins.items() if path.startswith("objects/")},
        archives={pin.sha256: pin.size_bytes for path, pin in pins.items() if path.startswith("archives/")},
    )
    if len(listing_as_bytes(listing)) > MAX_DOCUMENT_BYTES:
        raise UsageError("There is too much for one cache.", hint="Export fewer bundles or revisions at a time.")
    return listing


def _view(target: _Target) -> ExportItem:
    exportable = target.exportable
    item = exportable.item if exportable else None
    return {
        "id": target.folder.bundle_id,
        "revision": target.name,
        "channel_revision": item.channel_revision if item else None,
        "upstream_version": item.upstream_version if item else None,
        "size_bytes": exportable.size_bytes if exportable else None,
        "index": ("signed" if item.has_index else "recorded") if item else None,
        "signature": exportable.signature if exportable else view_unknown("It was not looked at."),
        "ok": target.error is None,
        "error": view_error(target.error) if target.error else None,
    }
