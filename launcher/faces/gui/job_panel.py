"""What the selected bundle's job is doing, or how it ended: progress, an error in full, or what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Button, Code, Pictogram, Text, set_tone
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.job_look import STEPS, TICK_MS, PauseButton, job_look, show_share
from launcher.faces.gui.outcome_texts import Report, report_of
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.texts import job_text, job_title
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone, Type
from launcher.faces.gui.turns import DOWNLOADS

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, ErrorView
    from launcher.faces.gui.jobs import Job

_TRUST_CODES: Final = frozenset(
    {
        "bad-signature", "expired-signer", "key-mismatch", "not-yet-valid-signer", "revoked-signer",
        "threshold-not-met", "unknown-signer", "unsigned", "wrong-channel",
    }
)  # fmt: skip


class JobPanel(QFrame):
    """The panel below the buttons; hidden while there is nothing to say.

    Signals:
        retry_asked: Do the same again; carries the job.
        log_asked: Show the job's log; carries the job.
        signer_asked: Show whose signature it is.
        closed: The report was read.
    """

    retry_asked = Signal(object)
    log_asked = Signal(object)
    signer_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        """Make an empty, hidden panel."""
        super().__init__()
        self._job: Job | None = None
        self._tick = QTimer(self, interval=TICK_MS)  # a stall is the absence of events: somebody has to look
        self._tick.timeout.connect(self._show_progress)
        self._picture = Pictogram(size=20)
        self._title = Text(Type.STRONG)
        self._pause = PauseButton()
        self._close = Button(self.tr("Close"), "cancel", "plain")
        self._close.clicked.connect(self.closed)
        self._text = Text(can_be_copied=True)
        self._bar = QProgressBar(textVisible=False, maximum=STEPS)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._comparison = _Comparison()
        self._hint = Text(can_be_copied=True)
        self._after = Text(is_muted=True)
        self._retry = Button(self.tr("Try again"), "refresh")
        self._retry.clicked.connect(lambda: self.retry_asked.emit(self._job))
        self._log = Button(self.tr("Open log"), "log")
        self._log.clicked.connect(lambda: self.log_asked.emit(self._job))
        self._signer = Button(self.tr("Show signer"), "signer")
        self._signer.clicked.connect(self.signer_asked)
        self._lay_out()
        self.hide()

    def show_job(self, job: Job | None, bundle: BundleView) -> None:
        """Show a job's progress or report; None hides the panel."""
        self._job = job
        if job is None:
            self._tick.stop()
            self.hide()
            return
        is_over = job.is_over
        self._bar.setVisible(not is_over)
        self._close.setVisible(is_over)
        self._pause.setVisible(not is_over and job.order.verb in DOWNLOADS)
        if is_over:
            self._tick.stop()
            self._show_report(report_of(job, bundle))
        else:
            self._tick.start()
            self._show_progress()
        self.show()  # now: before, screen readers would be told of parts that are hidden again

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        head.addWidget(self._picture)
        head.addWidget(self._title, 1)
        head.addWidget(self._pause)
        head.addWidget(self._close)
        buttons = FlowLayout()
        for button in (self._retry, self._signer, self._log):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_M + GAP_S, GAP_L, GAP_M + GAP_S)
        box.setSpacing(GAP_M)
        box.addLayout(head)
        for widget in (self._text, self._bar, self._comparison, self._hint, self._after):
            box.addWidget(widget)
        box.addLayout(buttons)

    def _show_progress(self) -> None:
        job = self._job
        if job is None or job.is_over:
            return
        set_tone(self, Tone.NEUTRAL)
        self._picture.become(*job_look(job))
        self._title.setText(job_title(job.order.verb))
        self._text.show_text(job_text(job))
        self.setAccessibleName(f"{self._title.text()}: {self._text.text()}")
        show_share(self._bar, job)
        self._pause.follow(job)
        for widget in (self._comparison, self._hint, self._after, self._retry, self._signer, self._log):
            widget.hide()

    def _show_report(self, report: Report) -> None:
        set_tone(self, report.tone)
        self._picture.become(report.icon_name, report.tone)
        self._title.setText(report.title)
        self._text.show_text(report.text)
        self._comparison.show_error(report.error)
        self._hint.show_text(say(report.error.get("hint", "")) if report.error else "")
        self._after.show_text(report.after)
        self._retry.setVisible(report.can_retry)
        self._log.setVisible(report.can_retry)
        self._signer.setVisible(report.error is not None and report.error["code"] in _TRUST_CODES)
        self.setAccessibleName(f"{report.title}. {report.text}")


class _Comparison(QWidget):
    """Expected and actual to be compared, an error's exact words where they are said otherwise above, and its code."""

    def __init__(self) -> None:
        super().__init__()
        titles = (self.tr("Expected"), self.tr("Actual"), self.tr("In English"), self.tr("Error code"))
        self._values = [Code() for _ in titles]
        self._names = [Text(Type.SMALL, is_muted=True) for _ in self._values]
        for name, text in zip(self._names, titles, strict=True):
            name.setWordWrap(False)
            name.setText(text)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP_S)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)

    def show_error(self, error: ErrorView | None) -> None:
        self.setVisible(error is not None)
        if error is None:
            return
        message = error["message"]
        exact = "" if say_error(error) == message else message
        texts = (error.get("expected", ""), error.get("actual", ""), exact, error["code"])
        for name, value, text in zip(self._names, self._values, texts, strict=True):
            value.show_text(text)
            name.setVisible(bool(text))
