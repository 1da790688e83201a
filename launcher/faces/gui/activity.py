"""What the window did: the jobs of this session, and a record of those of earlier ones."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QIODevice, QObject, QSaveFile, Signal

from launcher.faces.gui.jobs import Job, JobState, Order, Verb

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.views import ErrorView
    from launcher.faces.gui.jobs import JobQueue

MAX_RECORDS: Final = 60
MAX_LOG_LINES: Final = 200
# Reading what the screens show is no activity that a person asked for.
SILENT: Final = frozenset({Verb.LIST, Verb.DISMISS, Verb.RESTORE, Verb.DOCTOR, Verb.READ_SETTINGS, Verb.PREVIEW})


@dataclass(frozen=True, slots=True)
class Record:
    """One job that is over; or that was not when the app ended, whose state is then None.

    Attributes:
        log: Its last lines.
    """

    order: Order
    state: JobState | None
    began_at: str
    ended_at: str | None = None
    error: ErrorView | None = None
    log: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return {**asdict(self), "state": self.state.value if self.state else None}


class ActivityLog(QObject):
    """Keeps the records, newest first, in a small file of the window's own.

    The file is written when a job begins and when it ends: whatever ends the app, the next start finds what was
    going on, and can offer to go on with it.

    Signals:
        changed: A job began or ended, or the record was cleared.
    """

    changed = Signal()

    def __init__(self, queue: JobQueue, path: Path) -> None:
        """Follow ``queue``; records are kept at ``path``, which need not exist."""
        super().__init__()
        self._path = path
        self._records: list[Record] | None = None
        self._began: dict[Job, str] = {}
        queue.added.connect(self._on_added)
        queue.ended.connect(self._on_ended)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that wait or run, oldest first."""
        return tuple(self._began)

    @property
    def records(self) -> list[Record]:
        """Those that are over."""
        if self._records is None:
            self._records = load_records(self._path)
        return self._records

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

    def _save(self) -> None:
        """Write all; a disk that cannot take it costs the record, never the job."""
        going_on = [
            Record(job.order, None, began_at)
            for job, began_at in reversed(self._began.items())
            if job.order.verb is not Verb.REFRESH
        ]
        kept = [record.as_json() for record in (*going_on, *self.records)]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = QSaveFile(str(self._path))
        if file.open(QIODevice.OpenModeFlag.WriteOnly):
            file.write(json.dumps({"version": 1, "jobs": kept}).encode())
            file.commit()


def load_records(path: Path) -> list[Record]:
    """Return the records of a file; what cannot be read is left out."""
    try:
        jobs = json.loads(path.read_bytes())["jobs"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
    rows = jobs if isinstance(jobs, list) else []
    return [record for row in rows[:MAX_RECORDS] if (record := _find_record(row)) is not None]


def _find_record(row: Any) -> Record | None:  # noqa: ANN401 - any JSON value
    try:
        order = row["order"]
        error = row["error"]
        return Record(
            Order(
                Verb(order["verb"]),
                tuple(str(word) for word in order["arguments"]),
                order["bundle_id"] and str(order["bundle_id"]),
                is_writer=bool(order["is_writer"]),
                about=str(order["about"]),
            ),
            row["state"] and JobState(row["state"]),
            str(row["began_at"]),
            row["ended_at"] and str(row["ended_at"]),
            cast("ErrorView", error) if error and error["code"] and error["message"] else None,
            tuple(str(line) for line in row["log"][:MAX_LOG_LINES]),
        )
    except (ValueError, TypeError, KeyError):
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
