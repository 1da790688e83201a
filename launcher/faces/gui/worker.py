"""One job of the command line program in a process of its own, and the events that it tells (ADR 0006).

The window never fetches, verifies or parses a catalog itself: whatever a worker does, the window stays responsive,
and whatever kills a worker, the window lives on and says so.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from launcher.domain.errors import WorkerDied, WorkerNotStarted
from launcher.faces.gui.events import Event, Outcome, Unreadable, parse_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.errors import LauncherError

# Every worker hears a cancel within a tenth of a second; one that does not is killed, so that a second is enough.
CANCEL_GRACE_MS: Final = 800
# A worker that has told its outcome has nothing left to do.
EXIT_GRACE_MS: Final = 5000
# How long lines are read before the event loop gets its turn; a frame at 60 Hz lasts 16 ms.
SLICE_S: Final = 0.006
MAX_LAST_WORDS: Final = 50
_PACKAGE_ROOT: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class WorkerCommand:
    """How to start the command line program, e.g. ``python -m launcher cli --sample``.

    Attributes:
        program: The executable.
        arguments: What comes before the verb: global flags are among them.
    """

    program: str
    arguments: tuple[str, ...]

    @classmethod
    def of_this_program(cls, flags: Sequence[str] = ()) -> WorkerCommand:
        """Return the command that runs this very program's other face, from a checkout, a wheel and frozen alike."""
        if getattr(sys, "frozen", False):
            return cls(sys.executable, ("cli", *flags))
        # -P: a file in the folder that the app was started from must not stand in for a module.
        return cls(sys.executable, ("-P", "-m", "launcher", "cli", *flags))

    def environment(self) -> QProcessEnvironment:
        """Return this process's environment, in which the worker finds the same package and speaks UTF-8."""
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUTF8", "1")
        if not getattr(sys, "frozen", False):
            inherited = environment.value("PYTHONPATH")
            environment.insert("PYTHONPATH", os.pathsep.join(filter(None, [str(_PACKAGE_ROOT), inherited])))
        return environment


class Worker(QObject):
    """A worker process from its start to its one outcome.

    Signals:
        told: An `events.Event` other than the outcome.
        ended: The `Outcome`; exactly once, whatever happens to the process, and last.
    """

    told = Signal(object)
    ended = Signal(object)

    def __init__(self, command: WorkerCommand, arguments: Sequence[str], parent: QObject | None = None) -> None:
        """Prepare ``command verb… --events jsonl``; `start` starts it."""
        super().__init__(parent)
        self._command = command
        self._outcome: Outcome | None = None
        self._has_ended = False
        self._is_cancelled = False
        self._process = QProcess(self)
        self._process.setProgram(command.program)
        self._process.setArguments([*command.arguments, *arguments, "--events", "jsonl"])
        self._process.setProcessEnvironment(command.environment())
        self._process.readyReadStandardOutput.connect(self._read_slice)
        self._process.finished.connect(self._read_slice)
        self._process.errorOccurred.connect(self._on_error)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._read_slice)
        self._killer = QTimer(self, singleShot=True)
        self._killer.timeout.connect(self._process.kill)

    def start(self) -> None:
        """Start the process; what becomes of it comes by `told` and `ended`."""
        self._process.start()

    def cancel(self) -> None:
        """Ask the process to stop, and kill it after the grace; activation is atomic, so either is safe."""
        if self._has_ended or self._is_cancelled:
            return
        self._is_cancelled = True
        self._process.write(b"cancel\n")
        self._killer.start(CANCEL_GRACE_MS)

    def _read_slice(self) -> None:
        """Read lines for a few milliseconds; what is left waits for the event loop's next turn."""
        deadline = perf_counter() + SLICE_S
        while self._process.canReadLine():
            self._take(parse_event(bytes(self._process.readLine().data())))
            if perf_counter() > deadline:
                self._more.start()
                return
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._end()

    def _take(self, event: Event) -> None:
        if not isinstance(event, Outcome):
            self.told.emit(event)
        elif self._outcome is None:
            self._outcome = event
            self._killer.start(EXIT_GRACE_MS)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # Measured: a program that cannot start emits only this; one that is killed emits this and `finished`.
        if error is QProcess.ProcessError.FailedToStart:
            self._outcome = _failed(
                WorkerNotStarted(f"`{self._command.program}` could not be started.", actual=self._process.errorString())
            )
            self._end()

    def _end(self) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        self._killer.stop()
        for text in self._last_words():
            self.told.emit(Unreadable(text))
        self.ended.emit(self._outcome or self._outcome_of_silence())

    def _outcome_of_silence(self) -> Outcome:
        """Say what it means that the process ended without telling an outcome."""
        if self._is_cancelled:
            return Outcome("cancelled")
        crashed = self._process.exitStatus() is QProcess.ExitStatus.CrashExit
        how = "it was killed or crashed" if crashed else f"it ended with status {self._process.exitCode()}"
        return _failed(WorkerDied("The worker process ended before it told its outcome.", actual=how))

    def _last_words(self) -> list[str]:
        rest = (self._process.readAllStandardOutput(), self._process.readAllStandardError())
        lines = [line for said in rest for line in bytes(said.data()).decode("utf-8", errors="replace").splitlines()]
        return [line for line in lines if line.strip()][-MAX_LAST_WORDS:]


def _failed(error: LauncherError) -> Outcome:
    return Outcome("failed", error=error.as_json())  # type: ignore[arg-type]
