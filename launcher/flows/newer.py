"""Whether an offer is an update of what is installed; shared by `update` and by everything that only shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.catalog import find_manifest_artifact
from launcher.domain.errors import DamagedRevision, NoSuchRevision
from launcher.flows.trust_view import view_error
from launcher.store.health import load_health
from launcher.store.installed import read_revision
from launcher.store.states import load_state

if TYPE_CHECKING:
    from launcher.domain.errors import LauncherError
    from launcher.domain.history import Hold
    from launcher.domain.views import SkippedView, SkipReason
    from launcher.flows.catalogs import Offer
    from launcher.store.layout import BundleFolder
    from launcher.store.records import InstallRecord


def find_obstacle(folder: BundleFolder, offer: Offer | None) -> SkippedView | None:
    """Return why an installed bundle is not updated to an offer, or None where it is.

    Raises:
        StoreError: The bundle's state cannot be read.
    """
    name = folder.bundle_id
    if offer is None:
        return view_skipped(name, "up-to-date", "No catalog offers it any more.")
    artifact = find_manifest_artifact(offer.bundle)
    offered_sha256 = artifact.sha256 if artifact else None
    state = load_state(folder).state
    active = read_revision(folder, state.active).record if state.active else None
    if active is not None and not _is_newer(offer, offered_sha256, active):
        return view_skipped(
            name, "up-to-date", f"{active.upstream_version or state.active} is the newest on its channel."
        )
    hold = next((hold for hold in state.held if _is_held(folder, hold, offer, offered_sha256)), None)
    if hold is not None:
        what = f"You rolled back from channel revision {hold.channel_revision}"
        if hold.revision in load_health(folder).failed:
            what = f"Channel revision {hold.channel_revision} was never healthy here"
        sentence = f"{what}; it stays held until a newer one comes."
        return view_skipped(name, "held", sentence)
    return None


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


def view_skipped(name: str, reason: SkipReason, sentence: str, error: LauncherError | None = None) -> SkippedView:
    """Return why a bundle was passed over."""
    return {"id": name, "reason": reason, "sentence": sentence, "error": view_error(error) if error else None}
