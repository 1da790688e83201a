"""When the window looks for updates, fetches them and makes them active: three things, each allowed by itself.

A decision without a clock, a network or a disk; `launcher.faces.gui.update_keeper` carries it out.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

CHECK_EVERY: Final = timedelta(hours=6)
"""So long after the last look comes the next one."""


class Consent(StrEnum):
    """What a person allows; the words of the settings."""

    ASK = "ask"
    AUTOMATIC = "automatic"
    NEVER = "never"


class Deed(StrEnum):
    """What can be done about updates, in this order."""

    CHECK = "check"
    DOWNLOAD = "download"
    ACTIVATE = "activate"


class Policy(NamedTuple):
    """The three settings ``check_updates``, ``download_updates`` and ``activate_updates``."""

    check: Consent = Consent.AUTOMATIC
    download: Consent = Consent.ASK
    activate: Consent = Consent.ASK


class Situation(NamedTuple):
    """What is known when it is decided.

    Attributes:
        last_checked_at: When the sources were asked last; None at the start of the window.
        updates: The bundles with something newer on their channel, held ones left out.
        downloaded: Those of them whose newer version is fetched and proven.
        running: The bundles of which something runs; they are left alone until it has ended.
        is_offline: The settings say to ask no server.
        is_metered: The connection costs by the byte; then nothing is fetched without a question.
    """

    last_checked_at: datetime | None = None
    updates: tuple[str, ...] = ()
    downloaded: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()
    is_offline: bool = False
    is_metered: bool = False


class UpdatePlan(NamedTuple):
    """One deed, to do at once or to ask for; no deed where there is nothing.

    Attributes:
        deed: What is to be done.
        bundle_ids: With which bundles; none for a check.
        asks: Whether a person is asked first.
    """

    deed: Deed | None = None
    bundle_ids: tuple[str, ...] = ()
    asks: bool = False


NOTHING: Final = UpdatePlan()


def plan_updates(policy: Policy, situation: Situation, at: datetime) -> UpdatePlan:
    """Decide what comes next; what needs no question comes before what needs one.

    Activating goes through the usual installation, so what is held stays held and what runs keeps its files; here it
    also waits until nothing of the bundle runs, because nobody is there to be told.
    """
    if situation.is_offline:
        return NOTHING
    missing = tuple(name for name in situation.updates if name not in situation.downloaded)
    idle = tuple(name for name in situation.updates if name in situation.downloaded - situation.running)
    steps = (
        (Deed.CHECK, _with_meter(policy.check, situation), (), is_check_due(situation.last_checked_at, at)),
        (Deed.DOWNLOAD, _with_meter(policy.download, situation), missing, bool(missing)),
        (Deed.ACTIVATE, policy.activate, idle, bool(idle)),
    )
    wanted = [(deed, consent, names) for deed, consent, names, is_due in steps if is_due]
    for wish in (Consent.AUTOMATIC, Consent.ASK):
        for deed, consent, names in wanted:
            if consent is wish:
                return UpdatePlan(deed, names, asks=wish is Consent.ASK)
    return NOTHING


def is_check_due(last_checked_at: datetime | None, at: datetime) -> bool:
    """Tell whether it is time to ask the sources; a clock that was set back makes it so."""
    return last_checked_at is None or not timedelta(0) <= at - last_checked_at < CHECK_EVERY


def _with_meter(consent: Consent, situation: Situation) -> Consent:
    return Consent.ASK if situation.is_metered and consent is Consent.AUTOMATIC else consent
