"""Watching one file that other processes may write anew, make or remove."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

if TYPE_CHECKING:
    from pathlib import Path

# A file that is written durably is renamed into place, which the folder is told more than once.
SETTLE_MS: Final = 200


class FileWatch(QObject):
    """Tells when a file is another one than it was; it is not read.

    Its folder is watched and not the file itself: who writes durably puts a new file in place of the old one, and
    with that a watch of the file would end. Until there is a folder, the nearest one above it is watched.

    Signals:
        changed: The file was written anew, made or removed since `keep` was called last, or since it was told last.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self._path: Path | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._watcher.directoryChanged.connect(self._settling.start)
        self._settling.timeout.connect(self._look)

    def aim(self, path: Path) -> None:
        """Watch ``path`` from now on; does nothing where it is watched already."""
        if path != self._path:
            self._path, self._stamp = path, _stamp_of(path)
            self._watch_nearest()

    def keep(self) -> None:
        """Count the file as known as it is now; call it before reading, so that no later change is missed."""
        if self._path is not None:
            self._stamp = _stamp_of(self._path)

    def _look(self) -> None:
        if self._path is None:
            return
        self._watch_nearest()
        stamp = _stamp_of(self._path)
        if stamp != self._stamp:
            self._stamp = stamp
            self.changed.emit()

    def _watch_nearest(self) -> None:
        folder = str(nearest_folder(self._path)) if self._path else ""
        watched = self._watcher.directories()
        if watched != [folder]:
            if watched:
                self._watcher.removePaths(watched)
            self._watcher.addPath(folder)


def nearest_folder(path: Path) -> Path:
    """Return the nearest folder above ``path`` that is there and can be asked for."""
    for folder in path.parents:
        with suppress(OSError):  # another user's, or a name that no file system takes
            if folder.is_dir():
                return folder
    return path.parent


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    """Return what differs between two files in the same place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
