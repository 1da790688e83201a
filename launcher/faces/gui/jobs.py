"""Jobs and their queue: any number of reads at once, but one writer to the store at a time (ADR 0006)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from launcher.domain.progress import Phase
from launcher.faces.gui.events import Logged, Outcome, PhaseBegan, Progressed, Unreadable
from launcher.faces.gui.worker import Worker, WorkerCommand

if TYPE_CHECKING:
    from launcher.faces.gui.events import Event

MAX_LOG_LINES: Final = 2000
# A transfer that tells nothing for so long is named a stall (7-screens, rule 5).
STALL_S: Final = 5.0


class Verb(StrEnum):
    """What a job does."""

    LIST = "list"
    REFRESH = "refresh"
    INSTALL = "install"
    UPDATE = "update"
    ROLL_BACK = "rollback"
    VERIFY = "audit"
    SMOKE = "smoke"
    DISMISS = "dismiss"
    RESTORE = "restore"
    PREVIEW = "preview"
    PRUNE = "prune"
    DOCTOR = "doctor"
    REPAIR = "repair"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
    READ_SETTINGS = "read-settings"
    SET = "set"
    RUN = "run"
    IMPORT = "import"
    EXPORT = "export"


class JobState(StrEnum):
    """Where a job is; the last four are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    NOTHING_TO_DO = "nothing-to-do"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the verb, what it is about, and the words of its command line.

    Attributes:
        bundle_id: The bundle that it is about; None for a job about all of them.
        is_writer: Whether it changes the store or the settings, so that it must wait for others that do.
        about: What it is about, where that is no bundle or where it must not stand in the way of others about it.
    """

    verb: Verb
    arguments: tuple[str, ...]
    bundle_id: str | None = None
    is_writer: bool = True
    about: str = ""


class Job(QObject):
    """An order on its way, and what is known of it.

    Signals:
        changed: Anything that a screen shows of it changed; carries the job.
        told: Each `events.Event` but the outcome; rows are for whoever ordered them.
        ended: It has its outcome; carries the job.
    """

    changed = Signal(object)
    told = Signal(object)
    ended = Signal(object)

    def __init__(self, order: Order) -> None:
        """Make a job that waits for its turn."""
        super().__init__()
        self.order = order
        self.state = JobState.QUEUED
        self.phase: str = Phase.QUEUED
        self.subject = ""
        self.progress: Progressed | None = None
        self.outcome: Outcome | None = None
        self.log: deque[str] = deque(maxlen=MAX_LOG_LINES)
        self._worker: Worker | None = None
        self._last_moved_s = monotonic()

    @property
    def is_over(self) -> bool:
        """Whether it has its outcome."""
        return self.outcome is not None

    def silent_s(self) -> float:
        """Return for how long nothing moved; what counts as a stall is `STALL_S`."""
        return monotonic() - self._last_moved_s

    def start(self, command: WorkerCommand) -> None:
        """Start the worker process; the queue decides when."""
        self.state = JobState.RUNNING
        self.phase = Phase.RESOLVING
        self._worker = Worker(command, self.order.arguments, self)
        self._worker.told.connect(self._hear)
        self._worker.ended.connect(self._end)
        self._last_moved_s = monotonic()
        self._worker.start()
        self.changed.emit(self)

    def cancel(self) -> None:
        """Stop it, whatever it is doing; one that waits ends at once."""
        if self._worker is None:
            self._end(Outcome("cancelled"))
        elif not self.is_over and self.state is not JobState.CANCELLING:
            self.state = JobState.CANCELLING
            self._worker.cancel()
            self.changed.emit(self)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Progressed) or self.progress is None or event.done_bytes != self.progress.done_bytes:
            self._last_moved_s = monotonic()
        if isinstance(event, PhaseBegan):
            self.phase, self.subject, self.progress = event.phase, event.subject, None
            self.log.append(f"{event.phase}: {event.subject}")
        elif isinstance(event, Progressed):
            self.phase, self.progress = event.phase, event
        elif isinstance(event, Logged):
            self.log.append(event.message)
        elif isinstance(event, Unreadable):
            self.log.append(event.text)
        self.told.emit(event)
        if isinstance(event, (PhaseBegan, Progressed)):
            self.changed.emit(self)

    def _end(self, outcome: Outcome) -> None:
        if self.is_over:
            return
        self.outcome = outcome
        self.state = JobState(outcome.status)
        if self._worker is not None:
            self._worker.deleteLater()
        if outcome.error is not None:
            self.log.append(f"{outcome.error['code']}: {outcome.error['message']}")
        self.changed.emit(self)
        self.ended.emit(self)


class JobQueue(QObject):
    """Starts jobs in the order in which they were asked for.

    Signals:
        added: A job was taken in.
        changed: A job's state, phase or progress changed.
        ended: A job has its outcome.
    """

    added = Signal(object)
    changed = Signal(object)
    ended = Signal(object)

    def __init__(self, command: WorkerCommand, parent: QObject | None = None) -> None:
        """Make an empty queue whose workers are started with ``command``."""
        super().__init__(parent)
        self._command = command
        self._jobs: list[Job] = []
        self._retired: list[Job] = []
        # Not at once: a program that cannot start may say so before whoever ordered it listens.
        self._next_round = QTimer(self, singleShot=True, interval=0)
        self._next_round.timeout.connect(self._on_next_round)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Those that are not over, oldest first."""
        return tuple(self._jobs)

    def job_of(self, bundle_id: str) -> Job | None:
        """Return the job about a bundle that waits or runs, if there is one."""
        return next((job for job in self._jobs if job.order.bundle_id == bundle_id), None)

    def submit(self, order: Order) -> Job:
        """Take an order in; it starts when the event loop comes round and no other writer runs."""
        job = Job(order)
        job.changed.connect(self.changed)
        job.ended.connect(self._retire)
        self._jobs.append(job)
        self.added.emit(job)
        self._next_round.start()
        return job

    def cancel_all(self) -> None:
        """Stop every job, the waiting ones first so that none of them starts."""
        for job in reversed(self.jobs):
            job.cancel()

    def _on_next_round(self) -> None:
        self._retired.clear()
        is_writing = any(job.order.is_writer and job.state is not JobState.QUEUED for job in self._jobs)
        for job in self.jobs:
            if job.state is not JobState.QUEUED or (job.order.is_writer and is_writing):
                continue
            is_writing = is_writing or job.order.is_writer
            job.start(self._command)

    def _retire(self, job: Job) -> None:
        self._jobs.remove(job)
        self._retired.append(job)  # its worker is still on the stack; it may be freed in the next round
        self._next_round.start()
        self.ended.emit(job)
