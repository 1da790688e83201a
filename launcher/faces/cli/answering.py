"""Who is told how a command gets on and who answers in the end, as the command line, the terminal and the pipe ask."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from launcher.domain.values import NamedTuple
from launcher.faces.cli.cancel import CancelToken, cancel_on_stdin_line, interrupt_main_thread
from launcher.faces.cli.context import Screen
from launcher.faces.cli.job_log import JobLog
from launcher.faces.cli.observers import Lines, Quiet, keep_nothing
from launcher.faces.cli.outputs import EventsOutput, JsonOutput, Output, TextOutput
from launcher.faces.cli.terminal import find_style

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from pathlib import Path

WORKER_NICENESS: Final = 10
"""A worker gives way to the window that started it (5-store, "What it costs")."""
_PIPE_WIDTH: Final = 100
_LEAST_WIDTH: Final = 40


class Answering(NamedTuple):
    """What one run of the program talks through."""

    output: Output
    observer: Quiet
    token: CancelToken
    log: JobLog


def prepare_answer(arguments: Namespace, environ: Mapping[str, str], *, is_patient: bool) -> Answering:
    """Choose the observer and the output for a command; ``is_patient`` tells whether it is worth a progress bar."""
    token = CancelToken()

    def find_path() -> Path:
        from launcher.app import find_log  # noqa: PLC0415 - start-up time

        return find_log(environ, sample=arguments.sample or arguments.command == "sample")

    def keeps_notes() -> bool:
        from launcher.app import keeps_job_notes  # noqa: PLC0415 - start-up time

        return keeps_job_notes(environ, sample=arguments.sample or arguments.command == "sample")

    log = JobLog(find_path, environ, keeps_notes=keeps_notes)
    keep_log = log.note if is_patient else keep_nothing
    if arguments.events:
        from launcher.faces.cli.events import Events  # noqa: PLC0415 - start-up time; only a worker tells events

        _give_way()
        # On Windows a signal of one's own is no interrupt but an end; there the window kills what does not hear.
        cancel_on_stdin_line(token, None if sys.platform == "win32" else interrupt_main_thread)
        events = Events(sys.stdout, token, job=os.urandom(8).hex(), keep_log=keep_log)
        return Answering(EventsOutput(events), events, token, log)
    if arguments.quiet or not is_patient:
        observer = Quiet(token, keep_log=keep_log)
    elif sys.stderr.isatty():
        from launcher.faces.cli.bar import Bar  # noqa: PLC0415 - rich costs 100 ms, and a pipe has no use for it

        observer = Bar(sys.stderr, token, keep_log=keep_log)
    else:
        observer = Lines(sys.stderr, token, keep_log=keep_log)
    return Answering(_output(arguments, environ), observer, token, log)


def _output(arguments: Namespace, environ: Mapping[str, str]) -> Output:
    if arguments.json:
        return JsonOutput(sys.stdout, sys.stderr, environ, is_indented=arguments.pretty)
    screen = Screen(find_style(sys.stdout, environ), _screen_width(environ), arguments.pretty)
    return TextOutput(sys.stdout, sys.stderr, environ, screen)


def _screen_width(environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and len(columns) < 5:  # noqa: PLR2004 - no screen is wider
        return max(_LEAST_WIDTH, int(columns))
    try:
        return max(_LEAST_WIDTH, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):  # a pipe, a file, or a stream without a descriptor
        return _PIPE_WIDTH


def _give_way() -> None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x4000)  # BELOW_NORMAL_PRIORITY_CLASS
    else:
        os.nice(WORKER_NICENESS)
