"""One bundle as the faces show it: what is offered of it and what is here, joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import ARCHIVE_FORMATS
from launcher.domain.errors import LauncherError, Unsigned
from launcher.domain.reason import Reason, ReasonCode
from launcher.flows.newer import find_obstacle
from launcher.flows.revision_view import view_revisions
from launcher.flows.trust_view import view_error, view_trust, view_unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.bundle import Bundle
    from launcher.domain.choose import Choice
    from launcher.domain.views import BundleView, ChangeView, ReasonView, RevisionView, SkippedView, State, TrustView
    from launcher.flows.catalogs import Offer
    from launcher.flows.revision_view import Installed
    from launcher.flows.session import Session


def view_bundle(
    session: Session,
    choice: Choice,
    offer: Offer | None,
    installed: Installed | None,
    tell_changes: Callable[[Offer, int], list[ChangeView]] = lambda _offer, _active: [],
) -> BundleView:
    """Join a choice, its offer and its installation; one of the last two may be None.

    ``tell_changes`` returns what an update from a channel revision to an offer would bring.
    """
    bundle = choice.bundle
    revisions = view_revisions(session, installed) if installed else []
    active = next((revision for revision in revisions if revision["is_active"]), None)
    shown = active or (revisions[0] if revisions and offer is None else None)
    obstacle, problem = _find_update(offer, installed) if active else (None, installed.problem if installed else None)
    has_update = active is not None and offer is not None and obstacle is None and problem is None
    reasons = [_view_reason(reason) for reason in choice.fit.reasons]
    changes: list[ChangeView] = []
    if has_update and offer is not None and active is not None:
        reasons.insert(0, _view_reason(_update_reason(offer)))
        changes = tell_changes(offer, active["channel_revision"])
    return {
        "id": bundle.id,
        "runtime": bundle.runtime,
        "name": bundle.name,
        "description": bundle.description,
        "accelerator": bundle.accelerator,
        "channel": offer.catalog.catalog.channel if offer else _channel_of(installed),
        "state": _state(choice, active, revisions, has_update=has_update),
        "is_recommended": choice.is_recommended,
        "fits": choice.fit.fits,
        "rank": choice.rank,
        "reasons": reasons,
        "signature": shown["signature"] if shown else _offered_trust(session, offer),
        "offered_channel_revision": offer.channel_revision if offer else None,
        "offered_upstream_version": bundle.release.upstream_version if offer else None,
        "download_bytes": _download_bytes(bundle) if offer else None,
        "active": active,
        "rollback_target": next(filter(_can_be_gone_back_to, revisions), None),
        "revisions": revisions,
        "is_update_held": obstacle is not None and obstacle["reason"] == "held",
        "changes": changes,
        "notes_url": bundle.release.notes_url if offer else None,
        "problem": view_error(problem) if problem else None,
        "license": bundle.license,
        "notes": list(bundle.notes),
        "platforms": [f"{platform.os}-{platform.arch}" for platform in bundle.platforms],
        "modalities": list(bundle.modalities),
        "executable": bundle.process.command if bundle.process else None,
        "catalog": offer.source.name if offer else None,
    }


def _can_be_gone_back_to(revision: RevisionView) -> bool:
    return revision["is_previous"] and not revision["is_damaged"]


def _find_update(offer: Offer | None, installed: Installed | None) -> tuple[SkippedView | None, LauncherError | None]:
    if installed is None:
        return None, None
    try:
        return find_obstacle(installed.folder, offer), installed.problem
    except LauncherError as error:
        return None, error


def _state(choice: Choice, active: RevisionView | None, revisions: list[RevisionView], *, has_update: bool) -> State:
    if has_update:
        return "update-available"
    if active is not None:
        return "active"
    if revisions:
        return "installed"
    return "not-installed" if choice.fit.fits else "not-for-this-machine"


def _offered_trust(session: Session, offer: Offer | None) -> TrustView:
    """Say whose word an offer is before its own manifest was fetched: the catalog pins it by digest."""
    if offer is None:
        return view_unknown("It is neither installed nor offered.")
    report = offer.catalog.report
    if isinstance(report.find_objection(), Unsigned):
        return view_unknown(
            "Its catalog lies on this machine unsigned; its own signature is checked before installing."
        )
    return view_trust(report, session.at)


def _channel_of(installed: Installed | None) -> str:
    shown = installed.shown if installed else None
    return shown.record.channel if shown else ""


def _download_bytes(bundle: Bundle) -> int | None:
    sizes = [artifact.size_bytes for artifact in bundle.artifacts if artifact.format in ARCHIVE_FORMATS]
    return sum(size for size in sizes if size is not None) if sizes else None


def _update_reason(offer: Offer) -> Reason:
    version = offer.bundle.release.upstream_version
    what = f"{version} (channel revision {offer.channel_revision})" if version else f"Revision {offer.channel_revision}"
    return Reason(ReasonCode.UPDATE_AVAILABLE, f"{what} is available.", act="Update.")


def _view_reason(reason: Reason) -> ReasonView:
    return {
        "code": reason.code.value,
        "sentence": reason.sentence,
        "act": reason.act,
        "have": reason.have,
        "need": reason.need,
    }
