"""Writing an exported cache as one file: whole and durable, or not under its name (threat E18).

What is being written lies beside it as ``NAME.<32 hex digits>.part``. A cancel, a kill or a power cut leaves it there,
and the next export to the same name goes on from it: what stands there is compared with what belongs there, to the last
byte, so that it does not matter who wrote it, or for which selection.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import uuid
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from launcher.domain.errors import Cancelled
from launcher.store.archive.tar_header import BLOCK_BYTES, ZERO_BLOCK
from launcher.store.cache_file.copying import CHUNK_BYTES, Copier
from launcher.store.cache_file.listing import LISTING_NAME
from launcher.store.cache_file.writing import PART_SUFFIX
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import make_folder, rename, start_writing_back, sync_folder
from launcher.store.lock import is_same_file, try_lock
from launcher.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.listing import Pin
    from launcher.store.cache_file.writing import CacheWriter

MAX_TAR_FILE_BYTES: Final = 8 * 1024**3 - 1
"""What the size field of a tar header holds in octal; our reader takes no other form (threat C18)."""
_MAX_NAME_BYTES: Final = 100
_WORTH_WRITING_BACK_BYTES: Final = 16 * 1024 * 1024
_OPEN_FLAGS: Final = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def writing_file(path: Path, listing: bytes, members: Mapping[str, Pin], observer: Observer) -> Iterator[CacheWriter]:
    """Write the one-file form: a plain tar that begins with the listing, under its name only when it is whole.

    Args:
        path: Where the file is to be; one that is there is replaced.
        listing: The first member.
        members: All others, which are then added in any order; what an earlier try left counts where it is the same.
        observer: Told of every byte.

    Raises:
        DiskFull: There is not enough room; nothing stays.
        StoreError: The disk refused; nothing stays.
        Cancelled: The observer said so; what was written stays beside ``path``, and the error says so.
    """
    needed_bytes = sum(pin.size_bytes + 2 * BLOCK_BYTES for pin in members.values())
    with named_disk_errors(path):
        make_folder(path.parent)
        part = _open_part(path)
    # Closing a file on a full disk writes, and fails, once more: that, too, must be named.
    with _kept_only_if_cancelled(part.path), named_disk_errors(part.path), part.file:
        require_space(path.parent, max(0, needed_bytes - part.found_bytes))
        with Copier(observer) as copier:
            writer = _TarWriter(part, copier, observer)
            writer.add_listing(listing)
            yield writer
            copier.settle()
            writer.finish()
        if sys.platform == "win32":  # renames no open file; elsewhere nobody else may go on with this one meanwhile
            part.file.close()
        checkpoint("export:synced")
        rename(part.path, path)
        checkpoint("export:renamed")
        sync_folder(path.parent)


class _Part(NamedTuple):
    """What is being written, and how many bytes of it an earlier export had left."""

    path: Path
    file: IO[bytes]
    found_bytes: int


def _open_part(path: Path) -> _Part:
    """Take over what an earlier export to the same name left, delete what else is left, or begin anew."""
    taken: _Part | None = None
    for leftover in sorted(path.parent.glob(f"{_escaped(path.name)}.{'[0-9a-f]' * 32}{PART_SUFFIX}")):
        with suppress(OSError):
            found = _find_abandoned(leftover)
            if found is not None and taken is None:
                taken = found
            elif found is not None:
                found.file.close()
                leftover.unlink()
    if taken is not None:
        return taken
    new = path.with_name(f"{path.name}.{uuid.uuid4().hex}{PART_SUFFIX}")
    file = os.fdopen(os.open(new, _OPEN_FLAGS | os.O_CREAT | os.O_EXCL, 0o644), "r+b", CHUNK_BYTES)
    with suppress(OSError):  # a volume without locks: nobody else will take this one over either
        try_lock(file, shared=False)
    return _Part(new, file, 0)


def _find_abandoned(path: Path) -> _Part | None:
    """Open what was left, unless it is being written by somebody, is no file, or is another user's."""
    file = os.fdopen(os.open(path, _OPEN_FLAGS | getattr(os, "O_NONBLOCK", 0)), "r+b", CHUNK_BYTES)
    try:
        facts = os.fstat(file.fileno())
        is_ours = stat.S_ISREG(facts.st_mode) and (not hasattr(os, "getuid") or facts.st_uid == os.getuid())
        if is_ours and try_lock(file, shared=False) and is_same_file(file, path):
            return _Part(path, file, facts.st_size)
    except OSError:
        file.close()
        raise
    file.close()
    return None


@contextmanager
def _kept_only_if_cancelled(part: Path) -> Iterator[None]:
    try:
        yield
    except Cancelled as error:
        hint = f"The same export goes on from `{part.name}`; delete that file if you do not need it."
        raise Cancelled(error.message, hint=hint) from error
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


class _TarWriter:
    """Writes members one behind the other, each after a header of POSIX.1-1988 (``ustar``)."""

    def __init__(self, part: _Part, copier: Copier, observer: Observer) -> None:
        self._path = part.path
        self._file = part.file
        self._found_bytes = part.found_bytes
        self._copier = copier
        self._observer = observer
        self._written_back_bytes = 0

    @property
    def damaged(self) -> str | None:
        return self._copier.damaged

    def add_listing(self, listing: bytes) -> None:
        header = _header(LISTING_NAME, len(listing))
        if self._found_bytes and self._file.read(len(header)) == header:
            self._observer.log(f"Going on with `{self._path.name}`, which an export that was stopped had left.")
        else:
            self._begin_to_write_at(0)
        self._file.seek(0)
        self._file.write(header + listing + _padding(len(listing)))  # anew: it says when it was made

    def add(self, path: str, pin: Pin, source: Path | bytes) -> None:
        start = self._file.tell()
        header, padding = _header(path, pin.size_bytes), _padding(pin.size_bytes)
        with named_disk_errors(self._path):
            if self._found_bytes:
                if self._is_there(header, pin, padding):
                    return
                self._begin_to_write_at(start)
            self._file.write(header)
            self._copier.copy(path, source, pin, self._file.write)
            self._file.write(padding)
            self._write_back()
        checkpoint("export:member")

    def finish(self) -> None:
        with named_disk_errors(self._path):
            self._file.write(2 * ZERO_BLOCK)
            self._file.truncate()
            self._file.flush()
            os.fsync(self._file.fileno())

    def _is_there(self, header: bytes, pin: Pin, padding: bytes) -> bool:
        """Read what stands at a member's place; where it is another or is cut, the file is good up to there only."""
        if self._file.read(len(header)) != header:
            return False
        digest = hashlib.sha256()
        missing_bytes = pin.size_bytes
        while missing_bytes and (piece := self._file.read(min(CHUNK_BYTES, missing_bytes))):
            digest.update(piece)
            missing_bytes -= len(piece)
            self._observer.advance(len(piece))
        if not missing_bytes and digest.hexdigest() == pin.sha256 and self._file.read(len(padding)) == padding:
            return True
        self._observer.advance(missing_bytes - pin.size_bytes)
        return False

    def _begin_to_write_at(self, place: int) -> None:
        self._file.seek(place)
        self._file.truncate()
        self._found_bytes = 0

    def _write_back(self) -> None:
        pending_bytes = self._file.tell() - self._written_back_bytes
        if pending_bytes >= _WORTH_WRITING_BACK_BYTES:
            self._file.flush()
            start_writing_back(self._file.fileno())  # so that the sync at the end finds little left to do
            self._written_back_bytes += pending_bytes


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
