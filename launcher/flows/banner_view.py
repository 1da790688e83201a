"""The notices that concern this machine, from all accepted change logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.fields import format_time

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from launcher.domain.banners import ActiveBundle, Banner, Dismissal
    from launcher.domain.views import BannerView
    from launcher.flows.catalogs import CatalogReading
    from launcher.flows.revision_view import Installed
    from launcher.flows.session import Session


def view_banners(
    session: Session,
    readings: Sequence[CatalogReading],
    installed: Collection[Installed],
    dismissed: Collection[Dismissal],
    *,
    with_texts: bool,
    with_past: bool = False,
) -> list[BannerView]:
    """Return all banners, the most important first; the screens decide how many they show.

    With ``with_past`` those that were dismissed or are over come too, each in its place.
    """
    with_notices = [reading for reading in readings if reading.change_log is not None]
    if not with_notices:
        return []
    from launcher.domain.banners import select_banners, sort_banners  # noqa: PLC0415 - start-up time

    active = _active_bundles(installed)
    banners: list[Banner] = []
    for reading in with_notices:
        assert reading.change_log is not None  # noqa: S101 - chosen so above
        assert reading.trusted is not None  # noqa: S101 - a change log comes with its catalog
        banners += select_banners(
            reading.change_log.notices,
            now=session.at,
            channels=session.channels,
            active=active,
            dismissed=dismissed,
            is_catalog_signed=reading.trusted.report.is_trusted,
            with_past=with_past,
        ).all
    return [_view(banner, with_text=with_texts) for banner in sort_banners(banners)]


def _active_bundles(installed: Collection[Installed]) -> list[ActiveBundle]:
    from launcher.domain.banners import ActiveBundle  # noqa: PLC0415 - start-up time

    return [
        ActiveBundle(item.folder.bundle_id, item.active.record.channel, item.active.record.channel_revision)
        for item in installed
        if item.active is not None
    ]


def _view(banner: Banner, *, with_text: bool) -> BannerView:
    notice = banner.notice
    return {
        "id": notice.id,
        "key": f"{notice.id}:{notice.content_sha256}",
        "severity": banner.severity.value,
        "is_signed": banner.is_signed,
        "is_dismissible": banner.can_dismiss,
        "date": notice.issued_on.isoformat(),
        "channel": notice.channel,
        "title": notice.summary,
        "html": render(notice.body_markdown) if with_text else "",
        "bundles": list(notice.bundles),
        "until": format_time(notice.until) if notice.until else None,
        "action": notice.action.value,
        "standing": banner.standing,
    }


def render(body_markdown: str) -> str:
    """Return the sanitised HTML of a notice's text."""
    from launcher.domain.notice_html import render_notice  # noqa: PLC0415 - start-up time: it brings a Markdown parser

    return render_notice(body_markdown)
