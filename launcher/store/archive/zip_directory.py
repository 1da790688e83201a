"""A strict reader of a zip archive's directory and local headers (threats C13, C16, C22, C23; APPNOTE.TXT, section 4).

A zip archive says everything twice, and readers differ in whom they believe. Here both must say the same, and the
members must lie one after the other from the first byte up to the directory, with neither gap nor overlap.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import ArchiveTooBig, DamagedArchive, ForbiddenMember
from launcher.store.archive.members import decode_text
from launcher.store.archive.zip_end import read_zip_end

if TYPE_CHECKING:
    from typing import BinaryIO

    from launcher.store.archive.limits import UnpackLimits
    from launcher.store.archive.members import MemberKind

STORED: Final = 0
DEFLATED: Final = 8

_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_CENTRAL_MAGIC: Final = b"PK\x01\x02"
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_MAX_RECORD_BYTES: Final = 64 * 1024  # a central record may hold three times as much, and never honestly does

_UTF8_FLAG: Final = 1 << 11
_ALLOWED_FLAGS: Final = _UTF8_FLAG | 0b110  # and how hard the packer tried; no encryption, no data descriptors
_UNIX_HOSTS: Final = frozenset({3, 19})  # Unix, macOS
_DOS_FOLDER: Final = 0x10

_ZIP64_FIELD: Final = 0x0001
_UNICODE_PATH_FIELD: Final = 0x7075
_IN_ZIP64_FIELD: Final = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One member of a zip archive; its central and its local header agree.

    Attributes:
        name: As the archive spells it, a folder's without its slash. Not yet known to be safe.
        kind: Regular file, folder, or symbolic link, whose content is its target.
        executable: Whether the owner may execute the file, as far as the packer's system knew such a thing.
        is_deflated: Whether the content is compressed.
        crc32: Of the unpacked content.
        packed_bytes: Length of the content in the archive.
        size_bytes: Length of the unpacked content.
        content_offset: Where the content begins in the archive.
    """

    name: str
    kind: MemberKind
    executable: bool
    is_deflated: bool
    crc32: int
    packed_bytes: int
    size_bytes: int
    content_offset: int


@dataclass(frozen=True, slots=True)
class _Record:
    """A central header as it stands."""

    raw_name: bytes
    host: int
    attributes: int
    flags: int
    method: int
    crc32: int
    packed_bytes: int
    size_bytes: int
    header_offset: int


def read_zip_directory(archive: BinaryIO, archive_bytes: int, limits: UnpackLimits) -> tuple[ZipEntry, ...]:
    """Read all headers of a zip archive, in the order of their contents.

    Raises:
        DamagedArchive: The archive is cut, contradicts itself, or has bytes that belong to no member.
        ForbiddenMember: A member is encrypted, streamed, compressed in a rare way, or neither file, folder nor link.
        ArchiveTooBig: There are too many members.
    """
    end = read_zip_end(archive, archive_bytes)
    limits.check_count(end.members)
    records = sorted(_read_records(archive, end.members, end.directory_offset, end.directory_bytes), key=_offset)
    entries = []
    position = 0
    for record in records:
        if record.header_offset != position:  # threat C22, and C23's junk before the first member
            raise DamagedArchive(
                "The members of the zip archive overlap, or bytes lie between them.",
                expected=f"a header at {position}",
                actual=f"at {record.header_offset}",
            )
        entry = _entry(record, _check_local_header(archive, record))
        position = entry.content_offset + entry.packed_bytes
        entries.append(entry)
    if position != end.directory_offset:
        raise DamagedArchive("Bytes lie between the zip archive's members and its directory.")
    return tuple(entries)


def _offset(record: _Record) -> int:
    return record.header_offset


def _read_records(archive: BinaryIO, members: int, offset: int, size_bytes: int) -> list[_Record]:
    if size_bytes > members * _MAX_RECORD_BYTES:
        raise ArchiveTooBig("The zip archive's directory is too long.", actual=f"{size_bytes} bytes")
    archive.seek(offset)
    directory = archive.read(size_bytes)
    records = []
    position = 0
    for _ in range(members):
        record, position = _parse_record(directory, position)
        records.append(record)
    if position != len(directory):
        raise DamagedArchive("The zip archive's directory is not as long as it says.")
    return records


def _parse_record(directory: bytes, position: int) -> tuple[_Record, int]:
    fixed_end = position + _CENTRAL.size
    if fixed_end > len(directory):
        raise DamagedArchive("The zip archive's directory is cut short.")
    fields = _CENTRAL.unpack_from(directory, position)
    magic, made_by, _, flags, method, _, _, crc32, packed_bytes, size_bytes = fields[:10]
    name_bytes, extra_bytes, comment_bytes, disk, _, attributes, header_offset = fields[10:]
    end = fixed_end + name_bytes + extra_bytes + comment_bytes
    if magic != _CENTRAL_MAGIC or disk or end > len(directory):
        raise DamagedArchive("A record of the zip archive's directory is malformed.")
    raw_name = directory[fixed_end : fixed_end + name_bytes]
    extra = directory[fixed_end + name_bytes : end - comment_bytes]
    size_bytes, packed_bytes, header_offset = _widened((size_bytes, packed_bytes, header_offset), extra)
    host = made_by >> 8
    record = _Record(raw_name, host, attributes, flags, method, crc32, packed_bytes, size_bytes, header_offset)
    return record, end


