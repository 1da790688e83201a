"""When updates are looked for, fetched and made active: every cell of the table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from launcher.domain.update_policy import (
    CHECK_EVERY,
    NOTHING,
    Consent,
    Deed,
    Policy,
    Situation,
    UpdatePlan,
    is_check_due,
    plan_updates,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHECKED = Situation(last_checked_at=NOW)
A, B = "llama.cpp-preview/linux-x86_64-cpu", "whisper.cpp-preview/linux-x86_64-cpu"
ASK, AUTOMATIC, NEVER = Consent.ASK, Consent.AUTOMATIC, Consent.NEVER


@pytest.mark.parametrize(
    ("consent", "is_metered", "expected"),
    [
        (AUTOMATIC, False, UpdatePlan(Deed.CHECK)),
        (AUTOMATIC, True, UpdatePlan(Deed.CHECK, asks=True)),
        (ASK, False, UpdatePlan(Deed.CHECK, asks=True)),
        (ASK, True, UpdatePlan(Deed.CHECK, asks=True)),
        (NEVER, False, NOTHING),
        (NEVER, True, NOTHING),
    ],
)
def test_checking(consent: Consent, is_metered: bool, expected: UpdatePlan) -> None:  # noqa: FBT001 - a table
    assert plan_updates(Policy(consent, NEVER, NEVER), Situation(is_metered=is_metered), NOW) == expected


@pytest.mark.parametrize(
    ("consent", "is_metered", "expected"),
    [
        (AUTOMATIC, False, UpdatePlan(Deed.DOWNLOAD, (A, B))),
        (AUTOMATIC, True, UpdatePlan(Deed.DOWNLOAD, (A, B), asks=True)),
        (ASK, False, UpdatePlan(Deed.DOWNLOAD, (A, B), asks=True)),
        (ASK, True, UpdatePlan(Deed.DOWNLOAD, (A, B), asks=True)),
        (NEVER, False, NOTHING),
        (NEVER, True, NOTHING),
    ],
)
def test_downloading(consent: Consent, is_metered: bool, expected: UpdatePlan) -> None:  # noqa: FBT001 - a table
    situation = CHECKED._replace(updates=(A, B), is_metered=is_metered)
    assert plan_updates(Policy(AUTOMATIC, consent, AUTOMATIC), situation, NOW) == expected


@pytest.mark.parametrize(
    ("consent", "is_metered", "expected"),
    [
        (AUTOMATIC, False, UpdatePlan(Deed.ACTIVATE, (A,))),
        (AUTOMATIC, True, UpdatePlan(Deed.ACTIVATE, (A,))),
        (ASK, False, UpdatePlan(Deed.ACTIVATE, (A,), asks=True)),
        (NEVER, False, NOTHING),
    ],
)
def test_activating(consent: Consent, is_metered: bool, expected: UpdatePlan) -> None:  # noqa: FBT001 - a table
    situation = CHECKED._replace(updates=(A, B), downloaded=frozenset({A}), is_metered=is_metered)
    assert plan_updates(Policy(AUTOMATIC, NEVER, consent), situation, NOW) == expected


def test_offline_is_nothing_whatever_is_allowed() -> None:
    for consents in product(Consent, repeat=3):
        situation = Situation(updates=(A,), downloaded=frozenset({A}), is_offline=True)
        assert plan_updates(Policy(*consents), situation, NOW) == NOTHING


def test_what_runs_is_left_alone_until_it_has_ended() -> None:
    both = CHECKED._replace(updates=(A, B), downloaded=frozenset({A, B}), running=frozenset({A}))
    policy = Policy(AUTOMATIC, AUTOMATIC, AUTOMATIC)
    assert plan_updates(policy, both, NOW) == UpdatePlan(Deed.ACTIVATE, (B,))
    assert plan_updates(policy, both._replace(updates=(A,)), NOW) == NOTHING
    assert plan_updates(policy, both._replace(running=frozenset()), NOW) == UpdatePlan(Deed.ACTIVATE, (A, B))


def test_what_is_downloaded_but_no_update_any_more_is_not_activated() -> None:
    situation = CHECKED._replace(downloaded=frozenset({A}))
    assert plan_updates(Policy(AUTOMATIC, AUTOMATIC, AUTOMATIC), situation, NOW) == NOTHING


def test_what_needs_no_question_comes_first() -> None:
    situation = Situation(updates=(A, B), downloaded=frozenset({A}))
    assert plan_updates(Policy(ASK, ASK, AUTOMATIC), situation, NOW) == UpdatePlan(Deed.ACTIVATE, (A,))
    assert plan_updates(Policy(ASK, AUTOMATIC, ASK), situation, NOW) == UpdatePlan(Deed.DOWNLOAD, (B,))
    assert plan_updates(Policy(ASK, ASK, ASK), situation, NOW) == UpdatePlan(Deed.CHECK, asks=True)


def test_nothing_is_downloaded_or_activated_unasked_by_default() -> None:
    situation = CHECKED._replace(updates=(A, B), downloaded=frozenset({A}))
    assert plan_updates(Policy(), situation, NOW).asks


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (timedelta(0), False),
        (CHECK_EVERY - timedelta(seconds=1), False),
        (CHECK_EVERY, True),
        (timedelta(days=30), True),
        (timedelta(seconds=-1), True),
    ],
)
def test_when_a_check_is_due(since: timedelta, expected: bool) -> None:  # noqa: FBT001 - a table
    assert is_check_due(NOW - since, NOW) is expected
