"""Which jobs run at once: the store has its own lock, so this decides what helps a person, not what is safe.

Fetching happens before the store is locked (ADR 0008). So several bundles are fetched at once, and a rollback waits for
no transfer. Of two jobs that change the same bundle, the one that was asked for first goes first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from launcher.faces.gui.orders import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.faces.gui.orders import Order

USUAL_DOWNLOADS: Final = 2
"""What the setting ``parallel_downloads`` says until it is read."""

DOWNLOADS: Final = frozenset({Verb.INSTALL, Verb.UPDATE, Verb.REPAIR, Verb.FETCH})
"""They fetch first; what came is kept when they are stopped, and fetched no second time."""


class Lane(StrEnum):
    """Jobs of one lane wait for each other."""

    READS = "reads"
    DOWNLOADS = "downloads"
    SOURCES = "sources"
    NOTES = "notes"
    CHANGES = "changes"


_OWN_LANES: Final = {
    Verb.REFRESH: Lane.SOURCES,
    # They write files of their own, and an answer to a click is not kept waiting by an import.
    Verb.SET: Lane.NOTES,
    Verb.DISMISS: Lane.NOTES,
    Verb.RESTORE: Lane.NOTES,
}


def lane_of(order: Order) -> Lane:
    """Return the lane of an order."""
    if not order.is_writer:
        return Lane.READS
    return Lane.DOWNLOADS if order.verb in DOWNLOADS else _OWN_LANES.get(order.verb, Lane.CHANGES)


def find_rival(order: Order, running: Sequence[Order], before: Sequence[Order], downloads: int) -> Order | None:
    """Return what a waiting order waits for; None where it begins now.

    Args:
        order: It.
        running: The orders that are being carried out.
        before: Those that were asked for earlier and still wait for their turn.
        downloads: How many downloads may run at once.
    """
    lane = lane_of(order)
    if lane is Lane.READS:
        return None
    for other in (*running, *before):
        if other.is_writer and _is_of_same_bundle(order, other):
            return other
    room = downloads if lane is Lane.DOWNLOADS else 1
    in_lane = [other for other in running if lane_of(other) is lane]
    return in_lane[0] if len(in_lane) >= room else None


def compete(one: Order, other: Order) -> bool:
    """Tell whether it matters which of two waiting orders goes first."""
    return _is_of_same_bundle(one, other) or lane_of(one) is lane_of(other)


def _is_of_same_bundle(one: Order, other: Order) -> bool:
    return one.bundle_id is not None and one.bundle_id == other.bundle_id
