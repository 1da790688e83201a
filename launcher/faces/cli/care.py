"""Looking after what is installed: letting old revisions go, keeping others, and mending what is damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import NothingToDo
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.suggestions import suggesting
from launcher.faces.cli.terminal import format_size, printable
from launcher.faces.cli.text_care import (
    comparison_lines,
    doctor_lines,
    move_lines,
    prune_lines,
    repair_lines,
    signer_lines,
)
from launcher.faces.cli.text_changes import revision_lines
from launcher.faces.cli.text_errors import error_from_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import CleanUpResult, PinResult, RemoveResult


def prune(context: Context) -> Outcome:
    """Delete the revisions that no rule keeps, and the downloads that nobody needs."""
    view = context.launcher.prune(context.observer, dry_run=context.arguments.dry_run)
    error = (
        None
        if view["removed"] or view["downloads"]
        else NothingToDo("Every revision on this machine is kept by a rule.")
    )
    return Outcome(view, lambda screen: prune_lines(printable(view), screen.style), error)


def remove(context: Context) -> Outcome:
    """Uninstall a bundle."""
    bundle_id: str = context.arguments.bundle_id
    with suggesting(context, [bundle_id]):
        size_bytes = context.launcher.remove(bundle_id, context.observer)
    result: RemoveResult = {"id": bundle_id, "size_bytes": size_bytes}
    return Outcome(result, lambda _screen: [f"Removed {bundle_id} ({format_size(size_bytes)})."])


def pin(context: Context) -> Outcome:
    """Keep a revision for good."""
    return _pin(context, pinned=True)


def unpin(context: Context) -> Outcome:
    """Keep a revision no longer."""
    return _pin(context, pinned=False)


def snapshot(context: Context) -> Outcome:
    """Record hand edits."""
    bundle_id: str = context.arguments.bundle_id
    with suggesting(context, [bundle_id]):
        view = context.launcher.snapshot(bundle_id, context.observer)
    return Outcome(view, lambda screen: revision_lines(bundle_id, [printable(view)], screen.style))


def repair(context: Context) -> Outcome:
    """Mend a damaged revision."""
    said = context.arguments
    with suggesting(context, [said.bundle_id]):
        view = context.launcher.repair(said.bundle_id, context.observer, revision=said.revision)
    return Outcome(view, lambda screen: repair_lines(printable(view), screen.style))


def move(context: Context) -> Outcome:
    """Move the store, or delete what an interrupted move left."""
    said = context.arguments
    if said.clean_up:
        result: CleanUpResult = {"removed": [str(path) for path in context.launcher.clean_up_move()]}
        lines = [f"Deleted {path}." for path in printable(result)["removed"]] or ["Nothing was left to delete."]
        return Outcome(result, lambda _screen: lines)
    view = context.launcher.move_store(said.folder, context.observer, dry_run=said.dry_run)
    return Outcome(view, lambda screen: move_lines(printable(view), screen.style))


def compare(context: Context) -> Outcome:
    """Show which files two revisions differ in."""
    said = context.arguments
    with suggesting(context, [said.bundle_id]):
        view = context.launcher.compare(said.bundle_id, before=said.before, after=said.after)
    return Outcome(view, lambda screen: comparison_lines(printable(view), screen.style))


def doctor(context: Context) -> Outcome:
    """Check everything that installations depend on; what is broken is a failure, a warning is not."""
    view = context.launcher.doctor()
    broken = next((check["error"] for check in view["checks"] if check["error"]), None)
    error = error_from_view(broken) if broken else None
    return Outcome(view, lambda screen: doctor_lines(printable(view), screen.style, screen_width=screen.width), error)


def list_keys(context: Context) -> Outcome:
    """Show the signer registry; one that is broken is a failure."""
    view = context.launcher.signers()
    error = error_from_view(view["problem"]) if view["problem"] else None
    return Outcome(view, lambda screen: signer_lines(printable(view), screen.style), error)


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {
    "prune": prune,
    "remove": remove,
    "pin": pin,
    "unpin": unpin,
    "snapshot": snapshot,
    "repair": repair,
    "compare": compare,
    "move": move,
    "doctor": doctor,
    "list-keys": list_keys,
}


def _pin(context: Context, *, pinned: bool) -> Outcome:
    said = context.arguments
    with suggesting(context, [said.bundle_id]):
        context.launcher.pin(said.bundle_id, said.revision, context.observer, pinned=pinned)
    result: PinResult = {"id": said.bundle_id, "revision": said.revision, "is_pinned": pinned}
    sentence = "stays until it is unpinned." if pinned else "may go once it is old enough."
    return Outcome(result, lambda _screen: [f"{said.revision} of {said.bundle_id} {sentence}"])
