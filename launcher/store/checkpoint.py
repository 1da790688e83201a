"""Named points between the steps that change the disk, where the crash tests stop the program.

Outside of tests a checkpoint does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_on_checkpoint: Callable[[str], None] | None = None


def checkpoint(name: str) -> None:
    """Pass the named point."""
    if _on_checkpoint is not None:
        _on_checkpoint(name)


def watch_checkpoints(callback: Callable[[str], None] | None) -> None:
    """Have every checkpoint call ``callback`` with its name; None ends that."""
    global _on_checkpoint  # noqa: PLW0603 - one switch for the whole process, set by tests only
    _on_checkpoint = callback
