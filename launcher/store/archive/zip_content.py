"""The members of a zip archive and their contents, of which sizes and checksums must hold (threats C15, C20, C23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DamagedArchive
from launcher.store.archive.members import Member, decode_text
from launcher.store.archive.read_ahead import CHUNK_BYTES
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from launcher.store.archive.read_ahead import ReadAhead
    from launcher.store.archive.zip_directory import ZipEntry

_MAX_LINK_BYTES: Final = 4096


def unpack_entries(archive: BinaryIO, entries: Sequence[ZipEntry]) -> Iterator[bytes]:
    """Yield the contents of all entries, one after the other.

    Raises:
        DamagedArchive: A content is not as long as announced, or its checksum does not match.
        DiskFailure: The archive cannot be read.
    """
    from isal import isal_zlib  # noqa: PLC0415 - not to be loaded where nothing is unpacked

    with named_disk_errors("the archive"):
        for entry in entries:
            archive.seek(entry.content_offset)
            chunks = _inflate(archive, entry) if entry.is_deflated else _packed_chunks(archive, entry)
            crc32 = size_bytes = 0
            for chunk in chunks:
                crc32 = isal_zlib.crc32(chunk, crc32)
                size_bytes += len(chunk)
                if size_bytes > entry.size_bytes:
                    break
                yield chunk
            if (size_bytes, crc32) != (entry.size_bytes, entry.crc32):
                raise DamagedArchive(
                    f"`{entry.name}` is not what the zip archive says of it.",
                    expected=f"{entry.size_bytes} bytes, crc32 {entry.crc32:08x}",
                    actual=f"{size_bytes} bytes, crc32 {crc32:08x}",
                )


def read_zip(stream: ReadAhead, entries: Sequence[ZipEntry]) -> Iterator[Member]:
    """Yield the members of a zip archive; ``stream`` is what `unpack_entries` yields.

    Raises:
        DamagedArchive: A content is not as long as announced, or a link's target is not a name.
    """
    for entry in entries:
        is_link = entry.kind == "link"
        if is_link and entry.size_bytes > _MAX_LINK_BYTES:
            raise DamagedArchive(f"The target of the link `{entry.name}` is too long to be a name.")
        yield Member(
            name=entry.name,
            kind=entry.kind,
            size_bytes=0 if is_link else entry.size_bytes,
            executable=entry.executable,
            link_target=decode_text(stream.take(entry.size_bytes), "The target of a link") if is_link else "",
            content=stream.slices(0 if is_link else entry.size_bytes),
        )
    for _ in stream.remainder():  # nothing comes, but the checks after the last content must have run
        pass


def _packed_chunks(archive: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    missing_bytes = entry.packed_bytes
    while missing_bytes:
        chunk = archive.read(min(CHUNK_BYTES, missing_bytes))
        if not chunk:
            raise DamagedArchive("The zip archive is cut short.")
        missing_bytes -= len(chunk)
        yield chunk


def _inflate(archive: BinaryIO, entry: ZipEntry) -> Iterator[bytes]:
    from isal import igzip_lib  # noqa: PLC0415 - see unpack_entries

    inflater = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_DEFLATE)
    packed = _packed_chunks(archive, entry)
    try:
        while not inflater.eof:
            more = next(packed, b"") if inflater.needs_input else b""
            chunk = inflater.decompress(more, CHUNK_BYTES)
            if not chunk and not more and not inflater.eof:
                raise DamagedArchive(f"`{entry.name}` is cut short.", expected="a whole deflate stream")
            yield chunk
    except igzip_lib.error as error:  # type: ignore[misc]  # its stub declares an instance
        raise DamagedArchive(f"`{entry.name}` does not decompress: {error}.") from error
    if inflater.unused_data or next(packed, b""):
        raise DamagedArchive(f"`{entry.name}` goes on after its end.", expected="one deflate stream")
