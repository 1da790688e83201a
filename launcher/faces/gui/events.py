"""The lines that a worker process writes, as values (6-interfaces, ``--events jsonl``).

A line that is none of them is an `Unreadable`: a worker may die in the middle of one, and a window that raises
because of it would hide what happened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView

Status = Literal["done", "nothing-to-do", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class PhaseBegan:
    """A phase begins; ``subject`` is the bundle or file that it is about."""

    phase: str
    subject: str
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Progressed:
    """So much of a phase is done; speed and time left are None until they can be told."""

    phase: str
    done_bytes: int
    total_bytes: int | None
    bytes_per_s: float | None
    remaining_s: float | None


@dataclass(frozen=True, slots=True)
class Logged:
    """A line for the job's log."""

    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a long answer: a bundle, catalog, banner or installation of ``launcher.domain.views``."""

    kind: str
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended. Every job ends in exactly one."""

    status: Status
    error: ErrorView | None = None
    result: dict[str, Any] | None = None

    @property
    def is_good(self) -> bool:
        """Whether what was asked for is so now."""
        return self.status in {"done", "nothing-to-do"}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no event; it goes into the job's log."""

    text: str


Event = PhaseBegan | Progressed | Logged | Row | Outcome | Unreadable


def parse_event(line: bytes) -> Event:
    """Return the event that a line is, or `Unreadable`; never raises."""
    try:
        fields = json.loads(line)
        return _event(fields)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Unreadable(line.decode("utf-8", errors="replace").strip()[:2000])


def _event(fields: dict[str, Any]) -> Event:
    """Build the event of a type that this version knows.

    Raises:
        KeyError: A field is missing.
        TypeError: A field is of another type.
        ValueError: The type or the status is an unknown one.
    """
    match fields["type"]:
        case "phase":
            return PhaseBegan(str(fields["phase"]), str(fields["subject"]), _whole_or_none(fields.get("total_bytes")))
        case "progress":
            return Progressed(
                str(fields["phase"]),
                int(fields["done_bytes"]),
                _whole_or_none(fields.get("total_bytes")),
                _number_or_none(fields.get("bytes_per_s")),
                _number_or_none(fields.get("remaining_s")),
            )
        case "log":
            return Logged(str(fields["message"]))
        case "row":
            return Row(str(fields["kind"]), dict(fields["value"]))
        case "outcome":
            return _outcome(fields)
        case unknown:
            raise ValueError(unknown)


def _outcome(fields: dict[str, Any]) -> Outcome:
    status, error, result = fields["status"], fields.get("error"), fields.get("result")
    if status not in get_args(Status) or (status == "failed" and not (error and error["code"] and error["message"])):
        raise ValueError(status)
    return Outcome(status, cast("ErrorView | None", error), None if result is None else dict(result))


def _whole_or_none(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _number_or_none(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
