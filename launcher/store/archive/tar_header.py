"""The 512 bytes before each member of a tar archive, and the extension records (threats C7, C13, C17, C18, C24).

Two tar readers that see two archives in the same bytes are an attack, so whatever readers are known to disagree about
is refused: POSIX.1-2017 ``pax`` and the GNU tar manual, "Basic Tar Format", say what the rest means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from launcher.domain.errors import DamagedArchive, ForbiddenMember
from launcher.store.archive.members import decode_text

BLOCK_BYTES: Final = 512
ZERO_BLOCK: Final = bytes(BLOCK_BYTES)

REGULAR_TYPES: Final = frozenset({b"0", b"\0"})
LINK_TYPE: Final = b"2"
FOLDER_TYPE: Final = b"5"
PAX_TYPE: Final = b"x"
GLOBAL_PAX_TYPE: Final = b"g"
GNU_NAME_TYPE: Final = b"L"
GNU_LINK_TYPE: Final = b"K"
_KNOWN_TYPES: Final = frozenset(
    {*REGULAR_TYPES, LINK_TYPE, FOLDER_TYPE, PAX_TYPE, GLOBAL_PAX_TYPE, GNU_NAME_TYPE, GNU_LINK_TYPE}
)
_TYPES_WITHOUT_CONTENT: Final = frozenset({LINK_TYPE, FOLDER_TYPE})

_POSIX_MAGIC: Final = b"ustar\x0000"
_GNU_MAGIC: Final = b"ustar  \0"
_OCTAL = re.compile(rb"([0-7]+)[ \0]*")
_OWNER_MAY_EXECUTE: Final = 0o100

_PAX_RECORD_LENGTH = re.compile(rb"([1-9][0-9]{0,5}) ")
_PAX_NAMES: Final = frozenset({b"path", b"linkpath"})
# What is said of owners, times and attributes is never applied (threat C5), so it may say what it likes.
_PAX_IGNORED = re.compile(
    rb"[acm]time|[ug]id|[ug]name|comment|LIBARCHIVE\.(creationtime|xattr\..+)"
    rb"|SCHILY\.(dev|ino|nlink|fflags|acl\..+|xattr\..+)|MSWINDOWS\..+|RHT\.security\.selinux"
)


@dataclass(frozen=True, slots=True)
class TarHeader:
    """One header block, checked; the names are bytes because extension records may replace them."""

    kind: bytes
    name: bytes
    link_name: bytes
    size_bytes: int
    executable: bool


def parse_header(block: bytes) -> TarHeader:
    """Read one header block that is not all zeros.

    Raises:
        DamagedArchive: The checksum, the magic or a field is not what it must be.
        ForbiddenMember: The member is neither a regular file, folder or symbolic link, nor an extension of one.
    """
    if _octal(block[148:156], "checksum") != sum(block) - sum(block[148:156]) + 8 * ord(" "):
        raise DamagedArchive("A tar header's checksum does not match.")
    kind = block[156:157]
    if kind not in _KNOWN_TYPES:
        raise ForbiddenMember(  # threats C4, C7, C19: no hard links, devices, pipes, sparse files
            f"`{_shown(block[:100])}` is of a kind that is never unpacked.",
            expected="a file, folder or symbolic link",
            actual=f"tar type {kind.decode('latin-1')!a}",
        )
    size_bytes = _octal(block[124:136], "size")
    if kind in _TYPES_WITHOUT_CONTENT and size_bytes:
        raise DamagedArchive("A folder or link in the tar archive has a size.", expected="0 bytes", actual=size_bytes)
    return TarHeader(
        kind=kind,
        name=_full_name(block),
        link_name=_terminated(block[157:257]),
        size_bytes=size_bytes,
        executable=bool(_octal(block[100:108], "mode") & _OWNER_MAY_EXECUTE),
    )


def parse_pax_records(payload: bytes) -> dict[bytes, str]:
    """Read the names that a pax header holds, ``path`` and ``linkpath``, if any.

    Raises:
        DamagedArchive: A record is malformed, stands twice, or is not UTF-8.
        ForbiddenMember: A record is of a kind that changes how the archive is read.
    """
    names: dict[bytes, str] = {}
    seen: set[bytes] = set()
    position = 0
    while position < len(payload):
        length = _PAX_RECORD_LENGTH.match(payload, position)
        end = position + int(length[1]) if length else 0
        if length is None or payload[end - 1 : end] != b"\n":  # no number that is too small or too large gets past this
            raise DamagedArchive("A pax record of the tar archive is malformed.", expected="`LENGTH KEY=VALUE`")
        key, equals, value = payload[length.end() : end - 1].partition(b"=")
        if not equals or key in seen:
            raise DamagedArchive("A pax record of the tar archive has no value, or stands twice.", actual=_shown(key))
        seen.add(key)
        if key in _PAX_NAMES:
            names[key] = parse_long_name(value)
        elif not _PAX_IGNORED.fullmatch(key):
            raise ForbiddenMember("A pax record of the tar archive is never followed.", actual=_shown(key))
        position = end
    return names


def parse_long_name(raw: bytes) -> str:
    """Read a name that an extension holds.

    Raises:
        DamagedArchive: It is empty, not UTF-8, or has a zero byte in it (threat C13).
    """
    if not raw or b"\0" in raw:
        raise DamagedArchive("A long name in the tar archive is empty or has a zero byte in it.", actual=_shown(raw))
    return decode_text(raw, "A name in the tar archive")


def _full_name(block: bytes) -> bytes:
    name, prefix = _terminated(block[0:100]), block[345:500]
    match block[257:265]:
        case magic if magic == _POSIX_MAGIC:
            folder = _terminated(prefix)
            return folder + b"/" + name if folder else name
        case magic if magic == _GNU_MAGIC:  # other fields of GNU's own stand there, that some readers take for a name
            if prefix.strip(b"\0"):
                raise DamagedArchive("A tar header holds fields of incremental GNU archives.", actual=_shown(prefix))
            return name
        case magic:
            raise DamagedArchive("A tar header is of no known format.", expected="`ustar`", actual=_shown(magic))


def _octal(field: bytes, what: str) -> int:
    # Only octal: files of 8 GiB, which need base-256 or a pax `size`, are not unpacked (threat C18).
    digits = _OCTAL.fullmatch(field)
    if digits is None:
        raise DamagedArchive(f"The {what} in a tar header is not octal.", expected="octal digits", actual=_shown(field))
    return int(digits[1], 8)


def _terminated(field: bytes) -> bytes:
    text, _, rest = field.partition(b"\0")
    if rest.strip(b"\0"):
        raise DamagedArchive("A name in a tar header has a zero byte in it.", actual=_shown(field))
    return text


def _shown(raw: bytes) -> str:
    return ascii(raw.rstrip(b"\0")[:60].decode("utf-8", "backslashreplace"))
