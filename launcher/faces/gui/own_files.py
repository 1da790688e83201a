"""The files that the window itself writes: how it was left, and what its jobs came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_APP_NAME: Final = "arw"
_WINDOW: Final = "window.ini"
_ACTIVITY: Final = "activity.json"


class OwnFiles(NamedTuple):
    """Where the window keeps what is its own; the sample has a world of its own here as well.

    Attributes:
        window: Geometry, the last screen, the last models.
        activity: The jobs of this and earlier sessions.
    """

    window: Path
    activity: Path


def find_own_files(flags: Sequence[str]) -> OwnFiles:
    """Return the files of the window, or of the sample's (``--sample``).

    The rule is that of `launcher.adapters.places`, which a face may not import; `launcher.app` could be asked, but not
    before the first paint, which it would hold up for a twentieth of a second.
    """
    from platformdirs import user_cache_path, user_config_path, user_state_path  # noqa: PLC0415 - as there

    if "--sample" in flags:
        sample = user_cache_path(_APP_NAME, appauthor=False) / "sample"
        return OwnFiles(sample / "config" / _WINDOW, sample / "state" / _ACTIVITY)
    config = user_config_path(_APP_NAME, appauthor=False)
    return OwnFiles(config / _WINDOW, user_state_path(_APP_NAME, appauthor=False) / _ACTIVITY)
