"""Running and stopping a runtime."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from launcher.domain.errors import NothingToDo
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.suggestions import suggesting
from launcher.faces.cli.terminal import printable
from launcher.faces.cli.text_care import plan_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import ConsentResult


class _Options(TypedDict):
    model: Path | None
    port: int | None
    args: Sequence[str]
    env: Sequence[tuple[str, str]]


def run(context: Context) -> Outcome:
    """Run the active revision in the foreground, or take a consent back."""
    said = context.arguments
    if said.revoke_consent:
        return _revoke(context)
    options: _Options = {
        "model": Path(said.model) if said.model else None,
        "port": said.port,
        "args": said.arg or (),
        "env": said.env or (),
    }
    with suggesting(context, [said.bundle_id]):
        if said.dry_run:
            plan = context.launcher.running.plan(said.bundle_id, **options)
            return Outcome(plan, lambda screen: plan_lines(printable(plan), screen.style))
        view = context.launcher.running.run(said.bundle_id, context.observer, gives_consent=said.consent, **options)
    return Outcome(view, lambda _screen: [f"{view['id']} was stopped."])


def stop(context: Context) -> Outcome:
    """End a runtime that `run` started."""
    bundle_id: str = context.arguments.bundle_id
    with suggesting(context, [bundle_id]):
        view = context.launcher.running.stop(bundle_id, context.observer)
    how = "was killed, for it did not end when it was asked to" if view["was_killed"] else "has ended"
    return Outcome(view, lambda _screen: [f"{bundle_id} (process {view['pid']}) {how}."])


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {"run": run, "stop": stop}


def _revoke(context: Context) -> Outcome:
    bundle_id: str = context.arguments.bundle_id
    error = None
    if not context.launcher.running.revoke_consent(bundle_id):
        error = NothingToDo(f"Nobody agreed to anything for `{bundle_id}`.")
    result: ConsentResult = {"id": bundle_id, "has_consent": False}
    return Outcome(result, lambda _screen: [] if error else [f"{bundle_id} asks again before it runs."], error)
