"""Documents and artifacts from files of this machine, under the same checks as from anywhere else."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from launcher.domain.errors import NoSuchSource, TooLarge, WrongSize
from launcher.domain.url import file_path, parse_url
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.progress import Observer
    from launcher.store.downloads import PartialDownload

_CHUNK_BYTES: Final = 1024 * 1024


class LocalFiles:
    """`launcher.flows.ports.Fetcher` for ``file`` URLs."""

    def fetch_document(self, url: str, max_bytes: int) -> bytes:
        """Return a small document whole.

        Raises:
            NoSuchSource: There is no such file.
            TooLarge: It is longer than ``max_bytes`` (threat A8).
            StoreError: It cannot be read.
        """
        with _opened(url) as file:
            content = file.read(max_bytes + 1)
        if len(content) > max_bytes:
            raise TooLarge(f"`{url}` is too large.", expected=f"at most {max_bytes} bytes")
        return content

    def fetch_artifact(self, url: str, partial: PartialDownload, observer: Observer) -> None:
        """Copy the file from its start; what was kept of another transfer is dropped, copying is fast.

        Raises:
            NoSuchSource: There is no such file.
            WrongSize: It has not the signed size.
            StoreError: It cannot be read, or the disk refused.
            Cancelled: The observer said so.
        """
        with _opened(url) as file:
            size_bytes = os.fstat(file.fileno()).st_size
            if size_bytes != partial.size_bytes:
                raise WrongSize(
                    f"`{url}` is not of the signed size.",
                    expected=f"{partial.size_bytes} bytes",
                    actual=f"{size_bytes} bytes",
                )
            if partial.offset:
                partial.restart()
            partial.begin(url, None)
            buffer = memoryview(bytearray(_CHUNK_BYTES))
            while count := file.readinto(buffer):  # type: ignore[attr-defined]  # all binary files have it
                partial.write(buffer[:count])
                observer.advance(count)


@contextmanager
def _opened(url: str) -> Iterator[IO[bytes]]:
    path = file_path(parse_url(url), is_windows=sys.platform == "win32")
    # Without waiting: a pipe in the file's place would never answer.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with named_disk_errors(path):
        try:
            file = os.fdopen(os.open(path, flags), "rb", buffering=0)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise NoSuchSource(f"There is no file `{path}`.") from None
        with file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise NoSuchSource(f"`{path}` is not a file.")
            yield file