def _check_local_header(archive: BinaryIO, record: _Record) -> int:
    """Compare a local header with its central one; return where the content begins."""
    archive.seek(record.header_offset)
    fixed = archive.read(_LOCAL.size)
    if len(fixed) != _LOCAL.size or not fixed.startswith(_LOCAL_MAGIC):
        raise DamagedArchive("The zip archive's directory leads to something else than a member.")
    _, _, flags, method, _, _, crc32, packed_bytes, size_bytes, name_bytes, extra_bytes = _LOCAL.unpack(fixed)
    variable = archive.read(name_bytes + extra_bytes)
    if len(variable) != name_bytes + extra_bytes:
        raise DamagedArchive("The zip archive is cut short.")
    size_bytes, packed_bytes = _widened((size_bytes, packed_bytes), variable[name_bytes:])
    local = (variable[:name_bytes], flags, method, crc32, packed_bytes, size_bytes)
    central = (
        record.raw_name, record.flags, record.method, record.crc32, record.packed_bytes, record.size_bytes,
    )  # fmt: skip
    if local != central:  # threat C23
        raise DamagedArchive("A zip member's two headers differ.", expected=central, actual=local)
    return record.header_offset + _LOCAL.size + len(variable)


def _widened(values: tuple[int, ...], extra: bytes) -> tuple[int, ...]:
    """Replace the values that say "see the zip64 field" by those that stand there, in the same order."""
    is_wide = [value == _IN_ZIP64_FIELD for value in values]
    wide = _zip64_field(extra)
    if wide is None and not any(is_wide):
        return values
    if wide is None or len(wide) != 8 * sum(is_wide):
        raise DamagedArchive("A zip64 field of the zip archive holds more or less than its member needs.")
    numbers = iter(struct.unpack(f"<{sum(is_wide)}Q", wide))
    return tuple(next(numbers) if see_field else value for value, see_field in zip(values, is_wide, strict=True))


def _zip64_field(extra: bytes) -> bytes | None:
    found = None
    position = 0
    while position < len(extra):
        if position + 4 > len(extra):
            raise DamagedArchive("An extra field of the zip archive is malformed.")
        kind, length = struct.unpack_from("<2H", extra, position)
        position += 4 + length
        if position > len(extra) or (kind == _ZIP64_FIELD and found is not None):
            raise DamagedArchive("An extra field of the zip archive is malformed, or stands twice.")
        if kind == _UNICODE_PATH_FIELD:
            raise ForbiddenMember("A zip member has a second name in an extra field.")
        if kind == _ZIP64_FIELD:
            found = extra[position - length : position]
    return found


def _entry(record: _Record, content_offset: int) -> ZipEntry:
    name = _decode_name(record)
    if record.flags & ~_ALLOWED_FLAGS or record.method not in (STORED, DEFLATED):
        raise ForbiddenMember(
            f"`{name}` is encrypted, streamed, or compressed in a rare way.",
            expected="stored or deflated, sizes in the header",
            actual=f"method {record.method}, flags {record.flags:#06x}",
        )
    kind, mode = _kind_and_mode(record, name)
    if kind == "folder" and record.size_bytes:
        raise DamagedArchive(f"The folder `{name}` has a size.", expected="0 bytes", actual=record.size_bytes)
    return ZipEntry(
        name=name.removesuffix("/") if kind == "folder" else name,
        kind=kind,
        executable=bool(mode & stat.S_IXUSR),
        is_deflated=record.method == DEFLATED,
        crc32=record.crc32,
        packed_bytes=record.packed_bytes,
        size_bytes=record.size_bytes,
        content_offset=content_offset,
    )


def _decode_name(record: _Record) -> str:
    if not record.flags & _UTF8_FLAG and not record.raw_name.isascii():
        raise DamagedArchive("A name in the zip archive is in an unknown encoding.", actual=ascii(record.raw_name[:60]))
    return decode_text(record.raw_name, "A name in the zip archive")


def _kind_and_mode(record: _Record, name: str) -> tuple[MemberKind, int]:
    mode = record.attributes >> 16
    is_folder = name.endswith("/")
    file_type = stat.S_IFMT(mode)
    if file_type == stat.S_IFLNK and not is_folder and record.host in _UNIX_HOSTS:
        return "link", mode
    if file_type not in ((0, stat.S_IFDIR) if is_folder else (0, stat.S_IFREG)):  # threat C7
        raise ForbiddenMember(f"`{name}` is of a kind that is never unpacked.", actual=f"mode {mode:#o}")
    if record.attributes & _DOS_FOLDER and not is_folder:
        raise DamagedArchive(f"`{name}` is a folder by its attributes and a file by its name.")
    return "folder" if is_folder else "file", mode if record.host in _UNIX_HOSTS else 0
