"""Copying contents into an exported cache, each compared with what was signed on its way."""

from __future__ import annotations

import hashlib
import io
import os
from collections import deque
from itertools import cycle
from typing import TYPE_CHECKING, BinaryIO, Final, Self

from launcher.domain.errors import DamagedRevision

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor
    from hashlib import _Hash
    from pathlib import Path
    from types import TracebackType

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.listing import Pin

CHUNK_BYTES: Final = 1024 * 1024
# Handing a chunk to the hashing thread costs about what hashing so many bytes costs.
_WORTH_A_THREAD_BYTES: Final = 128 * 1024
_CHUNKS_AHEAD: Final = 8
_FILES_AHEAD: Final = 64


class Copier:
    """Copies files one after the other, and compares them in a thread of its own, a few megabytes behind.

    Attributes:
        damaged: The name of the copy that was found to be another content, if one was.
    """

    def __init__(self, observer: Observer) -> None:
        """Tell ``observer`` of every byte; the ``with`` statement ends the thread."""
        self.damaged: str | None = None
        self._observer = observer
        self._buffers = cycle([_Buffer() for _ in range(_CHUNKS_AHEAD)])
        self._compared: deque[Future[None]] = deque()
        self._hashing: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Begin."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - start-up time

        self._hashing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the thread to end."""
        if self._hashing is not None:
            self._hashing.shutdown(cancel_futures=True)

    def copy(self, name: str, source: Path | bytes, pin: Pin, write: Callable[[memoryview], object]) -> None:
        """Give all bytes of ``source`` to ``write``; whether they were right is known after `settle`, or before.

        Raises:
            DamagedRevision: This copy, or one before it, is not what its pin says; see `damaged`.
            OSError: The source cannot be read, or as ``write`` raises.
            Cancelled: The observer said so.
        """
        assert self._hashing is not None  # noqa: S101 - inside of the `with` block only
        self._settle(at_most=_FILES_AHEAD)
        try:
            file = io.BytesIO(source) if isinstance(source, bytes) else _open(source)
        except (FileNotFoundError, NotADirectoryError):
            self.damaged = name
            raise DamagedRevision(f"`{source!s}` is gone.", expected=f"{pin.size_bytes} bytes") from None
        digest = hashlib.sha256()
        size_bytes = 0
        is_long = pin.size_bytes >= _WORTH_A_THREAD_BYTES
        with file:
            while count := file.readinto((buffer := next(self._buffers)).free()):  # type: ignore[attr-defined]
                chunk = buffer.content[:count]
                if is_long:
                    buffer.hashed = self._hashing.submit(digest.update, chunk)
                else:
                    digest.update(chunk)
                write(chunk)
                size_bytes += count
                self._observer.advance(count)
        if is_long:
            self._compared.append(self._hashing.submit(self._compare, name, str(source), pin, size_bytes, digest))
        else:
            self._compare(name, str(source), pin, size_bytes, digest)

    def settle(self) -> None:
        """Wait until all copies were compared.

        Raises:
            DamagedRevision: One is not what its pin says; see `damaged`.
        """
        self._settle(at_most=0)

    def _settle(self, at_most: int) -> None:
        while self._compared and (len(self._compared) > at_most or self._compared[0].done()):
            self._compared.popleft().result()

    def _compare(self, name: str, source: str, pin: Pin, size_bytes: int, digest: _Hash) -> None:
        if (size_bytes, digest.hexdigest()) != (pin.size_bytes, pin.sha256):
            self.damaged = self.damaged or name
            raise DamagedRevision(
                f"`{source}` is not what was signed.",
                expected=f"sha256 {pin.sha256}, {pin.size_bytes} bytes",
                actual=f"sha256 {digest.hexdigest()}, {size_bytes} bytes",
            )


class _Buffer:
    """A piece of memory that is not filled again before the thread has read it."""

    __slots__ = ("content", "hashed")

    def __init__(self) -> None:
        self.content = memoryview(bytearray(CHUNK_BYTES))
        self.hashed: Future[None] | None = None

    def free(self) -> memoryview:
        if self.hashed is not None:
            self.hashed.result()
        return self.content


def _open(path: Path) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags), "rb", buffering=0)
