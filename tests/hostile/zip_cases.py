"""Hostile zip archives by row of the threat table; the names of uv's consistency checks are the specification."""

from __future__ import annotations

from typing import Any, Final

from launcher.domain.errors import (
    ArchiveTooBig,
    DamagedArchive,
    ForbiddenMember,
    LauncherError,
    UnsafeLink,
    UnsafePath,
)
from tests.hostile.archive_bytes import ZipMember, deflate, zip64_field, zip_link, zipped

Rows = list[tuple[str, str, bytes, type[LauncherError]]]

ZIP_GOOD: Final = ZipMember(b"good.txt")
BOMB_BYTES: Final = 64 * 1024 * 1024
_OTHER = ZipMember(b"other.txt", b"other\n")
_WIDE = 0xFFFF_FFFF
_UNICODE_PATH = b"\x75\x70\x0d\x00\x01\x00\x00\x00\x00evil.txt"


def _overlapping() -> bytes:
    kernel = ZipMember(b"kernel", bytes(1000))
    first = kernel.local_bytes()
    copies = [ZipMember(b"kernel", bytes(1000), central={"offset": 0}) for _ in range(50)]
    directory = b"".join(copy.central_bytes(0) for copy in copies)
    end = zipped(count=50, here=50, directory_size=len(directory), directory_offset=len(first))
    return first + directory + end


def _quoted() -> bytes:
    inner = ZipMember(b"inner", b"inner\n")
    outer = ZipMember(b"outer", inner.local_bytes() + b"x", method=0)
    head = len(outer.local_bytes()) - len(outer.content)
    directory = outer.central_bytes(0) + inner.central_bytes(head)
    end = zipped(count=2, here=2, directory_size=len(directory), directory_offset=len(outer.local_bytes()))
    return outer.local_bytes() + directory + end


def _uncounted() -> bytes:
    sound = zipped(ZIP_GOOD)
    second = ZIP_GOOD.central_bytes(0)
    body, offset = sound[:-22], len(ZIP_GOOD.local_bytes())
    return body + second + zipped(here=1, count=1, directory_size=2 * len(second), directory_offset=offset)


def _empty_with_a_size() -> bytes:
    # the checksum of nothing is 0, so only its size can tell
    return zipped(ZipMember(b"empty", b"", local={"size": 5}, central={"size": 5}), ZIP_GOOD)


def _mode(mode: int, name: bytes = b"odd", **parts: int) -> bytes:
    return zipped(ZIP_GOOD, ZipMember(name, b"good.txt", mode=mode, **parts))  # type: ignore[arg-type]


def _local(**fields: Any) -> bytes:  # noqa: ANN401 - any field
    return zipped(ZIP_GOOD, ZipMember(b"other.txt", b"other\n", local=dict(fields)))


def _central(**fields: Any) -> bytes:  # noqa: ANN401 - any field
    return zipped(ZIP_GOOD, ZipMember(b"other.txt", b"other\n", central=dict(fields)))


def _both(**parts: Any) -> bytes:  # noqa: ANN401 - whatever a member takes
    return zipped(ZIP_GOOD, ZipMember(b"other.txt", b"other\n", **parts))


_SOUND = zipped(ZIP_GOOD, _OTHER)

