"""Hashing files, one or many; hashlib lets go of the interpreter, so threads help."""

from __future__ import annotations

import hashlib
import os
import threading
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.progress import Observer

CHUNK_BYTES: Final = 1024 * 1024


class _Buffer(threading.local):
    """What a thread reads into: making and clearing a new buffer would take longer than to hash a small file."""

    def __init__(self) -> None:
        self.view = memoryview(bytearray(CHUNK_BYTES))


_BUFFER: Final = _Buffer()


def hash_open_file(file: IO[bytes], observer: Observer | None) -> str:
    """Return the sha256 of an open file from its position to its end.

    Raises:
        OSError: It cannot be read.
        Cancelled: The observer said so.
    """
    digest = hashlib.sha256()
    buffer = _BUFFER.view
    while size_bytes := file.readinto(buffer):  # type: ignore[attr-defined]  # all binary files have it
        digest.update(buffer[:size_bytes])
        if observer is not None:
            observer.advance(size_bytes)
    return digest.hexdigest()


def hash_file(path: Path | str, observer: Observer | None) -> str:
    """Return the sha256 of a file; a link is not followed.

    Raises:
        OSError: It cannot be read, or is a link.
        Cancelled: The observer said so.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        return hash_open_file(file, observer)
