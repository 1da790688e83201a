"""Exported caches as sources: what is asked for is imported from them before it is looked for (ADR 0009)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, LauncherError
from launcher.flows.transfer.imported_catalogs import import_catalogs
from launcher.flows.transfer.importing import import_cached
from launcher.flows.transfer.judging import ImportOptions
from launcher.store.cache_file.reading import open_cache
from launcher.store.recovery import list_bundles

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.flows.session import Session


def bring_in(session: Session, caches: Sequence[Path], bundle_ids: Collection[str] | None, observer: Observer) -> None:
    """Import the catalogs of all caches, and what they hold of some bundles; nothing becomes active by it.

    None stands for the bundles that are on this machine already.

    A cache that is not there, like a medium that is not plugged in, is logged and hides no other source.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    if bundle_ids is None:
        bundle_ids = [folder.bundle_id for folder in list_bundles(session.layout)]
    for path in caches:
        try:
            with open_cache(path) as cache:
                problems = [row["error"] for row in import_catalogs(session, cache, observer)]
                for bundle_id in bundle_ids:
                    rows = import_cached(session, cache, ImportOptions(bundle_id), observer)
                    problems += [row["error"] for row in rows]
        except Cancelled:
            raise
        except LauncherError as error:
            observer.log(f"{path}: {error.message}")
            continue
        for problem in filter(None, problems):
            observer.log(f"{path}: {problem['message']}")
