"""Asking for room before the first byte (7-screens, rule 6; threat D15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DiskFull
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from pathlib import Path

RESERVE_BYTES: Final = 64 * 1024 * 1024
"""What is left free for states, logs and the system."""


class Space(NamedTuple):
    """The room of a volume, in bytes, as far as this user may have it."""

    total: int
    free: int


def find_space(folder: Path) -> Space:
    """Return the room of the volume that a folder is on.

    Raises:
        StoreError: The volume cannot be asked.
    """
    import shutil  # noqa: PLC0415 - start-up time; `list` asks for no room

    with named_disk_errors(folder):
        usage = shutil.disk_usage(folder)
    return Space(usage.total, usage.free)


def find_volume(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there: they are on one volume."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Check that the volume of a folder has room.

    Raises:
        DiskFull: It has not.
        StoreError: The volume cannot be asked.
    """
    free_bytes = find_space(folder).free
    if free_bytes < needed_bytes + RESERVE_BYTES:
        raise DiskFull(
            f"There is not enough room in `{folder}`.",
            expected=f"{needed_bytes + RESERVE_BYTES:,} bytes free",
            actual=f"{free_bytes:,} bytes free",
        )
