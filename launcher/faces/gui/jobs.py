"""Jobs and their queue: any number of reads at once, and changes as `turns` allows (ADR 6)."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from launcher.domain.errors import StoreLocked
from launcher.domain.progress import Phase
from launcher.faces.gui.events import Logged, Outcome, PhaseBegan, Progressed, Unreadable
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.turns import DOWNLOADS, USUAL_DOWNLOADS, compete, find_rival
from launcher.faces.gui.worker import Worker, WorkerCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.faces.gui.events import Event

__all__ = ["STALL_S", "Job", "JobQueue", "JobState", "Order", "Verb"]

MAX_LOG_LINES: Final = 2000
# A transfer that tells nothing for so long is named a stall (7-screens, rule 5).
STALL_S: Final = 5.0
# Until here nothing is lost by stopping: what came stays in its partial file.
PAUSABLE_PHASES: Final = frozenset({Phase.QUEUED, Phase.RESOLVING, Phase.DOWNLOADING})
# How the core's logs begin that tell of another process, which has the store or fetches the same.
WAIT: Final = "Waiting for "


class JobState(StrEnum):
    """Where a job is; the last four are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    CANCELLING = "cancelling"
    DONE = "done"
    NOTHING_TO_DO = "nothing-to-do"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(QObject):
    """An order on its way, and what is known of it.

    Attributes:
        waits_for: The order of this window that it waits for, while it is queued.
        waits_on: Which other process it waits for, as the core says it; empty while it waits for none.

    Signals:
        changed: Anything that a screen shows of it changed; carries the job.
        told: Each `events.Event` but the outcome; rows are for whoever ordered them.
        ended: It has its outcome; carries the job.
    """

    changed = Signal(object)
    told = Signal(object)
    ended = Signal(object)

    def __init__(self, order: Order, has_rivals: Callable[[Job], bool] = lambda _job: False) -> None:
        """Make a job that waits for its turn.

        Args:
            order: What is asked for.
            has_rivals: Tells whether others than this job may keep the store's lock. It is given the job instead of
                knowing it, so that a job is freed with its last reference and not whenever cycles are collected.
        """
        super().__init__()
        self.order = order
        self.state = JobState.QUEUED
        self.phase: str = Phase.QUEUED
        self.subject = ""
        self.progress: Progressed | None = None
        self.outcome: Outcome | None = None
        self.waits_for: Order | None = None
        self.waits_on = ""
        self.log: deque[str] = deque(maxlen=MAX_LOG_LINES)
        self._has_rivals = has_rivals
        self._worker: Worker | None = None
        self._last_moved_s = monotonic()

    @property
    def is_over(self) -> bool:
        """Whether it has its outcome."""
        return self.outcome is not None

    @property
    def is_running(self) -> bool:
        """Whether it has a worker process."""
        return self._worker is not None and not self.is_over

    @property
    def can_pause(self) -> bool:
        """Whether stopping it now loses nothing: it waits for its turn, or it is still fetching."""
        if self.order.verb not in DOWNLOADS:
            return False
        return self.state is JobState.QUEUED or (self.state is JobState.RUNNING and self.phase in PAUSABLE_PHASES)

    @property
    def is_waiting(self) -> bool:
        """Whether it does nothing before another has ended, of this window or of another process."""
        return self.state is JobState.QUEUED or (self.state is JobState.RUNNING and bool(self.waits_on))

    @property
    def is_stalled(self) -> bool:
        """Whether it fetches, and nothing has come for a while."""
        is_fetching = self.state is JobState.RUNNING and self.phase == Phase.DOWNLOADING
        return is_fetching and not self.waits_on and self.silent_s() > STALL_S

    def silent_s(self) -> float:
        """Return for how long nothing moved; what counts as a stall is `STALL_S`."""
        return monotonic() - self._last_moved_s

    def start(self, command: WorkerCommand) -> None:
        """Start the worker process; the queue decides when."""
        self.state = JobState.RUNNING
        self.phase = Phase.RESOLVING
        self.progress, self.waits_for = None, None
        self._worker = Worker(command, self.order.arguments, self)
        self._worker.told.connect(self._hear)
        self._worker.ended.connect(self._end)
        self._last_moved_s = monotonic()
        self._worker.start()
        self.changed.emit(self)

    def wait_for(self, order: Order) -> None:
        """Note what is in the way; the queue knows."""
        if self.waits_for is not order:
            self.waits_for = order
            self.changed.emit(self)

    def cancel(self) -> None:
        """Stop it, whatever it is doing; one that waits or was paused ends at once."""
        if self._worker is None:
            self._end(Outcome("cancelled"))
        elif not self.is_over and self.state is not JobState.CANCELLING:
            self.state = JobState.CANCELLING
            self._worker.cancel()
            self.changed.emit(self)

    def pause(self) -> None:
        """End its worker and keep what came; does nothing where `can_pause` is not so."""
        if not self.can_pause:
            return
        if self._worker is None:
            self._wait_in(JobState.PAUSED)
        else:
            self.state = JobState.PAUSING
            self._worker.cancel()
            self.changed.emit(self)

    def resume(self) -> None:
        """Let a paused job wait for its turn again; what came is not fetched again."""
        if self.state is JobState.PAUSED:
            self._wait_in(JobState.QUEUED)

    def _wait_in(self, state: JobState) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None
        self.state, self.waits_on = state, ""
        self.log.append(state.value)
        self.changed.emit(self)

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Progressed) or self.progress is None or event.done_bytes != self.progress.done_bytes:
            self._last_moved_s = monotonic()
        if isinstance(event, PhaseBegan):
            self._begin_phase(event)
        elif isinstance(event, Progressed):
            self._take_progress(event)
        elif isinstance(event, Logged):
            self.log.append(event.message)
            self.waits_on = event.message if event.message.startswith(WAIT) else self.waits_on
        elif isinstance(event, Unreadable):
            self.log.append(event.text)
        self.told.emit(event)
        if isinstance(event, (PhaseBegan, Progressed)) or (isinstance(event, Logged) and self.waits_on):
            self.changed.emit(self)

    def _take_progress(self, event: Progressed) -> None:
        if event.done_bytes != (self.progress.done_bytes if self.progress else 0):
            self.waits_on = ""  # who waits tells that nothing has come, to hear of a cancel
        self.phase, self.progress = event.phase, event

    def _begin_phase(self, event: PhaseBegan) -> None:
        self.phase, self.subject, self.progress, self.waits_on = event.phase, event.subject, None, ""
        self.log.append(f"{event.phase}: {event.subject}")

    def _end(self, outcome: Outcome) -> None:
        if self.is_over:
            return
        if outcome.status == "cancelled" and self.phase == Phase.ACTIVE:  # too late: what was asked for is so now
            outcome = Outcome("done")
        if self.state is JobState.PAUSING and outcome.status == "cancelled":
            self._wait_in(JobState.PAUSED)
            return
        if outcome.error is not None:
            self.log.append(f"{outcome.error['message']} [{outcome.error['code']}]")
            # Another job of ours kept the store for longer than a worker waits. What was fetched is there.
            if outcome.error["code"] == StoreLocked.code and self.state is JobState.RUNNING and self._has_rivals(self):
                self._wait_in(JobState.QUEUED)
                return
        self.outcome = outcome
        self.state = JobState(outcome.status)
        if self._worker is not None:
            self._worker.deleteLater()
        self.changed.emit(self)
        self.ended.emit(self)


