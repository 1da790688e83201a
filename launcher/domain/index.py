"""The index of a bundle (3-trust, "Manifest"): which files and links unpacking must produce, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import BadField, UnsafePath
from launcher.domain.member_path import collision_key, parse_member_path
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.fields import Fields

MAX_FILES: Final = 20_000
MAX_FILE_BYTES: Final = 64 * 1024**3
"""No honest file is larger, be it an archive or what it holds."""
SEARCH_DEPTH: Final = 3


class FileEntry(NamedTuple):
    """A regular file of the bundle: what unpacking must produce, byte for byte."""

    path: str
    artifact: int
    size_bytes: int
    sha256: str
    executable: bool = False


class LinkEntry(NamedTuple):
    """A symbolic link of the bundle; ``target`` is relative to the link's own folder."""

    path: str
    target: str


IndexEntry = FileEntry | LinkEntry


def parse_index(rows: Sequence[Fields], artifact_count: int) -> tuple[IndexEntry, ...]:
    """Read the ``files`` of a manifest and check that they can be one tree on every system.

    Raises:
        BadField: A row is missing a field, or there are more than 20,000.
        UnsafePath: A name is unsafe, stands twice, or is both a file and a folder.
    """
    if len(rows) > MAX_FILES:
        raise BadField("`files` is too long.", expected=f"at most {MAX_FILES} files", actual=len(rows))
    entries = tuple(_parse_index_entry(row, artifact_count) for row in rows)
    check_one_tree([entry.path for entry in entries])
    return entries


def check_one_tree(paths: Sequence[str]) -> None:
    """Check that no two paths clash, on any file system, as files or as folders (threats C9, C10).

    Raises:
        UnsafePath: Two of them do.
    """
    files: dict[str, str] = {}
    for path in paths:
        key = collision_key(path)
        if key in files:
            raise UnsafePath(f"`{files[key]}` and `{path}` are one file on some systems.", expected="distinct names")
        files[key] = path
    folders: dict[str, str] = {}
    for path in paths:
        for end in (index for index, character in enumerate(path) if character == "/"):
            folder = path[:end]
            key = collision_key(folder)
            if key in files or folders.setdefault(key, folder) != folder:
                raise UnsafePath(f"The folder `{folder}` of `{path}` clashes with another name.")


def find_executable(command: str, index: Sequence[IndexEntry]) -> str | None:
    """Return the path of the program that a manifest calls ``command``, or None.

    It is the file of that path, or the topmost file of that name up to three folders deep; Windows' programs
    may leave their ``.exe`` unsaid. It must be marked executable, or end in ``.exe``.
    """
    programs = {entry.path for entry in index if isinstance(entry, FileEntry) and _is_program(entry)}
    for candidate in (command, f"{command}.exe"):
        if candidate in programs:
            return candidate
        name = candidate.rsplit("/", 1)[-1]
        deeper = [path for path in programs if path.rsplit("/", 1)[-1] == name and path.count("/") <= SEARCH_DEPTH]
        if deeper:
            return min(deeper, key=lambda path: (path.count("/"), path))
    return None


def _is_program(entry: FileEntry) -> bool:
    # Archives made on Windows carry no mode, and Windows goes by the name.
    return entry.executable or entry.path.lower().endswith(".exe")


def _parse_index_entry(row: Fields, artifact_count: int) -> IndexEntry:
    path = parse_member_path(row.text("path"))
    if "link" in row:
        return LinkEntry(path, row.name("link"))
    return FileEntry(
        path=path,
        artifact=row.integer("artifact", maximum=artifact_count - 1, default=0),
        size_bytes=row.integer("size_bytes", maximum=MAX_FILE_BYTES),
        sha256=row.sha256("sha256"),
        executable=row.flag("executable"),
    )
