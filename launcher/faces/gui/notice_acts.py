"""What one can do about a notice: update, roll back, or look at the bundle that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.texts import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.views import BannerView, BundleView
    from launcher.faces.gui.orders import Order
    from launcher.faces.gui.overview import Snapshot
    from launcher.faces.gui.strip import Strip


class NoticeActs(NamedTuple):
    """The acts of one notice.

    Attributes:
        orders: What does what the notice asks for, one for each installed bundle that needs it.
        bundle_id: The bundle to show; empty where the notice names none that is known.
    """

    orders: tuple[Order, ...]
    bundle_id: str


def find_acts(banner: BannerView, snapshot: Snapshot) -> NoticeActs:
    """Return what can be done about a notice with the bundles of this machine."""
    bundles = [entry.bundle for entry in snapshot.entries.values()]
    about = [bundle for bundle in bundles if _is_about(banner, bundle)]
    orders: tuple[Order, ...] = ()
    if banner["action"] == "update":
        waiting = (bundle for bundle in about if bundle["state"] == "update-available")
        orders = tuple(order_for(Action.UPDATE, bundle["id"]) for bundle in waiting)
    elif banner["action"] == "rollback":
        able = (bundle for bundle in about if bundle["active"] and bundle["rollback_target"])
        orders = tuple(order_for(Action.ROLL_BACK, bundle["id"]) for bundle in able)
    named = [bundle for bundle in about if bundle["id"] in banner["bundles"]]
    first = next((bundle for bundle in named if bundle["active"]), named[0] if named else None)
    return NoticeActs(orders, first["id"] if first else "")


def add_acts(
    strip: Strip,
    banner: BannerView,
    snapshot: Snapshot,
    submit: Callable[[Order], object],
    show_bundle: Callable[[str], object],
) -> None:
    """Add the buttons for what can be done about a notice to its strip."""
    acts = find_acts(banner, snapshot)
    if acts.orders:
        is_update = banner["action"] == "update"
        text = translate("notices", "Update now") if is_update else translate("notices", "Roll back")
        strip.add_button(text, lambda: [submit(order) for order in acts.orders], "update" if is_update else "roll-back")
    if acts.bundle_id:
        strip.add_button(translate("notices", "Show bundle"), lambda: show_bundle(acts.bundle_id))


def _is_about(banner: BannerView, bundle: BundleView) -> bool:
    is_named = bundle["id"] in banner["bundles"] or not banner["bundles"]
    return is_named and bundle["channel"] == banner["channel"]
