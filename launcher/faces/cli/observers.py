"""Who is told how a command gets on: nobody, or lines in a pipe. `bar` is for terminals, `events` for the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.progress import Phase
from launcher.faces.cli.terminal import format_size, safe

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from launcher.faces.cli.cancel import CancelToken

PHASE_WORDS: Final = {
    Phase.QUEUED: "Waiting for",
    Phase.RESOLVING: "Resolving",
    Phase.DOWNLOADING: "Downloading",
    Phase.VERIFYING: "Verifying",
    Phase.UNPACKING: "Unpacking",
    Phase.SAVING: "Saving",
    Phase.TESTING: "Testing",
    Phase.ACTIVATING: "Activating",
    Phase.ACTIVE: "Active:",
    Phase.STARTING: "Starting",
    Phase.RUNNING: "Running:",
    Phase.HEALTHY: "Healthy:",
    Phase.REMOVING: "Removing",
}


LAST_STEPS: Final = frozenset({Phase.ACTIVATING, Phase.ACTIVE, Phase.REMOVING})
"""From here it is decided: what listens says by itself how it ended, and interrupting it would tell that wrongly."""


def keep_nothing(_message: str) -> None:
    """Keep no log of a command that only reads."""


class Quiet:
    """Tells nobody anything; only hears a cancel. The other observers are told through `show_…`."""

    def __init__(self, token: CancelToken, *, keep_log: Callable[[str], None] = keep_nothing) -> None:
        """Listen to ``token``; ``keep_log`` keeps what the job logs."""
        self._token = token
        self._keep_log = keep_log

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
        """A phase begins.

        Raises:
            Cancelled: Somebody asked to stop.
        """
        self._token.check()
        self._token.is_at_last_step = phase in LAST_STEPS
        self._keep_log(f"{phase.value} {subject}")
        self.show_phase(phase, subject, total_bytes)

    def advance(self, added_bytes: int) -> None:
        """So many more bytes are done.

        Raises:
            Cancelled: Somebody asked to stop.
        """
        self._token.check()
        self.show_bytes(added_bytes)

    def log(self, message: str) -> None:
        """Something worth keeping happened.

        Raises:
            Cancelled: Somebody asked to stop.
        """
        self._token.check()
        self._keep_log(message)
        self.show_log(message)

    def show_phase(self, phase: Phase, subject: str, total_bytes: int | None) -> None:
        """Show that a phase begins."""

    def show_bytes(self, added_bytes: int) -> None:
        """Show that bytes are done."""

    def show_log(self, message: str) -> None:
        """Show a message."""

    def close(self) -> None:
        """Leave the screen in order; nothing is told afterwards."""


class Lines(Quiet):
    """Tells each phase in a line of its own, for pipes and logs."""

    def __init__(self, stream: TextIO, token: CancelToken, *, keep_log: Callable[[str], None] = keep_nothing) -> None:
        """Write to ``stream``."""
        super().__init__(token, keep_log=keep_log)
        self._stream = stream

    def show_phase(self, phase: Phase, subject: str, total_bytes: int | None) -> None:
        """Write the phase, what it is about, and how much it is; whom it waits for is logged in more words."""
        if phase is Phase.QUEUED:
            return
        size = f" ({format_size(total_bytes)})" if total_bytes else ""
        self._write(f"{PHASE_WORDS[phase]} {safe(subject)}{size}")

    def show_log(self, message: str) -> None:
        """Write the message, set in."""
        self._write(f"  {safe(message)}")

    def _write(self, line: str) -> None:
        print(line, file=self._stream, flush=True)
