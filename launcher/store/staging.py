"""Unpacking a proven bundle beside everything else: the proof `Staged`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from launcher.domain.errors import MissingHash, NoExecutable, WrongHash
from launcher.domain.index import FileEntry, check_one_tree, find_executable
from launcher.store.archive import unpack_archive, write_links
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.layout import RevisionFolder
from launcher.store.tree import TreeWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from launcher.domain.bundle import Manifest
    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.store.artifacts import Verified
    from launcher.store.layout import StoreLayout


@dataclass(frozen=True, slots=True)
class Staged:
    """Proof: a complete tree in the stage that equals ``index``, from proven archives or compared file by file.

    ``executable`` is the path of the runtime's program inside of the payload, or None for a bundle that
    declares no process.
    """

    trusted: TrustedManifest
    folder: RevisionFolder
    index: tuple[IndexEntry, ...]
    executable: str | None

    @property
    def is_index_signed(self) -> bool:
        """Tell whether the publisher signed the index, or this machine recorded it while unpacking."""
        return self.trusted.manifest.files is not None


def stage(layout: StoreLayout, verified: Verified, observer: Observer) -> Staged:
    """Unpack all archives of a bundle into a new folder of the stage.

    The caller holds the store's lock; on any error recovery empties the stage.

    Raises:
        ArchiveError: An archive is not what an honest publisher makes, or not what the index says.
        ArtifactError: A file has not the signed size or digest.
        UnsafePath: A name is not safe, or two archives clash.
        NoExecutable: The program that the manifest names is not in the bundle (threat C28).
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    folder = _make_stage(layout)
    index = _unpack(folder, verified, observer)
    checkpoint("stage:unpacked")
    return Staged(verified.trusted, folder, index, _require_executable(verified.trusted.manifest, index))


def stage_contents(
    layout: StoreLayout,
    trusted: TrustedManifest,
    read: Callable[[FileEntry], Iterable[memoryview]],
    observer: Observer,
) -> Staged:
    """Write the files of a signed index, each from its own content, into a new folder of the stage.

    The caller holds the store's lock; on any error recovery empties the stage.

    Args:
        layout: The store.
        trusted: The proven manifest.
        read: Gives the content that is said to be a file's; it is compared here.
        observer: Told of every byte.

    Raises:
        MissingHash: The manifest signs no files, only archives.
        WrongHash: A content is not what was signed (threat E17).
        UnsafeLink: A link leads elsewhere than to a file of the bundle.
        NoExecutable: The program that the manifest names is not in the bundle (threat C28).
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    manifest = trusted.manifest
    if manifest.files is None:
        raise MissingHash(f"The manifest of `{manifest.bundle.id}` signs no files, only archives.")
    folder = _make_stage(layout)
    with TreeWriter(folder.payload) as tree:
        for entry in manifest.files:
            if isinstance(entry, FileEntry):
                _write_content(entry, _told(read(entry), observer), tree)
        write_links(manifest.files, tree)
    checkpoint("stage:unpacked")
    return Staged(trusted, folder, manifest.files, _require_executable(manifest, manifest.files))


def _make_stage(layout: StoreLayout) -> RevisionFolder:
    folder = RevisionFolder(layout.stages / uuid.uuid4().hex)
    with named_disk_errors(folder.path):
        folder.payload.mkdir(mode=0o755, parents=True)
    checkpoint("stage:made")
    return folder


def _write_content(entry: FileEntry, content: Iterable[memoryview], tree: TreeWriter) -> None:
    written = tree.write_file(entry.path, content, executable=entry.executable)
    if (written.size_bytes, written.sha256) != (entry.size_bytes, entry.sha256):
        raise WrongHash(f"`{entry.path}` is not what was signed.", expected=entry.sha256, actual=written.sha256)


def _told(content: Iterable[memoryview], observer: Observer) -> Iterable[memoryview]:
    for piece in content:
        yield piece
        observer.advance(len(piece))


def _unpack(folder: RevisionFolder, verified: Verified, observer: Observer) -> tuple[IndexEntry, ...]:
    index = verified.trusted.manifest.files
    found: list[IndexEntry] = []
    with TreeWriter(folder.payload) as tree:
        for archive in verified.archives:
            artifact = archive.artifact
            found += unpack_archive(
                archive.file, artifact.format, index, archive.number, artifact.strip_prefix, tree, observer
            )
        if index is None:
            check_one_tree([entry.path for entry in found])
        write_links(tuple(found) if index is None else index, tree)
    return index if index is not None else tuple(sorted(found, key=lambda entry: entry.path))


def _require_executable(manifest: Manifest, index: tuple[IndexEntry, ...]) -> str | None:
    process = manifest.bundle.process
    if process is None:
        return None
    path = find_executable(process.command, index)
    if path is None:
        raise NoExecutable(
            f"`{manifest.bundle.id}` does not hold the program that its manifest names.",
            expected=f"an executable file `{process.command}`",
            actual=f"{sum(isinstance(e, FileEntry) for e in index)} other files"
            if not any(e.path == process.command for e in index)
            else "a file that is not executable",
        )
    return path
