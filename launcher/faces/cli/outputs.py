"""The three ways an answer is given: text for people, one JSON object, or a stream of events. Exactly one answer each.

stdout is data, stderr is talk (2-architecture, "Errors").
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from launcher.domain.errors import Cancelled, NothingToDo
from launcher.faces.cli.terminal import find_style, safe
from launcher.faces.cli.text_errors import error_lines, view_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from launcher.domain.errors import LauncherError
    from launcher.faces.cli.context import Outcome, Screen
    from launcher.faces.cli.events import Events


class Output(Protocol):
    """Gives the answer."""

    def finish(self, outcome: Outcome) -> None:
        """The command came to an end."""

    def fail(self, error: LauncherError) -> None:
        """The command was refused or failed."""

    def warn(self, message: str) -> None:
        """Something is not as it should be, but does not stop the command."""


class Talk:
    """What is said on stderr."""

    def __init__(self, stream: TextIO, environ: Mapping[str, str]) -> None:
        """Talk on ``stream``."""
        self._stream = stream
        self._style = find_style(stream, environ)

    def fail(self, error: LauncherError) -> None:
        """Say what failed; that there was nothing to do, or that it was cancelled, is no error."""
        if isinstance(error, NothingToDo | Cancelled):
            words = "Nothing to do:" if isinstance(error, NothingToDo) else "Stopped:"
            self._say([f"{self._style.paint(words, 'yellow')} {safe(error.message)}"])
        else:
            self._say(error_lines(view_of(error), self._style))

    def warn(self, message: str) -> None:
        """Say a warning."""
        self._say([f"{self._style.paint('warning:', 'yellow')} {safe(message)}"])

    def _say(self, lines: list[str]) -> None:
        try:
            print(*lines, sep="\n", file=self._stream, flush=True)
        except BrokenPipeError:
            return  # nobody listens; the exit status says it too


class TextOutput(Talk):
    """Text for people on stdout, failures on stderr."""

    def __init__(self, stdout: TextIO, stderr: TextIO, environ: Mapping[str, str], screen: Screen) -> None:
        """Lay text out for ``screen``."""
        super().__init__(stderr, environ)
        self._stdout = stdout
        self._screen = screen

    def finish(self, outcome: Outcome) -> None:
        """Print the lines; then say why it is a failure, if it is."""
        if lines := outcome.lines(self._screen):
            print(*lines, sep="\n", file=self._stdout, flush=True)
        if outcome.error is not None:
            self.fail(outcome.error)


class JsonOutput(Talk):
    """One object on stdout, whatever happens; failures in words on stderr too."""

    def __init__(self, stdout: TextIO, stderr: TextIO, environ: Mapping[str, str], *, is_indented: bool) -> None:
        """Print to ``stdout``, in one line or for people."""
        super().__init__(stderr, environ)
        self._stdout = stdout
        self._indent = 2 if is_indented else None

    def finish(self, outcome: Outcome) -> None:
        """Print the result."""
        self._print(outcome.result)
        if outcome.error is not None:
            super().fail(outcome.error)

    def fail(self, error: LauncherError) -> None:
        """Print the error."""
        self._print({"ok": False, "error": view_of(error)})
        super().fail(error)

    def _print(self, value: Mapping[str, Any]) -> None:
        # ASCII: whatever the encoding of stdout is, and whatever a file name holds, it can be printed.
        print(json.dumps(value, indent=self._indent), file=self._stdout, flush=True)


class EventsOutput:
    """The last line of the event stream: exactly one outcome."""

    def __init__(self, events: Events) -> None:
        """Write through the observer, so that all lines are of one stream."""
        self._events = events

    def finish(self, outcome: Outcome) -> None:
        """Write each row, then the outcome with what is left of the result."""
        for kind, key in outcome.rows.items():
            for value in outcome.result[key]:
                self._events.write("row", kind=kind, value=value)
        rest = {key: value for key, value in outcome.result.items() if key not in outcome.rows.values()}
        self._write(outcome.error, rest)

    def fail(self, error: LauncherError) -> None:
        """Write the outcome of a command without a result."""
        self._write(error, None)

    def warn(self, message: str) -> None:
        """Write a warning as a message of the log."""
        self._events.write("log", message=message)

    def _write(self, error: LauncherError | None, result: Mapping[str, Any] | None) -> None:
        self._events.write(
            "outcome",
            status=_status(error),
            exit_status=0 if error is None else error.exit_status,
            error=None if error is None else view_of(error),
            result=result,
        )


def _status(error: LauncherError | None) -> str:
    if error is None:
        return "done"
    if isinstance(error, NothingToDo):
        return "nothing-to-do"
    return "cancelled" if isinstance(error, Cancelled) else "failed"
