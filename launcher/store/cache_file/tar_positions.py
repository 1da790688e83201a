"""Finding where the members of a tar file are, without reading them: the strict reader over a file that skips."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, Final

from launcher.domain.errors import DamagedArchive

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK_BYTES: Final = 64 * 1024


class SkippingStream:
    """`launcher.store.archive.tar.TarStream` that passes over contents and remembers where the last one was.

    Attributes:
        skipped_from: Where the content that was passed over last begins in the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Read ``file`` from its beginning."""
        self.skipped_from = 0
        self._file = file
        self._position = 0
        self._size_bytes = os.fstat(file.fileno()).st_size
        file.seek(0)

    def take(self, size_bytes: int) -> bytes:
        """Return exactly so many bytes.

        Raises:
            DamagedArchive: The file ends before.
        """
        self._advance(size_bytes)
        taken = self._file.read(size_bytes)
        if len(taken) != size_bytes:
            raise DamagedArchive("The file was cut while it was read.")
        return taken

    def slices(self, size_bytes: int) -> Iterator[memoryview]:
        """Pass over so many bytes, at once and without reading them.

        Raises:
            DamagedArchive: The file ends before.
        """
        self.skipped_from = self._position
        self._advance(size_bytes)
        self._file.seek(self._position)
        return iter(())

    def remainder(self) -> Iterator[memoryview]:
        """Yield everything up to the end of the file."""
        while chunk := self._file.read(_CHUNK_BYTES):
            yield memoryview(chunk)

    def _advance(self, size_bytes: int) -> None:
        if self._position + size_bytes > self._size_bytes:
            raise DamagedArchive(
                "It ends in the middle of a member.",
                expected=f"{self._position + size_bytes} bytes",
                actual=f"{self._size_bytes} bytes",
            )
        self._position += size_bytes
