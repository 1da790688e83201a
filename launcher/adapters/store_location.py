"""Where the store is, and how a move of it is told to every later start."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.errors import BadSetting, LauncherError, UsageError
from launcher.domain.settings import find_setting, parse_words

if TYPE_CHECKING:
    from launcher.adapters.places import Places
    from launcher.store.move_note import MoveNote

_SETTING = "store_root"


def find_store(places: Places, chosen: str | None) -> Path:
    """Return the store's root; ``chosen`` is the one of the settings.

    A move that a crash interrupted between the rename of the store and that of the settings is finished here.

    Raises:
        StoreError: The note about a move cannot be read.
    """
    root = places.find_store(chosen)
    if places.is_store_named or not places.store_move.exists():
        return root
    from launcher.store.move_note import load_move_note  # noqa: PLC0415 - start-up time; there is hardly ever one

    note = load_move_note(places.store_move)
    if note is None or not note.is_rename or root not in {note.source, note.target}:
        return root
    with suppress(LauncherError):  # the move is under way, or the disk refuses; the next start tries again
        _settle(places, note)
    return note.target if _has_moved(note) else root


def switch_store(places: Places, root: Path) -> None:
    """Make a folder the store for every later start.

    Raises:
        ParseError: The settings are damaged.
        StoreError: They cannot be written.
    """
    from launcher.adapters.settings_file import changed_root  # noqa: PLC0415 - start-up time

    with changed_root(places) as settings:
        if root == places.store_root:
            settings.pop(_SETTING, None)
        else:
            settings[_SETTING] = str(root)


def require_movable(places: Places, text: str) -> Path:
    """Return the folder that a person named for the store.

    Raises:
        UsageError: It cannot be a store's name, or something else than the settings decides where the store is.
    """
    if places.is_store_named:
        raise UsageError(
            "The store cannot be moved, because `--dest` or `ARW_RUNTIME_BUNDLE_ROOT` decides where it is.",
            hint="Move the folder itself, or leave them out.",
        )
    target = Path(text).expanduser().absolute()
    setting = find_setting(_SETTING)
    try:
        if setting is not None:
            parse_words(setting, [str(target)])
    except BadSetting as error:
        raise UsageError(error.message, expected=error.expected, actual=error.actual) from error
    return target


def _has_moved(note: MoveNote) -> bool:
    return (note.target / ".lock").exists() and not note.source.exists()


def _settle(places: Places, note: MoveNote) -> None:
    from launcher.store.lock import locked  # noqa: PLC0415 - start-up time
    from launcher.store.move_note import drop_move_note, load_move_note, lock_of  # noqa: PLC0415 - start-up time

    with locked(lock_of(places.store_move), "finishing a move of the store"):
        if load_move_note(places.store_move) != note:  # somebody else was quicker
            return
        if _has_moved(note):
            switch_store(places, note.target)
        drop_move_note(places.store_move)
