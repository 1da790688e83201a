"""Which function does a command, and those that only look. They ask `Launcher`; the flows themselves are not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import UsageError
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.terminal import printable
from launcher.faces.cli.text_list import list_lines, notice_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import DismissResult, NoticesResult, PathResult

LIST_ROWS = {"catalog": "catalogs", "bundle": "bundles", "installation": "installations", "banner": "banners"}


def run_command(context: Context) -> Outcome:
    """Do what was said.

    Raises:
        LauncherError: It was refused or failed; the error says why.
    """
    return find_command(context.arguments.command)(context)


def find_command(name: str) -> Callable[[Context], Outcome]:
    """Return what does a command of the parser."""
    here = {"list": list_bundles, "path": path, "survey": survey, "notices": notices, "completion": completion}
    if name in here:
        return here[name]
    if name == "sample":
        from launcher.faces.cli.sample import sample  # noqa: PLC0415 - beside its one use

        return sample
    # What a script asks for all day is above; these come with what they need to say.
    from launcher.faces.cli import care, changing, offline, preferences, publishing, running  # noqa: PLC0415

    families = (
        changing.COMMANDS,
        care.COMMANDS,
        offline.COMMANDS,
        preferences.COMMANDS,
        publishing.COMMANDS,
        running.COMMANDS,
    )
    return next(commands[name] for commands in families if name in commands)


def list_bundles(context: Context) -> Outcome:
    """Show what there is, here or on one node."""
    if context.arguments.remote:
        from launcher.faces.cli.fleet import node_bases  # noqa: PLC0415 - beside its one use

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
    from launcher.faces.cli.suggestions import suggesting  # noqa: PLC0415 - not for `list`

    bundle_id: str = context.arguments.bundle_id
    with suggesting(context, [bundle_id]):
        payload = str(context.launcher.path(bundle_id))
    result: PathResult = {"id": bundle_id, "path": payload}
    return Outcome(result, lambda _screen: [payload])


def survey(context: Context) -> Outcome:
    """Show what this machine is."""
    from launcher.faces.cli.text_checks import machine_lines  # noqa: PLC0415 - not for `list`

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


def completion(context: Context) -> Outcome:
    """Print a completion script."""
    from launcher.faces.cli.completion import completion_script  # noqa: PLC0415 - imports shtab

    shell: str = context.arguments.shell
    script = completion_script(shell)
    return Outcome({"shell": shell, "script": script}, lambda _screen: script.splitlines())


def _dismissed(key: str, *, is_shown: bool) -> Outcome:
    result: DismissResult = {"key": key, "is_shown": is_shown}
    return Outcome(result, lambda _screen: ["It is shown again." if is_shown else "It is not shown any more."])
