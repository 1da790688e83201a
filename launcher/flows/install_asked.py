"""Installing what was asked for by name: from the catalogs' offers, or from what an import left on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import NothingToDo
from launcher.flows.catalogs import list_offers, refresh_catalogs, require_offer
from launcher.flows.install import install
from launcher.flows.transfer.stored import has_stored, install_stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.progress import Observer
    from launcher.domain.views import InstallView
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
        bundle_id: require_offer(bundle_id, offers, readings)
        for bundle_id in bundle_ids
        if bundle_id in offers or not has_stored(session, bundle_id)
    }
    views: list[InstallView] = []
    idle: NothingToDo | None = None
    for bundle_id in bundle_ids:
        try:
            if bundle_id in wanted:
                views.append(install(session, wanted[bundle_id], options, observer))
            else:
                views.append(install_stored(session, bundle_id, options, observer))
        except NothingToDo as error:  # no reason to leave out the others
            observer.log(error.message)
            idle = error
    if idle is not None and not views:
        raise idle
    return views
