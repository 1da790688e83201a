"""Which notices are shown, in which order, and which may be dismissed (6-interfaces, "Change log and banners")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from launcher.domain.notice import Action, Severity
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from launcher.domain.notice import Notice

Standing = Literal["current", "dismissed", "over", "done"]
"""Why a notice is shown or not: its time has passed, or what it asks for is done."""
MAX_ON_SCREEN: Final = 2

_ORDER: Final = (Severity.SECURITY, Severity.ACTION, Severity.INFO)


class ActiveBundle(NamedTuple):
    """A bundle that is active on this machine, in which revision of which channel."""

    id: str
    channel: str
    channel_revision: int


class Dismissal(NamedTuple):
    """That a person has read a notice; it does not hold for one whose text was changed."""

    notice_id: str
    content_sha256: str


class Banner(NamedTuple):
    """One notice to show.

    Attributes:
        severity: As shown: an unsigned notice is never ``security``.
        is_signed: Whether the catalog's signature covers it; the screen says so where it does not.
    """

    notice: Notice
    severity: Severity
    is_signed: bool
    can_dismiss: bool
    standing: Standing = "current"


class Banners(NamedTuple):
    """All banners, the most important first; the screen shows two and counts the rest (7-screens, rule 8)."""

    all: tuple[Banner, ...]

    @property
    def shown(self) -> tuple[Banner, ...]:
        """Those on screen."""
        return self.all[:MAX_ON_SCREEN]

    @property
    def more_count(self) -> int:
        """How many there are beyond those on screen."""
        return len(self.all) - len(self.shown)


def select_banners(  # noqa: PLR0913 - all that decides, by name
    notices: Sequence[Notice],
    *,
    now: datetime,
    channels: Collection[str],
    active: Collection[ActiveBundle],
    dismissed: Collection[Dismissal],
    is_catalog_signed: bool,
    with_past: bool = False,
) -> Banners:
    """Decide which notices are banners on this machine.

    A notice shows if its channel is one that this machine follows, or one of its bundles is active here, until it is
    dismissed, its time has passed, or what it asks for is done. A ``security`` notice that will end by itself cannot be
    dismissed before. With ``with_past`` those that concern this machine and are past come too, and say why.
    """
    banners: list[Banner] = []
    for notice in notices:
        banner = _make_banner(notice, is_signed=is_catalog_signed)
        standing = _standing(banner, now, active, dismissed)
        if _concerns(notice, channels, active) and (with_past or standing == "current"):
            banners.append(banner._replace(standing=standing))
    return Banners(sort_banners(banners))


def sort_banners(banners: Iterable[Banner]) -> tuple[Banner, ...]:
    """Return each notice once, the most important first, the newest first among equals.

    Several catalogs may pin one change log; where one of them is not signed, the signed one speaks.
    """
    once: dict[Dismissal, Banner] = {}
    for banner in sorted(banners, key=lambda banner: not banner.is_signed):
        once.setdefault(Dismissal(banner.notice.id, banner.notice.content_sha256), banner)
    # Sorting is stable: what stands first in the file is newest among those of one day.
    newest_first = sorted(once.values(), key=lambda banner: banner.notice.issued_on, reverse=True)
    return tuple(sorted(newest_first, key=lambda banner: _ORDER.index(banner.severity)))


def is_action_done(notice: Notice, active: Collection[ActiveBundle]) -> bool:
    """Tell whether every active bundle that a notice is about has done what it asks for.

    To update is to reach its channel revision, to roll back is to be below it. A notice that asks for nothing, or on a
    machine where nothing that it is about is active, is never done by that.
    """
    mine = [bundle for bundle in active if bundle.channel == notice.channel and _is_about(notice, bundle)]
    if not mine or notice.action is Action.NONE:
        return False
    if notice.action is Action.UPDATE:
        return all(bundle.channel_revision >= notice.channel_revision for bundle in mine)
    return all(bundle.channel_revision < notice.channel_revision for bundle in mine)


def _make_banner(notice: Notice, *, is_signed: bool) -> Banner:
    severity = notice.severity
    if severity is Severity.SECURITY and not is_signed:  # anybody could cry wolf
        severity = Severity.INFO if notice.action is Action.NONE else Severity.ACTION
    ends_by_itself = notice.until is not None or notice.action is not Action.NONE
    can_dismiss = severity is not Severity.SECURITY or not ends_by_itself
    return Banner(notice, severity, is_signed, can_dismiss)


def _standing(
    banner: Banner, now: datetime, active: Collection[ActiveBundle], dismissed: Collection[Dismissal]
) -> Standing:
    notice = banner.notice
    if notice.until is not None and now >= notice.until:
        return "over"
    if is_action_done(notice, active):
        return "done"
    is_dismissed = banner.can_dismiss and Dismissal(notice.id, notice.content_sha256) in dismissed
    return "dismissed" if is_dismissed else "current"


def _concerns(notice: Notice, channels: Collection[str], active: Collection[ActiveBundle]) -> bool:
    return notice.channel in channels or any(bundle.id in notice.bundles for bundle in active)


def _is_about(notice: Notice, bundle: ActiveBundle) -> bool:
    return not notice.bundles or bundle.id in notice.bundles
