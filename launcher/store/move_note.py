"""The note about a move of the whole store: what a crash in the middle of it left, and what is to be deleted then."""

from __future__ import annotations

import json
from pathlib import Path

from launcher.domain.canonical import parse_document
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import sync_folder, write_durably


class MoveNote(NamedTuple):
    """A move that has begun; written before it, gone after it.

    Attributes:
        source: The store's root before.
        target: Its root after.
        is_rename: One rename moves it; otherwise its files are copied.
        grave: The name that the old root gets before it is deleted; beside it, so that this is one rename.
        names: What is copied into the target, so that nothing else is ever deleted there.
    """

    source: Path
    target: Path
    is_rename: bool
    grave: Path
    names: tuple[str, ...] = ()


def load_move_note(path: Path) -> MoveNote | None:
    """Read the note; without one, or where it is damaged, there is no move.

    Raises:
        StoreError: It cannot be read.
    """
    with named_disk_errors(path):
        try:
            raw = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
    try:
        fields = Fields(parse_document(raw).root, "")
        source, target, grave = (Path(fields.text(key)) for key in ("source", "target", "grave"))
        names = fields.texts("names")
        is_rename = fields.flag("is_rename")
    except ParseError:
        return None
    is_ours = all(map(_is_plain, names)) and grave.parent == source.parent
    return MoveNote(source, target, is_rename, grave, names) if is_ours else None


def save_move_note(path: Path, note: MoveNote) -> None:
    """Write the note durably.

    Raises:
        StoreError: The disk refused.
    """
    content = {
        "version": 1,
        "source": str(note.source),
        "target": str(note.target),
        "is_rename": note.is_rename,
        "grave": str(note.grave),
        "names": sorted(note.names),
    }
    with named_disk_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(path, json.dumps(content, indent=1).encode(), mode=0o600)


def drop_move_note(path: Path) -> None:
    """Delete the note: the move is over, one way or the other.

    Raises:
        StoreError: The disk refused.
    """
    with named_disk_errors(path):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def lock_of(path: Path) -> Path:
    """Return the file that whoever moves the store holds locked meanwhile."""
    return path.with_name(f".{path.name}.lock")


def _is_plain(name: str) -> bool:
    return name not in {"", ".", ".."} and "/" not in name and "\\" not in name
