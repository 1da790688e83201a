from __future__ import annotations

import pytest

from launcher.domain.retention import Candidate, Keep, is_under_pressure, plan_retention


def candidates(count: int, **of_the_oldest: bool) -> list[Candidate]:
    oldest = Candidate("rev-0", 10, **of_the_oldest)
    return [oldest, *(Candidate(f"rev-{number}", 10) for number in range(1, count))]


def test_five_newest_stay_and_the_older_ones_may_go_oldest_first() -> None:
    plan = plan_retention(candidates(7))
    assert [candidate.name for candidate in plan.removable] == ["rev-0", "rev-1"]
    assert [(candidate.name, reason) for candidate, reason in plan.kept] == [
        (f"rev-{number}", Keep.NEWEST) for number in range(2, 7)
    ]


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("is_active", Keep.ACTIVE),
        ("is_previous", Keep.PREVIOUS),
        ("is_running", Keep.RUNNING),
        ("is_pinned", Keep.PINNED),
        ("is_held", Keep.HELD),
    ],
)
def test_an_old_revision_that_is_needed_stays_and_says_why(fact: str, reason: Keep) -> None:
    plan = plan_retention(candidates(7, **{fact: True}))
    assert plan.kept[0] == (candidates(7, **{fact: True})[0], reason)
    assert [candidate.name for candidate in plan.removable] == ["rev-1"]


def test_fewer_than_five_all_stay() -> None:
    assert plan_retention(candidates(5)).removable == ()


def test_keeping_none_of_the_newest_still_keeps_the_active_one() -> None:
    plan = plan_retention(candidates(2, is_active=True), keep_newest=0)
    assert [candidate.name for candidate in plan.removable] == ["rev-1"]


@pytest.mark.parametrize(
    ("free_bytes", "expected"),
    [(50, True), (99, True), (100, False), (500, False)],
)
def test_pressure_is_below_either_limit(free_bytes: int, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert (
        is_under_pressure(free_bytes=free_bytes, total_bytes=1000, min_free_bytes=60, min_free_percent=10) is expected
    )
