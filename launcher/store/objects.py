"""File contents by digest, shared between revisions, so that an update stores only what changed.

A large file is one inode with read-only permissions in all revisions that hold it, or a clone where the
file system can. Small files are never shared, so that a hand edit of a config file stays in its revision.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from launcher.domain.index import FileEntry
from launcher.domain.progress import Silent
from launcher.store.checkpoint import checkpoint
from launcher.store.durable import TEMPORARY_SUFFIX
from launcher.store.hashing import hash_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer
    from launcher.store.layout import RevisionFolder

SHARED_FROM_BYTES: Final = 1024 * 1024
_FICLONE: Final = 0x40049409  # linux/fs.h


class ObjectStore:
    """The folder of shared file contents. Every method is for the one writer of the store."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made with the first object."""
        self._folder = folder

    def path_of(self, entry: FileEntry) -> Path:
        """Return where the content of a file is or would be; an executable is another inode than its plain twin."""
        name = entry.sha256[2:] + (".x" if entry.executable else "")
        return self._folder / entry.sha256[:2] / name

    def find(self, sha256: str, size_bytes: int) -> Path | None:
        """Return where a content lies by its name and size; what it is must be compared by whoever takes it."""
        plain = self._folder / sha256[:2] / sha256[2:]
        paths = (plain, plain.with_name(f"{plain.name}.x"))
        return next((path for path in paths if path.is_file() and path.stat().st_size == size_bytes), None)

    def reuse(self, stage: RevisionFolder, index: Iterable[IndexEntry], observer: Observer) -> int:
        """Replace staged files by contents that are already here; return how many bytes that saves.

        An object is read and compared with its digest first, so that damage never spreads; a damaged one is
        dropped, and the staged file takes its place in `keep`.

        Raises:
            OSError: The disk refused.
            Cancelled: The observer said so.
        """
        saved_bytes = 0
        for entry in shared_files(index):
            shared = self.path_of(entry)
            if not shared.is_file():
                continue
            if hash_file(shared, Listening(observer)) != entry.sha256:
                shared.unlink()
                continue
            # Made beside the payload, where no file of the bundle can have the name.
            if share(shared, stage.payload / entry.path, stage.path / f"object{TEMPORARY_SUFFIX}"):
                saved_bytes += entry.size_bytes
        return saved_bytes

    def keep(self, stage: RevisionFolder, index: Iterable[IndexEntry]) -> None:
        """Add the large files of a staged and synced tree; what cannot be shared stays a file of its own.

        Raises:
            OSError: The disk refused.
        """
        for entry in shared_files(index):
            shared = self.path_of(entry)
            if shared.exists():
                continue
            shared.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            share(stage.payload / entry.path, shared, shared.with_name(shared.name + TEMPORARY_SUFFIX))
            checkpoint(f"object:{entry.path}")


def shared_files(index: Iterable[IndexEntry]) -> Iterable[FileEntry]:
    """Return those files of an index that are large enough to be shared between revisions."""
    return (e for e in index if isinstance(e, FileEntry) and e.size_bytes >= SHARED_FROM_BYTES)


class Listening(Silent):
    """Hears a cancel while objects are read, and does not count their bytes, for nobody announced them."""

    def __init__(self, observer: Observer) -> None:
        """Ask ``observer`` whether to go on."""
        self._observer = observer

    def advance(self, added_bytes: int) -> None:
        """Ask, and count nothing."""
        del added_bytes
        self._observer.advance(0)


def share(source: Path, target: Path, temporary: Path) -> bool:
    """Make ``target`` have the content of ``source`` without a second copy; False where nothing can do that."""
    temporary.unlink(missing_ok=True)
    if not clone(source, temporary):
        try:
            os.link(source, temporary)
        except OSError:
            return False
        if os.name == "posix":  # Windows could not even delete a read-only file
            temporary.chmod(0o555 if os.access(source, os.X_OK) else 0o444)
    temporary.replace(target)
    return True


def clone(source: Path, target: Path) -> bool:
    """Clone a file's extents (Btrfs, XFS and others); both stay separate files."""
    if not sys.platform.startswith("linux"):
        return False
    import fcntl  # noqa: PLC0415 - not on Windows

    with source.open("rb") as original:
        mode = os.fstat(original.fileno()).st_mode & 0o777
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            fcntl.ioctl(descriptor, _FICLONE, original.fileno())
        except OSError:
            target.unlink()
            return False
        finally:
            os.close(descriptor)
    return True
