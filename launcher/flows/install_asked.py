"""Installing what was asked for by name: from the catalogs' offers, or from what an import left on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import FetchError, ForbiddenUrl, LauncherError, NothingToDo
from launcher.flows.catalogs import list_offers, require_offer
from launcher.flows.install import install
from launcher.flows.refresh import refresh_catalogs
from launcher.flows.transfer.stored import has_stored, install_stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from launcher.domain.progress import Observer
    from launcher.domain.views import InstallView
    from launcher.flows.catalogs import CatalogReading, Offer
    from launcher.flows.install import InstallOptions
    from launcher.flows.session import Session


def install_asked(
    session: Session, bundle_ids: Sequence[str], channel: str | None, options: InstallOptions, observer: Observer
) -> list[InstallView]:
    """Install bundles, one after the other, and make each active; nothing begins before all of them are known.

    Args:
        session: What to work with.
        bundle_ids: What was asked for.
        channel: Only offers of this channel; None for those that this machine follows.
        options: What else was asked for.
        observer: Told of every step.

    Raises:
        NoSuchBundle: One of them is neither offered nor on this machine.
        NothingToDo: All of them are active in that very version already.
        LauncherError: One of them failed; those before it are installed.
    """
    readings = refresh_catalogs(session, observer)
    offers = list_offers(readings, (channel,) if channel else session.channels)
    wanted = {
        bundle_id: _require_offer(session, bundle_id, offers, readings)
        for bundle_id in bundle_ids
        if bundle_id in offers or not has_stored(session, bundle_id)
    }
    views: list[InstallView] = []
    idle: NothingToDo | None = None
    for bundle_id in bundle_ids:
        try:
            views.append(_install_one(session, bundle_id, wanted.get(bundle_id), options, observer))
        except NothingToDo as error:  # no reason to leave out the others
            observer.log(error.message)
            idle = error
    if idle is not None and not views:
        raise idle
    return views


def _require_offer(
    session: Session, bundle_id: str, offers: Mapping[str, Offer], readings: Sequence[CatalogReading]
) -> Offer:
    try:
        return require_offer(bundle_id, offers, readings)
    except LauncherError as error:
        raise session.brought.find_problem(bundle_id) or error from error


def _install_one(
    session: Session, bundle_id: str, offer: Offer | None, options: InstallOptions, observer: Observer
) -> InstallView:
    if offer is None:
        return install_stored(session, bundle_id, options, observer)
    try:
        return install(session, offer, options, observer)
    except (FetchError, ForbiddenUrl) as error:
        problem = session.brought.find_problem(bundle_id)
        if problem is not None:  # it should have come from a followed cache
            raise problem from error
        # An export may hold an older revision than its catalog offers: then that is all that was brought here.
        if not offer.source.is_imported or not has_stored(session, bundle_id):
            raise
        observer.log(f"What the imported catalog offers of `{bundle_id}` cannot be fetched: {error.message}")
        observer.log("The newest revision that was imported is taken instead.")
        return install_stored(session, bundle_id, options, observer)
