"""The bytes inside of a ``.zst`` or ``.gz`` file, chunk by chunk, up to a cap (threats C15, C16, C20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DamagedArchive
from launcher.store.archive.limits import check_unpacked
from launcher.store.archive.read_ahead import CHUNK_BYTES
from launcher.store.archive.zstd_frame import MAX_WINDOW_BYTES, check_one_frame
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_GZIP_MAGIC: Final = b"\x1f\x8b\x08"
_GZIP_RESERVED_FLAGS: Final = 0b1110_0000


def decompress_zstd(archive: BinaryIO, archive_bytes: int, cap_bytes: int) -> Iterator[bytes]:
    """Yield what is in the one frame of a zstd file.

    Raises:
        DamagedArchive: The file is not exactly one whole frame, or a checksum does not match.
        ArchiveTooBig: It unpacks to more than ``cap_bytes``, or takes too much memory.
        DiskFailure: The archive cannot be read.
    """
    import zstandard  # noqa: PLC0415 - not to be loaded where nothing is unpacked

    unpacked_bytes = 0
    with named_disk_errors("the archive"):
        check_unpacked(check_one_frame(archive, archive_bytes) or 0, cap_bytes)
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).stream_reader(archive, CHUNK_BYTES)
        try:
            while chunk := reader.read(CHUNK_BYTES):
                unpacked_bytes += len(chunk)
                check_unpacked(unpacked_bytes, cap_bytes)
                yield chunk
        except zstandard.ZstdError as error:
            raise DamagedArchive(f"The archive does not decompress: {error}.") from error


def decompress_gzip(archive: BinaryIO, cap_bytes: int) -> Iterator[bytes]:
    """Yield what is in the one member of a gzip file.

    Raises:
        DamagedArchive: The file is not exactly one whole member, or its checksum does not match.
        ArchiveTooBig: It unpacks to more than ``cap_bytes``.
        DiskFailure: The archive cannot be read.
    """
    from isal import igzip_lib  # noqa: PLC0415 - not to be loaded where nothing is unpacked

    unpacked_bytes = 0
    with named_disk_errors("the archive"):
        _check_gzip_header(archive)
        member = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        try:
            while not member.eof:
                chunk = member.decompress(_more(archive) if member.needs_input else b"", CHUNK_BYTES)
                unpacked_bytes += len(chunk)
                check_unpacked(unpacked_bytes, cap_bytes)
                if chunk:
                    yield chunk
        except igzip_lib.error as error:  # type: ignore[misc]  # its stub declares an instance
            raise DamagedArchive(f"The archive does not decompress: {error}.") from error
        if member.unused_data or archive.read(1):
            raise DamagedArchive("The archive goes on after its end.", expected="one gzip member and nothing else")


def _check_gzip_header(archive: BinaryIO) -> None:
    archive.seek(0)
    header = archive.read(len(_GZIP_MAGIC) + 1)
    if header[:-1] != _GZIP_MAGIC or header[-1] & _GZIP_RESERVED_FLAGS:
        raise DamagedArchive("The file is not a gzip archive.")
    archive.seek(0)


def _more(archive: BinaryIO) -> bytes:
    data = archive.read(CHUNK_BYTES)
    if not data:
        raise DamagedArchive("The archive is cut short.", expected="a whole gzip member")
    return data
