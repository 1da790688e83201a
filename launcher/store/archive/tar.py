"""A strict reader of tar archives, from the first byte to the last (threats C15 to C18, C24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from launcher.domain.errors import ArchiveTooBig, DamagedArchive
from launcher.store.archive.members import Member, decode_text
from launcher.store.archive.tar_header import (
    BLOCK_BYTES,
    FOLDER_TYPE,
    GLOBAL_PAX_TYPE,
    GNU_LINK_TYPE,
    GNU_NAME_TYPE,
    LINK_TYPE,
    PAX_TYPE,
    ZERO_BLOCK,
    TarHeader,
    parse_header,
    parse_long_name,
    parse_pax_records,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.store.archive.limits import UnpackLimits

_MAX_EXTENSION_BYTES: Final = 64 * 1024
# GNU tar fills its last record with zeros: 10 KiB unless told otherwise.
_MAX_PADDING_BYTES: Final = 1024 * 1024


class TarStream(Protocol):
    """The bytes of a tar archive, read once from the first to the last."""

    def take(self, size_bytes: int) -> bytes:
        """Return exactly so many bytes, or raise `DamagedArchive`."""

    def slices(self, size_bytes: int) -> Iterator[memoryview]:
        """Yield exactly so many bytes in pieces, or raise `DamagedArchive`."""

    def remainder(self) -> Iterator[memoryview]:
        """Yield everything up to the end."""


@dataclass(slots=True)
class _Extensions:
    """What the extension headers before a member say of it; each may be said once, in one of two dialects."""

    pax: dict[bytes, str] | None = None
    gnu_name: str | None = None
    gnu_link: str | None = None

    @property
    def are_pending(self) -> bool:
        return (self.pax, self.gnu_name, self.gnu_link) != (None, None, None)

    def add(self, header: TarHeader, payload: bytes) -> None:
        """Take an extension header in; stacked ones are where readers disagree (threat C18)."""
        pax, name, link = self.pax is not None, self.gnu_name is not None, self.gnu_link is not None
        if header.kind == PAX_TYPE and not (pax or name or link):
            self.pax = parse_pax_records(payload)
        elif header.kind == GNU_NAME_TYPE and not (pax or name):
            self.gnu_name = parse_long_name(payload.removesuffix(b"\0"))
        elif header.kind == GNU_LINK_TYPE and not (pax or link):
            self.gnu_link = parse_long_name(payload.removesuffix(b"\0"))
        else:
            raise DamagedArchive("Extension headers of the tar archive are stacked.", expected="one for each member")

    def name_of(self, header: TarHeader) -> str:
        named = self.gnu_name or (self.pax or {}).get(b"path")
        return named if named is not None else decode_text(header.name, "A name in the tar archive")

    def link_of(self, header: TarHeader) -> str:
        named = self.gnu_link or (self.pax or {}).get(b"linkpath")
        if header.kind != LINK_TYPE:
            if named is not None:
                raise DamagedArchive("The tar archive says where something leads that is not a link.", actual=named)
            return ""
        return named if named is not None else decode_text(header.link_name, "A link in the tar archive")


def read_tar(stream: TarStream, limits: UnpackLimits) -> Iterator[Member]:
    """Yield the members of a tar archive, and read it to its very end.

    Raises:
        DamagedArchive: The archive is cut, goes on after its end, or contradicts itself.
        ForbiddenMember: It holds something else than regular files, folders and symbolic links.
        ArchiveTooBig: There are too many members, or an extension header is too long.
    """
    extensions = _Extensions()
    members = 0
    while (block := stream.take(BLOCK_BYTES)) != ZERO_BLOCK:
        header = parse_header(block)
        if header.kind in (PAX_TYPE, GNU_NAME_TYPE, GNU_LINK_TYPE):
            extensions.add(header, _take_extension(stream, header))
            continue
        members += 1
        limits.check_count(members)
        if header.kind == GLOBAL_PAX_TYPE:
            _check_global(extensions, _take_extension(stream, header))
            continue
        yield _member(header, extensions, stream)
        extensions = _Extensions()
        stream.take(-header.size_bytes % BLOCK_BYTES)
    if extensions.are_pending:
        raise DamagedArchive("The tar archive ends with an extension of no member.")
    _check_end(stream)


def _member(header: TarHeader, extensions: _Extensions, stream: TarStream) -> Member:
    name = extensions.name_of(header)
    if header.kind == FOLDER_TYPE:
        name = name.removesuffix("/")
    return Member(
        # `tar -C folder -c .` begins every name with `./`, and that is the one spelling that is not the name itself
        name=name.removeprefix("./"),
        kind="folder" if header.kind == FOLDER_TYPE else "link" if header.kind == LINK_TYPE else "file",
        size_bytes=header.size_bytes,
        executable=header.executable,
        link_target=extensions.link_of(header),
        content=stream.slices(header.size_bytes),
    )


def _take_extension(stream: TarStream, header: TarHeader) -> bytes:
    if header.size_bytes > _MAX_EXTENSION_BYTES:
        raise ArchiveTooBig(
            "An extension header of the tar archive is too long.",
            expected=f"at most {_MAX_EXTENSION_BYTES} bytes",
            actual=f"{header.size_bytes} bytes",
        )
    payload = stream.take(header.size_bytes)
    stream.take(-header.size_bytes % BLOCK_BYTES)
    return payload


def _check_global(extensions: _Extensions, payload: bytes) -> None:
    if extensions.are_pending or parse_pax_records(payload):
        raise DamagedArchive("A global header of the tar archive stands where it must not, or names a file.")


def _check_end(stream: TarStream) -> None:
    # One zero block ends an archive for some readers and not for others (threat C17).
    if stream.take(BLOCK_BYTES) != ZERO_BLOCK:
        raise DamagedArchive("The tar archive goes on after a zero block.", expected="two zero blocks at its end")
    padding_bytes = 0
    for piece in stream.remainder():
        padding_bytes += len(piece)
        if bytes(piece).strip(b"\0") or padding_bytes > _MAX_PADDING_BYTES:
            raise DamagedArchive("The tar archive goes on after its end.", expected="nothing but a few zeros")
    if padding_bytes % BLOCK_BYTES:
        raise DamagedArchive("The tar archive does not end with a whole block.")
