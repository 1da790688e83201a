"""Updating what is installed: only to what is newer on its channel, never to what a person rolled back from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.catalog import find_manifest_artifact
from launcher.domain.errors import Cancelled, DamagedRevision, LauncherError, NoSuchRevision, NotInstalled
from launcher.flows.catalogs import list_offers
from launcher.flows.install import InstallOptions, install
from launcher.flows.trust_view import view_error
from launcher.store.recovery import list_bundles
from launcher.store.revisions import read_revision
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.history import Hold
    from launcher.domain.progress import Observer
    from launcher.domain.views import SkippedView, SkipReason, UpdateView
    from launcher.flows.catalogs import CatalogReading, Offer
    from launcher.flows.session import Session
    from launcher.store.layout import BundleFolder
    from launcher.store.records import InstallRecord


def update(
    session: Session,
    bundle_ids: Sequence[str],
    readings: Sequence[CatalogReading],
    observer: Observer,
    *,
    dry_run: bool = False,
) -> UpdateView:
    """Update the named bundles, or all that are installed; one that fails does not stop the others.

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
    names = list(bundle_ids) or list(installed)
    for name in names:
        try:
            skipped = find_obstacle(installed[name], offers.get(name))
            if skipped is not None:
                _require_fresh(skipped, offers.get(name), readings)
                result["skipped"].append(skipped)
                continue
            result["updated"].append(install(session, offers[name], InstallOptions(dry_run=dry_run), observer))
        except Cancelled:
            raise
        except LauncherError as error:
            if len(names) == 1:
                raise
            result["skipped"].append(_skipped(name, "failed", error.message, error))
    return result


def find_obstacle(folder: BundleFolder, offer: Offer | None) -> SkippedView | None:
    """Return why an installed bundle is not updated to an offer, or None where it is.

    Raises:
        StoreError: The bundle's state cannot be read.
    """
    name = folder.bundle_id
    if offer is None:
        return _skipped(name, "up-to-date", "No catalog offers it any more.")
    artifact = find_manifest_artifact(offer.bundle)
    offered_sha256 = artifact.sha256 if artifact else None
    state = load_state(folder).state
    active = read_revision(folder, state.active).record if state.active else None
    if active is not None and not _is_newer(offer, offered_sha256, active):
        return _skipped(name, "up-to-date", f"{active.upstream_version or state.active} is the newest on its channel.")
    hold = next((hold for hold in state.held if _is_held(folder, hold, offer, offered_sha256)), None)
    if hold is not None:
        sentence = (
            f"You rolled back from channel revision {hold.channel_revision}; it stays held until a newer one comes."
        )
        return _skipped(name, "held", sentence)
    return None


def _require_fresh(skipped: SkippedView, offer: Offer | None, readings: Sequence[CatalogReading]) -> None:
    """Refuse to call up to date what could not be looked up: a source that fails keeps its last catalog."""
    if skipped["reason"] != "up-to-date":
        return
    for reading in readings:
        is_known = reading.source.is_local and reading.trusted is not None
        if reading.problem is not None and not is_known and (offer is None or reading.source == offer.source):
            raise reading.problem


def _is_newer(offer: Offer, offered_sha256: str | None, active: InstallRecord) -> bool:
    return offered_sha256 != active.document_sha256 and offer.channel_revision > active.channel_revision


def _is_held(folder: BundleFolder, hold: Hold, offer: Offer, offered_sha256: str | None) -> bool:
    if offer.channel_revision <= hold.channel_revision:
        return True
    try:
        # Published again unchanged under a newer number, it is still what the person went away from.
        return read_revision(folder, hold.revision).record.document_sha256 == offered_sha256
    except (NoSuchRevision, DamagedRevision):
        return False


def _skipped(name: str, reason: SkipReason, sentence: str, error: LauncherError | None = None) -> SkippedView:
    return {"id": name, "reason": reason, "sentence": sentence, "error": view_error(error) if error else None}
