"""Which revisions stay and which may go (docs/explanation/store.md, step 9; threat E10): a plan, no disk."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from launcher.domain.settings import KEEP_NEWEST
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Keep(StrEnum):
    """Why a revision stays, the strongest reason first."""

    ACTIVE = "active"
    PREVIOUS = "previous"
    RUNNING = "running"
    PINNED = "pinned"
    HELD = "held"
    NEWEST = "newest"


class Candidate(NamedTuple):
    """One revision as the plan sees it. ``size_bytes`` is its payload, shared contents included."""

    name: str
    size_bytes: int
    is_active: bool = False
    is_previous: bool = False
    is_running: bool = False
    is_pinned: bool = False
    is_held: bool = False


class Retention(NamedTuple):
    """What stays, each with its reason, and what may go, oldest first."""

    kept: tuple[tuple[Candidate, Keep], ...]
    removable: tuple[Candidate, ...]


def plan_retention(revisions: Sequence[Candidate], *, keep_newest: int = KEEP_NEWEST) -> Retention:
    """Decide what of a bundle's revisions may go.

    Args:
        revisions: All of them, oldest first.
        keep_newest: How many of the newest stay whatever else holds.
    """
    newest = {candidate.name for candidate in revisions[max(0, len(revisions) - keep_newest) :]}
    kept, removable = [], []
    for candidate in revisions:
        reason = _find_reason(candidate, is_newest=candidate.name in newest)
        if reason is None:
            removable.append(candidate)
        else:
            kept.append((candidate, reason))
    return Retention(tuple(kept), tuple(removable))


def is_under_pressure(*, free_bytes: int, total_bytes: int, min_free_bytes: int, min_free_percent: int) -> bool:
    """Tell whether a volume is so full that old revisions should go by themselves."""
    return free_bytes < min_free_bytes or free_bytes * 100 < total_bytes * min_free_percent


def _find_reason(candidate: Candidate, *, is_newest: bool) -> Keep | None:
    reasons = {
        Keep.ACTIVE: candidate.is_active,
        Keep.PREVIOUS: candidate.is_previous,
        Keep.RUNNING: candidate.is_running,
        Keep.PINNED: candidate.is_pinned,
        Keep.HELD: candidate.is_held,
        Keep.NEWEST: is_newest,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
