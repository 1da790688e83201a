"""The structure of a ``.zst`` file, checked before anything is decompressed (RFC 8878, section 3.1.1).

The library's stream reader says nothing when a file is cut short or goes on after its frame (threats C15, C16), but
blocks carry their lengths, so walking over them tells exactly whether the file is one whole frame and nothing else.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import ArchiveTooBig, DamagedArchive

if TYPE_CHECKING:
    from typing import BinaryIO

MAX_WINDOW_BYTES: Final = 2**27
_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_CHECKSUM_BYTES: Final = 4
_RESERVED_BLOCK: Final = 3
_REPEATED_BYTE_BLOCK: Final = 1
# Whole blocks unpack to 128 KiB, so even at the highest ratio that is allowed they are longer than this.
_LEAST_MEAN_BLOCK_BYTES: Final = 512
_FREE_BLOCKS: Final = 1024


def check_one_frame(archive: BinaryIO, archive_bytes: int) -> int | None:
    """Check that the file is exactly one frame; return the unpacked size that its header states, if it does.

    Raises:
        DamagedArchive: Not zstd, cut short, more than one frame, trailing bytes, or a dictionary is needed.
        ArchiveTooBig: Decompressing takes a window of more than 128 MiB (threat C21), or countless tiny blocks.
    """
    archive.seek(0)
    if archive.read(len(_MAGIC)) != _MAGIC:
        raise DamagedArchive("The file is not a zstd archive.")
    descriptor = _read(archive, 1)[0]
    if descriptor & 0b0000_1011:  # a reserved bit, or the id of a dictionary
        raise DamagedArchive("The zstd frame needs a dictionary or a later version of the format.")
    is_single_segment = bool(descriptor & 0b0010_0000)
    window_bytes = 0 if is_single_segment else _window_bytes(_read(archive, 1)[0])
    content_bytes = _content_bytes(archive, descriptor >> 6, is_single_segment=is_single_segment)
    _check_window(content_bytes or 0 if is_single_segment else window_bytes)
    _skip_blocks(archive, max_blocks=_FREE_BLOCKS + archive_bytes // _LEAST_MEAN_BLOCK_BYTES)
    if descriptor & 0b0000_0100:
        archive.seek(_CHECKSUM_BYTES, os.SEEK_CUR)
    _check_end(archive.tell(), archive_bytes)
    archive.seek(0)
    return content_bytes


def _window_bytes(descriptor: int) -> int:
    base = 1 << (10 + (descriptor >> 3))
    return base + base // 8 * (descriptor & 7)


def _content_bytes(archive: BinaryIO, size_code: int, *, is_single_segment: bool) -> int | None:
    if size_code == 0:
        return _read(archive, 1)[0] if is_single_segment else None
    stated = int.from_bytes(_read(archive, 1 << size_code), "little")
    return stated + 256 if size_code == 1 else stated


def _check_window(window_bytes: int) -> None:
    if window_bytes > MAX_WINDOW_BYTES:
        raise ArchiveTooBig(
            "Decompressing the zstd archive takes too much memory.",
            expected=f"a window of at most {MAX_WINDOW_BYTES} bytes",
            actual=f"{window_bytes} bytes",
        )


def _skip_blocks(archive: BinaryIO, max_blocks: int) -> None:
    for _ in range(max_blocks):
        header = int.from_bytes(_read(archive, 3), "little")
        is_last, kind, size_bytes = bool(header & 1), header >> 1 & 3, header >> 3
        if kind == _RESERVED_BLOCK:
            raise DamagedArchive("The zstd archive holds a block of no known kind.")
        archive.seek(1 if kind == _REPEATED_BYTE_BLOCK else size_bytes, os.SEEK_CUR)
        if is_last:
            return
    raise ArchiveTooBig("The zstd archive is made of countless tiny blocks.", expected=f"at most {max_blocks} blocks")


def _check_end(frame_bytes: int, archive_bytes: int) -> None:
    if frame_bytes > archive_bytes:
        raise DamagedArchive(
            "The archive is cut short.", expected=f"{frame_bytes} bytes", actual=f"{archive_bytes} bytes"
        )
    if frame_bytes < archive_bytes:
        raise DamagedArchive(
            "The archive goes on after its end.", expected=f"{frame_bytes} bytes", actual=f"{archive_bytes} bytes"
        )


def _read(archive: BinaryIO, size_bytes: int) -> bytes:
    data = archive.read(size_bytes)
    if len(data) != size_bytes:
        raise DamagedArchive("The archive is cut short.", expected="a whole zstd frame")
    return data
