"""The files that the window itself writes: how it was left, and what its jobs came to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class OwnFiles(NamedTuple):
    """Where the window keeps what is its own; the sample has a world of its own here as well.

    Attributes:
        window: Geometry, the last screen, the last models.
        activity: The jobs of this and earlier sessions.
    """

    window: Path
    activity: Path


def find_own_files(flags: Sequence[str]) -> OwnFiles:
    """Return the files that belong to the store that ``flags`` name (``--sample``, ``--dest DIR``)."""
    from launcher.app import open_launcher  # noqa: PLC0415 - start-up time: the one place that knows the folders

    dest = Path(flags[flags.index("--dest") + 1]) if "--dest" in flags else None
    places = open_launcher(sample="--sample" in flags, dest=dest, environ=os.environ).places
    return OwnFiles(places.config_dir / "window.ini", places.state_dir / "activity.json")
