from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from launcher.domain.errors import BadField, LauncherError, NoSuchRevision, NothingToDo, NotInstalled
from launcher.domain.history import (
    MAX_HISTORY,
    BundleState,
    HistoryEntry,
    Hold,
    find_revision_time,
    new_revision_name,
    parse_state,
    plan_rollback,
    state_as_json,
)

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ONE, TWO, THREE = "rev-20261101T000000Z", "rev-20261102T000000Z", "rev-20261103T000000Z"
DIGESTS = {ONE: "11" * 32, TWO: "22" * 32, THREE: "33" * 32}
HOLD_TWO = Hold(TWO, DIGESTS[TWO], 2)


def activated(*revisions: str) -> BundleState:
    state = BundleState()
    for revision in revisions:
        state = state.activated(revision, DIGESTS[revision], NOW)
    return state


def test_activation_moves_the_pointer_and_remembers() -> None:
    state = activated(ONE, TWO)

    assert (state.sequence, state.active, state.previous, state.held) == (2, TWO, ONE, ())
    assert state.history == (
        HistoryEntry(1, NOW, "activate", ONE, None),
        HistoryEntry(2, NOW, "activate", TWO, ONE),
    )


def test_rollback_holds_what_it_leaves_and_two_rollbacks_return() -> None:
    back = activated(ONE, TWO).rolled_back(ONE, HOLD_TWO, NOW)

    assert (back.active, back.previous, back.held) == (ONE, TWO, (HOLD_TWO,))
    assert back.find_hold(DIGESTS[TWO]) == HOLD_TWO
    assert back.find_hold(DIGESTS[ONE]) is None
    forth = back.rolled_back(TWO, None, NOW)
    assert (forth.active, forth.previous, forth.held, forth.sequence) == (TWO, ONE, (), 4)


def test_the_same_hold_stands_once() -> None:
    back = activated(ONE, TWO).rolled_back(ONE, HOLD_TWO, NOW)

    assert back.rolled_back(ONE, HOLD_TWO, NOW).held == (HOLD_TWO,)


def test_installing_what_is_held_lifts_the_hold() -> None:
    back = activated(ONE, TWO).rolled_back(ONE, HOLD_TWO, NOW)

    assert back.activated(THREE, DIGESTS[THREE], NOW).held == (HOLD_TWO,)
    assert back.activated(THREE, DIGESTS[TWO], NOW).held == ()


def test_activating_what_is_active_keeps_the_previous_one() -> None:
    state = activated(ONE, TWO, TWO)

    assert (state.active, state.previous, state.sequence) == (TWO, ONE, 3)


def test_pins() -> None:
    pinned = activated(ONE).pinned_as(ONE, pinned=True)

    assert (pinned.pinned, pinned.sequence) == ((ONE,), 2)
    assert pinned.pinned_as(ONE, pinned=True).pinned == (ONE,)
    assert pinned.pinned_as(ONE, pinned=False).pinned == ()


def test_history_keeps_the_newest_changes() -> None:
    state = BundleState()
    for number in range(MAX_HISTORY + 5):
        state = state.activated(ONE if number % 2 else TWO, DIGESTS[ONE], NOW)

    assert [entry.sequence for entry in state.history] == list(range(6, MAX_HISTORY + 6))


@pytest.mark.parametrize(("asked", "target"), [(None, ONE), (ONE, ONE), (THREE, THREE)])
def test_rollback_goes_to_the_previous_or_the_asked_one(asked: str | None, target: str) -> None:
    assert plan_rollback(activated(ONE, TWO), asked, [ONE, TWO, THREE], "a/b") == target


