"""Updating what is installed: only to what is newer on its channel, never to what a person rolled back from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, LauncherError, NothingToDo, NotInstalled
from launcher.flows.catalogs import list_offers
from launcher.flows.install import InstallOptions, install
from launcher.flows.newer import find_obstacle, view_skipped
from launcher.store.bundles import list_bundles
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.progress import Observer
    from launcher.domain.views import SkippedView, UpdateView
    from launcher.flows.catalogs import CatalogReading, Offer
    from launcher.flows.session import Session


def update(
    session: Session,
    bundle_ids: Sequence[str],
    readings: Sequence[CatalogReading],
    observer: Observer,
    *,
    dry_run: bool = False,
    fetch_only: bool = False,
) -> UpdateView:
    """Update the named bundles, or all that are installed; one that fails does not stop the others.

    With ``fetch_only`` what is newer is fetched and proven, and nothing becomes active.

    The accelerator never changes, because it is part of the bundle's identity.

    Raises:
        NotInstalled: A named bundle is not installed.
        LauncherError: The only bundle that there was to update failed.
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    installed = {bundle.bundle_id: bundle for bundle in list_bundles(session.layout) if load_state(bundle).state.active}
    missing = next((name for name in bundle_ids if name not in installed), None)
    if missing is not None:
        raise NotInstalled(f"`{missing}` is not installed.", hint=f"Install it: `install {missing}`.")
    result: UpdateView = {"updated": [], "skipped": []}
    offers = list_offers(readings, session.channels)
    options = InstallOptions(dry_run=dry_run, fetch_only=fetch_only)
    names = list(bundle_ids) or list(installed)
    for name in names:
        try:
            skipped = find_obstacle(installed[name], offers.get(name))
            if skipped is not None:
                _require_fresh(skipped, offers.get(name), readings)
                result["skipped"].append(skipped)
                continue
            result["updated"].append(install(session, offers[name], options, observer))
        except Cancelled:
            raise
        except NothingToDo as error:  # another process has just done it
            result["skipped"].append(view_skipped(name, "up-to-date", error.message))
        except LauncherError as error:
            if len(names) == 1:
                raise
            result["skipped"].append(view_skipped(name, "failed", error.message, error))
    return result


def _require_fresh(skipped: SkippedView, offer: Offer | None, readings: Sequence[CatalogReading]) -> None:
    """Refuse to call up to date what could not be looked up: a source that fails keeps its last catalog."""
    if skipped["reason"] != "up-to-date":
        return
    for reading in readings:
        is_known = reading.source.is_local and reading.trusted is not None
        if reading.problem is not None and not is_known and (offer is None or reading.source == offer.source):
            raise reading.problem
