"""Writing an exported cache as a folder: the listing that makes its members count comes last (threat E18)."""

from __future__ import annotations

import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from launcher.store.cache_file.copying import Copier
from launcher.store.cache_file.listing import LISTING_NAME
from launcher.store.cache_file.writing import PART_SUFFIX
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import make_folder, rename, sync_tree, write_durably
from launcher.store.hashing import hash_file
from launcher.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.listing import Pin
    from launcher.store.cache_file.writing import CacheWriter


@contextmanager
def writing_folder(path: Path, listing: bytes, members: Mapping[str, Pin], observer: Observer) -> Iterator[CacheWriter]:
    """Write the folder form: members that are there already stay, and the listing that makes them count comes last.

    Args:
        path: The folder; it may exist, and what else lies in it is left alone.
        listing: What is written last.
        members: All others, which are then added in any order.
        observer: Told of every byte.

    Raises:
        DiskFull: There is not enough room; what came is kept, and the next export goes on from it.
        StoreError: The disk refused; likewise.
    """
    with named_disk_errors(path):
        make_folder(path)
        missing_bytes = sum(pin.size_bytes for name, pin in members.items() if not _has_size(path / name, pin))
    require_space(path, missing_bytes)
    with Copier(observer) as copier:
        yield _FolderWriter(path, copier, observer)
    with named_disk_errors(path):
        sync_tree(path)
        checkpoint("export:synced")
        write_durably(path / LISTING_NAME, listing)


class _FolderWriter:
    """Writes each member as a file; one that has its name is whole, but for a power cut before the listing came."""

    def __init__(self, folder: Path, copier: Copier, observer: Observer) -> None:
        self._folder = folder
        self._copier = copier
        self._observer = observer
        self._made: set[Path] = set()

    @property
    def damaged(self) -> str | None:
        return self._copier.damaged

    def add(self, path: str, pin: Pin, source: Path | bytes) -> None:
        target = self._folder / path
        with named_disk_errors(target):
            if not _has_size(target, pin) or hash_file(target, self._observer) != pin.sha256:
                self._write(path, pin, source)
        checkpoint("export:member")

    def _write(self, path: str, pin: Pin, source: Path | bytes) -> None:
        target = self._folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        part = target.with_name(target.name + PART_SUFFIX)
        part.unlink(missing_ok=True)
        try:
            with part.open("xb") as file:
                self._copier.copy(path, source, pin, file.write)
            self._copier.settle()
            rename(part, target)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def _has_size(path: Path, pin: Pin) -> bool:
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == pin.size_bytes
