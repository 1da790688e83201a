"""What the store's file system can do, found out by doing it; what it cannot costs room or comfort, never safety."""

from __future__ import annotations

import os
import uuid
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import StoreError
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree
from launcher.store.lock import is_locked, locked
from launcher.store.objects import clone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_PREFIX: Final = ".try-"
_LOCK_NAME: Final = "lock"


class Abilities(NamedTuple):
    """What works in a folder."""

    hard_links: bool
    symbolic_links: bool
    locks: bool
    clones: bool


def find_abilities(root: Path) -> Abilities:
    """Try each in a new folder below ``root``, which is gone afterwards.

    Raises:
        StoreError: Nothing can be written there.
    """
    folder = root / f"{_PREFIX}{uuid.uuid4().hex}"
    with named_disk_errors(folder):
        folder.mkdir(mode=0o700)
        try:
            with ExitStack() as trying:
                locks = _can_lock(folder / _LOCK_NAME, trying)
                source = folder / "file"
                source.write_bytes(b"content")
                return Abilities(
                    hard_links=_works(lambda: os.link(source, folder / "hard")),
                    symbolic_links=_works(lambda: (folder / "soft").symlink_to("file")),
                    locks=locks,
                    clones=clone(source, folder / "clone"),
                )
        finally:
            with suppress(OSError):
                remove_tree(folder)


def is_left_over(path: Path) -> bool:
    """Tell whether a path is the folder of somebody who was killed while trying; who still tries holds its lock.

    Raises:
        StoreError: It cannot be looked at.
    """
    lock = path / _LOCK_NAME
    return path.name.startswith(_PREFIX) and not path.is_symlink() and lock.is_file() and not is_locked(lock)


def _works(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _can_lock(path: Path, trying: ExitStack) -> bool:
    try:
        trying.enter_context(locked(path, "trying what works"))
    except StoreError:
        return False
    return True
