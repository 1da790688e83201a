"""Hostile compressed files, whatever is in them, by row of the threat table."""

from __future__ import annotations

from typing import Final

import zstandard

from launcher.domain.errors import ArchiveTooBig, DamagedArchive, LauncherError
from tests.hostile.archive_bytes import gz, tar, tar_file, zst

BOMB_BYTES: Final = 64 * 1024 * 1024
_GOOD_TAR = tar(tar_file("good.txt"))
_ZST = zst(_GOOD_TAR)
_GZ = gz(_GOOD_TAR)
_SKIPPABLE = b"\x50\x2a\x4d\x18\x04\x00\x00\x00junk"


def frame(*blocks: bytes, descriptor: int = 0, header: bytes = b"\x58") -> bytes:
    """Return a zstd frame with these blocks; ``header`` is what follows the descriptor."""
    return b"\x28\xb5\x2f\xfd" + bytes([descriptor]) + header + b"".join(blocks)


def block(kind: int, size: int, body: bytes, *, last: bool = True) -> bytes:
    """Return one block of a zstd frame."""
    return (size << 3 | kind << 1 | last).to_bytes(3, "little") + body


def _raw_frame(data: bytes, **parts: int | bytes) -> bytes:
    return frame(block(0, len(data), data), **parts)  # type: ignore[arg-type]


def _unstated(data: bytes) -> bytes:
    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return packer.compress(data) + packer.flush()


_BOMB = tar(tar_file("zeros", bytes(BOMB_BYTES)))

_OVERSTATED = frame(block(0, 4, b"abcd"), descriptor=0xC0, header=b"\x58" + b"\xff" * 8)
_COUNTLESS = frame(*[block(0, 0, b"", last=False)] * 9999, block(0, 0, b""))

STREAMS: Final[list[tuple[str, str, str, bytes, type[LauncherError]]]] = [
    ("C15", "empty", "tar.zst", b"", DamagedArchive),
    ("C15", "not zstd", "tar.zst", _GZ, DamagedArchive),
    ("C15", "not compressed", "tar.zst", _GOOD_TAR, DamagedArchive),
    ("C15", "checksum missing", "tar.zst", _ZST[:-4], DamagedArchive),
    ("C15", "checksum wrong", "tar.zst", _ZST[:-1] + bytes([_ZST[-1] ^ 1]), DamagedArchive),
    ("C15", "reserved bit", "tar.zst", _raw_frame(_GOOD_TAR, descriptor=8), DamagedArchive),
    ("C15", "reserved block", "tar.zst", frame(block(3, 4, b"abcd")), DamagedArchive),
    ("C15", "damaged block", "tar.zst", frame(block(2, 10, b"\xff" * 10)), DamagedArchive),
    ("C15", "needs a dictionary", "tar.zst", _raw_frame(_GOOD_TAR, descriptor=1, header=b"\x58\x07"), DamagedArchive),
    ("C16", "second frame", "tar.zst", _ZST + _ZST, DamagedArchive),
    ("C16", "empty second frame", "tar.zst", _ZST + zst(b""), DamagedArchive),
    ("C16", "skippable frame after", "tar.zst", _ZST + _SKIPPABLE, DamagedArchive),
    ("C16", "skippable frame before", "tar.zst", _SKIPPABLE + _ZST, DamagedArchive),
    ("C16", "trailing byte", "tar.zst", _ZST + b"\0", DamagedArchive),
    ("C16", "tar in two frames", "tar.zst", zst(_GOOD_TAR[:512]) + zst(_GOOD_TAR[512:]), DamagedArchive),
    ("C20", "64 MiB of zeros", "tar.zst", zst(_BOMB), ArchiveTooBig),
    ("C20", "64 MiB of zeros, size unstated", "tar.zst", _unstated(_BOMB), ArchiveTooBig),
    ("C20", "size overstated", "tar.zst", _OVERSTATED, ArchiveTooBig),
    ("C20", "countless blocks", "tar.zst", _COUNTLESS, ArchiveTooBig),
    ("C21", "window of 2^30", "tar.zst", _raw_frame(_GOOD_TAR, header=bytes([20 << 3])), ArchiveTooBig),
    ("C21", "window just above 2^27", "tar.zst", _raw_frame(_GOOD_TAR, header=bytes([17 << 3 | 1])), ArchiveTooBig),
    ("C21", "single segment of 2^28", "tar.zst",
     _raw_frame(_GOOD_TAR, descriptor=0xA0, header=(2**28).to_bytes(4, "little")), ArchiveTooBig),
    ("C15", "empty", "tar.gz", b"", DamagedArchive),
    ("C15", "not gzip", "tar.gz", _ZST, DamagedArchive),
    ("C15", "reserved flag", "tar.gz", _GZ[:3] + b"\xe0" + _GZ[4:], DamagedArchive),
    ("C15", "another method", "tar.gz", _GZ[:2] + b"\x09" + _GZ[3:], DamagedArchive),
    ("C15", "checksum wrong", "tar.gz", _GZ[:-8] + bytes([_GZ[-8] ^ 1]) + _GZ[-7:], DamagedArchive),
    ("C15", "length wrong", "tar.gz", _GZ[:-1] + b"\x01", DamagedArchive),
    ("C15", "damaged deflate", "tar.gz", _GZ[:10] + b"\xff" * 20, DamagedArchive),
    ("C16", "second member", "tar.gz", _GZ + _GZ, DamagedArchive),
    ("C16", "empty second member", "tar.gz", _GZ + gz(b""), DamagedArchive),
    ("C16", "trailing zero", "tar.gz", _GZ + b"\0", DamagedArchive),
    ("C16", "trailing junk", "tar.gz", _GZ + b"junk" * 999, DamagedArchive),
    ("C16", "tar in two members", "tar.gz", gz(_GOOD_TAR[:512]) + gz(_GOOD_TAR[512:]), DamagedArchive),
    ("C20", "64 MiB of zeros", "tar.gz", gz(_BOMB), ArchiveTooBig),
]  # fmt: skip
