"""What a job that is not over looks like, wherever it is shown: its picture, its bar, its pause button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from launcher.faces.gui.controls import Button
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.theme import Tone
from launcher.faces.gui.turns import DOWNLOADS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressBar

    from launcher.faces.gui.jobs import Job

translate = QCoreApplication.translate

# A thousand steps, as QProgressBar counts in 32 bits and bundles have more bytes.
STEPS: Final = 1000
TICK_MS: Final = 1000
_AT_REST: Final = frozenset({JobState.QUEUED, JobState.PAUSING, JobState.PAUSED})


def job_look(job: Job) -> tuple[str, Tone]:
    """Return the icon and its tone; what it means stands beside it in words (`texts.job_text`)."""
    if job.is_stalled:
        return "warning", Tone.WARNING
    if job.is_waiting:
        return "clock", Tone.NEUTRAL
    icons = {JobState.PAUSING: "pause", JobState.PAUSED: "pause"}
    return icons.get(job.state, "refresh"), Tone.NEUTRAL if job.state in _AT_REST else Tone.ACCENT


def show_share(bar: QProgressBar, job: Job) -> None:
    """Show how much of a job's phase is done; without a total the bar says "working" (7-screens, rule 5).

    What rests and has done nothing yet has no bar: its words say what it waits for.
    """
    is_resting = job.state in _AT_REST or job.is_waiting
    set_resting(bar, is_resting=is_resting)
    progress = job.progress
    if progress is not None and progress.total_bytes:
        bar.setMaximum(STEPS)
        bar.setValue(min(STEPS, progress.done_bytes * STEPS // progress.total_bytes))
    else:
        bar.setMaximum(STEPS if is_resting else 0)
        bar.setValue(0)
    bar.setVisible(not is_resting or bar.value() > 0)


def set_resting(bar: QProgressBar, *, is_resting: bool) -> None:
    """Give a bar the colour of something that moves, or of something that does not."""
    if bar.property("resting") is not is_resting:
        bar.setProperty("resting", is_resting)
        bar.style().unpolish(bar)
        bar.style().polish(bar)


class PauseButton(Button):
    """Pauses a job, or lets it go on; there only for jobs that fetch, and disabled once they have."""

    def __init__(self) -> None:
        """Make a button that follows no job yet."""
        super().__init__(translate("jobs", "Pause"), "pause")
        self._job: Job | None = None
        self.clicked.connect(self._on_clicked)

    def follow(self, job: Job) -> None:
        """Show what can be done with a job now."""
        self._job = job
        if job.state is JobState.PAUSED:
            self.become(translate("jobs", "Resume"), "run", "primary")
        else:
            self.become(translate("jobs", "Pause"), "pause", "secondary")
        self.setEnabled(job.can_pause or job.state is JobState.PAUSED)
        self.setVisible(job.order.verb in DOWNLOADS and not job.is_over)

    def _on_clicked(self) -> None:
        if self._job is None:
            return
        if self._job.state is JobState.PAUSED:
            self._job.resume()
        else:
            self._job.pause()