@pytest.mark.parametrize(
    ("state", "asked", "installed", "error"),
    [
        (BundleState(), None, [], NotInstalled),
        (BundleState(), ONE, [ONE], NotInstalled),
        (activated(ONE), None, [ONE], NoSuchRevision),
        (activated(ONE), ONE, [ONE], NothingToDo),
        (activated(ONE, TWO), THREE, [ONE, TWO], NoSuchRevision),
        (activated(ONE, TWO), None, [TWO], NoSuchRevision),
        (activated(ONE, TWO), "../x", [ONE, TWO], NoSuchRevision),
    ],
)
def test_rollback_without_a_target_is_refused(
    state: BundleState, asked: str | None, installed: list[str], error: type[LauncherError]
) -> None:
    with pytest.raises(error):
        plan_rollback(state, asked, installed, "a/b")


def test_revision_is_named_after_its_time_and_after_every_other() -> None:
    assert new_revision_name(NOW, []) == "rev-20261123T080000Z"
    assert new_revision_name(NOW, ["rev-20261123T080000Z"]) == "rev-20261123T080001Z"
    assert new_revision_name(NOW, ["rev-20261123T080007Z", "rev-20251123T080000Z", "current"]) == "rev-20261123T080008Z"
    assert new_revision_name(NOW, ["rev-99991231T235959Z"]) == "rev-20261123T080000Z"
    assert find_revision_time("rev-20261123T080002Z") == NOW + timedelta(seconds=2)


def test_a_state_names_what_is_gone_too() -> None:
    state = activated(ONE, TWO).rolled_back(ONE, HOLD_TWO, NOW).pinned_as(THREE, pinned=True)

    assert state.named == {ONE, TWO, THREE}
    assert BundleState().named == frozenset()


@pytest.mark.parametrize(
    "name", ["", "rev-", "rev-20261332T000000Z", "rev-20261123T080000Z\n", "rev-20261123T0800000Z", "../rev", "current"]
)
def test_other_names_are_no_revisions(name: str) -> None:
    assert find_revision_time(name) is None


def test_state_survives_the_disk() -> None:
    state = activated(ONE, TWO).rolled_back(ONE, HOLD_TWO, NOW).pinned_as(ONE, pinned=True)

    assert parse_state(json.loads(json.dumps(state_as_json(state)))) == state
    assert parse_state(json.loads(json.dumps(state_as_json(BundleState())))) == BundleState()


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"version": None},
        {"sequence": -1},
        {"sequence": None},
        {"active": "../../x"},
        {"active": 7},
        {"previous": "current"},
        {"held": [{"revision": TWO}]},
        {"held": [{"revision": "x", "manifest_sha256": "22" * 32, "channel_revision": 2}]},
        {"pinned": ONE},
        {"history": [{}]},
        {"history": [{"sequence": 1, "at": "2026-11-23T08:00:00Z", "action": "delete", "revision": ONE}]},
        {"history": [{"sequence": 1, "at": "yesterday", "action": "activate", "revision": ONE}]},
    ],
)
def test_damaged_state_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        parse_state(state_as_json(activated(ONE, TWO)._replace(pinned=())) | changes)


def test_a_sound_copy_takes_the_place_of_a_damaged_revision_wherever_it_stood() -> None:
    whole = "rev-20261104T000000Z"
    state = activated(ONE, TWO)._replace(pinned=(ONE, TWO), held=(HOLD_TWO,))

    active = state.repaired(TWO, whole, NOW)
    assert (active.active, active.previous, active.pinned) == (whole, ONE, (ONE, whole))
    assert (active.held, active.sequence) == ((HOLD_TWO._replace(revision=whole),), 3)
    assert active.history[-1] == HistoryEntry(3, NOW, "activate", whole, TWO)

    previous = state.repaired(ONE, whole, NOW)
    assert (previous.active, previous.previous, previous.pinned) == (TWO, whole, (whole, TWO))
    assert previous.history == state.history


def test_a_repair_of_the_only_revision_leaves_no_way_back_to_the_damaged_one() -> None:
    state = activated(ONE).repaired(ONE, TWO, NOW)

    assert (state.active, state.previous) == (TWO, None)
