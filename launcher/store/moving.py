"""Copying a whole store to another volume: every byte digested, what is shared still shared, all of it durable."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import CannotMove, DiskFailure
from launcher.domain.values import NamedTuple
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree, sync_tree
from launcher.store.hashing import CHUNK_BYTES, hash_file
from launcher.store.objects import SHARED_FROM_BYTES, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from launcher.domain.progress import Observer

LEFT_OUT: Final = frozenset({".lock", ".stage", ".trash"})
"""What a store makes anew; the lock's file comes last into a copy, and so says that it is whole."""
_LEASES: Final = ".leases"
_LEASES_DEPTH: Final = 2
_SHARED_NAME: Final = ".share.tmp"


class StoreSize(NamedTuple):
    """What a store has; contents that revisions share count once."""

    files: int
    size_bytes: int


class _Entry(NamedTuple):
    """A file, folder or link of the store; ``path`` is relative to its root."""

    path: str
    facts: os.stat_result


def list_names(root: Path) -> tuple[str, ...]:
    """Return the names in a store's root that move with it.

    Raises:
        StoreError: It cannot be read.
    """
    with named_disk_errors(root):
        return tuple(sorted(path.name for path in root.iterdir() if path.name not in LEFT_OUT))


def measure_store(root: Path, observer: Observer) -> StoreSize:
    """Count what a copy would write.

    Raises:
        CannotMove: There is something in it that no store has.
        StoreError: It cannot be read.
        Cancelled: The observer said so.
    """
    files = size_bytes = 0
    seen: set[tuple[int, int]] = set()
    for entry in _walk(root):
        observer.advance(0)
        inode = (entry.facts.st_dev, entry.facts.st_ino)
        if stat.S_ISREG(entry.facts.st_mode) and inode not in seen:
            seen.add(inode)
            files += 1
            size_bytes += entry.facts.st_size
    return StoreSize(files, size_bytes)


class StoreCopy:
    """Copies a store that nobody else uses meanwhile into an empty folder."""

    def __init__(self, source: Path, target: Path, observer: Observer) -> None:
        """Copy from ``source`` to ``target``, which is there and empty; ``observer`` hears of every byte."""
        self._source, self._target, self._observer = source, target, observer
        self._digests: dict[str, str] = {}
        self._by_inode: dict[tuple[int, int], Path] = {}
        self._by_content: dict[tuple[str, bool], Path] = {}

    def write(self) -> None:
        """Copy everything and make it durable.

        Raises:
            CannotMove: There is something in the store that no store has.
            StoreError: A disk refused.
            Cancelled: The observer said so.
        """
        with named_disk_errors(self._target):
            for entry in _walk(self._source):
                self._copy(entry)
            checkpoint("move:written")
            sync_tree(self._target)
        checkpoint("move:synced")

    def verify(self) -> None:
        """Read every file of the copy again, from the disk where the system allows, and compare its digest.

        Raises:
            DiskFailure: What was written is not what was read.
            StoreError: The copy cannot be read.
            Cancelled: The observer said so.
        """
        for name, sha256 in self._digests.items():
            path = self._target / name
            with named_disk_errors(path):
                _forget_cached(path)
                actual = hash_file(path, self._observer)
            if actual != sha256:
                raise DiskFailure(f"`{path}` was not written as it was read.", expected=sha256, actual=actual)
        checkpoint("move:verified")

    def _copy(self, entry: _Entry) -> None:
        place, facts = self._target / entry.path, entry.facts
        if stat.S_ISDIR(facts.st_mode):
            place.mkdir(mode=0o700)
            place.chmod(stat.S_IMODE(facts.st_mode))
        elif stat.S_ISLNK(facts.st_mode):
            place.symlink_to((self._source / entry.path).readlink())
        else:
            self._copy_file(entry.path, place, facts)

    def _copy_file(self, name: str, place: Path, facts: os.stat_result) -> None:
        inode = (facts.st_dev, facts.st_ino)
        twin = self._by_inode.get(inode) if facts.st_nlink > 1 else None
        if twin is not None and _link(twin, place):
            return
        self._digests[name] = sha256 = self._copy_bytes(self._source / name, place)
        place.chmod(stat.S_IMODE(facts.st_mode))
        os.utime(place, ns=(facts.st_mtime_ns, facts.st_mtime_ns))
        checkpoint("move:file")
        self._by_inode[inode] = place
        if facts.st_size >= SHARED_FROM_BYTES:
            self._share_again(place, sha256, is_executable=bool(facts.st_mode & stat.S_IXUSR))

    def _share_again(self, place: Path, sha256: str, *, is_executable: bool) -> None:
        # What was a clone there are two files here, until one of them is made to share the other's content again.
        known = self._by_content.setdefault((sha256, is_executable), place)
        if known is not place:
            share(known, place, self._target / _SHARED_NAME)

    def _copy_bytes(self, source: Path, place: Path) -> str:
        digest = hashlib.sha256()
        buffer = memoryview(bytearray(CHUNK_BYTES))
        no_follow = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(source, os.O_RDONLY | no_follow)
        with os.fdopen(descriptor, "rb", buffering=0) as original:
            made = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | no_follow, 0o600)
            with os.fdopen(made, "wb", buffering=0) as copy:
                while size_bytes := original.readinto(buffer):
                    _write_all(copy.fileno(), buffer[:size_bytes])
                    digest.update(buffer[:size_bytes])
                    self._observer.advance(size_bytes)
        return digest.hexdigest()


def remove_copy(target: Path, names: Iterable[str]) -> None:
    """Delete what a copy has written into a folder, and nothing else; the folder too, where it is empty then.

    Raises:
        StoreError: The disk refused.
    """
    with named_disk_errors(target):
        for name in (*names, *LEFT_OUT, ".downloads", _SHARED_NAME):
            path = target / name
            if path.is_dir() and not path.is_symlink():
                remove_tree(path)
            else:
                path.unlink(missing_ok=True)
            checkpoint("move:undone")
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()


def _walk(root: Path) -> Iterator[_Entry]:
    for name in list_names(root):
        yield from _walk_entry(root, name, depth=0)


def _walk_entry(root: Path, path: str, depth: int) -> Iterator[_Entry]:
    place = root / path
    with named_disk_errors(place):
        facts = place.lstat()
        names = sorted(path.name for path in place.iterdir()) if stat.S_ISDIR(facts.st_mode) else []
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode) or stat.S_ISLNK(facts.st_mode)):
        raise CannotMove(f"`{place}` is nothing that a store has.", expected="files, folders and links")
    yield _Entry(path, facts)
    for name in names:
        if not (depth + 1 == _LEASES_DEPTH and name == _LEASES):  # leases on what runs, and nothing does
            yield from _walk_entry(root, f"{path}/{name}", depth + 1)


def _link(twin: Path, place: Path) -> bool:
    try:
        os.link(twin, place)
    except OSError:  # a file system without hard links: a file of its own
        return False
    return True


def _write_all(descriptor: int, chunk: memoryview) -> None:
    while chunk:
        chunk = chunk[os.write(descriptor, chunk) :]


def _forget_cached(path: Path) -> None:
    if hasattr(os, "posix_fadvise"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
