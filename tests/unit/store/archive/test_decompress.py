"""Decompressing: what comes out, and where a compressed file must end."""

from __future__ import annotations

import io
import os

import pytest

from launcher.domain.errors import ArchiveTooBig, DamagedArchive, DiskFailure
from launcher.store.archive import decompress
from launcher.store.archive.decompress import decompress_gzip, decompress_zstd
from tests.hostile.archive_bytes import gz, zst

CONTENT = os.urandom(2_500_000) + bytes(700_000)


def test_chunks_are_the_content() -> None:
    packed = zst(CONTENT)
    chunks = list(decompress_zstd(io.BytesIO(packed), len(packed), len(CONTENT)))
    assert b"".join(chunks) == CONTENT
    assert max(map(len, chunks)) <= 1024 * 1024
    chunks = list(decompress_gzip(io.BytesIO(gz(CONTENT)), len(CONTENT)))
    assert b"".join(chunks) == CONTENT
    assert max(map(len, chunks)) <= 1024 * 1024


def test_one_byte_too_many() -> None:
    packed = zst(CONTENT)
    with pytest.raises(ArchiveTooBig):
        list(decompress_zstd(io.BytesIO(packed), len(packed), len(CONTENT) - 1))
    with pytest.raises(ArchiveTooBig):
        list(decompress_gzip(io.BytesIO(gz(CONTENT)), len(CONTENT) - 1))


@pytest.mark.parametrize("trailing", [b"\0", gz(b"more")])
def test_trailing_bytes_that_begin_with_a_read(trailing: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gz(b"content")
    monkeypatch.setattr(decompress, "CHUNK_BYTES", len(packed))  # so that the first read holds none of them
    with pytest.raises(DamagedArchive):
        list(decompress_gzip(io.BytesIO(packed + trailing), 100))


class FailingFile(io.BytesIO):
    """A file on a failing disk."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 1_000_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_failing_disk_is_named() -> None:
    packed = zst(CONTENT)
    with pytest.raises(DiskFailure):
        list(decompress_zstd(FailingFile(packed), len(packed), len(CONTENT)))
    with pytest.raises(DiskFailure):
        list(decompress_gzip(FailingFile(gz(CONTENT)), len(CONTENT)))
