"""Packing a tree into a tar.zst that depends on its contents alone: the same files give the same bytes."""

from __future__ import annotations

import io
import stat
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_ZSTD_LEVEL: Final = 10
_PROGRAM_MODE: Final = 0o755
_PLAIN_MODE: Final = 0o644


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file to pack: its contents, or where they lie on disk."""

    content: bytes | Path
    executable: bool = False


@dataclass(frozen=True, slots=True)
class PackedLink:
    """A symbolic link to pack; the target is relative to the link's own folder."""

    target: str


def list_tree(folder: Path) -> dict[str, PackedFile | PackedLink]:
    """Return the files and links below a folder by their paths; what is neither is left out.

    Raises:
        StoreError: The disk refused.
    """
    tree: dict[str, PackedFile | PackedLink] = {}
    with named_disk_errors(folder):
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                tree[name] = PackedLink(path.readlink().as_posix())
            elif path.is_file():
                tree[name] = PackedFile(path, executable=bool(path.stat().st_mode & stat.S_IXUSR))
    return tree


def pack(tree: Mapping[str, PackedFile | PackedLink], target: Path) -> None:
    """Write a tree as a tar.zst, sorted by name, without times and owners.

    Raises:
        StoreError: The disk refused.
    """
    import zstandard  # noqa: PLC0415 - start-up time

    compressor = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    with (
        named_disk_errors(target),
        target.open("xb") as file,
        compressor.stream_writer(file) as stream,
        tarfile.open(fileobj=stream, mode="w|", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, member in sorted(tree.items()):
            _add(archive, name, member)


def top_folder(paths: Iterable[str]) -> str | None:
    """Return the one folder that all paths are in, or None where they have none in common."""
    tops = {path.split("/", 1)[0] if "/" in path else None for path in paths}
    return tops.pop() if len(tops) == 1 else None


def _add(archive: tarfile.TarFile, name: str, member: PackedFile | PackedLink) -> None:
    info = tarfile.TarInfo(name)
    if isinstance(member, PackedLink):
        info.type, info.linkname = tarfile.SYMTYPE, member.target
        archive.addfile(info)
        return
    info.mode = _PROGRAM_MODE if member.executable else _PLAIN_MODE
    content = member.content
    with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as stream:
        info.size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        archive.addfile(info, stream)
