"""The end of a zip archive: where its directory is, or that nobody can tell (threats C16, C23; APPNOTE.TXT, 4.3)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DamagedArchive

if TYPE_CHECKING:
    from typing import BinaryIO

_END: Final = struct.Struct("<4s4H2LH")
_END_MAGIC: Final = b"PK\x05\x06"
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_END64_MAGIC: Final = b"PK\x06\x06"
_END64_LENGTH_FIELD: Final = _END64.size - 12  # the length leaves out the magic and itself
_LOCATOR: Final = struct.Struct("<4sLQL")
_LOCATOR_MAGIC: Final = b"PK\x06\x07"
_IN_END64_16: Final = 0xFFFF
_IN_END64_32: Final = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class ZipEnd:
    """Where the central directory lies and how many members it lists."""

    members: int
    directory_offset: int
    directory_bytes: int


def read_zip_end(archive: BinaryIO, archive_bytes: int) -> ZipEnd:
    """Find the central directory of an archive that ends with its end record, without a comment.

    Raises:
        DamagedArchive: Anything stands after the end record, between it and the directory, or the two forms of the
            end record differ.
    """
    record = _read_at(archive, archive_bytes - _END.size, _END.size)
    magic, disk, directory_disk, members_here, members, size_bytes, offset, comment_bytes = _END.unpack(record)
    if magic != _END_MAGIC or comment_bytes:
        raise DamagedArchive("The zip archive does not end with its end record.", expected="nothing after it")
    if disk or directory_disk or members_here != members:
        raise DamagedArchive("The zip archive is one part of several.")
    end = ZipEnd(members, offset, size_bytes)
    end_offset = archive_bytes - _END.size
    if end_offset >= _LOCATOR.size:
        locator = _read_at(archive, end_offset - _LOCATOR.size, _LOCATOR.size)
        if locator.startswith(_LOCATOR_MAGIC):
            end, end_offset = _read_end64(archive, end, locator, end_offset - _LOCATOR.size)
    if end.directory_offset + end.directory_bytes != end_offset:
        raise DamagedArchive(
            "The zip archive's directory does not lie just before its end.",
            expected=f"an end at {end_offset}",
            actual=f"an end at {end.directory_offset + end.directory_bytes}",
        )
    return end


def _read_end64(archive: BinaryIO, end: ZipEnd, locator: bytes, locator_offset: int) -> tuple[ZipEnd, int]:
    _, disk, offset, disks = _LOCATOR.unpack(locator)
    if disk or disks != 1 or offset != locator_offset - _END64.size:
        raise DamagedArchive("The zip archive's zip64 locator leads elsewhere than just before itself.")
    magic, length, _, _, disk, directory_disk, members_here, members, size_bytes, directory_offset = _END64.unpack(
        _read_at(archive, offset, _END64.size)
    )
    if magic != _END64_MAGIC or length != _END64_LENGTH_FIELD or disk or directory_disk or members_here != members:
        raise DamagedArchive("The zip archive's zip64 end record is malformed.")
    end64 = ZipEnd(members, directory_offset, size_bytes)
    both = (
        (end.members, _IN_END64_16, end64.members),
        (end.directory_bytes, _IN_END64_32, end64.directory_bytes),
        (end.directory_offset, _IN_END64_32, end64.directory_offset),
    )
    if any(short not in (see_other, long) for short, see_other, long in both):
        raise DamagedArchive("The zip archive's two end records differ.", expected=end64, actual=end)
    return end64, offset


def _read_at(archive: BinaryIO, offset: int, size_bytes: int) -> bytes:
    if offset < 0:
        raise DamagedArchive("The zip archive is cut short.")
    archive.seek(offset)
    data = archive.read(size_bytes)
    if len(data) != size_bytes:
        raise DamagedArchive("The zip archive is cut short.")
    return data
