"""Changing what is installed and checking it: installing, updating, rolling back, refreshing, auditing, trying."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import AuditFailed, NothingToDo
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.grammar import PROG
from launcher.faces.cli.suggestions import suggesting
from launcher.faces.cli.terminal import counted, printable
from launcher.faces.cli.text_changes import install_lines, revision_lines, rollback_lines, update_lines
from launcher.faces.cli.text_checks import audit_lines, smoke_lines
from launcher.faces.cli.text_errors import error_from_view
from launcher.faces.cli.text_list import catalog_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from launcher.domain.errors import LauncherError
    from launcher.domain.views import AuditView, UpdateView
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import InstallResult, RefreshResult, RevisionsResult


def install(context: Context) -> Outcome:
    """Install bundles one after the other; the first that fails ends it."""
    said = context.arguments
    with suggesting(context, said.bundle_ids):
        installs = context.launcher.install(
            said.bundle_ids,
            context.observer,
            channel=said.channel,
            force=said.force,
            dry_run=said.dry_run,
            artifact_format=said.artifact_format,
            artifact_kind=said.artifact_kind,
        )
    result: InstallResult = {"installed": installs}
    return Outcome(result, lambda screen: install_lines(printable(installs), screen.style))


def update(context: Context) -> Outcome:
    """Install what is newer."""
    said = context.arguments
    with suggesting(context, said.bundle_ids):
        view = context.launcher.update(
            said.bundle_ids, context.observer, dry_run=said.dry_run, fetch_only=said.download_only
        )
    return Outcome(view, lambda screen: update_lines(printable(view), screen.style), _update_error(view))


def rollback(context: Context) -> Outcome:
    """Go back to an earlier revision, or show which there are."""
    said = context.arguments
    with suggesting(context, [said.bundle_id]):
        if said.list_revisions:
            return _revisions(context)
        view = context.launcher.roll_back(
            said.bundle_id, context.observer, revision=said.revision, dry_run=said.dry_run
        )
    program = _program(context)
    return Outcome(view, lambda screen: rollback_lines(printable(view), screen.style, program=program))


def refresh(context: Context) -> Outcome:
    """Fetch the catalogs; one that fails leaves its last good state in place and the others alone."""
    catalogs = context.launcher.refresh(context.observer)
    problems = [catalog["problem"] for catalog in catalogs if catalog["problem"]]
    result: RefreshResult = {"ok": not problems, "catalogs": catalogs}
    error = error_from_view(problems[0]) if problems else None
    return Outcome(result, lambda screen: catalog_lines(printable(catalogs), screen.style), error)


def audit(context: Context) -> Outcome:
    """Check what is installed, here or on nodes."""
    said = context.arguments
    if said.remote:
        from launcher.faces.cli.fleet import audit_fleet, node_bases  # noqa: PLC0415 - beside its one use

        return audit_fleet(context, node_bases(context))
    with suggesting(context, [said.bundle_id] if said.bundle_id else []):
        view = context.launcher.audit(
            context.observer, require_signed=said.require_signed, deep=said.deep, bundle_id=said.bundle_id
        )
    return Outcome(view, lambda screen: audit_lines(printable(view), screen.style), _audit_error(view))


def smoke(context: Context) -> Outcome:
    """Start the active revision once; with a model, its server too."""
    bundle_id: str = context.arguments.bundle_id
    model: str | None = context.arguments.model
    with suggesting(context, [bundle_id]):
        view = context.launcher.smoke(bundle_id, context.observer, model=Path(model) if model else None)
    return Outcome(view, lambda screen: smoke_lines(printable(view), screen.style))


COMMANDS: Final[Mapping[str, Callable[[Context], Outcome]]] = {
    "install": install,
    "update": update,
    "rollback": rollback,
    "refresh": refresh,
    "audit": audit,
    "smoke": smoke,
}


def _revisions(context: Context) -> Outcome:
    bundle_id: str = context.arguments.bundle_id
    revisions = context.launcher.revisions(bundle_id)
    active = next((revision["revision"] for revision in revisions if revision["is_active"]), None)
    result: RevisionsResult = {"id": bundle_id, "active": active, "revisions": revisions}
    return Outcome(result, lambda screen: revision_lines(bundle_id, printable(revisions), screen.style))


def _program(context: Context) -> str:
    """Return the program with the options that decide which store is meant, to be typed again."""
    said = context.arguments
    where = ["--sample"] if said.sample else []
    return shlex.join([PROG, *where, *(["--dest", said.dest] if said.dest else [])])


def _update_error(view: UpdateView) -> LauncherError | None:
    if not view["updated"] and not view["skipped"]:
        return NothingToDo("Nothing is installed, so there is nothing to update.")
    failed = [skipped["error"] for skipped in view["skipped"] if skipped["error"]]
    if failed:
        return error_from_view(failed[0])
    return None if view["updated"] else NothingToDo("Everything that is installed is up to date or held.")


def _audit_error(view: AuditView) -> LauncherError | None:
    if view["ok"]:
        return None
    failed = [item for item in view["items"] if not item["ok"]]
    if failed:
        what = f"{len(failed)} of {counted(len(view['items']), 'installed revision')} failed the audit."
    else:
        what = "The signatures of what is installed failed the audit."
    return AuditFailed(what, actual=", ".join(f"{item['id']} {item['revision']}" for item in failed) or None)
