"""Asking for room before the first byte (7-screens, rule 6; threat D15)."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DiskFull
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from pathlib import Path

RESERVE_BYTES: Final = 64 * 1024 * 1024
"""What is left free for states, logs and the system."""


def require_space(folder: Path, needed_bytes: int) -> None:
    """Check that the volume of a folder has room.

    Raises:
        DiskFull: It has not.
        StoreError: The volume cannot be asked.
    """
    with named_disk_errors(folder):
        free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes + RESERVE_BYTES:
        raise DiskFull(
            f"There is not enough room in `{folder}`.",
            expected=f"{needed_bytes + RESERVE_BYTES:,} bytes free",
            actual=f"{free_bytes:,} bytes free",
        )
