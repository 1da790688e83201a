"""The audit of the whole store with one button: every file of every revision read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Card, Text
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.outcome_texts import report_of_audit
from launcher.faces.gui.texts import translate

if TYPE_CHECKING:
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

AUDIT = Order(Verb.VERIFY, ("runtime", "bundles", "audit", "--deep"), is_writer=False)


class AuditCard(Card):
    """A button, the progress, and what was found."""

    def __init__(self, desk: Desk) -> None:
        """Audit through the queue of ``desk``."""
        super().__init__(translate("health", "Audit"))
        self._queue = desk.queue
        self._about = Text(is_muted=True)
        self._about.setText(self.tr("Reads every installed file again and compares it with what was signed."))
        self._button = Button(self.tr("Audit everything"), "verify", "primary")
        self._button.clicked.connect(self._on_audit)
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        buttons = FlowLayout()
        buttons.addWidget(self._button)
        self.box.addWidget(self._about)
        self.box.addLayout(buttons)
        self.box.addWidget(self._answer)

    def _on_audit(self) -> None:
        if not self._answer.is_busy:
            self._answer.follow(self._queue.submit(AUDIT))
            self._button.setEnabled(False)

    def _on_done(self, job: Job) -> None:
        self._button.setEnabled(True)
        result = job.outcome.result if job.outcome else None
        if result is not None and "items" in result and job.state is not JobState.CANCELLED:
            report = report_of_audit(result)
            self._answer.tell(report.tone, report.icon_name, report.title, report.text)
