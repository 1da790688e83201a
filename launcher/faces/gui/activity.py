"""What the window did: the jobs of this session, and a record of those of earlier ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from launcher.domain.progress import Phase
from launcher.faces.gui.activity_file import MAX_LOG_LINES, MAX_RECORDS, WAITING, Record, load_records, save_records
from launcher.faces.gui.events import Progressed
from launcher.faces.gui.jobs import Job, JobState
from launcher.faces.gui.orders import Verb
from launcher.faces.gui.turns import DOWNLOADS

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.faces.gui.jobs import JobQueue

# Reading what the screens show is no activity that a person asked for.
SILENT: Final = frozenset(
    {
        *(Verb.LIST, Verb.DISMISS, Verb.RESTORE, Verb.DOCTOR, Verb.READ_SETTINGS, Verb.PREVIEW),
        *(Verb.PLAN_MOVE, Verb.TEST_SOURCE, Verb.READ_SIGNERS),
        *(Verb.PLAN_RUN, Verb.REVOKE, Verb.COMPARE, Verb.NOTICES),
    }
)
# They are shown while they last, and need not be finished.
PASSING: Final = SILENT | {Verb.REFRESH}


class ActivityLog(QObject):
    """Keeps the records, newest first, in a small file of the window's own.

    The file is written whenever a job begins, waits, or ends: whatever ends the app, the next start finds what was
    going on. What waited then goes on, and what was interrupted can be started again.

    Attributes:
        queue: The jobs that it follows.

    Signals:
        changed: A job began or ended, or the record was cleared.
    """

    changed = Signal()

    def __init__(self, queue: JobQueue, path: Path) -> None:
        """Follow ``queue``; records are kept at ``path``, which need not exist."""
        super().__init__()
        self.queue, self._path = queue, path
        self._records: list[Record] | None = None
        self._began: dict[Job, str] = {}
        self._saved: list[tuple[Job, JobState]] = []
        self._is_silent = False
        queue.added.connect(self._on_added)
        queue.changed.connect(self._on_changed)
        queue.ended.connect(self._on_ended)
        queue.reordered.connect(self._on_reordered)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that wait or run, in the order in which they get their turn."""
        return tuple(job for job in self.queue.jobs if job in self._began)

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """Those among them that somebody asked for, and would miss."""
        return tuple(job for job in self.running if job.order.verb not in PASSING)

    @property
    def records(self) -> list[Record]:
        """Those that are over."""
        if self._records is None:
            self._records = load_records(self._path)
        return self._records

    def restore(self) -> None:
        """Take up again what waited or was paused when the app ended, the oldest first."""
        waiting = [record for record in self.records if record.state in WAITING]
        self._records = [record for record in self.records if record not in waiting]
        self._is_silent = True  # what is not taken up yet stays in the file until all of it is
        for record in reversed(waiting):
            if record.order.verb in DOWNLOADS:
                reached = Progressed(Phase.DOWNLOADING, record.done_bytes, record.total_bytes, None, None)
                is_paused = record.state is JobState.PAUSED
                job = self.queue.submit(record.order, paused_at=reached if is_paused else None)
                self._began[job] = record.began_at
            else:  # nobody expects a rollback or a removal of the day before yesterday
                self._records.insert(0, replace(record, state=None))
        self._is_silent = False
        self._save()
        self.changed.emit()

    def keep_for_next_start(self) -> None:
        """Keep downloads that run as waiting ones; what becomes of jobs from here on is not recorded."""
        self._save(is_leaving=True)
        self._is_silent = True

    def keep_on(self) -> None:
        """Record again what becomes of the jobs: the app stays after all."""
        self._is_silent = False
        self._save()

    def forget(self, record: Record) -> None:
        """Take one record away."""
        self._records = [other for other in self.records if other is not record]
        self._save()
        self.changed.emit()

    def clear(self) -> None:
        """Forget all that is over."""
        self._records = []
        self._save()
        self.changed.emit()

    def _on_added(self, job: Job) -> None:
        if job.order.verb in SILENT:
            return
        self._began[job] = _now()
        if job.order.verb is not Verb.REFRESH:
            self._save()
        self.changed.emit()

    def _on_changed(self, job: Job) -> None:
        if job in self._began and self._states() != self._saved:
            self._save()

    def _on_ended(self, job: Job) -> None:
        began_at = self._began.pop(job, None)
        if began_at is None:
            return
        # Asking the sources at every start is worth a record only where it failed.
        if job.order.verb is not Verb.REFRESH or job.state is JobState.FAILED:
            error = job.outcome.error if job.outcome else None
            log = tuple(islice(job.log, max(0, len(job.log) - MAX_LOG_LINES), None))
            self.records.insert(0, Record(job.order, job.state, began_at, _now(), error, log))
            del self.records[MAX_RECORDS:]
            self._save()
        self.changed.emit()

    def _on_reordered(self) -> None:
        self._save()
        self.changed.emit()

    def _states(self) -> list[tuple[Job, JobState]]:
        return [(job, job.state) for job in self.running]

    def _save(self, *, is_leaving: bool = False) -> None:
        """Write all; a disk that cannot take it costs the record, never the job."""
        if self._is_silent:
            return
        self._saved = self._states()
        going_on = [
            _record_of(job, self._began[job], is_leaving=is_leaving)
            for job in reversed(self.running)
            if job.order.verb is not Verb.REFRESH
        ]
        save_records(self._path, [*going_on, *self.records])


def _record_of(job: Job, began_at: str, *, is_leaving: bool) -> Record:
    """Return what is kept of an unfinished job; one that runs counts as interrupted, unless it is left in order."""
    state = {JobState.QUEUED: JobState.QUEUED, JobState.PAUSED: JobState.PAUSED}.get(job.state)
    if job.state is JobState.PAUSING:
        state = JobState.PAUSED
    elif is_leaving and job.can_pause:
        state = JobState.QUEUED
    progress = job.progress if job.phase == Phase.DOWNLOADING or job.state in WAITING else None
    done_bytes, total_bytes = (progress.done_bytes, progress.total_bytes) if progress else (0, None)
    return Record(job.order, state, began_at, done_bytes=done_bytes, total_bytes=total_bytes)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
