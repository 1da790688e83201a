"""What a screen reader says by itself, wherever the focus is: jobs, errors, notices (7-screens, rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from launcher.faces.gui.jobs import Job, JobQueue

# A phase that is over before it could be said would only be noise.
LASTING_MS: Final = 1500
_SAID_AT_ONCE: Final = frozenset({"paused", "cancelling"})


def announce(source: QObject, text: str) -> None:
    """Let a screen reader say what just happened; nobody hears anything where none runs."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))


class JobCrier(QObject):
    """Says that a job began, rests or stops, and each phase that lasts; how it ended is for whoever asked for it."""

    def __init__(self, queue: JobQueue, source: QObject) -> None:
        """Follow ``queue``, and speak for ``source``."""
        super().__init__(source)
        self._source = source
        self._said: dict[Job, tuple[str, str, str]] = {}
        self._later: list[Job] = []
        self._clock = QTimer(self, singleShot=True, interval=LASTING_MS)
        self._clock.timeout.connect(self._say_what_lasts)
        queue.changed.connect(self._on_changed)
        queue.ended.connect(self._on_ended)

    def _on_changed(self, job: Job) -> None:
        from launcher.faces.gui.activity import PASSING  # noqa: PLC0415 - start-up time: after the first job

        if job.is_over or job.order.verb in PASSING:
            return
        state, before = job.state.value, self._said.get(job)
        if state in _SAID_AT_ONCE or (state == "running" and before is None):
            if before is None or before[0] != state:
                self._say(job)
        elif state == "running" and job not in self._later and before != _doing(job):
            self._later.append(job)
            self._clock.start()

    def _on_ended(self, job: Job) -> None:
        self._said.pop(job, None)
        if job in self._later:
            self._later.remove(job)

    def _say_what_lasts(self) -> None:
        waiting, self._later = self._later, []
        for job in waiting:
            if job.state.value == "running" and self._said.get(job) != _doing(job):
                self._say(job)

    def _say(self, job: Job) -> None:
        from launcher.faces.gui.texts import job_text, job_title  # noqa: PLC0415 - start-up time: after the first job

        self._said[job] = _doing(job)
        announce(self._source, f"{job_title(job.order.verb)}: {job_text(job)}")


def _doing(job: Job) -> tuple[str, str, str]:
    return job.state.value, job.phase, job.waits_on
