"""Copying contents into an exported cache, each compared with what was signed on its way."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from launcher.domain.errors import DamagedRevision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future, ThreadPoolExecutor
    from pathlib import Path
    from types import TracebackType

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.listing import Pin

CHUNK_BYTES: Final = 1024 * 1024
# Handing a chunk to the hashing thread costs about what hashing so many bytes costs.
_WORTH_A_THREAD_BYTES: Final = 128 * 1024


class Copier:
    """Copies files and hashes them meanwhile, in a thread of its own where that is worth it."""

    def __init__(self, observer: Observer) -> None:
        """Tell ``observer`` of every byte; the ``with`` statement ends the thread."""
        self._observer = observer
        self._buffers = [memoryview(bytearray(CHUNK_BYTES)) for _ in range(2)]
        self._hashing: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the thread to end."""
        if self._hashing is not None:
            self._hashing.shutdown()

    def copy(self, source: Path | bytes, pin: Pin, write: Callable[[memoryview], object]) -> None:
        """Give all bytes of ``source`` to ``write``.

        Raises:
            DamagedRevision: They are not those of the pin; what was written is of no use.
            OSError: The source cannot be read, or as ``write`` raises.
            Cancelled: The observer said so.
        """
        name = "The document" if isinstance(source, bytes) else f"`{source}`"
        try:
            file = io.BytesIO(source) if isinstance(source, bytes) else _open(source)
        except (FileNotFoundError, NotADirectoryError):
            raise DamagedRevision(f"{name} is gone.", expected=f"{pin.size_bytes} bytes", actual="nothing") from None
        with file:
            size_bytes, sha256 = self._copy(file, write)
        if (size_bytes, sha256) != (pin.size_bytes, pin.sha256):
            raise DamagedRevision(
                f"{name} is not what was signed.",
                expected=f"sha256 {pin.sha256}, {pin.size_bytes} bytes",
                actual=f"sha256 {sha256}, {size_bytes} bytes",
            )

    def _copy(self, file: BinaryIO, write: Callable[[memoryview], object]) -> tuple[int, str]:
        digest = hashlib.sha256()
        size_bytes = 0
        hashed: Future[None] | None = None
        for buffer in _alternating(self._buffers):
            count: int = file.readinto(buffer)  # type: ignore[attr-defined]  # all binary files have it
            if hashed is not None:
                hashed.result()  # in order, and before its buffer is filled again
                hashed = None
            if not count:
                break
            if count < _WORTH_A_THREAD_BYTES:
                digest.update(buffer[:count])
            else:
                hashed = self._hashing_thread().submit(digest.update, buffer[:count])
            write(buffer[:count])
            size_bytes += count
            self._observer.advance(count)
        return size_bytes, digest.hexdigest()

    def _hashing_thread(self) -> ThreadPoolExecutor:
        if self._hashing is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - small caches need none

            self._hashing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")
        return self._hashing


def _alternating(buffers: list[memoryview]) -> Iterator[memoryview]:
    while True:
        yield from buffers


def _open(path: Path) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags), "rb", buffering=0)
