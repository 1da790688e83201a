"""Names of revisions grow whatever the clock does and whatever is deleted: the newest is always the last (E10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from launcher.domain.history import BundleState, find_revision_time, new_revision_name

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
clock_s = st.integers(-10, 10) | st.integers(-(10**9), 10**9)
"""The clock beside `START`: seconds that clash, and a clock that somebody set."""
steps = st.lists(st.tuples(clock_s, st.booleans()), min_size=1, max_size=30)


@given(steps)
def test_no_name_is_older_than_one_before_it(history: list[tuple[int, bool]]) -> None:
    state, on_disk, given_names = BundleState(), set[str](), list[str]()
    for seconds, prunes in history:
        at = START + timedelta(seconds=seconds)
        name = new_revision_name(at, {*on_disk, *state.named})
        given_names.append(name)
        on_disk.add(name)
        state = state.activated(name, "a" * 64, at)
        if prunes:
            on_disk.clear()

    assert given_names == sorted(set(given_names))


@given(clock_s, st.sets(clock_s))
def test_a_name_is_no_later_than_it_has_to_be(seconds: int, known: set[int]) -> None:
    names = {(START + timedelta(seconds=other)).strftime("rev-%Y%m%dT%H%M%SZ") for other in known}

    name = new_revision_name(START + timedelta(seconds=seconds), names)

    assert find_revision_time(name) == START + timedelta(seconds=max([seconds, *(other + 1 for other in known)]))
