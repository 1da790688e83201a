"""One job as a row of the Activity screen: one that goes on, or the record of one that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QProgressBar

from launcher.faces.gui.announce import announce
from launcher.faces.gui.controls import Button, Pictogram, Text
from launcher.faces.gui.job_look import STEPS, TICK_MS, PauseButton, job_look, show_share
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.page import Head
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.quantities import age_text, duration_text, seconds_between
from launcher.faces.gui.redaction import redact
from launcher.faces.gui.texts import error_facts, error_in_full, failure_title, job_text, job_title, translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone, Type

if TYPE_CHECKING:
    from launcher.faces.gui.activity_file import Record
    from launcher.faces.gui.jobs import Job, JobQueue

# How a job ended: icon, tone. The word stands beside it.
_ENDS: Final = {
    JobState.DONE: ("active", Tone.GOOD),
    JobState.NOTHING_TO_DO: ("check", Tone.NEUTRAL),
    JobState.FAILED: ("warning", Tone.DANGER),
    JobState.CANCELLED: ("cancel", Tone.NEUTRAL),
}


class _Row(QFrame):
    """Picture, title and what it is about at the left, buttons at the right, a line below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.picture = Pictogram(size=20)
        heading = Text(Type.STRONG)
        heading.setText(title)
        self._subject = Text(Type.SMALL, is_muted=True, can_be_copied=True)
        self.text = Text(can_be_copied=True)
        self.head = Head(heading, self._subject, self.text)
        self.head.words.setSpacing(GAP_S)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP_M + GAP_S, GAP_L, GAP_M + GAP_S)
        row.setSpacing(GAP_M + GAP_S)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.head, 1)
        self._title, self._about = title, ""
        self._subject.hide()

    def show_about(self, about: str) -> None:
        """Say what the job is about; nothing where it is about everything."""
        self._about = about
        self._subject.show_text(about)
        self.name()

    def name(self) -> None:
        """Tell screen readers what the row says now."""
        title = f"{self._title}, {self._about}" if self._about else self._title
        self.setAccessibleName(f"{title}: {self.text.text()}")


class RunningRow(_Row):
    """A job that waits or runs."""

    def __init__(self, job: Job, queue: JobQueue) -> None:
        """Show a job of ``queue``; it changes by itself until it is over."""
        super().__init__(job_title(job.order.verb))
        self.job, self._queue = job, queue
        self._bar = QProgressBar(textVisible=False, maximum=STEPS)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.head.words.insertWidget(3, self._bar)
        self._next = Button(self.tr("Do next"), "first")
        self._next.clicked.connect(self._on_next)
        self._pause = PauseButton()
        self._cancel = Button(self.tr("Cancel"), "cancel")
        self._cancel.clicked.connect(job.cancel)
        self.head.add(self._next)
        self.head.add(self._pause)
        self.head.add(self._cancel)
        self._pause.follow(job)
        self._tick = QTimer(self, interval=TICK_MS)  # a stall is the absence of events: somebody has to look
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        job.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the job does now, and whether it could be done earlier."""
        job = self.job
        if job.is_over:
            self._tick.stop()
            return
        self.picture.become(*job_look(job))
        self.text.show_text(job_text(job))
        self._pause.follow(job)
        self._next.setVisible(self._queue.can_hasten(job))
        self._cancel.setEnabled(job.state is not JobState.CANCELLING)
        show_share(self._bar, job)
        self.name()

    def _on_next(self) -> None:
        self._cancel.setFocus()  # its own button goes
        self._queue.hasten(self.job)
        announce(self, self.tr("{title} is the next").format(title=self.accessibleName()))


class RecordRow(_Row):
    """A job that is over.

    Attributes:
        retry: Does the same again.
        open_log: Shows its log.
    """

    def __init__(self, record: Record, about: str) -> None:
        """Show a record."""
        super().__init__(job_title(record.order.verb))
        self.record = record
        icon_name, tone = _ENDS[record.state] if record.state else ("warning", Tone.WARNING)
        self.picture.become(icon_name, tone)
        self.text.setText(end_text(record))
        self.retry = Button(self.tr("Try again") if _has_failed(record) else self.tr("Do it again"), "refresh")
        self.open_log = Button(self.tr("Open log"), "log")
        self._copy = Button(self.tr("Copy details"), "copy")
        self._copy.clicked.connect(self._on_copy)
        for button in (self.retry, self.open_log, self._copy):
            self.head.add(button)
        self.open_log.setVisible(bool(record.log or record.error))
        self.show_about(about)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(details_text(self.record))
        self._copy.setText(self.tr("Copied"))


def end_text(record: Record) -> str:
    """Return how a job ended and when: ``Done 2 hours ago, after 24 s``."""
    if record.state is None:
        return translate("activity", "Interrupted: the app ended before it did. Starting again goes on from there.")
    age = age_text(record.ended_at)
    took_s = seconds_between(record.began_at, record.ended_at)
    took = duration_text(took_s) if took_s else ""
    if record.state is JobState.FAILED and record.error:
        form = translate("activity", "{message} ({age})")
        return form.format(message=say_error(record.error), age=age)
    word = {
        JobState.DONE: translate("activity", "Done"),
        JobState.NOTHING_TO_DO: translate("activity", "There was nothing to do"),
        JobState.CANCELLED: translate("activity", "You stopped it"),
    }.get(record.state, failure_title(record.order.verb))
    form = translate("activity", "{word} {age}, after {time}") if took else translate("activity", "{word} {age}")
    return form.format(word=word, age=age, time=took)


def details_text(record: Record) -> str:
    """Return a record for others to read: redacted, with the command, the error in full and the log."""
    state = record.state.value if record.state else "interrupted"
    lines = [
        f"arw-cli {' '.join(record.order.arguments)}",
        f"{state}, {record.began_at} - {record.ended_at or ''}",
        *([error_in_full(record.error)] if record.error else []),
        *record.log,
    ]
    return redact("\n".join(lines))


def log_of(record: Record) -> str:
    """Return the log of a record with its error in full."""
    lines = [*record.log, *(error_facts(record.error) if record.error else [])]
    return "\n".join(lines)


def _has_failed(record: Record) -> bool:
    return record.state in {None, JobState.FAILED, JobState.CANCELLED}
