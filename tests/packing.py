"""Trees of files as values, and honest archives made from them: the contents half of `tests.registry`."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import stat
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import zstandard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.domain.bundle import ArchiveFormat


@dataclass(frozen=True, slots=True)
class Executable:
    """A program in a tree."""

    content: bytes | Path


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link in a tree; the target is relative to the link's own folder."""

    target: str


Member = bytes | Path | Executable | Link
"""What stands at a path of a tree: contents, a file on disk to read them from, a program, or a link."""
Tree = dict[str, Member]


def python_program(source: str) -> str:
    """Return a program that runs with this interpreter, whose path may hold spaces: such a one cannot follow ``#!``."""
    return f"""#!/bin/sh
''':'
exec '{sys.executable}' "$0" "$@"
'''
{source}"""


def runtime_tree(version: str = "b1000", *, command: str = "llama-server", extra_bytes: int = 0) -> Tree:
    """Return a small runtime that starts: a shell script that prints its version, with a licence and a library chain.

    Args:
        version: What ``command --version`` prints; two versions differ in the script and in ``model.txt`` only.
        command: The script's name.
        extra_bytes: Size of a further, incompressible file ``weights.bin`` (the same in every version).
    """
    tree: Tree = {
        command: Executable(f"#!/bin/sh\necho 'version: {version}'\n".encode()),
        "LICENSE": b"MIT\n",
        "lib/libllama.so.0.0.1": Executable(b"\x7fELF not really\n" * 64),
        "lib/libllama.so.0": Link("libllama.so.0.0.1"),
        "lib/libllama.so": Link("libllama.so.0"),
        "model.txt": f"built from {version}\n".encode(),
    }
    if extra_bytes:
        tree["weights.bin"] = random.Random(extra_bytes).randbytes(extra_bytes)  # noqa: S311 - the same every time
    return tree


def tree_of(folder: Path) -> Tree:
    """Return what lies below a folder on disk, by path; files stay on disk until they are packed."""
    tree: Tree = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            tree[name] = Link(str(path.readlink()))
        elif path.is_file():
            tree[name] = Executable(path) if path.stat().st_mode & stat.S_IXUSR else path
    return tree


def pack(tree: Mapping[str, Member], archive_format: ArchiveFormat, path: Path, *, prefix: str = "") -> Path:
    """Write a tree as an archive at ``path``: every member below ``prefix``, in order, with a fixed date."""
    members = {prefix + name: member for name, member in tree.items()}
    with path.open("wb") as file:
        if archive_format == "zip":
            _pack_zip(members, file)
        elif archive_format == "tar.gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as stream:
                _pack_tar(members, stream)
        else:
            with zstandard.ZstdCompressor(level=3).stream_writer(file, closefd=False) as stream:
                _pack_tar(members, stream)
    return path


def index_rows(tree: Mapping[str, Member], artifact: int = 0) -> list[dict[str, Any]]:
    """Return the signed ``files`` of a manifest for a tree that one archive holds."""
    rows: list[dict[str, Any]] = []
    for path, member in tree.items():
        if isinstance(member, Link):
            rows.append({"path": path, "link": member.target})
            continue
        rows.append({"path": path, "artifact": artifact, **proof_of(member)})
        if isinstance(member, Executable):
            rows[-1]["executable"] = True
    return rows


def proof_of(member: bytes | Path | Executable) -> dict[str, Any]:
    """Return ``size_bytes`` and ``sha256`` of contents."""
    with _open(member) as stream:
        return {"sha256": hashlib.file_digest(stream, "sha256").hexdigest(), "size_bytes": _size(stream)}


def _open(member: bytes | Path | Executable) -> io.BytesIO | io.BufferedReader:
    content = member.content if isinstance(member, Executable) else member
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _size(stream: io.BytesIO | io.BufferedReader) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _pack_tar(members: Mapping[str, Member], file: Any) -> None:  # noqa: ANN401 - anything with write()
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.USTAR_FORMAT) as archive:
        for name, member in members.items():
            info = tarfile.TarInfo(name)
            info.mode = 0o755 if isinstance(member, Executable) else 0o644
            if isinstance(member, Link):
                info.type, info.linkname = tarfile.SYMTYPE, member.target
                archive.addfile(info)
                continue
            with _open(member) as stream:
                info.size = _size(stream)
                archive.addfile(info, stream)


def _pack_zip(members: Mapping[str, Member], file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            info = zipfile.ZipInfo(name)  # dated 1980, the first that zip knows
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(member, Link):
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(info, member.target)
                continue
            info.external_attr = (stat.S_IFREG | (0o755 if isinstance(member, Executable) else 0o644)) << 16
            with _open(member) as stream:
                info.file_size = _size(stream)
                with archive.open(info, "w") as target:
                    while chunk := stream.read(1024 * 1024):
                        target.write(chunk)