ZIPS: Final[Rows] = [
    ("C2", "link then through it", zipped(zip_link(b"d", b".."), ZipMember(b"d/x")), UnsafePath),
    ("C4", "absolute link", zipped(ZIP_GOOD, zip_link(b"l", b"/etc/passwd")), UnsafeLink),
    ("C7", "pipe", _mode(0o010644), ForbiddenMember),
    ("C7", "character device", _mode(0o020644), ForbiddenMember),
    ("C7", "block device", _mode(0o060644), ForbiddenMember),
    ("C7", "socket", _mode(0o140644), ForbiddenMember),
    ("C7", "link of DOS", _mode(0o120777, host=0), ForbiddenMember),
    ("C7", "link with a slash", _mode(0o120777, b"l/"), ForbiddenMember),
    ("C7", "folder by mode, file by name", _mode(0o040755), ForbiddenMember),
    ("C7", "file by mode, folder by name", _mode(0o100644, b"d/", method=0), ForbiddenMember),
    ("C9", "file twice", zipped(ZIP_GOOD, ZIP_GOOD), UnsafePath),
    ("C9", "file and folder", zipped(ZIP_GOOD, ZipMember(b"good.txt/", b"", mode=0o040755)), UnsafePath),
    ("C10", "case", zipped(ZipMember(b"F"), ZipMember(b"f")), UnsafePath),
    ("C12", "unknown encoding", zipped(ZipMember(b"caf\x82")), DamagedArchive),
    ("C12", "UTF-8 that does not say so", zipped(ZipMember("caf\u00e9".encode())), DamagedArchive),
    ("C12", "not UTF-8", zipped(ZipMember(b"caf\x82", flags=1 << 11)), DamagedArchive),
    ("C12", "second name in an extra field", _both(extra=_UNICODE_PATH), ForbiddenMember),
    ("C13", "NUL in a name", zipped(ZipMember(b"good.txt\0evil")), UnsafePath),
    ("C13", "NUL in a link", zipped(ZIP_GOOD, zip_link(b"l", b"good.txt\0evil")), UnsafeLink),
    ("C14", "dangling link", zipped(ZIP_GOOD, zip_link(b"l", b"nothing")), UnsafeLink),
    ("C14", "endless link", zipped(ZIP_GOOD, zip_link(b"l", b"a" * 5000)), DamagedArchive),
    ("C14", "link not UTF-8", zipped(ZIP_GOOD, zip_link(b"l", b"caf\x82")), DamagedArchive),
    ("C15", "empty file", b"", DamagedArchive),
    ("C15", "checksum wrong", _both(local={"crc": 1}, central={"crc": 1}), DamagedArchive),
    ("C15", "content damaged", _both(packed=b"\xff" * 8), DamagedArchive),
    ("C15", "content cut", _both(packed=deflate(b"other\n")[:-1]), DamagedArchive),
    ("C15", "content longer than its size", _both(packed=deflate(b"other\nmore")), DamagedArchive),
    ("C15", "content shorter than its size", _both(packed=deflate(b"oth")), DamagedArchive),
    ("C15", "content goes on after its end", _both(packed=deflate(b"other\n") + b"junk"), DamagedArchive),
    ("C15", "second deflate stream", _both(packed=deflate(b"other\n") * 2), DamagedArchive),
    ("C15", "empty, with a size", _empty_with_a_size(), DamagedArchive),
    ("C15", "stored with two sizes", _both(method=0, packed=b"other\nmore"), DamagedArchive),
    ("C16", "trailing byte", _SOUND + b"\0", DamagedArchive),
    ("C16", "two archives", _SOUND + _SOUND, DamagedArchive),
    ("C16", "comment", zipped(ZIP_GOOD, comment=b"hello"), DamagedArchive),
    ("C16", "comment that is not there", _SOUND[:-2] + b"\x05\x00", DamagedArchive),
    ("C16", "archive in the comment", zipped(ZIP_GOOD, comment=_SOUND), DamagedArchive),
    ("C20", "64 MiB of zeros", zipped(ZipMember(b"zeros", bytes(BOMB_BYTES))), ArchiveTooBig),
    ("C20", "zeros that say they are few", zipped(
        ZipMember(b"zeros", bytes(BOMB_BYTES), local={"size": 9}, central={"size": 9})), DamagedArchive),
    ("C20", "2^63 bytes", _both(
        local={"size": _WIDE, "packed_size": _WIDE, "extra": zip64_field(2**63, 8)},
        central={"size": _WIDE, "packed_size": _WIDE, "extra": zip64_field(2**63, 8)}), ArchiveTooBig),
    ("C22", "50 members in one place", _overlapping(), DamagedArchive),
    ("C22", "member inside of a member", _quoted(), DamagedArchive),
    ("C22", "gap between members", zipped(ZipMember(b"a", after=b"gap"), ZIP_GOOD), DamagedArchive),
    ("C22", "gap before the directory", zipped(ZIP_GOOD, gap=b"gap"), DamagedArchive),
    ("C22", "member after the last", zipped(ZIP_GOOD, gap=_OTHER.local_bytes()), DamagedArchive),
    ("C23", "junk before", zipped(ZIP_GOOD, before=b"junk"), DamagedArchive),
    ("C23", "junk before, offsets off", b"junk" + _SOUND, DamagedArchive),
    *(
        ("C23", f"local {key}", _local(**{key: value}), DamagedArchive)
        for key, value in {"name": b"OTHER.txt", "size": 7, "packed_size": 7, "crc": 7, "method": 0, "flags": 2}.items()
    ),
    ("C23", "local name longer", _local(name=b"other.txt.exe"), DamagedArchive),
    ("C23", "local size zero", _local(size=0, packed_size=0, crc=0), DamagedArchive),
    ("C23", "data descriptor", _both(flags=8), ForbiddenMember),
    ("C23", "encrypted", _both(flags=1), ForbiddenMember),
    ("C23", "strongly encrypted", _both(flags=1 | 1 << 6), ForbiddenMember),
    ("C23", "patched data", _both(flags=1 << 5), ForbiddenMember),
    ("C23", "masked headers", _both(flags=1 << 13), ForbiddenMember),
    *(
        ("C23", f"method {method}", _both(method=method), ForbiddenMember)
        for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99, 65535)
    ),
    ("C23", "folder with content", zipped(ZipMember(b"d/", b"content", mode=0o040755)), DamagedArchive),
    ("C23", "folder by attributes", zipped(ZIP_GOOD, ZipMember(b"d", central={"attributes": 0x10})), DamagedArchive),
    ("C23", "member on another disk", _central(disk=1), DamagedArchive),
    ("C23", "offset beyond the end", _central(offset=10**6), DamagedArchive),
    ("C23", "offset into the directory", _central(offset=len(_SOUND) - 60), DamagedArchive),
    ("C23", "offset of another member", _central(offset=0), DamagedArchive),
    ("C23", "directory comment too long", _central(comment=b"x") [:-22] + _SOUND[-22:], DamagedArchive),
    ("C23", "extra cut", _both(extra=b"\x55\x54\x09\x00ab"), DamagedArchive),
    ("C23", "extra of three bytes", _both(extra=b"\x55\x54\x00"), DamagedArchive),
    ("C23", "zip64 field not needed", _both(extra=zip64_field(6, 8)), DamagedArchive),
    ("C23", "zip64 field twice", _both(extra=zip64_field() * 2), DamagedArchive),
    ("C23", "zip64 field missing", _both(local={"size": _WIDE}, central={"size": _WIDE}), DamagedArchive),
    ("C23", "zip64 field too short", _central(size=_WIDE, packed_size=_WIDE, extra=zip64_field(6)), DamagedArchive),
    ("C23", "zip64 field differs", _central(size=_WIDE, extra=zip64_field(7)), DamagedArchive),
    ("C23", "end: another disk", zipped(ZIP_GOOD, disk=1), DamagedArchive),
    ("C23", "end: directory on another disk", zipped(ZIP_GOOD, directory_disk=1), DamagedArchive),
    ("C23", "end: some members elsewhere", zipped(ZIP_GOOD, here=0), DamagedArchive),
    ("C23", "end: fewer members", zipped(ZIP_GOOD, _OTHER, here=1, count=1), DamagedArchive),
    ("C23", "end: more members", zipped(ZIP_GOOD, _OTHER, here=3, count=3), DamagedArchive),
    ("C23", "end: no members", zipped(ZIP_GOOD, here=0, count=0), ArchiveTooBig),
    ("C23", "end: one of two records not counted", _uncounted(), DamagedArchive),
    ("C23", "end: directory shorter", zipped(ZIP_GOOD, directory_size=20), DamagedArchive),
    ("C23", "end: directory elsewhere", zipped(ZIP_GOOD, directory_offset=1), DamagedArchive),
    ("C23", "end: says zip64, is not", zipped(ZIP_GOOD, directory_offset=_WIDE), DamagedArchive),
    ("C23", "zip64 end: other members", zipped(ZIP_GOOD, zip64={"count": 2, "here": 2}), DamagedArchive),
    ("C23", "zip64 end: other offset", zipped(ZIP_GOOD, zip64={"directory_offset": 0}), DamagedArchive),
    ("C23", "zip64 end: other size", zipped(ZIP_GOOD, zip64={"directory_size": 1}), DamagedArchive),
    ("C23", "zip64 end: hidden offset", zipped(
        ZIP_GOOD, zip64={"directory_offset": 0}, directory_offset=_WIDE), DamagedArchive),
    ("C23", "zip64 end: extensible data", zipped(ZIP_GOOD, zip64={"length": 48, "between": b"data"}), DamagedArchive),
    ("C23", "zip64 end: CVE-2025-8291", zipped(ZIP_GOOD, zip64={"locator_offset": 0}), DamagedArchive),
    ("C23", "zip64 end: longer than it is", zipped(ZIP_GOOD, zip64={"length": 48}), DamagedArchive),
    ("C23", "zip64 end: right, the other end: members", zipped(ZIP_GOOD, zip64={}, here=2, count=2), DamagedArchive),
    ("C23", "zip64 end: right, the other end: size", zipped(ZIP_GOOD, zip64={}, directory_size=1), DamagedArchive),
    ("C23", "zip64 end: right, the other end: offset", zipped(ZIP_GOOD, zip64={}, directory_offset=1), DamagedArchive),
    ("C23", "zip64 end: gap", zipped(ZIP_GOOD, zip64={"between": b"gap"}), DamagedArchive),
    ("C23", "zip64 end: two disks", zipped(ZIP_GOOD, zip64={"disks": 2}), DamagedArchive),
    ("C23", "zip64 end: another disk", zipped(ZIP_GOOD, zip64={"disk": 1}), DamagedArchive),
    ("C23", "only a locator", _SOUND[:-22] + b"PK\x06\x07" + bytes(16) + _SOUND[-22:], DamagedArchive),
    ("C24", "20,001 members", zipped(*[ZipMember(b"d/", b"", mode=0o040755, method=0)] * 20_001), ArchiveTooBig),
    ("C24", "65,535 members that are not there", zipped(ZIP_GOOD, here=65535, count=65535), ArchiveTooBig),
]  # fmt: skip
