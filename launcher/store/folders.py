"""The folders of one tree: the part of writing files in which operating systems differ (threat C26)."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final, Protocol

from launcher.domain.errors import UnsafeStore

FOLDER_MODE: Final = 0o755
_MAX_OPEN_FOLDERS: Final = 64


class Folders(Protocol):
    """The folders of one tree: the part of writing in which operating systems differ."""

    def create_file(self, path: str, mode: int) -> int:
        """Make a new file and the folders above it; return a descriptor to write to."""

    def create_link(self, path: str, target: str) -> None:
        """Make a new link and the folders above it."""

    def close(self) -> None:
        """Let go of all folders."""


def open_folders(root: Path) -> Folders:
    """Open ``root`` in the safest way that this operating system has."""
    if {os.open, os.mkdir, os.symlink} <= os.supports_dir_fd:
        return FolderDescriptors(root)
    return FolderPaths(root)


class FolderDescriptors:
    """Folders held open by descriptor, so that nobody can swap one for a link in the meantime (threat C26)."""

    _FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)

    def __init__(self, root: Path) -> None:
        """Open the root without following a link.

        Raises:
            UnsafeStore: The root is a link, not a folder, or another user's.
            OSError: It cannot be opened.
        """
        try:
            self._root = os.open(root, self._FLAGS)
        except NotADirectoryError:
            raise UnsafeStore(f"`{root}` is a link or a file.", expected="a folder of ours") from None
        self._open: dict[str, int] = {}
        owner = os.fstat(self._root).st_uid
        if owner != os.geteuid():
            self.close()
            raise UnsafeStore(
                f"`{root}` belongs to another user.", expected=f"user {os.geteuid()}", actual=f"user {owner}"
            )

    def create_file(self, path: str, mode: int) -> int:
        """Make a new file; it must not exist, not even as a link to nowhere."""
        folder, name = self._folder_of(path)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(name, flags, mode, dir_fd=folder)
        os.fchmod(descriptor, mode)  # the umask has been taken off
        return descriptor

    def create_link(self, path: str, target: str) -> None:
        """Make a new link."""
        folder, name = self._folder_of(path)
        os.symlink(target, name, dir_fd=folder)

    def close(self) -> None:
        """Close every descriptor."""
        for descriptor in (*self._open.values(), self._root):
            os.close(descriptor)
        self._open.clear()

    def _folder_of(self, path: str) -> tuple[int, str]:
        folder, _, name = path.rpartition("/")
        return self._folder(folder), name

    def _folder(self, path: str) -> int:
        if not path:
            return self._root
        descriptor = self._open.pop(path, None)
        if descriptor is None:
            descriptor = self._make_folder(path)
            if len(self._open) >= _MAX_OPEN_FOLDERS:
                os.close(self._open.pop(next(iter(self._open))))
        self._open[path] = descriptor  # at the end: the folder used longest ago is the next to be closed
        return descriptor

    def _make_folder(self, path: str) -> int:
        above, name = self._folder_of(path)
        try:
            os.mkdir(name, FOLDER_MODE, dir_fd=above)
        except FileExistsError:
            return os.open(name, self._FLAGS, dir_fd=above)
        descriptor = os.open(name, self._FLAGS, dir_fd=above)
        os.fchmod(descriptor, FOLDER_MODE)
        return descriptor


class FolderPaths:
    """Folders by path, for Windows, which opens nothing relative to a descriptor; the store's folder is private."""

    def __init__(self, root: Path) -> None:
        """Check that the root is a folder and not a link or junction.

        Raises:
            UnsafeStore: It is not.
            OSError: It cannot be looked at.
        """
        status = os.lstat(root)
        is_redirected = getattr(status, "st_reparse_tag", 0) != 0
        if not stat.S_ISDIR(status.st_mode) or is_redirected:
            raise UnsafeStore(f"`{root}` is a link or a file.", expected="a folder of ours")
        self._root = os.path.abspath(root)  # noqa: PTH100 - strings from here on: thousands of files
        self._made: set[str] = set()

    def create_file(self, path: str, mode: int) -> int:
        """Make a new file; it must not exist."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(self._place(path), flags, mode)

    def create_link(self, path: str, target: str) -> None:
        """Make a new link."""
        Path(self._place(path)).symlink_to(Path(target))  # with the separators of this system

    def close(self) -> None:
        """Nothing is held open."""

    def _place(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        place = os.path.join(self._root, *folder.split("/")) if folder else self._root  # noqa: PTH118 - see __init__
        if folder not in self._made:
            os.makedirs(place, FOLDER_MODE, exist_ok=True)  # noqa: PTH103 - see __init__
            self._made.add(folder)
        return os.path.join(place, name)  # noqa: PTH118 - see __init__
