"""How a running command is stopped: one token, which a signal or a line on stdin sets and the observer asks for."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

CANCEL_LINE: Final = b"cancel"
HEARD_WITHIN_S: Final = 0.3
"""Long work asks at least every tenth of a second."""


class CancelToken:
    """Whether somebody asked to stop, and who."""

    __slots__ = ("_asked_by", "is_at_last_step", "is_heard")

    def __init__(self) -> None:
        self._asked_by: str | None = None
        self.is_heard = False
        """Whether the work was told, and is coming to its end."""
        self.is_at_last_step = False
        """Whether what goes on now is one step that is done or not done, such as an activation."""

    def cancel(self, asked_by: str) -> None:
        """Ask to stop; the first one to ask is the one who is named."""
        self._asked_by = self._asked_by or asked_by

    @property
    def is_set(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._asked_by is not None

    def check(self) -> None:
        """Go on, or stop.

        Raises:
            Cancelled: Somebody asked to stop.
        """
        if self._asked_by is not None:
            self.is_heard = True
            raise Cancelled(f"Cancelled by {self._asked_by}; what was active still is.")


@contextmanager
def cancelled_by_signals(token: CancelToken) -> Iterator[None]:
    """Let Ctrl-C and a termination signal set the token; the second one interrupts at once, with `KeyboardInterrupt`.

    Interrupting is safe in the middle of anything: activation is one atomic step, and the next start cleans up.
    """
    import signal  # noqa: PLC0415 - start-up time: its enumerations

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if token.is_set:
            raise KeyboardInterrupt
        token.cancel("Ctrl-C" if number == signal.SIGINT else "a termination signal")

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)  # None: not set from Python


def cancel_on_stdin_line(token: CancelToken, interrupt: Callable[[], None] | None = None) -> None:
    """Start a thread that sets the token when a line ``cancel`` comes on stdin; the end of stdin means nothing.

    Args:
        token: What the observer asks.
        interrupt: Called where nobody has asked the token soon after: the work waits for something else, such as a
            program on trial, which would outlive a worker that the window has to kill. A last step is not interrupted:
            it is done in a moment, and would be told as not done.
    """
    import threading  # noqa: PLC0415 - start-up time; only a worker of the window listens

    threading.Thread(target=_listen, args=(token, interrupt), name="cancel-listener", daemon=True).start()


def interrupt_main_thread() -> None:
    """Interrupt the main thread like a second Ctrl-C does, out of a wait in the operating system too."""
    import os  # noqa: PLC0415 - only a worker of the window needs them
    import signal  # noqa: PLC0415

    os.kill(os.getpid(), signal.SIGINT)


def _listen(token: CancelToken, interrupt: Callable[[], None] | None) -> None:
    # os.read, not sys.stdin: a daemon thread that holds the lock of a buffered reader crashes the interpreter's exit.
    import os  # noqa: PLC0415 - beside its one use

    unfinished = b""
    while True:
        try:
            chunk = os.read(0, 4096)
        except OSError:  # stdin was never open
            return
        if not chunk:
            return
        *lines, unfinished = (unfinished + chunk).split(b"\n")
        if any(line.strip() == CANCEL_LINE for line in lines):
            token.cancel("the window")
            time.sleep(HEARD_WITHIN_S)
            if interrupt is not None and not token.is_heard and not token.is_at_last_step:
                interrupt()
            return
        unfinished = unfinished[-len(CANCEL_LINE) - 1 :]
