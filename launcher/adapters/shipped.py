"""Where the files are that ship with the program: ``configs/``, ``ops/`` and ``resources/``.

They stand at the root of a checkout. In a wheel they lie inside the package, in ``launcher/_shipped`` (see
``force-include`` in pyproject.toml), and a frozen app carries that same folder below the one it unpacks itself to.
"""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath

SHIPPED_FOLDERS = frozenset({"configs", "ops", "resources"})
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_path(relative: str) -> Path:
    """Return the absolute path of a file or folder that ships with the program.

    Args:
        relative: Its path in a checkout, e.g. ``configs/runtime/bundle_signers.json``.

    Raises:
        ValueError: It is outside of the folders that ship; it would be found in a checkout and nowhere else.
    """
    path = PurePosixPath(relative)
    if path.is_absolute() or ".." in path.parts or path.parts[:1] not in {(name,) for name in SHIPPED_FOLDERS}:
        message = f"`{relative}` is not in a folder that ships"
        raise ValueError(message)
    unpacked_to = getattr(sys, "_MEIPASS", None)
    return shipped_root(_PACKAGE, Path(unpacked_to) if unpacked_to else None) / path


def shipped_root(package: Path, unpacked_to: Path | None) -> Path:
    """Return the folder that holds ``configs/``, ``ops/`` and ``resources/``.

    Args:
        package: The folder of the package ``launcher``.
        unpacked_to: Where a frozen app has unpacked itself; None for one that is not frozen.
    """
    if unpacked_to is not None:
        return unpacked_to / "launcher" / "_shipped"
    in_wheel = package / "_shipped"
    return in_wheel if in_wheel.is_dir() else package.parent
