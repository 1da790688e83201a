"""Hand edits: found without reading every byte, and kept as a revision of their own that nobody signed."""

from __future__ import annotations

import os
import stat
import uuid
from typing import TYPE_CHECKING

from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.member_path import parse_member_path
from launcher.store.disk_errors import named_disk_errors
from launcher.store.hashing import CHUNK_BYTES
from launcher.store.layout import RevisionFolder
from launcher.store.records import total_bytes
from launcher.store.revisions import publish_folder
from launcher.store.tree import TreeWriter
from launcher.store.tree_check import check_contents, check_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from launcher.domain.errors import DamagedRevision
    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import StoreLayout


def find_edits(revision: InstalledRevision, observer: Observer) -> tuple[DamagedRevision, ...]:
    """Return how a revision differs from its index, as far as that shows without reading every byte.

    What was added, removed, resized or written to since the installation is found; a change that also sets back the
    file's time is left to a deep audit.

    Raises:
        DamagedRevision: It has no index.
        ParseError: Its manifest is malformed.
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    with named_disk_errors(revision.folder.record):
        installed_ns = revision.folder.record.stat().st_mtime_ns
    payload = revision.folder.payload
    outer = check_tree(payload, revision.index, observer, deep=False).faults
    touched = [
        entry
        for entry in revision.index
        if isinstance(entry, FileEntry) and _is_written_after(payload / entry.path, installed_ns)
    ]
    return outer or tuple(check_contents(payload, touched, observer))


def record_edits(layout: StoreLayout, revision: InstalledRevision, at: datetime, observer: Observer) -> str:
    """Copy a revision as it lies there into a new revision of the kind ``manual-edit``; return its name.

    The caller holds the store's lock. The new revision is whole by its own index and trusted by nobody.

    Raises:
        UnsafePath: A file has a name that no bundle may have.
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    folder = RevisionFolder(layout.stages / uuid.uuid4().hex)
    with named_disk_errors(folder.path):
        folder.payload.mkdir(mode=0o755, parents=True)
        with TreeWriter(folder.payload) as tree:
            index = tuple(_copy(revision.folder.payload, tree, observer))
    record = revision.record._replace(
        installed_at=at, kind="manual-edit", size_bytes=total_bytes(index), recorded_index=index
    )
    return publish_folder(layout, folder, revision.document.raw, record, index, observer)


def _copy(source: Path, tree: TreeWriter, observer: Observer) -> Iterator[IndexEntry]:
    links: list[LinkEntry] = []
    for path in sorted(source.rglob("*")):
        name = parse_member_path(path.relative_to(source).as_posix())
        if path.is_symlink():
            links.append(LinkEntry(name, os.fspath(path.readlink())))
        elif path.is_file():
            is_executable = os.access(path, os.X_OK)
            written = tree.write_file(name, _chunks(path, observer), executable=is_executable)
            yield FileEntry(name, 0, written.size_bytes, written.sha256, is_executable)
    for link in links:
        tree.write_link(link.path, link.target)
        yield link


def _chunks(path: Path, observer: Observer) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            observer.advance(0)
            yield chunk


def _is_written_after(path: Path, moment_ns: int) -> bool:
    try:
        status = os.lstat(path)
    except OSError:  # it is gone; the outer look has said so
        return False
    return stat.S_ISREG(status.st_mode) and status.st_mtime_ns > moment_ns
