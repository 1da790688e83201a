"""Transfers that nobody goes on with: fetched ahead and superseded, kept for a revision that is gone, or given up."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import StoreLocked
from launcher.domain.values import NamedTuple
from launcher.store.bundles import entries
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import retry_on_windows
from launcher.store.lock import find_holder, locked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from launcher.store.layout import StoreLayout

UNNEEDED_AFTER: Final = timedelta(days=1)
"""So long a finished file is somebody's who waits for the store, whatever this process knows of it."""
GIVEN_UP_AFTER: Final = timedelta(days=30)
_FILE: Final = re.compile(r"([0-9a-f]{64})(|\.part|\.part\.json|\.lock)", re.ASCII)


class OldDownload(NamedTuple):
    """What is there of one transfer and may go."""

    sha256: str
    size_bytes: int


def find_old_downloads(layout: StoreLayout, needed: Collection[str] | None, at: datetime) -> list[OldDownload]:
    """Return the transfers that may go, except for those that a process is at.

    Args:
        layout: The store.
        needed: The digests of finished files that stay; None where that is not known, and all of them do.
        at: Now.

    Raises:
        StoreError: The folder cannot be read.
    """
    old = []
    with named_disk_errors(layout.downloads):
        found = {match[1] for path in entries(layout.downloads) if (match := _FILE.fullmatch(path.name))}
        for sha256 in sorted(found):
            files = list(_old_files(layout, sha256, needed, at))
            if files and find_holder(_lock_of(layout, sha256)) is None:
                old.append(OldDownload(sha256, sum(path.lstat().st_size for path in files)))
    return old


def drop_old_downloads(layout: StoreLayout, needed: Collection[str] | None, at: datetime) -> list[OldDownload]:
    """Delete the transfers that may go and return them; otherwise as `find_old_downloads`.

    Raises:
        StoreError: The disk refused.
    """
    dropped = []
    for old in find_old_downloads(layout, needed, at):
        lock = _lock_of(layout, old.sha256)
        with suppress(StoreLocked), locked(lock, f"deleting {old.sha256}"), named_disk_errors(layout.downloads):
            for path in _old_files(layout, old.sha256, needed, at):  # again: who had the lock may have gone on with it
                retry_on_windows(partial(path.unlink, missing_ok=True))
                checkpoint("download:dropped")
            with suppress(PermissionError):  # Windows removes no file that is open
                lock.unlink(missing_ok=True)
            dropped.append(old)
    return dropped


def _old_files(layout: StoreLayout, sha256: str, needed: Collection[str] | None, at: datetime) -> Iterator[Path]:
    final = layout.downloads / sha256
    if needed is not None and sha256 not in needed and _is_older(final, at - UNNEEDED_AFTER):
        yield final
    for suffix in (".part", ".part.json", ".lock"):
        path = final.with_name(f"{sha256}{suffix}")
        if _is_older(path, at - GIVEN_UP_AFTER):
            yield path


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC) < moment
    except FileNotFoundError:
        return False


def _lock_of(layout: StoreLayout, sha256: str) -> Path:
    return layout.downloads / f"{sha256}.lock"
