"""Archives made byte by byte, so that each can lie in one place only."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

import zstandard

POSIX = b"ustar\x0000"
GNU = b"ustar  \0"
END_OF_TAR = bytes(1024)


# --- tar ---------------------------------------------------------------------------------------


def tar_header(  # noqa: PLR0913 - a header has that many fields
    name: bytes,
    *,
    kind: bytes = b"0",
    size: int | bytes = 0,
    mode: int | bytes = 0o644,
    link: bytes = b"",
    magic: bytes = POSIX,
    prefix: bytes = b"",
    checksum_error: int = 0,
) -> bytes:
    """Return 512 bytes; sizes and modes given as bytes are taken as they are."""
    size_field = size if isinstance(size, bytes) else b"%011o\0" % size
    mode_field = mode if isinstance(mode, bytes) else b"%07o\0" % mode
    block = bytearray(
        struct.pack(
            "<100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x",
            name, mode_field, b"0000000\0", b"0000000\0", size_field, b"00000000000\0", b" " * 8, kind, link, magic,
            b"", b"", b"", b"", prefix,
        )
    )  # fmt: skip
    block[148:156] = b"%06o\0 " % (sum(block) + checksum_error)
    return bytes(block)


def tar_file(
    name: bytes | str, content: bytes = b"content\n", *, kind: bytes = b"0", mode: int | bytes = 0o644
) -> bytes:
    """Return a regular file, or whatever ``kind`` makes of it."""
    raw = name.encode("utf-8", "surrogateescape") if isinstance(name, str) else name
    return tar_header(raw, kind=kind, size=len(content), mode=mode) + padded(content)


def tar_link(name: bytes | str, target: bytes | str, *, kind: bytes = b"2") -> bytes:
    """Return a symbolic link, or a hard one for kind ``1``."""
    raw = name.encode() if isinstance(name, str) else name
    return tar_header(raw, kind=kind, mode=0o777, link=target.encode() if isinstance(target, str) else target)


def tar_folder(name: str, *, mode: int = 0o755) -> bytes:
    """Return a folder."""
    return tar_header(f"{name}/".encode(), kind=b"5", mode=mode)


def pax(records: dict[str, bytes | str] | bytes, *, kind: bytes = b"x") -> bytes:
    """Return an extension header with these records, or with these bytes."""
    payload = records if isinstance(records, bytes) else b"".join(pax_record(k, v) for k, v in records.items())
    return tar_header(b"PaxHeaders/x", kind=kind, size=len(payload)) + padded(payload)


def pax_record(key: str, value: bytes | str) -> bytes:
    """Return ``LENGTH KEY=VALUE``, where the length counts its own digits."""
    rest = b" " + key.encode() + b"=" + (value if isinstance(value, bytes) else value.encode()) + b"\n"
    length = len(rest) + 1
    while len(b"%d" % length) + len(rest) != length:
        length += 1
    return b"%d" % length + rest


def gnu_long(name: bytes, *, kind: bytes = b"L") -> bytes:
    """Return a GNU extension header for a long name, or for a long link target with kind ``K``."""
    return tar_header(b"././@LongLink", kind=kind, size=len(name) + 1, magic=GNU) + padded(name + b"\0")


def padded(content: bytes) -> bytes:
    """Return contents filled up to whole blocks."""
    return content + bytes(-len(content) % 512)


def tar(*parts: bytes) -> bytes:
    """Return an archive of these members, properly ended."""
    return b"".join(parts) + END_OF_TAR


def gz(data: bytes) -> bytes:
    """Return one gzip member."""
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(data) + packer.flush()


def zst(data: bytes, *, level: int = 3) -> bytes:
    """Return one zstd frame that states its size and ends with a checksum."""
    return zstandard.ZstdCompressor(level=level, write_checksum=True).compress(data)


# --- zip ---------------------------------------------------------------------------------------


def deflate(data: bytes) -> bytes:
    """Return a raw deflate stream."""
    packer = zlib.compressobj(6, wbits=-15)
    return packer.compress(data) + packer.flush()


@dataclass
class ZipMember:
    """A member that says the same in both headers, except where ``local`` or ``central`` replace a field."""

    name: bytes
    content: bytes = b"content\n"
    mode: int = 0o100644
    method: int = 8
    flags: int = 0
    host: int = 3
    extra: bytes = b""
    packed: bytes | None = None
    local: dict[str, int | bytes] = field(default_factory=dict)
    central: dict[str, int | bytes] = field(default_factory=dict)
    after: bytes = b""

    def _facts(self) -> dict[str, int | bytes]:
        return {
            "flags": self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.content),
            "packed_size": len(self.body),
            "size": len(self.content),
            "name": self.name,
            "extra": self.extra,
            "attributes": self.mode << 16 | (0x10 if self.name.endswith(b"/") else 0),
            "disk": 0,
            "comment": b"",
        }

    @property
    def body(self) -> bytes:
        """The content as it stands in the archive."""
        if self.packed is not None:
            return self.packed
        return deflate(self.content) if self.method == 8 else self.content

    def local_bytes(self) -> bytes:
        """Return the local header, the content, and what comes after it."""
        f = self._facts() | self.local
        name, extra = f["name"], f["extra"]
        assert isinstance(name, bytes)
        assert isinstance(extra, bytes)
        fixed = struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", 20, f["flags"], f["method"], 0, 0x21, f["crc"], f["packed_size"], f["size"],
            len(name), len(extra),
        )  # fmt: skip
        return fixed + name + extra + self.body + self.after

    def central_bytes(self, offset: int) -> bytes:
        """Return the central header for a member at ``offset``."""
        f = self._facts() | {"offset": offset} | self.central
        name, extra, comment = f["name"], f["extra"], f["comment"]
        assert isinstance(name, bytes)
        assert isinstance(extra, bytes)
        assert isinstance(comment, bytes)
        fixed = struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", self.host << 8 | 20, 20, f["flags"], f["method"], 0, 0x21, f["crc"],
            f["packed_size"], f["size"], len(name), len(extra), len(comment), f["disk"], 0,
            f["attributes"], f["offset"],
        )  # fmt: skip
        return fixed + name + extra + comment


def zip_link(name: bytes, target: bytes) -> ZipMember:
    """Return a symbolic link as Info-ZIP writes one."""
    return ZipMember(name, target, mode=0o120777, method=0)


def zipped(
    *members: ZipMember,
    before: bytes = b"",
    gap: bytes = b"",
    after: bytes = b"",
    zip64: dict[str, int | bytes] | None = None,
    **end: int | bytes,
) -> bytes:
    """Return an archive of these members; keywords replace fields of the end records or add bytes around them."""
    body = before
    directory = b""
    for member in members:
        directory += member.central_bytes(len(body))
        body += member.local_bytes()
    body += gap
    facts: dict[str, int | bytes] = {
        "disk": 0, "directory_disk": 0, "here": len(members), "count": len(members),
        "directory_size": len(directory), "directory_offset": len(body), "comment": b"",
    }  # fmt: skip
    end64 = b"" if zip64 is None else _zip64_end(facts | zip64, len(body) + len(directory))
    f = facts | end
    comment = f["comment"]
    assert isinstance(comment, bytes)
    record = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", f["disk"], f["directory_disk"], f["here"], f["count"], f["directory_size"],
        f["directory_offset"], len(comment),
    )  # fmt: skip
    return body + directory + end64 + record + comment + after


def _zip64_end(facts: dict[str, int | bytes], offset: int) -> bytes:
    usual: dict[str, int | bytes] = {"length": 44, "locator_offset": offset, "disks": 1, "between": b""}
    f = usual | facts
    between = f["between"]
    assert isinstance(between, bytes)
    record = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", f["length"], 45, 45, f["disk"], f["directory_disk"], f["here"], f["count"],
        f["directory_size"], f["directory_offset"],
    )  # fmt: skip
    return record + between + struct.pack("<4sLQL", b"PK\x06\x07", 0, f["locator_offset"], f["disks"])


def zip64_field(*numbers: int) -> bytes:
    """Return the extra field that holds numbers too wide for a header."""
    return struct.pack(f"<2H{len(numbers)}Q", 1, 8 * len(numbers), *numbers)
