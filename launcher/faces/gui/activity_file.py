"""The file in which the window keeps its jobs: those that are over, and those that a later start takes up again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QIODevice, QSaveFile

from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from launcher.domain.views import ErrorView

MAX_RECORDS: Final = 60
MAX_LOG_LINES: Final = 200
WAITING: Final = frozenset({JobState.QUEUED, JobState.PAUSED})


@dataclass(frozen=True, slots=True)
class Record:
    """One job as it is kept.

    Attributes:
        state: How it ended; ``QUEUED`` or ``PAUSED`` where it waits to go on; None where the app ended before it.
        log: Its last lines.
        done_bytes: What it had fetched when it was stopped.
        total_bytes: Of how much; None where nobody knew.
    """

    order: Order
    state: JobState | None
    began_at: str
    ended_at: str | None = None
    error: ErrorView | None = None
    log: tuple[str, ...] = field(default=())
    done_bytes: int = 0
    total_bytes: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return {**asdict(self), "state": self.state.value if self.state else None}


def load_records(path: Path) -> list[Record]:
    """Return the records of a file, newest first; what cannot be read is left out."""
    try:
        jobs = json.loads(path.read_bytes())["jobs"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
    rows = jobs if isinstance(jobs, list) else []
    return [record for row in rows[:MAX_RECORDS] if (record := _find_record(row)) is not None]


def save_records(path: Path, records: Sequence[Record]) -> bool:
    """Replace the file in one step; return whether the disk could take it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    file.write(json.dumps({"version": 1, "jobs": [record.as_json() for record in records]}).encode())
    return file.commit()


def _find_record(row: Any) -> Record | None:  # noqa: ANN401 - any JSON value
    try:
        error, total_bytes = row["error"], row.get("total_bytes")
        return Record(
            _order_of(row["order"]),
            row["state"] and JobState(row["state"]),
            str(row["began_at"]),
            row["ended_at"] and str(row["ended_at"]),
            cast("ErrorView", error) if error and error["code"] and error["message"] else None,
            tuple(str(line) for line in row["log"][:MAX_LOG_LINES]),
            int(row.get("done_bytes") or 0),
            None if total_bytes is None else int(total_bytes),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _order_of(row: dict[str, Any]) -> Order:
    """Build an order of its fields.

    Raises:
        KeyError: A field is missing.
        ValueError: The verb is an unknown one.
    """
    return Order(
        Verb(row["verb"]),
        tuple(str(word) for word in row["arguments"]),
        row["bundle_id"] and str(row["bundle_id"]),
        is_writer=bool(row["is_writer"]),
        about=str(row["about"]),
    )
