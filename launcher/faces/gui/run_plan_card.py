"""How a runtime would be started: its arguments and environment, what one adds to them, and its consent."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Button, Card, Code, Pictogram, Text
from launcher.faces.gui.form import Form
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.theme import GAP_M, Tone

if TYPE_CHECKING:
    from launcher.domain.care_views import ConsentView, RunPlanView
    from launcher.faces.gui.jobs import Job, JobQueue

RUN_WORDS = ("runtime", "bundles", "run")


class RunPlanCard(Card):
    """What will be started, read by a worker whenever something of it changes.

    Signals:
        changed: What one adds was changed; the plan should be read again.
    """

    changed = Signal()

    def __init__(self, queue: JobQueue) -> None:
        """Read plans through ``queue``."""
        super().__init__(self.tr("How it is started"))
        self._queue = queue
        self._job: Job | None = None
        self._asked: tuple[str, ...] | None = None
        self._bundle_id = ""
        self.plan: RunPlanView | None = None
        self.args = self._line(self.tr("Further arguments"), self.tr("for example --ctx-size 4096"))
        self.env = self._line(self.tr("Environment"), self.tr("for example GGML_VK_VISIBLE_DEVICES=0"))
        form = Form()
        form.add(self.tr("Arguments"), self.args)
        form.add(self.tr("Environment"), self.env)
        self._problem = Text(is_muted=True)
        self._problem.hide()
        self.command = Code()
        frame = self._frame = QFrame()
        frame.setObjectName("code")
        QVBoxLayout(frame).addWidget(self.command)
        self._consent = Text(can_be_copied=True)
        self._picture = Pictogram("check", Tone.GOOD, 18)
        self.revoke = Button(self.tr("Take the consent back"), "undo")
        self.revoke.clicked.connect(self._on_revoke)
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(self._picture)
        line.addWidget(self._consent, 1)
        line.addWidget(self.revoke)
        self.box.addLayout(form)
        for widget in (self._problem, frame):
            self.box.addWidget(widget)
        self.box.addLayout(line)
        hidden: tuple[QWidget, ...] = (self._frame, self._picture, self._consent, self.revoke)
        for part in hidden:
            part.hide()

    def more_words(self) -> tuple[str, ...] | None:
        """Return what was added, as words of the command line; None where it cannot be understood, which is said."""
        try:
            args, env = shlex.split(self.args.text()), shlex.split(self.env.text())
        except ValueError:
            self._problem.show_text(self.tr("A quotation mark is not closed."))
            return None
        if any("=" not in variable[1:] for variable in env):
            self._problem.show_text(self.tr("A variable is given as NAME=VALUE."))
            return None
        self._problem.hide()
        return (*(f"--arg={arg}" for arg in args), *(f"--env={variable}" for variable in env))

    def read(self, bundle_id: str, revision: str, model: str) -> None:
        """Read how the active revision of a bundle would be started with a model, unless that is what is shown."""
        more = self.more_words()
        if more is None:
            return
        asked = (bundle_id, revision, model, *more)
        if asked == self._asked:
            return
        self._asked, self._bundle_id = asked, bundle_id
        self.setVisible(bool(bundle_id))
        if bundle_id:
            with_model = ("--model", model) if model else ()
            words = (*RUN_WORDS, bundle_id, "--dry-run", *with_model, *more)
            self._job = self._queue.submit(Order(Verb.PLAN_RUN, words, is_writer=False, about=bundle_id))
            self._job.ended.connect(self._on_read)

    def read_again(self) -> None:
        """Let the next `read` ask, whatever it asks for."""
        self._asked = None

    def _line(self, name: str, example: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(example)
        line.editingFinished.connect(self.changed)
        return line

    def _on_read(self, job: Job) -> None:
        if job is not self._job:
            return  # what it read is not what is chosen any more
        result: Any = job.outcome.result if job.outcome else None
        is_read = job.state is JobState.DONE and bool(result)
        self.plan = cast("RunPlanView", result) if is_read else None
        error = job.outcome.error if job.outcome else None
        if error is not None:
            self._problem.show_text(say_error(error))
        self._frame.setVisible(is_read)
        if self.plan is not None:
            variables = [f"{name}={shlex.quote(value)}" for name, value in self.plan["env"].items()]
            self.command.show_text(" ".join([*variables, shlex.join(self.plan["command"])]))
        self._show_consent(self.plan["consent"] if self.plan else None)

    def _show_consent(self, consent: ConsentView | None) -> None:
        is_given = consent is not None and consent["is_given"]
        self._picture.setVisible(consent is not None)
        self._picture.become(*(("check", Tone.GOOD) if is_given else ("info", Tone.WARNING)))
        self.revoke.setVisible(is_given)
        if consent is None:
            self._consent.hide()
            return
        text = self.tr("You agreed to: {note}") if is_given else self.tr("It will ask before its first start: {note}")
        self._consent.show_text(text.format(note=consent["note"] or ", ".join(consent["modalities"])))

    def _on_revoke(self) -> None:
        words = (*RUN_WORDS, self._bundle_id, "--revoke-consent")
        job = self._queue.submit(Order(Verb.REVOKE, words, is_writer=False, about=self._bundle_id))
        job.ended.connect(self._on_revoked)

    def _on_revoked(self, _job: Job) -> None:
        self.read_again()
        self.changed.emit()
