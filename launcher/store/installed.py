"""Revisions as they lie on the disk, read and not compared; `launcher.store.revisions` proves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.errors import DamagedRevision, LauncherError, NoSuchRevision, ParseError
from launcher.store.disk_errors import named_disk_errors
from launcher.store.records import InstallRecord, load_record

if TYPE_CHECKING:
    from launcher.domain.canonical import Document
    from launcher.domain.index import IndexEntry
    from launcher.store.layout import BundleFolder, RevisionFolder


class InstalledRevision:
    """A revision as it lies on disk, read but not compared."""

    __slots__ = ("document", "folder", "name", "record")

    def __init__(self, name: str, folder: RevisionFolder, document: Document, record: InstallRecord) -> None:
        self.name = name
        self.folder = folder
        self.document = document
        self.record = record

    @property
    def index(self) -> tuple[IndexEntry, ...]:
        """What its payload must be: the signed index, or the recorded one where there is none or hands changed it.

        Raises:
            DamagedRevision: There is neither.
            ParseError: The manifest is malformed.
        """
        signed = None if self.record.kind == "manual-edit" else parse_manifest(self.document).files
        index = signed or self.record.recorded_index
        if index is None:
            raise DamagedRevision(f"`{self.name}` has no index to compare it with.")
        return index


def read_revision(bundle: BundleFolder, name: str) -> InstalledRevision:
    """Read a revision's manifest and record.

    Raises:
        NoSuchRevision: There is none of that name.
        DamagedRevision: Its manifest or record cannot be read as such.
        StoreError: The disk refused.
    """
    folder = bundle.revision(name)
    with named_disk_errors(folder.manifest):
        if not folder.path.is_dir():
            raise NoSuchRevision(f"`{bundle.bundle_id}` has no revision `{name}` on this machine.")
        try:
            raw = folder.manifest.read_bytes()
        except FileNotFoundError:
            raise DamagedRevision(f"`{name}` of `{bundle.bundle_id}` has no manifest.") from None
    try:
        document = parse_document(raw)
    except ParseError as error:
        raise damaged(bundle, name, error) from error
    return InstalledRevision(name, folder, document, load_record(folder))


def damaged(bundle: BundleFolder, name: str, error: LauncherError) -> DamagedRevision:
    """Return the error of a revision whose manifest cannot be read, with why."""
    return DamagedRevision(
        f"The manifest of `{name}` of `{bundle.bundle_id}` is damaged. {error.message}",
        expected=error.expected,
        actual=error.actual,
    )
