"""Writing one tree of files below one folder, and nothing outside of it (threats C2, C5, C8, C26)."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from launcher.domain.errors import DiskFailure, UnsafeStore
from launcher.store.claimed_names import ClaimedNames
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import start_writing_back
from launcher.store.folders import open_folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from launcher.store.folders import Folders

EXECUTABLE_MODE: Final = 0o755
PLAIN_MODE: Final = 0o644
_NO_LINKS: Final = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP}  # symlink(2), FUSE
_WORTH_WRITING_BACK_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written: its path in the tree, and what its bytes were on their way to the disk."""

    path: str
    size_bytes: int
    sha256: str
    executable: bool


class TreeWriter:
    """Writes new files and links below an existing folder, which is held open for as long as the ``with`` block runs.

    Names are relative, with ``/`` between their parts, as `launcher.domain.member_path` allows them, and each is
    written once. Nothing that exists is ever overwritten or followed: every folder is opened by the descriptor of the
    one above it, without following links. Modes are 0755 and 0644 whatever the archive or the umask say; times are
    those of the writing.
    """

    def __init__(self, root: Path) -> None:
        """Prepare to write below ``root``; the ``with`` statement opens it."""
        self._root = root
        self._names = ClaimedNames()
        self._announced_links: set[str] = set()
        self._folders: Folders | None = None

    def __enter__(self) -> Self:
        """Open the root.

        Raises:
            UnsafeStore: The root is a link, not a folder, or another user's (threat C26).
            NoPermission: It may not be opened.
            DiskFailure: It cannot be opened.
        """
        with named_disk_errors(self._root):
            self._folders = open_folders(self._root)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the root and all that was opened below it."""
        if self._folders is not None:
            self._folders.close()
            self._folders = None

    def claim_folder(self, path: str) -> None:
        """Take a folder's name without making the folder: only files need one.

        Raises:
            UnsafePath: The name is not safe, or clashes with another one of this tree.
        """
        self._names.claim_folder(path)

    def claim_link(self, path: str) -> None:
        """Take the name of a link that is made later, so that no other name is it or leads through it (threat C2).

        Raises:
            UnsafePath: The name is not safe, or clashes with another one of this tree.
        """
        self._names.claim_leaf(path)
        self._announced_links.add(path)

    def write_file(self, path: str, chunks: Iterable[bytes | memoryview], *, executable: bool) -> WrittenFile:
        """Write a new file, and the folders above it where they are missing, and hash it on its way.

        Args:
            path: The file's name in the tree.
            chunks: Its bytes; errors that they raise pass through and leave the part that was written.
            executable: Whether its mode is 0755 or 0644.

        Raises:
            UnsafePath: The name is not safe, or clashes with another one of this tree.
            UnsafeStore: Something stands already where the file or a folder is to be.
            DiskFull: There is no room.
            NoPermission: The operating system denied it.
            DiskFailure: The disk or its file system failed.
        """
        self._names.claim_leaf(path)
        with self._named_errors(path):
            descriptor = self._opened().create_file(path, EXECUTABLE_MODE if executable else PLAIN_MODE)
            try:
                size_bytes, sha256 = _copy(chunks, descriptor)
            finally:
                os.close(descriptor)
        return WrittenFile(path, size_bytes, sha256, executable)

    def write_link(self, path: str, target: str) -> None:
        """Make a new symbolic link; where it may lead is for the caller to check (`write_links`).

        Raises:
            UnsafePath: The name is not safe, or clashes with another one of this tree.
            UnsafeStore: Something stands already where the link or a folder is to be.
            DiskFull: There is no room.
            NoPermission: The operating system denied it, as Windows does to most users.
            DiskFailure: The disk or its file system failed, or it has no links (threat E16).
        """
        if path not in self._announced_links:
            self.claim_link(path)
        self._announced_links.remove(path)
        with self._named_errors(path):
            try:
                self._opened().create_link(path, target)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                raise DiskFailure(
                    f"`{path}` is a link, and the file system of `{self._root}` has none.",
                    expected="a file system with symbolic links",
                    actual=error.strerror,
                    hint="Put the store on another volume; FAT and exFAT have no links.",
                ) from error

    def _opened(self) -> Folders:
        if self._folders is None:
            raise RuntimeError("a TreeWriter writes inside of its `with` block only")
        return self._folders

    @contextmanager
    def _named_errors(self, path: str) -> Iterator[None]:
        place = self._root / path
        with named_disk_errors(place):
            try:
                yield
            except (FileExistsError, NotADirectoryError) as error:
                raise UnsafeStore(f"Something stands already where `{place}` is to be written.") from error


def _copy(chunks: Iterable[bytes | memoryview], descriptor: int) -> tuple[int, str]:
    # Hashing in a thread of its own was measured and gained nothing (ADR 0004).
    digest = hashlib.sha256()
    size_bytes = 0
    for chunk in chunks:
        digest.update(chunk)
        _write_all(descriptor, chunk)
        size_bytes += len(chunk)
    if size_bytes >= _WORTH_WRITING_BACK_BYTES:
        start_writing_back(descriptor)
    return size_bytes, digest.hexdigest()


def _write_all(descriptor: int, chunk: bytes | memoryview) -> None:
    written = os.write(descriptor, chunk)
    while written < len(chunk):  # a full disk or a signal cuts a write short
        written += os.write(descriptor, memoryview(chunk)[written:])
