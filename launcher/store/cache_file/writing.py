"""Writing an exported cache, as one file or as a folder: whole and durable, or not there (threat E18)."""

from __future__ import annotations

import os
import stat
import uuid
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from launcher.store.archive.tar_header import BLOCK_BYTES, ZERO_BLOCK
from launcher.store.cache_file.copying import CHUNK_BYTES, Copier
from launcher.store.cache_file.listing import LISTING_NAME, Pin
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import make_folder, rename, start_writing_back, sync_folder, sync_tree, write_durably
from launcher.store.hashing import hash_file
from launcher.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from launcher.domain.progress import Observer

PART_SUFFIX: Final = ".part"
MAX_TAR_FILE_BYTES: Final = 8 * 1024**3 - 1
"""What the size field of a tar header holds in octal; our reader takes no other form (threat C18)."""
_MAX_NAME_BYTES: Final = 100
_WORTH_WRITING_BACK_BYTES: Final = 16 * 1024 * 1024


class CacheWriter(Protocol):
    """Takes the members of a cache; when the ``with`` block ends well, the cache is there."""

    @property
    def damaged(self) -> str | None:
        """The member whose source was found not to be what its pin says; the cache must be given up."""

    def add(self, path: str, pin: Pin, source: Path | bytes) -> None:
        """Write one member.

        Raises:
            DamagedRevision: Its source, or that of a member before it, is not what the pin says (see `damaged`).
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """


@contextmanager
def writing_file(path: Path, listing: bytes, members: Mapping[str, Pin], observer: Observer) -> Iterator[CacheWriter]:
    """Write the one-file form: a plain tar that begins with the listing, under its name only when it is whole.

    Args:
        path: Where the file is to be; one that is there is replaced.
        listing: The first member.
        members: All others, which are then added in any order.
        observer: Told of every byte.

    Raises:
        DiskFull: There is not enough room; nothing stays.
        StoreError: The disk refused; nothing stays.
    """
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}{PART_SUFFIX}")
    with named_disk_errors(path):
        make_folder(path.parent)
        _drop_leftovers(path)
    require_space(path.parent, sum(pin.size_bytes + 2 * BLOCK_BYTES for pin in members.values()))
    try:
        # Closing a file on a full disk writes, and fails, once more: that, too, must be named.
        with named_disk_errors(part), part.open("xb", CHUNK_BYTES) as file, Copier(observer) as copier:
            writer = _TarWriter(part, file, copier)
            writer.add_listing(listing)
            yield writer
            copier.settle()
            writer.finish()
        with named_disk_errors(path):
            checkpoint("export:synced")
            rename(part, path)
            checkpoint("export:renamed")
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


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


class _TarWriter:
    """Writes members one behind the other, each after a header of POSIX.1-1988 (``ustar``)."""

    def __init__(self, path: Path, file: BinaryIO, copier: Copier) -> None:
        self._path = path
        self._file = file
        self._copier = copier
        self._written_back_bytes = 0

    @property
    def damaged(self) -> str | None:
        return self._copier.damaged

    def add_listing(self, listing: bytes) -> None:
        with named_disk_errors(self._path):
            self._file.write(_header(LISTING_NAME, len(listing)) + listing + _padding(len(listing)))

    def add(self, path: str, pin: Pin, source: Path | bytes) -> None:
        with named_disk_errors(self._path):
            self._file.write(_header(path, pin.size_bytes))
            self._copier.copy(path, source, pin, self._file.write)
            self._file.write(_padding(pin.size_bytes))
            self._write_back()
        checkpoint("export:member")

    def _write_back(self) -> None:
        pending_bytes = self._file.tell() - self._written_back_bytes
        if pending_bytes >= _WORTH_WRITING_BACK_BYTES:
            self._file.flush()
            start_writing_back(self._file.fileno())  # so that the sync at the end finds little left to do
            self._written_back_bytes += pending_bytes

    def finish(self) -> None:
        with named_disk_errors(self._path):
            self._file.write(2 * ZERO_BLOCK)
            self._file.flush()
            os.fsync(self._file.fileno())


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


def _drop_leftovers(path: Path) -> None:
    """Delete what an export to the same file left when it was killed; one that still runs fails by it, and says so."""
    for leftover in path.parent.glob(f"{_escaped(path.name)}.{'[0-9a-f]' * 32}{PART_SUFFIX}"):
        with suppress(OSError):
            leftover.unlink()


def _escaped(name: str) -> str:
    import glob  # noqa: PLC0415 - beside its one use

    return glob.escape(name)


def _header(name: str, size_bytes: int) -> bytes:
    """Return the header of a regular file: POSIX ``ustar``, or with a ``pax`` record in front for a long name."""
    raw = name.encode()
    if len(raw) > _MAX_NAME_BYTES:
        import tarfile  # noqa: PLC0415 - hardly ever

        member = tarfile.TarInfo(name)
        member.size = size_bytes
        return member.tobuf(tarfile.PAX_FORMAT)
    fields = (
        raw.ljust(100, b"\0"),
        b"0000644\0",
        b"0000000\0",
        b"0000000\0",
        b"%011o\0" % size_bytes,
        b"0" * 11 + b"\0",
    )
    block = (b"".join(fields) + b" " * 8 + b"0").ljust(257, b"\0") + b"ustar\x0000"
    block = block.ljust(BLOCK_BYTES, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def _padding(size_bytes: int) -> bytes:
    return bytes(-size_bytes % BLOCK_BYTES)
