"""What the store's file system can do, found out by doing it; what it cannot costs room or comfort, never safety."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import StoreError
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree
from launcher.store.lock import locked
from launcher.store.objects import clone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
    folder = root / f".try-{uuid.uuid4().hex}"
    with named_disk_errors(folder):
        folder.mkdir(mode=0o700)
        try:
            source = folder / "file"
            source.write_bytes(b"content")
            return Abilities(
                hard_links=_works(lambda: os.link(source, folder / "hard")),
                symbolic_links=_works(lambda: (folder / "soft").symlink_to("file")),
                locks=_can_lock(folder / "lock"),
                clones=clone(source, folder / "clone"),
            )
        finally:
            with suppress(OSError):
                remove_tree(folder)


def _works(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def _can_lock(path: Path) -> bool:
    try:
        with locked(path, "trying"):
            return True
    except StoreError:
        return False
