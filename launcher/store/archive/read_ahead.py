"""Decompressing in a thread of its own, a few chunks ahead of whoever writes (ADR 0004)."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Semaphore
from typing import TYPE_CHECKING, Final, Self

from launcher.domain.errors import DamagedArchive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future, ThreadPoolExecutor
    from types import TracebackType

CHUNK_BYTES: Final = 1024 * 1024
_CHUNKS_AHEAD: Final = 6


class ReadAhead:
    """A stream over an iterator of chunks that another thread runs.

    An error of the iterator is raised to the reader, at the place in the stream where it happened. Leaving the
    ``with`` block stops the thread, wherever it is, and waits for it.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Prepare to read ``chunks``; the ``with`` statement starts the thread."""
        self._chunks = chunks
        self._ready: SimpleQueue[bytes | None] = SimpleQueue()
        self._free_places = Semaphore(_CHUNKS_AHEAD)
        self._stopped = False
        self._rest = memoryview(b"")  # what is left of the chunk that is being read
        self._thread: ThreadPoolExecutor | None = None
        self._production: Future[None] | None = None

    def __enter__(self) -> Self:
        """Start the thread."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - `list` imports this module, and waits

        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="decompressing")
        self._production = self._thread.submit(self._produce)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the thread and wait until it has ended."""
        self._stopped = True
        self._free_places.release()
        if self._thread is not None:
            self._thread.shutdown()

    def take(self, size_bytes: int) -> bytes:
        """Return exactly so many bytes.

        Raises:
            DamagedArchive: The stream ends before, or does not decompress.
        """
        if size_bytes <= len(self._rest):  # nearly always
            taken, self._rest = self._rest[:size_bytes], self._rest[size_bytes:]
            return bytes(taken)
        return b"".join(self.slices(size_bytes))

    def slices(self, size_bytes: int) -> Iterator[memoryview]:
        """Yield exactly so many bytes, in pieces and without copying them.

        Raises:
            DamagedArchive: The stream ends before, or does not decompress.
        """
        missing_bytes = size_bytes
        while missing_bytes:
            if not self._rest and not self._next_chunk():
                raise DamagedArchive(
                    "The archive ends in the middle of a member.", expected=f"{missing_bytes} bytes more"
                )
            piece, self._rest = self._rest[:missing_bytes], self._rest[missing_bytes:]
            missing_bytes -= len(piece)
            yield piece

    def remainder(self) -> Iterator[memoryview]:
        """Yield everything up to the end of the stream.

        Raises:
            DamagedArchive: The stream does not decompress.
        """
        while self._rest or self._next_chunk():
            piece, self._rest = self._rest, memoryview(b"")
            yield piece

    def _next_chunk(self) -> bool:
        chunk = self._ready.get() if self._production is not None else None
        if chunk is None:
            self._end()
            return False
        self._free_places.release()
        self._rest = memoryview(chunk)
        return True

    def _end(self) -> None:
        production, self._production = self._production, None
        if production is not None:
            production.result()  # raises what the thread met

    def _produce(self) -> None:
        try:
            for chunk in self._chunks:
                self._free_places.acquire()
                if self._stopped:
                    return
                self._ready.put(chunk)
        finally:
            self._ready.put(None)
