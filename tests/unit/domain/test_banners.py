from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from launcher.domain.banners import ActiveBundle, Banners, Dismissal, is_action_done, select_banners, sort_banners
from launcher.domain.notice import Action, Notice, Severity

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CPU = "llama.cpp-preview/linux-x86_64-cpu"
CUDA = "llama.cpp-preview/linux-x86_64-cuda-12.8"
NOTICE = Notice(
    id="preview-r42",
    content_sha256="ab" * 32,
    issued_on=date(2026, 11, 18),
    channel="preview",
    channel_revision=42,
    severity=Severity.INFO,
    summary="New.",
    body_markdown="",
    bundles=(),
    until=None,
    action=Action.NONE,
    line=1,
)
URGENT = NOTICE._replace(id="preview-r43", severity=Severity.SECURITY, action=Action.UPDATE, channel_revision=43)


def select(
    *notices: Notice,
    channels: tuple[str, ...] = ("preview",),
    active: tuple[ActiveBundle, ...] = (),
    dismissed: tuple[Dismissal, ...] = (),
    is_catalog_signed: bool = True,
) -> Banners:
    return select_banners(
        notices,
        now=NOW,
        channels=channels,
        active=active,
        dismissed=dismissed,
        is_catalog_signed=is_catalog_signed,
    )


def ids(banners: Banners) -> list[str]:
    return [banner.notice.id for banner in banners.all]


def dismissal(notice: Notice) -> Dismissal:
    return Dismissal(notice.id, notice.content_sha256)


def test_security_comes_first_then_action_then_info_and_the_newest_of_each() -> None:
    notices = (
        NOTICE._replace(id="old-info", issued_on=date(2026, 11, 1)),
        NOTICE._replace(id="new-info"),
        NOTICE._replace(id="action", severity=Severity.ACTION, issued_on=date(2026, 10, 1)),
        NOTICE._replace(id="second-of-a-day"),
        NOTICE._replace(id="security", severity=Severity.SECURITY, issued_on=date(2026, 9, 1)),
    )
    banners = select(*notices)
    assert ids(banners) == ["security", "action", "new-info", "second-of-a-day", "old-info"]
    assert [banner.notice.id for banner in banners.shown] == ["security", "action"]
    assert banners.more_count == 3


def test_a_change_log_that_two_catalogs_pin_is_shown_once_and_the_signed_one_speaks() -> None:
    unsigned, signed = select(URGENT, is_catalog_signed=False).all, select(URGENT).all
    assert sort_banners([*unsigned, *signed, *signed]) == signed


def test_no_notice_no_banner() -> None:
    assert (select().shown, select().more_count) == ((), 0)


@pytest.mark.parametrize(
    ("notice", "channels", "active", "is_shown"),
    [
        (NOTICE, ("preview",), (), True),
        (NOTICE, ("stable",), (), False),
        (NOTICE, ("stable",), (ActiveBundle(CPU, "preview", 41),), False),
        (NOTICE._replace(bundles=(CPU,)), ("stable",), (ActiveBundle(CPU, "preview", 41),), True),
        (NOTICE._replace(bundles=(CUDA,)), ("stable",), (ActiveBundle(CPU, "preview", 41),), False),
        (NOTICE._replace(bundles=(CUDA,)), ("preview",), (), True),
    ],
)
def test_a_banner_concerns_this_machine_by_channel_or_bundle(
    notice: Notice,
    channels: tuple[str, ...],
    active: tuple[ActiveBundle, ...],
    is_shown: bool,  # noqa: FBT001
) -> None:
    assert bool(select(notice, channels=channels, active=active).all) is is_shown


def test_a_banner_ends_with_its_time() -> None:
    assert ids(select(NOTICE._replace(until=NOW + timedelta(seconds=1)))) == ["preview-r42"]
    assert ids(select(NOTICE._replace(until=NOW))) == []


def test_a_dismissal_holds_for_that_content_only() -> None:
    assert ids(select(NOTICE, dismissed=(dismissal(NOTICE),))) == []
    changed = NOTICE._replace(content_sha256="cd" * 32)
    assert ids(select(changed, dismissed=(dismissal(NOTICE),))) == ["preview-r42"]


@pytest.mark.parametrize(
    ("notice", "can_dismiss"),
    [
        (URGENT, False),
        (URGENT._replace(action=Action.NONE, until=NOW + timedelta(days=1)), False),
        (URGENT._replace(action=Action.NONE), True),  # else it would stay forever
        (URGENT._replace(severity=Severity.ACTION), True),
    ],
)
def test_security_cannot_be_dismissed_before_its_end(notice: Notice, can_dismiss: bool) -> None:  # noqa: FBT001
    assert [banner.can_dismiss for banner in select(notice).all] == [can_dismiss]
    assert len(select(notice, dismissed=(dismissal(notice),)).all) == (0 if can_dismiss else 1)


@pytest.mark.parametrize(("action", "severity"), [(Action.UPDATE, Severity.ACTION), (Action.NONE, Severity.INFO)])
def test_an_unsigned_notice_is_never_security(action: Action, severity: Severity) -> None:
    notice = URGENT._replace(action=action)
    (banner,) = select(notice, is_catalog_signed=False).all
    assert (banner.severity, banner.is_signed, banner.can_dismiss) == (severity, False, True)
    assert ids(select(notice, is_catalog_signed=False, dismissed=(dismissal(notice),))) == []


@pytest.mark.parametrize(
    ("action", "bundles", "active", "is_done"),
    [
        (Action.UPDATE, (), (ActiveBundle(CPU, "preview", 43),), True),
        (Action.UPDATE, (), (ActiveBundle(CPU, "preview", 42),), False),
        (Action.UPDATE, (), (ActiveBundle(CPU, "preview", 44), ActiveBundle(CUDA, "preview", 42)), False),
        (Action.UPDATE, (CPU,), (ActiveBundle(CPU, "preview", 44), ActiveBundle(CUDA, "preview", 42)), True),
        (Action.UPDATE, (), (ActiveBundle(CPU, "stable", 99),), False),
        (Action.UPDATE, (), (), False),
        (Action.UPDATE, (CUDA,), (ActiveBundle(CPU, "preview", 43),), False),
        (Action.ROLLBACK, (), (ActiveBundle(CPU, "preview", 42),), True),
        (Action.ROLLBACK, (), (ActiveBundle(CPU, "preview", 43),), False),
        (Action.NONE, (), (ActiveBundle(CPU, "preview", 43),), False),
    ],
)
def test_an_action_is_done_when_every_bundle_concerned_did_it(
    action: Action,
    bundles: tuple[str, ...],
    active: tuple[ActiveBundle, ...],
    is_done: bool,  # noqa: FBT001
) -> None:
    notice = URGENT._replace(action=action, bundles=bundles)
    assert is_action_done(notice, active) is is_done
    assert bool(select(notice, active=active).all) is not is_done
