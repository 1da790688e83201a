"""Writes that survive a power cut: what is named is whole, or the old one is still there (threats E1 to E4).

A file that may be read later is written to a temporary name, synced, renamed, and its folder synced.
A failed sync is never tried again on the same descriptor: the kernel may have dropped the data (E4).
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Final

from launcher.store.checkpoint import checkpoint

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Callable
    from pathlib import Path

TEMPORARY_SUFFIX: Final = ".tmp"
PREVIOUS_SUFFIX: Final = ".prev"
_IS_WINDOWS: Final = sys.platform == "win32"
_RENAME_ATTEMPTS: Final = 10
_FIRST_RENAME_WAIT_S: Final = 0.01
_SYNC_FILE_RANGE_WRITE: Final = 2  # linux/fs.h


def write_durably(path: Path, content: bytes, *, keep_previous: bool = False, mode: int = 0o644) -> None:
    """Replace a file's content atomically and durably.

    Args:
        path: The file; its folder must exist.
        content: What it will hold.
        keep_previous: Keep what it held under the name with ``.prev``.
        mode: Its permissions.

    Raises:
        OSError: The disk refused; the file holds what it held before.
    """
    temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
    with suppress(FileNotFoundError):
        temporary.unlink()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    checkpoint(f"written:{path.name}")
    if keep_previous:
        _keep_previous(path)
        checkpoint(f"kept:{path.name}")
    rename(temporary, path)
    sync_folder(path.parent)
    checkpoint(f"replaced:{path.name}")


def rename(source: Path, target: Path) -> None:
    """Rename, replacing a file that is there; the caller syncs the folders.

    Raises:
        OSError: The rename was refused.
    """
    retry_on_windows(lambda: source.replace(target))


def retry_on_windows(
    change: Callable[[], object], *, is_windows: bool = _IS_WINDOWS, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Run a rename or removal; on Windows try again while a virus scanner holds the file (threat D21).

    Raises:
        OSError: It was refused, on Windows for about ten seconds.
    """
    wait_s = _FIRST_RENAME_WAIT_S
    for _ in range(_RENAME_ATTEMPTS if is_windows else 0):
        try:
            change()
        except PermissionError:
            sleep(wait_s)
            wait_s *= 2
        else:
            return
    change()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and keeps its own journal.

    Raises:
        OSError: The sync failed.
    """
    if _IS_WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder and those above it, where they are missing, so that a power cut takes none of them away again.

    Args:
        folder: The folder; one that is there stays as it is.
        mode: The permissions of ``folder``, less the umask; those above it have the usual ones.

    Raises:
        OSError: The disk refused.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for path in missing:
        sync_folder(path.parent)


def sync_tree(root: Path) -> None:
    """Make everything below a folder durable: one ``syncfs`` on Linux, file by file elsewhere.

    For thousands of small files one ``syncfs`` costs a twelfth of as many ``fsync`` (docs/explanation/store.md).

    Raises:
        OSError: The sync failed.
    """
    if sys.platform.startswith("linux"):
        _sync_file_system(root)
    else:
        _sync_each(root)


def start_writing_back(descriptor: int) -> None:
    """Have the disk begin with what was written to a file, so that a later `sync_tree` finds little left to do.

    Only a hint (sync_file_range(2)); where there is no such call, or it fails, `sync_tree` does all of the work.
    """
    if sys.platform.startswith("linux"):
        import ctypes  # noqa: PLC0415 - start-up time

        # musl and old systems may lack it; all of the file, from offset 0 for length 0
        start = getattr(_c_library(), "sync_file_range", None)
        if start is not None:
            start(descriptor, ctypes.c_int64(0), ctypes.c_int64(0), _SYNC_FILE_RANGE_WRITE)


def remove_tree(root: Path, on_file: Callable[[], object] | None = None) -> None:
    """Delete a folder with everything in it; links are removed, not followed. A folder that is not there is fine.

    Args:
        root: The folder.
        on_file: Called before each file; may raise, and then the rest stays.

    Raises:
        OSError: Something could not be deleted.
    """
    import shutil  # noqa: PLC0415 - start-up time

    if on_file is not None:
        for folder, _, names in os.walk(root, topdown=False):
            for name in names:
                on_file()
                os.unlink(os.path.join(folder, name))  # noqa: PTH108, PTH118 - os.walk gives texts
    with suppress(FileNotFoundError):
        shutil.rmtree(root)


def _keep_previous(path: Path) -> None:
    # A hard link keeps the old inode reachable while `path` never stops existing; a copy serves where links cannot.
    previous = path.with_name(path.name + PREVIOUS_SUFFIX)
    if not path.exists():
        return
    link = path.with_name(path.name + PREVIOUS_SUFFIX + TEMPORARY_SUFFIX)
    with suppress(FileNotFoundError):
        link.unlink()
    try:
        os.link(path, link)
    except OSError:
        write_durably(previous, path.read_bytes())
    else:
        rename(link, previous)


@cache
def _c_library() -> ctypes.CDLL:
    import ctypes  # noqa: PLC0415 - start-up time

    return ctypes.CDLL(None, use_errno=True)


def _sync_file_system(root: Path) -> None:
    import ctypes  # noqa: PLC0415 - start-up time

    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _c_library().syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(root))
    finally:
        os.close(descriptor)


def _sync_each(root: Path) -> None:
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - os.walk gives texts
            if os.path.islink(path):  # noqa: PTH114 - as above
                continue
            # Windows syncs only what is open for writing.
            descriptor = os.open(path, os.O_RDWR if _IS_WINDOWS else os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        if not _IS_WINDOWS:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
