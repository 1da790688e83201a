"""What a running job tells: its phase, its bytes, its log, and exactly one outcome."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Phase(StrEnum):
    """The phases of a job, as every face shows them (7-screens, rule 5)."""

    QUEUED = "queued"
    RESOLVING = "resolving"
    DOWNLOADING = "downloading"
    VERIFYING = "verifying"
    UNPACKING = "unpacking"
    SAVING = "saving"
    TESTING = "testing"
    ACTIVATING = "activating"
    ACTIVE = "active"
    STARTING = "starting"
    RUNNING = "running"
    HEALTHY = "healthy"
    REMOVING = "removing"


class Observer(Protocol):
    """Who is told. Any of its methods may raise `launcher.domain.errors.Cancelled`.

    Long work calls `advance` at least every few megabytes or tenth of a second, from any thread
    that it runs in, so that a cancel is heard within a second in every phase.
    """

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
        """A phase begins; ``subject`` is the bundle, file or revision that it is about."""

    def advance(self, added_bytes: int) -> None:
        """So many more bytes of the phase's total are done; negative where a transfer starts again."""

    def log(self, message: str) -> None:
        """Something worth keeping in the job's log happened."""


class Silent:
    """An observer that nobody listens to."""

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
        """Ignore the phase."""

    def advance(self, added_bytes: int) -> None:
        """Ignore the bytes."""

    def log(self, message: str) -> None:
        """Ignore the message."""
