"""From the command line to the exit status: reads what was said, runs it, and answers in the way that was asked for."""

from __future__ import annotations

import gc
import io
import os
import sys
from argparse import Namespace
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import Cancelled, InternalError, LauncherError, UsageError
from launcher.faces.cli.grammar import EVENTS_JSONL
from launcher.faces.cli.parser import parse_command_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import TextIO

    from launcher.faces.cli.answering import Answering

PATIENT_COMMANDS: Final = frozenset(
    {
        "install",
        "update",
        "rollback",
        "refresh",
        "audit",
        "smoke",
        "create",
        "sample",
        "export",
        "import",
        "add-source",
        "test-source",
        "prune",
        "remove",
        "pin",
        "unpin",
        "snapshot",
        "repair",
        "move",
        "run",
        "stop",
    }
)
"""They tell how they get on and listen for a cancel; all others are done in a moment and are simply interrupted."""
_BROKEN_PIPE_STATUS: Final = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (6-interfaces, "Exit status").

    Raises:
        SystemExit: Help or the version was asked for, and printed.
    """
    # A start makes tens of thousands of objects that stay; looking for garbage among them costs a tenth of it.
    gc.set_threshold(50_000)
    _prepare_streams()
    try:
        status = _run(sys.argv[1:] if argv is None else argv, os.environ)
    except BrokenPipeError:  # `arw-cli ... | head` has seen enough
        status = _BROKEN_PIPE_STATUS
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered has nowhere to go, and the interpreter would complain about it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _run(said: Sequence[str], environ: Mapping[str, str]) -> int:
    refused = None
    try:
        arguments = parse_command_line(said)
    except UsageError as error:
        arguments, refused = _guessed_arguments(said), error
    from launcher.faces.cli.answering import prepare_answer  # noqa: PLC0415 - start-up time; not needed for help

    answering = prepare_answer(arguments, environ, is_patient=arguments.command in PATIENT_COMMANDS)
    if refused is not None:
        return _fail(answering, refused)
    return _run_command(arguments, environ, answering)


def _run_command(arguments: Namespace, environ: Mapping[str, str], answering: Answering) -> int:
    from launcher.faces.cli.commands import run_command  # noqa: PLC0415 - as above
    from launcher.faces.cli.context import Context  # noqa: PLC0415 - as above

    failure: LauncherError
    with _heeding_signals(arguments, answering):
        try:
            outcome = run_command(Context(arguments, environ, answering.observer, answering.output.warn))
            answering.observer.close()
            answering.output.finish(outcome)
        except LauncherError as error:
            failure = error
        except KeyboardInterrupt:
            failure = Cancelled("Cancelled; what was active still is.")
        except BrokenPipeError:
            raise
        except Exception as bug:  # noqa: BLE001 - the last place where a bug can still become a message
            failure = _describe(bug, answering)
        else:
            return 0 if outcome.error is None else outcome.error.exit_status
    if arguments.command in PATIENT_COMMANDS:
        answering.log.write(f"{arguments.command}: {failure.code}: {failure.message}")
    return _fail(answering, failure)


def _heeding_signals(arguments: Namespace, answering: Answering) -> AbstractContextManager[None]:
    if arguments.command not in PATIENT_COMMANDS:
        return nullcontext()
    from launcher.faces.cli.cancel import cancelled_by_signals  # noqa: PLC0415 - as above

    return cancelled_by_signals(answering.token)


def _fail(answering: Answering, error: LauncherError) -> int:
    try:
        answering.observer.close()
        answering.output.fail(error)
    except Cancelled:  # the window that read our events is gone; there is nobody left to tell
        return Cancelled.exit_status
    return error.exit_status


def _describe(bug: Exception, answering: Answering) -> InternalError:
    """Return the message for a bug; where it happened goes to the log only."""
    import traceback  # noqa: PLC0415 - start-up time

    message = f"This is a bug in ARW Launcher ({type(bug).__name__}); what was active still is."
    try:
        answering.log.write("".join(traceback.format_exception(bug)))
    except ImportError as error:  # so broken that not even the log can be found
        return InternalError(message, actual=str(error), hint="Install ARW Launcher again; a part of it is missing.")
    return InternalError(message, hint=f"Please report it with the last lines of its log: `{answering.log.path}`.")


def _guessed_arguments(said: Sequence[str]) -> Namespace:
    """Return as much of a command line that makes no sense as decides how the refusal is answered."""
    wants_events = f"--events={EVENTS_JSONL}" in said or "--events" in said
    return Namespace(
        command=None,
        events=EVENTS_JSONL if wants_events else None,
        json="--json" in said,
        pretty="--pretty" in said,
        quiet=True,
        sample=False,
        dest=None,
    )


def _prepare_streams() -> None:
    """Let no name in any language stop an answer: what the terminal's encoding lacks is spelled out.

    A program that was started without a stream (``>&-``, or by a desktop) talks to nobody.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nowhere() -> TextIO:
    # The descriptor stays open until the process ends, so that no file of ours ever becomes descriptor 1 or 2.
    return open(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
