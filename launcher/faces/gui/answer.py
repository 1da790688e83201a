"""What a card shows of a job of its own: working, what it said, or why it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from launcher.faces.gui.announce import announce
from launcher.faces.gui.controls import Button, Pictogram, Text, set_tone
from launcher.faces.gui.job_look import job_look, show_share
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.texts import code_text, error_text, failure_title, job_text
from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView
    from launcher.faces.gui.jobs import Job


class Answer(QFrame):
    """Hidden until it follows a job.

    Signals:
        done: The job ended well; carries the job. What it found is then for the owner to show.
    """

    done = Signal(object)

    def __init__(self) -> None:
        """Make a hidden one."""
        super().__init__()
        self._job: Job | None = None
        self._picture = Pictogram(size=18)
        self._title = Text(Type.STRONG)
        self._text = Text(can_be_copied=True)
        self._code = Text(Type.SMALL, is_muted=True, can_be_copied=True)
        self._bar = QProgressBar(textVisible=False, maximum=0)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = Button(self.tr("Cancel"), "cancel")
        self._cancel.clicked.connect(self._on_cancel)
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        head.addWidget(self._picture)
        head.addWidget(self._title, 1)
        head.addWidget(self._cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L - 4, GAP_M, GAP_L - 4, GAP_M)
        box.setSpacing(GAP_M)
        box.addLayout(head)
        box.addWidget(self._text)
        box.addWidget(self._code)
        box.addWidget(self._bar)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether the job it follows goes on."""
        return self._job is not None and not self._job.is_over

    def follow(self, job: Job) -> None:
        """Show a job from now on, in place of the last one."""
        self._job = job
        job.changed.connect(self._on_changed)
        job.ended.connect(self._on_ended)
        self._on_changed(job)

    def tell(self, tone: Tone, icon_name: str, title: str, text: str = "", code: str = "") -> None:
        """Say something that is over; ``code`` is a small last line for whoever helps."""
        set_tone(self, tone)
        self._picture.become(icon_name, tone)
        self._title.setText(title)
        self._text.show_text(text)
        self._code.show_text(code)
        self._bar.hide()
        self._cancel.hide()
        self.setAccessibleName(f"{title}. {text}")
        self.show()

    def tell_failure(self, title: str, error: ErrorView) -> None:
        """Say what failed, in full."""
        self.tell(Tone.DANGER, "warning", title, error_text(error), code_text(error))

    def _on_changed(self, job: Job) -> None:
        if job is not self._job or job.is_over:
            return
        self.tell(Tone.NEUTRAL, job_look(job)[0], job_text(job))
        show_share(self._bar, job)
        self._cancel.setVisible(job.state is not JobState.CANCELLING)

    def _on_ended(self, job: Job) -> None:
        if job is not self._job or job.outcome is None:
            return
        if job.state is JobState.CANCELLED:
            self.tell(Tone.NEUTRAL, "cancel", self.tr("Stopped, as you asked"))
        elif job.state is JobState.FAILED and job.outcome.error:
            self.tell_failure(failure_title(job.order.verb), job.outcome.error)
        else:
            self.hide()
        self.done.emit(job)
        if self.isVisible():  # what was said, here or by whoever asked
            announce(self, self.accessibleName())

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
