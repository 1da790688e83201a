"""Transfers on the disk: what has come of a file is kept, and its name is given only to the whole of it.

``<sha256>.part`` holds the bytes, ``<sha256>.part.json`` where they came from, and ``<sha256>`` is the finished
file (docs/explanation/store.md). Threats D1, D3, D7, D15 to D17.
"""

from __future__ import annotations

import hashlib
import math
import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DiskFull, FileTaken, UnsafeStore, WrongHash, WrongSize
from launcher.domain.progress import Silent
from launcher.domain.values import NamedTuple
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.download_origin import Origin, load_origin, save_origin
from launcher.store.durable import rename
from launcher.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.progress import Observer

_CHUNK_BYTES: Final = 1024 * 1024


class FileIdentity(NamedTuple):
    """By what a file is known again as the one that was hashed: every write and every replacement changes it."""

    device: int
    inode: int
    size_bytes: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> FileIdentity:
        """Return the identity of the file that ``stat`` told about."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """Proof: a file that had the size and digest asked for when its transfer ended.

    Attributes:
        path: Where it is.
        sha256: Its digest.
        size_bytes: Its size.
        hashed: What it was when this process had hashed all of it; None where only an earlier one did.
    """

    path: Path
    sha256: str
    size_bytes: int
    hashed: FileIdentity | None = field(default=None, compare=False)


class Downloads:
    """The store's folder of transfers, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        """Work in ``folder``; it is made when it is needed."""
        self._folder = folder

    def find(self, sha256: str, size_bytes: int) -> Downloaded | None:
        """Return the finished file of a digest, or None.

        The size is enough of a check here: whoever uses the file proves its digest through the descriptor that
        it reads from (threat C25).

        Raises:
            StoreError: The folder cannot be read.
        """
        path = self._folder / sha256
        with named_disk_errors(path):
            try:
                status = path.lstat()
            except FileNotFoundError:
                return None
        is_whole = stat.S_ISREG(status.st_mode) and status.st_size == size_bytes
        return Downloaded(path, sha256, size_bytes) if is_whole else None

    @contextmanager
    def open_partial(self, sha256: str, size_bytes: int, observer: Observer | None = None) -> Iterator[PartialDownload]:
        """Open what has come of a file, and be its one writer for the length of the block.

        Where another process is at it, this waits; when that one finished the file, all of it has come. What was
        kept is hashed again, so that only its bytes count (threat D16). Bytes that came from an answer without a
        strong validator cannot be continued and are dropped (threat D3).

        Args:
            sha256: The digest asked for, 64 lower-case hex digits.
            size_bytes: The size asked for.
            observer: Asked meanwhile, with ``advance(0)``, whether to go on; told whom this waits for.

        Raises:
            StoreError: The folder cannot be used.
            Cancelled: The observer said so.
        """
        self._make_folder()
        with self._only_writer(sha256, observer or Silent()):
            # Whoever this waited for may have finished the file: then that is what has come.
            finished = self.find(sha256, size_bytes)
            final = self._folder / sha256
            part = _part_of(final)
            partial = PartialDownload(part if finished is None else final, final, size_bytes, observer or Silent())
            try:
                yield partial
            finally:
                partial.close()

    def discard(self, downloaded: Downloaded) -> None:
        """Delete a finished file that is no longer needed; that it is gone already is fine.

        Raises:
            StoreError: It cannot be deleted.
        """
        with named_disk_errors(downloaded.path):
            downloaded.path.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        with named_disk_errors(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._folder.is_symlink():
                raise UnsafeStore(f"`{self._folder}` is a link.", expected="a folder of ours")

    @contextmanager
    def _only_writer(self, sha256: str, observer: Observer) -> Iterator[None]:
        # A lock that does not hold (some network file systems) costs bandwidth only: every writer writes the bytes of
        # the one file at their own place, and its own count and digest decide (threat D17).
        path = self._folder / f"{sha256}.lock"

        def on_wait(holder: str) -> None:
            observer.log(f"Waiting for {holder}, which fetches the same file.")

        def keep_waiting() -> None:
            observer.advance(0)

        purpose = f"fetching {sha256}"
        with locked(path, purpose, timeout_s=math.inf, on_wait=on_wait, keep_waiting=keep_waiting):
            try:
                yield
            finally:
                with suppress(OSError):  # Windows removes no file that is open; a later transfer reuses it
                    path.unlink(missing_ok=True)


class PartialDownload:
    """What has come of one file; only `Downloads.open_partial` makes one.

    Invariant: ``offset`` bytes of the file were written by us or hashed by us, and the digest is theirs.

    Attributes:
        sha256: The digest that the whole must have.
        size_bytes: The size that the whole must have.
        offset: How many bytes have come.
        origin: Where they came from; None if nobody said.
        is_resumed: They came in more than one piece, so that the pieces may not belong together (threat D7).
    """

    def __init__(self, path: Path, final: Path, size_bytes: int, observer: Observer) -> None:
        """Open ``path`` and hash what it holds; ``final`` is the name of the whole, its digest."""
        self.sha256 = final.name
        self.size_bytes = size_bytes
        self.offset = 0
        self.origin: Origin | None = None
        self.is_resumed = False
        self._path = path
        self._final = final
        self._note = final.with_name(f"{final.name}.part.json")
        self._hasher = hashlib.sha256()
        self._descriptor = -1
        try:
            self._recall(observer)
        except BaseException:
            self.close()
            raise

    @property
    def is_complete(self) -> bool:
        """Tell whether all bytes have come; they may still be the wrong ones."""
        return self.offset == self.size_bytes

    @property
    def is_intact(self) -> bool:
        """Tell whether all bytes have come and are the right ones."""
        return self.is_complete and self._hasher.hexdigest() == self.sha256

    def restart(self) -> None:
        """Drop what has come. Whoever counted its bytes takes them back.

        The old file is unlinked and not emptied, so that another writer behind a broken lock keeps its bytes (D17).

        Raises:
            StoreError: The disk refused.
        """
        self._drop()
        self._open()

    def begin(self, url: str, etag: str | None) -> None:
        """Note where the bytes that follow come from, before the first of them.

        Args:
            url: What was asked for.
            etag: A strong validator, with its quotes; without one they cannot be continued later (threat D3).

        Raises:
            StoreError: The disk refused.
        """
        self.origin = Origin(url, etag)
        save_origin(self._note, self.origin, self.sha256, self.size_bytes)

    def resume(self) -> None:
        """Note that what follows continues what came before."""
        self.is_resumed = True

    def write(self, chunk: bytes | memoryview) -> None:
        """Append bytes.

        Raises:
            WrongSize: There are more than were asked for; none of the chunk is written, all is dropped (threat A8).
            DiskFull: There is no room; what had come is dropped, a full disk helps nobody (threat D15).
            StoreError: The disk refused.
        """
        if self.offset + len(chunk) > self.size_bytes:
            self._drop()
            raise WrongSize(
                "More bytes came than the file has.", expected=f"{self.size_bytes} bytes", actual="more than these"
            )
        try:
            with named_disk_errors(self._path):
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
        except DiskFull:
            self._drop()
            raise
        self._hasher.update(chunk)
        self.offset += len(chunk)

    def finish(self) -> Downloaded:
        """Give the file its name.

        It is not synced: it is proven again before it is used, and fetched again where a power cut took it. Most files
        are unpacked and deleted before the disk would have had to see them.

        Raises:
            WrongSize: Not all of it has come; that is kept.
            WrongHash: It is another file; it is deleted.
            FileTaken: Somebody took the file away.
            StoreError: The disk refused.
        """
        if not self.is_complete:
            raise WrongSize(
                "Not all of the file has come.", expected=f"{self.size_bytes} bytes", actual=f"{self.offset} bytes"
            )
        if not self.is_intact:
            actual = self._hasher.hexdigest()
            self._drop()
            raise WrongHash("What came is not the file that was signed.", expected=self.sha256, actual=actual)
        with named_disk_errors(self._path):
            hashed = self._publish()
        checkpoint("download-published")
        return Downloaded(self._final, self.sha256, self.size_bytes, hashed)

    def close(self) -> None:
        """Let go of the file; what has come is kept if it can be continued."""
        if self._descriptor >= 0:
            with named_disk_errors(self._path):
                is_empty = os.fstat(self._descriptor).st_size == 0
                self._close_descriptor()
                if is_empty and self._path != self._final:
                    self._remove()

    def _recall(self, observer: Observer) -> None:
        self._open()
        with named_disk_errors(self._path):
            kept_bytes = os.fstat(self._descriptor).st_size
        self.origin = load_origin(self._note, self.sha256, self.size_bytes)
        can_continue = self.origin is not None and self.origin.etag is not None
        if kept_bytes > self.size_bytes or not (can_continue or kept_bytes == self.size_bytes):
            if kept_bytes:
                self.restart()
            return
        buffer = memoryview(bytearray(_CHUNK_BYTES))
        with named_disk_errors(self._path), os.fdopen(self._descriptor, "rb", buffering=0, closefd=False) as file:
            while self.offset < kept_bytes and (size_bytes := file.readinto(buffer)):
                self._hasher.update(buffer[:size_bytes])
                self.offset += size_bytes
                observer.advance(0)
        self.is_resumed = self.offset > 0

    def _publish(self) -> FileIdentity | None:
        ours = os.fstat(self._descriptor)
        self._close_descriptor()  # before the rename, which Windows refuses of an open file
        with suppress(FileNotFoundError):
            if self._path != self._final and self._is_whole(self._path, ours):
                rename(self._path, self._final)
        if not self._is_whole(self._final):  # threat D17: somebody behind a lock that does not hold began it anew
            raise FileTaken("Another process took the file away while it came.")
        self._path = self._final
        self._note.unlink(missing_ok=True)
        there = self._final.lstat()  # after the rename, which counts as a change
        return FileIdentity.of(there) if os.path.samestat(there, ours) else None

    def _is_whole(self, path: Path, ours: os.stat_result | None = None) -> bool:
        try:
            there = path.lstat()
        except FileNotFoundError:
            return False
        return there.st_size == self.size_bytes and (ours is None or os.path.samestat(there, ours))

    def _open(self) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with named_disk_errors(self._path):
            self._descriptor = os.open(self._path, flags, 0o600)

    def _drop(self) -> None:
        self._close_descriptor()
        self.offset = 0
        self.origin = None
        self.is_resumed = False
        self._hasher = hashlib.sha256()
        with named_disk_errors(self._path):
            self._remove()
        self._path = _part_of(self._final)

    def _remove(self) -> None:
        self._path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _close_descriptor(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _part_of(final: Path) -> Path:
    return final.with_name(f"{final.name}.part")
