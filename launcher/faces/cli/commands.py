"""What each command does: asks `Launcher` and says how its answer reads. The flows themselves are not here."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.errors import AuditFailed, NothingToDo, UsageError
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.grammar import PROG
from launcher.faces.cli.suggestions import suggesting
from launcher.faces.cli.terminal import counted, printable
from launcher.faces.cli.text_changes import install_lines, revision_lines, rollback_lines, update_lines
from launcher.faces.cli.text_checks import audit_lines, machine_lines, smoke_lines
from launcher.faces.cli.text_errors import error_from_view
from launcher.faces.cli.text_list import catalog_lines, list_lines, notice_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.errors import LauncherError
    from launcher.domain.views import AuditView, UpdateView
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import (
        DismissResult,
        InstallResult,
        NoticesResult,
        PathResult,
        RefreshResult,
        RevisionsResult,
    )

LIST_ROWS = {"catalog": "catalogs", "bundle": "bundles", "installation": "installations", "banner": "banners"}


def run_command(context: Context) -> Outcome:
    """Do what was said.

    Raises:
        LauncherError: It was refused or failed; the error says why.
    """
    return find_command(context.arguments.command)(context)


def find_command(name: str) -> Callable[[Context], Outcome]:
    """Return what does a command of the parser."""
    here = {
        "list": list_bundles,
        "path": path,
        "survey": survey,
        "notices": notices,
        "install": install,
        "update": update,
        "rollback": rollback,
        "refresh": refresh,
        "audit": audit,
        "smoke": smoke,
        "completion": completion,
    }
    if name in here:
        return here[name]
    if name == "sample":
        from launcher.faces.cli.sample import sample  # noqa: PLC0415 - beside its one use

        return sample
    from launcher.faces.cli import care, offline, preferences, publishing, running  # noqa: PLC0415 - not for every day

    rarer = (care.COMMANDS, offline.COMMANDS, preferences.COMMANDS, publishing.COMMANDS, running.COMMANDS)
    return next(commands[name] for commands in rarer if name in commands)


def list_bundles(context: Context) -> Outcome:
    """Show what there is, here or on one node."""
    if context.arguments.remote:
        overview = context.launcher.remote_overview(node_bases(context, most=1)[0])
    else:
        is_for_programs = context.arguments.json or context.arguments.events is not None
        overview = context.launcher.overview(with_notice_texts=is_for_programs)
    shown = printable(overview)
    return Outcome(
        overview,
        lambda screen: list_lines(shown, screen.style, is_pretty=screen.is_pretty, screen_width=screen.width),
        rows=LIST_ROWS,
    )


def path(context: Context) -> Outcome:
    """Print where the active payload is, as it is: the output is made for other programs."""
    bundle_id: str = context.arguments.bundle_id
    with suggesting(context, [bundle_id]):
        payload = str(context.launcher.path(bundle_id))
    result: PathResult = {"id": bundle_id, "path": payload}
    return Outcome(result, lambda _screen: [payload])


def survey(context: Context) -> Outcome:
    """Show what this machine is."""
    result = context.launcher.survey().as_json()
    return Outcome(result, lambda screen: machine_lines(printable(result), screen.style))


def notices(context: Context) -> Outcome:
    """Show what operators have to say, or stop or start showing one of it."""
    said = context.arguments
    if said.dismiss and said.restore:
        raise UsageError("`--dismiss` and `--restore` exclude each other.")
    if said.dismiss:
        context.launcher.dismiss_banner(said.dismiss)
        return _dismissed(said.dismiss, is_shown=False)
    if said.restore:
        context.launcher.restore_banner(said.restore)
        return _dismissed(said.restore, is_shown=True)
    banners = context.launcher.notices(with_past=said.all)
    result: NoticesResult = {"banners": banners}
    return Outcome(
        result,
        lambda screen: notice_lines(printable(banners), screen.style, screen_width=screen.width),
        rows={"banner": "banners"},
    )


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
        from launcher.faces.cli.fleet import audit_fleet  # noqa: PLC0415 - beside its one use

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


def completion(context: Context) -> Outcome:
    """Print a completion script."""
    from launcher.faces.cli.completion import completion_script  # noqa: PLC0415 - imports shtab

    shell: str = context.arguments.shell
    script = completion_script(shell)
    return Outcome({"shell": shell, "script": script}, lambda _screen: script.splitlines())


def node_bases(context: Context, most: int | None = None) -> list[str]:
    """Return the nodes to ask: ``--base``, or else ``BASE_URL``.

    Raises:
        UsageError: There is none, or there are too many.
    """
    bases: list[str] = context.arguments.base or list(filter(None, [context.environ.get("BASE_URL")]))
    if not bases:
        raise UsageError("`--remote` needs to know which node to ask.", hint="Add `--base URL`, or set BASE_URL.")
    if most is not None and len(bases) > most:
        raise UsageError("This asks one node at a time.", expected="one `--base`", actual=counted(len(bases), "node"))
    return bases


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


def _dismissed(key: str, *, is_shown: bool) -> Outcome:
    result: DismissResult = {"key": key, "is_shown": is_shown}
    return Outcome(result, lambda _screen: ["It is shown again." if is_shown else "It is not shown any more."])


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
