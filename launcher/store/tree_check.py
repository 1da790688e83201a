"""Comparing a payload with its index: the same files, the same bytes, and nothing else (threats C27, E6)."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DamagedRevision
from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.values import NamedTuple
from launcher.store.hashing import hash_file
from launcher.store.layout import MANIFEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer

MAX_THREADS: Final = 8
_CAN_HAVE_MODES = os.name == "posix"
_EXECUTABLE: Final = "executable"


class TreeFindings(NamedTuple):
    """What a comparison looked at, and every difference that it found."""

    checked_files: int
    checked_bytes: int
    faults: tuple[DamagedRevision, ...]


def check_tree(payload: Path, index: Sequence[IndexEntry], observer: Observer, *, deep: bool) -> TreeFindings:
    """Compare a payload with its index.

    Args:
        payload: The tree's root.
        index: What must be there.
        observer: Told of every byte that is hashed.
        deep: Hash every file; otherwise only kinds, sizes, modes and links are looked at.

    Raises:
        Cancelled: The observer said so.
    """
    root = os.fspath(payload)
    files = [entry for entry in index if isinstance(entry, FileEntry)]
    outer_faults = {entry.path: fault for entry in index if (fault := _find_outer_fault(root, entry))}
    if outer_faults and not _keeps_modes(payload):
        outer_faults = {path: fault for path, fault in outer_faults.items() if fault.actual != _EXECUTABLE}
    faults = [*outer_faults.values(), *_find_extras(root, index)]
    if deep:  # what is no regular file is not opened: a pipe in a file's place would never answer
        sound = [entry for entry in files if entry.path not in outer_faults]
        faults += check_contents(payload, sound, observer)
    return TreeFindings(len(index), sum(entry.size_bytes for entry in files) if deep else 0, tuple(faults))


def _keeps_modes(payload: Path) -> bool:
    """Tell whether the file system knows programs from other files: on FAT all are executable (threat E16)."""
    manifest = payload.parent / MANIFEST_NAME  # never a program
    if manifest.exists():
        return not os.access(manifest, os.X_OK)
    import tempfile  # noqa: PLC0415 - start-up time

    with suppress(OSError), tempfile.NamedTemporaryFile(dir=payload.parent) as file:  # a stage has no manifest yet
        return not os.access(file.name, os.X_OK)
    return True


def check_contents(payload: Path, files: Sequence[FileEntry], observer: Observer) -> list[DamagedRevision]:
    """Hash regular files and return those that are not what was signed, in the order of ``files``.

    Raises:
        Cancelled: The observer said so.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - start-up time

    root = os.fspath(payload)
    # Long files first, so that no thread is left with a long one at the end. One list for all threads: a task for each
    # file would cost as much as hashing a small one.
    waiting = iter(sorted(files, key=lambda entry: entry.size_bytes, reverse=True))

    def check_waiting(_thread: int) -> dict[FileEntry, DamagedRevision]:
        return {entry: fault for entry in waiting if (fault := _find_inner_fault(root, entry, observer)) is not None}

    threads = min(MAX_THREADS, os.cpu_count() or 1)
    faults: dict[FileEntry, DamagedRevision] = {}
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for found in pool.map(check_waiting, range(threads)):
            faults |= found
    return [faults[entry] for entry in files if entry in faults]


def _find_inner_fault(root: str, entry: FileEntry, observer: Observer) -> DamagedRevision | None:
    try:
        actual = hash_file(f"{root}/{entry.path}", observer)
    except OSError as error:
        return _fault(entry, f"sha256 {entry.sha256}", error.strerror or str(error))
    return None if actual == entry.sha256 else _fault(entry, f"sha256 {entry.sha256}", f"sha256 {actual}")


def _find_outer_fault(root: str, entry: IndexEntry) -> DamagedRevision | None:
    path = f"{root}/{entry.path}"
    try:
        status = os.lstat(path)
        if isinstance(entry, LinkEntry):
            target = os.readlink(path) if stat.S_ISLNK(status.st_mode) else "a file"  # noqa: PTH115 - texts are fast here
            return None if target == entry.target else _fault(entry, f"a link to `{entry.target}`", target)
    except OSError:
        return _fault(entry, "a file" if isinstance(entry, FileEntry) else "a link", "nothing")
    if not stat.S_ISREG(status.st_mode):
        return _fault(entry, "a regular file", stat.filemode(status.st_mode))
    if status.st_size != entry.size_bytes:
        return _fault(entry, f"{entry.size_bytes} bytes", f"{status.st_size} bytes")
    is_executable = bool(status.st_mode & stat.S_IXUSR)
    if _CAN_HAVE_MODES and is_executable != entry.executable:
        words = {True: _EXECUTABLE, False: "not executable"}
        return _fault(entry, words[entry.executable], words[is_executable])
    return None


def _find_extras(root: str, index: Iterable[IndexEntry]) -> list[DamagedRevision]:
    listed = {entry.path for entry in index}
    extras = []
    for folder, folders, names in os.walk(root):
        links = [name for name in folders if os.path.islink(f"{folder}/{name}")]  # noqa: PTH114 - os.walk gives texts
        for name in names + links:
            path = f"{folder}/{name}"[len(root) + 1 :].replace(os.sep, "/")
            if path not in listed:
                message = f"`{path}` does not belong to the bundle."
                extras.append(DamagedRevision(message, expected="no such file", actual="a file"))
    return extras


def _fault(entry: IndexEntry, expected: str, actual: str) -> DamagedRevision:
    return DamagedRevision(f"`{entry.path}` is not what was signed.", expected=expected, actual=actual)
