"""What an update would bring: what operators say of each channel revision between the active one and the offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.flows.banner_view import render

if TYPE_CHECKING:
    from launcher.domain.notice import ChangeLog, Notice
    from launcher.domain.views import ChangeView
    from launcher.flows.catalogs import Offer


def view_changes(
    offer: Offer, active_revision: int, change_log: ChangeLog | None, *, with_texts: bool
) -> list[ChangeView]:
    """Return the entries of the catalog's change log about a bundle that its update passes, newest first.

    Args:
        offer: What the update would install.
        active_revision: The channel revision that is active; its own entries are known.
        change_log: The one that the offer's catalog pins; None where it pins none.
        with_texts: Whether to render the entries' texts, which costs more than all the rest.
    """
    if change_log is None:
        return []
    passed = range(active_revision + 1, offer.channel_revision + 1)
    channel = offer.catalog.catalog.channel
    about = [
        notice
        for notice in change_log.notices
        if notice.channel == channel
        and notice.channel_revision in passed
        and (not notice.bundles or offer.bundle.id in notice.bundles)
    ]
    about.sort(key=lambda notice: notice.channel_revision, reverse=True)  # stable: of one revision, as in the file
    is_signed = offer.catalog.report.is_trusted
    return [_view(notice, is_signed=is_signed, with_text=with_texts) for notice in about]


def _view(notice: Notice, *, is_signed: bool, with_text: bool) -> ChangeView:
    return {
        "channel_revision": notice.channel_revision,
        "date": notice.issued_on.isoformat(),
        "severity": notice.severity.value,
        "title": notice.summary,
        "html": render(notice.body_markdown) if with_text else "",
        "is_signed": is_signed,
    }
