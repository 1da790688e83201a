"""The walk over a zstd frame agrees with the library on every way of writing one."""

from __future__ import annotations

import io
import os

import pytest
import zstandard

from launcher.domain.errors import ArchiveTooBig, DamagedArchive
from launcher.store.archive.zstd_frame import check_one_frame
from tests.hostile.stream_cases import block, frame

CONTENTS = [b"", b"x", b"text " * 60, bytes(70_000), os.urandom(300_000), b"ab" * 200_000 + os.urandom(1000)]


def check(data: bytes) -> int | None:
    return check_one_frame(io.BytesIO(data), len(data))


@pytest.mark.parametrize("content", CONTENTS, ids=len)
@pytest.mark.parametrize("level", [1, 3, 19])
@pytest.mark.parametrize("checksum", [True, False])
@pytest.mark.parametrize("states_size", [True, False])
def test_frames_of_the_library(content: bytes, level: int, *, checksum: bool, states_size: bool) -> None:
    packer = zstandard.ZstdCompressor(level=level, write_checksum=checksum, write_content_size=states_size)
    data = packer.compress(content)
    assert check(data) == (len(content) if states_size else None)
    with pytest.raises(DamagedArchive):
        check(data[:-1])
    with pytest.raises(DamagedArchive):
        check(data + b"\0")


def test_a_frame_written_in_many_flushes() -> None:
    packer = zstandard.ZstdCompressor().compressobj()
    parts = []
    for number in range(100):
        parts += [packer.compress(b"%d" % number * 100), packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)]
    assert check(b"".join(parts) + packer.flush()) is None


def test_a_frame_of_several_threads() -> None:
    packer = zstandard.ZstdCompressor(threads=2).compressobj()
    data = packer.compress(os.urandom(3_000_000)) + packer.flush()
    assert check(data) is None


@pytest.mark.parametrize(
    ("window_log", "mantissa", "is_allowed"),
    [(10, 0, True), (27, 0, True), (26, 7, True), (27, 1, False), (41, 7, False)],
)
def test_windows(window_log: int, mantissa: int, *, is_allowed: bool) -> None:
    data = frame(block(0, 1, b"x"), header=bytes([window_log - 10 << 3 | mantissa]))
    if is_allowed:
        assert check(data) is None
        assert zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj().decompress(data) == b"x"
    else:
        with pytest.raises(ArchiveTooBig):
            check(data)
        with pytest.raises(zstandard.ZstdError):
            zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj().decompress(data)


@pytest.mark.parametrize(
    ("descriptor", "header", "stated"),
    [
        (0x20, b"\x05", 5),
        (0x60, b"\x05\x01", 517),
        (0xA0, b"\x05\0\0\0", 5),
        (0xE0, b"\x05" + bytes(7), 5),
        (0x00, b"\x00", None),
    ],
)
def test_stated_sizes(descriptor: int, header: bytes, stated: int | None) -> None:
    assert check(frame(block(1, 5, b"x"), descriptor=descriptor, header=header)) == stated


def test_the_file_is_left_at_its_beginning() -> None:
    data = zstandard.compress(b"content")
    file = io.BytesIO(data)
    check_one_frame(file, len(data))
    assert file.tell() == 0