class JobQueue(QObject):
    """Starts jobs in the order in which they were asked for, as far as `turns` lets them run at once.

    Signals:
        added: A job was taken in.
        changed: A job's state, phase or progress changed.
        ended: A job has its outcome.
        reordered: Waiting jobs stand in another order.
    """

    added = Signal(object)
    changed = Signal(object)
    ended = Signal(object)
    reordered = Signal()

    def __init__(self, command: WorkerCommand, parent: QObject | None = None) -> None:
        """Make an empty queue whose workers are started with ``command``."""
        super().__init__(parent)
        self._command = command
        self._downloads = USUAL_DOWNLOADS
        self._jobs: list[Job] = []
        self._retired: list[Job] = []
        # Not at once: a program that cannot start may say so before whoever ordered it listens.
        self._next_round = QTimer(self, singleShot=True, interval=0)
        self._next_round.timeout.connect(self._on_next_round)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Those that are not over, in the order in which they get their turn."""
        return tuple(self._jobs)

    @property
    def is_changing_store(self) -> bool:
        """Whether a job of this window may be changing what the list shows, beyond fetching."""
        return any(job.is_running and job.order.is_writer and job.phase != Phase.DOWNLOADING for job in self._jobs)

    def job_of(self, bundle_id: str) -> Job | None:
        """Return the job about a bundle that waits or runs, if there is one."""
        return next((job for job in self._jobs if job.order.bundle_id == bundle_id), None)

    def allow_downloads(self, count: int) -> None:
        """Let so many downloads run at once; those that run already go on."""
        self._downloads = count
        self._next_round.start()

    def submit(self, order: Order, *, paused_at: Progressed | None = None) -> Job:
        """Take an order in; it starts when the event loop comes round and its turn has come.

        Args:
            order: What is asked for.
            paused_at: Where an earlier session paused it: it waits until it is resumed.
        """
        job = Job(order, self._has_rivals)
        if paused_at is not None:
            job.state, job.progress = JobState.PAUSED, paused_at
        job.changed.connect(self._on_changed)
        job.ended.connect(self._retire)
        self._jobs.append(job)
        self.added.emit(job)
        self._next_round.start()
        return job

    def can_hasten(self, job: Job) -> bool:
        """Tell whether a job waits behind another that waits too, and for the same."""
        return self._find_ahead(job) is not None

    def hasten(self, job: Job) -> None:
        """Let a waiting job be the next of those that wait for the same."""
        ahead = self._find_ahead(job)
        if ahead is not None:
            self._jobs.remove(job)
            self._jobs.insert(self._jobs.index(ahead), job)
            self.reordered.emit()
            self._next_round.start()

    def _find_ahead(self, job: Job) -> Job | None:
        waiting = [other for other in self._jobs if other.state is JobState.QUEUED]
        if job not in waiting:
            return None
        return next((other for other in waiting[: waiting.index(job)] if compete(other.order, job.order)), None)

    def cancel_all(self) -> None:
        """Stop every job, the waiting ones first so that none of them starts."""
        for job in reversed(self.jobs):
            job.cancel()

    def _has_rivals(self, job: Job) -> bool:
        return any(other is not job and other.is_running and other.order.is_writer for other in self._jobs)

    def _on_changed(self, job: Job) -> None:
        if job.state in {JobState.QUEUED, JobState.PAUSED}:
            self._next_round.start()  # it may be its turn again, or it has made room
        self.changed.emit(job)

    def _on_next_round(self) -> None:
        self._retired.clear()
        running = [job.order for job in self._jobs if job.is_running]
        before: list[Order] = []
        for job in self.jobs:
            if job.state is not JobState.QUEUED:
                continue
            rival = find_rival(job.order, running, before, self._downloads)
            if rival is None:
                running.append(job.order)
                job.start(self._command)
            else:
                before.append(job.order)
                job.wait_for(rival)

    def _retire(self, job: Job) -> None:
        self._jobs.remove(job)
        self._retired.append(job)  # its worker is still on the stack; it may be freed in the next round
        self._next_round.start()
        self.ended.emit(job)
