from __future__ import annotations

import pytest

from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.turns import Lane, find_rival, lane_of


def order(verb: Verb, bundle_id: str | None = None) -> Order:
    return Order(verb, (verb.value,), bundle_id)


@pytest.mark.parametrize(
    ("verb", "lane"),
    [
        (Verb.INSTALL, Lane.DOWNLOADS),
        (Verb.UPDATE, Lane.DOWNLOADS),
        (Verb.REPAIR, Lane.DOWNLOADS),
        (Verb.REFRESH, Lane.SOURCES),
        (Verb.SET, Lane.NOTES),
        (Verb.ROLL_BACK, Lane.CHANGES),
        (Verb.IMPORT, Lane.CHANGES),
    ],
)
def test_lanes(verb: Verb, lane: Lane) -> None:
    assert lane_of(order(verb)) is lane
    assert lane_of(Order(verb, (), is_writer=False)) is Lane.READS


@pytest.mark.parametrize(
    ("asked", "running", "before", "expected"),
    [
        (order(Verb.INSTALL, "a"), [], [], True),
        (order(Verb.INSTALL, "a"), [order(Verb.UPDATE, "b")], [], True),
        (order(Verb.INSTALL, "a"), [order(Verb.UPDATE, "b"), order(Verb.REPAIR, "c")], [], False),
        (order(Verb.INSTALL, "a"), [order(Verb.UPDATE, "a")], [], False),
        (order(Verb.ROLL_BACK, "a"), [order(Verb.UPDATE, "b"), order(Verb.UPDATE, "c")], [], True),
        (order(Verb.ROLL_BACK, "a"), [], [order(Verb.UPDATE, "a")], False),
        (order(Verb.ROLL_BACK, "a"), [], [order(Verb.ROLL_BACK, "b")], True),
        (order(Verb.ROLL_BACK, "a"), [order(Verb.IMPORT)], [], False),
        (order(Verb.SET), [order(Verb.IMPORT), order(Verb.INSTALL, "a")], [], True),
        (order(Verb.REFRESH), [order(Verb.INSTALL, "a")], [], True),
        (Order(Verb.VERIFY, (), "a", is_writer=False), [order(Verb.UPDATE, "a")], [], True),
    ],
)
def test_turns(asked: Order, running: list[Order], before: list[Order], *, expected: bool) -> None:
    assert (find_rival(asked, running, before, 2) is None) is expected
