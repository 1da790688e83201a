"""What can be done with a bundle, which of it is the main thing now, and the command line that does it."""

from __future__ import annotations

import shlex
from enum import StrEnum
from typing import TYPE_CHECKING

from launcher.faces.gui.jobs import JobState, Order, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.views import BundleView
    from launcher.faces.gui.jobs import Job


class Action(StrEnum):
    """What a button does."""

    INSTALL = "install"
    UPDATE = "update"
    RUN = "run"
    ROLL_BACK = "roll-back"
    VERIFY = "verify"
    SMOKE = "smoke"
    REPAIR = "repair"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    CANCEL = "cancel"


def find_main_action(bundle: BundleView, job: Job | None = None) -> Action | None:
    """Return what the one main button of a bundle does, or None where nothing makes sense.

    Args:
        bundle: The bundle.
        job: The job about it that waits or runs.
    """
    if job is not None:
        return None if job.state is JobState.CANCELLING else Action.CANCEL
    if bundle["state"] == "update-available":
        return Action.UPDATE
    if bundle["active"] is not None:
        return Action.ROLL_BACK if bundle["rollback_target"] else Action.SMOKE
    return Action.INSTALL if bundle["fits"] and bundle["catalog"] else None


def other_actions(bundle: BundleView, job: Job | None = None) -> tuple[Action, ...]:
    """Return what else can be done with a bundle now, in the order of its buttons."""
    if job is not None or bundle["active"] is None:
        return ()
    target = bundle["rollback_target"]
    is_back = target is not None and target["channel_revision"] == bundle["offered_channel_revision"]
    possible = (
        Action.RUN,
        *([Action.INSTALL] if bundle["is_update_held"] and not is_back else []),
        *([Action.ROLL_BACK] if target else []),
        Action.SMOKE,
        Action.VERIFY,
        Action.REPAIR,
        Action.REMOVE,
    )
    main = find_main_action(bundle)
    return tuple(action for action in possible if action is not main)


def order_for(action: Action, bundle_id: str, revision: str | None = None) -> Order:
    """Return the order that carries an action out.

    Args:
        action: Any but CANCEL, which ends an order, and RUN, for which a model must be chosen first.
        bundle_id: The bundle.
        revision: Where a rollback goes, None for the one before the active; or what is mended or pinned.
    """
    target = () if revision is None else ("--revision", revision)
    orders: dict[Action, tuple[Verb, tuple[str, ...]]] = {
        Action.INSTALL: (Verb.INSTALL, ("install", bundle_id)),
        Action.UPDATE: (Verb.UPDATE, ("update", bundle_id)),
        Action.ROLL_BACK: (Verb.ROLL_BACK, ("rollback", "--bundle", bundle_id, *target)),
        Action.VERIFY: (Verb.VERIFY, ("audit", "--deep", "--bundle", bundle_id)),
        Action.SMOKE: (Verb.SMOKE, ("smoke", bundle_id)),
        Action.REPAIR: (Verb.REPAIR, ("repair", bundle_id, *target)),
        Action.REMOVE: (Verb.REMOVE, ("remove", bundle_id)),
        Action.PIN: (Verb.PIN, ("pin", bundle_id, revision or "")),
        Action.UNPIN: (Verb.UNPIN, ("unpin", bundle_id, revision or "")),
    }
    if action not in orders:
        raise ValueError(action)
    verb, words = orders[action]
    return Order(verb, ("runtime", "bundles", *words), bundle_id)


def command_line(order: Order, flags: Sequence[str] = ()) -> str:
    """Return what does the same in a terminal, ready to paste.

    Args:
        order: The order.
        flags: Global flags that the window itself was started with, e.g. ``--sample``.
    """
    return shlex.join(["arw-cli", *flags, *order.arguments])
