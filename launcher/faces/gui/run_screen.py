"""The Run screen: an active runtime with a model, its health, its log, and the way to stop it (7-screens)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QIntValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from launcher.domain.progress import Phase
from launcher.faces.gui.announce import announce
from launcher.faces.gui.answer import Answer
from launcher.faces.gui.chips import Chip, Look
from launcher.faces.gui.controls import Button, Card, Text
from launcher.faces.gui.events import Logged, PhaseBegan, Unreadable
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.form import Form
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.model_choice import MODEL_SUFFIXES, ModelChoice
from launcher.faces.gui.page import Page
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.run_log import RunLog
from launcher.faces.gui.run_plan_card import RUN_WORDS, RunPlanCard
from launcher.faces.gui.texts import failure_title, translate, version_of
from launcher.faces.gui.theme import GAP_M, Tone, Type, scaled

if TYPE_CHECKING:
    from launcher.faces.gui.events import Event
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import Snapshot
    from launcher.faces.gui.screens import Desk

NEEDS_CONSENT: Final = "needs-consent"
MAX_PORT: Final = 65535
REVISION_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class RunScreen(Page):
    """What to start, and what runs.

    Signals:
        runtimes_asked: There is nothing to start; show what could be installed.
    """

    runtimes_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        """Run through the queue of ``desk``."""
        super().__init__(
            translate("run", "Run"),
            translate("run", "Start an installed runtime with a model of yours, on this machine."),
        )
        self._desk = desk
        self._job: Job | None = None
        self._url = ""
        self.setAcceptDrops(True)
        self.runtime = QComboBox()
        self.runtime.setAccessibleName(self.tr("Runtime"))
        self._models = ModelChoice(desk.remembered)
        self.model = self._models.combo
        self.details = RunPlanCard(desk.queue)
        self.port = QLineEdit()
        self.port.setValidator(QIntValidator(1, MAX_PORT, self))
        self.port.setPlaceholderText(self.tr("a free one"))
        self.port.setMaximumWidth(scaled(160))
        self.port.setAccessibleName(self.tr("Port"))
        self.start = Button(self.tr("Start"), "run", "primary")
        self.start.clicked.connect(lambda _is_checked: self._start())
        self.install = Button(self.tr("Go to Runtimes"), "runtimes", "primary")
        self.install.clicked.connect(self.runtimes_asked)
        self.restart = Button(self.tr("Restart"), "refresh")
        self.restart.clicked.connect(self._restart)
        self.stop = Button(self.tr("Stop"), "stop")
        self.stop.clicked.connect(self._stop)
        self.page = Button(self.tr("Open its web page"), "globe")
        self.page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self._url)))
        self.consent = Button(self.tr("I agree, start it"), "check", "primary")
        self.consent.clicked.connect(lambda: self._start("--consent"))
        self.light = Chip(_light("stopped"))
        self._state = Text(can_be_copied=True)
        self._answer = Answer()
        self.log = RunLog()
        self._lay_out()
        for button in (self.stop, self.restart, self.page, self.consent):
            button.hide()
        self._restarts = False
        self.runtime.currentIndexChanged.connect(self._forget_question)
        for signal in (self.runtime.currentIndexChanged, self.model.currentIndexChanged, self.details.changed):
            signal.connect(self._read_plan)
        desk.reader.changed.connect(self._offer)
        if desk.reader.snapshot is not None:
            self._offer(desk.reader.snapshot)
        self._read_plan()

    def _lay_out(self) -> None:
        what = Card(self.tr("What to start"))
        form = Form()
        form.add(self.tr("Runtime"), self.runtime)
        form.add(self.tr("Model"), self._models)
        hint = Text(Type.SMALL, is_muted=True)
        hint.setText(self.tr("A model file can also be dropped here."))
        form.setWidget(form.rowCount(), Form.ItemRole.FieldRole, hint)
        form.add(self.tr("Port"), self.port)
        what.box.addLayout(form)
        buttons = FlowLayout()
        for button in (self.start, self.install, self.consent, self.stop, self.restart, self.page):
            buttons.addWidget(button)
        what.box.addLayout(buttons)
        state = Card(self.tr("What runs"))
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(self.light)
        line.addWidget(self._state, 1)
        state.box.addLayout(line)
        state.box.addWidget(self._answer)
        state.box.addWidget(self.log)
        self.body.addWidget(what)
        self.body.addWidget(state)
        self.body.addWidget(self.details)
        self._say(self.tr("Nothing yet."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take model files; anything else is for the window."""
        event.acceptProposedAction() if _dropped_model(event) else event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the model file."""
        if path := _dropped_model(event):
            event.acceptProposedAction()
            self.take_model(path)

    def choose(self, bundle_id: str) -> None:
        """Choose what to start; what runs goes on, and stays what is shown."""
        if self._job is None:
            self.runtime.setCurrentIndex(max(0, self.runtime.findData(bundle_id)))
            (self.start if self._models.path else self.model).setFocus()

    def take_model(self, path: str) -> None:
        """Offer a model file first, from now on."""
        self._models.take_file(path)

    # --- what can be started -------------------------------------------------------------------

    def _offer(self, snapshot: Snapshot) -> None:
        chosen = self.runtime.currentData()
        bundles = [entry.bundle for entry in snapshot.entries.values()]
        self.runtime.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.runtime.clear()
        for bundle in bundles:
            if active := bundle["active"]:
                self.runtime.addItem(f"{bundle['name']}, {version_of(active)}", bundle["id"])
                self.runtime.setItemData(self.runtime.count() - 1, active["revision"], REVISION_ROLE)
        if self.runtime.count() == 0:
            self.runtime.addItem(self.tr("Install one on the Runtimes screen first"), "")
        self.runtime.setCurrentIndex(max(0, self.runtime.findData(chosen)))
        self.runtime.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._enable()
        self._read_plan()

    def _read_plan(self) -> None:
        revision = str(self.runtime.currentData(REVISION_ROLE) or "")
        self.details.read(str(self.runtime.currentData() or ""), revision, self._models.path)

    def _forget_question(self) -> None:
        """The consent that was asked for was that of another runtime."""
        if not self.consent.isHidden():
            self.consent.hide()
            self._answer.hide()
            self._enable()

    def _enable(self) -> None:
        is_running = self._job is not None
        can_start = bool(self.runtime.currentData())
        self.start.setVisible(not is_running)
        self.start.setEnabled(can_start)
        self.install.setVisible(not is_running and not can_start)
        for choice in (self.runtime, self._models, self.port, self.details.args, self.details.env):
            choice.setEnabled(not is_running)
        self.stop.setVisible(is_running)
        self.restart.setVisible(is_running)
        self.page.setVisible(is_running and bool(self._url))
        self.log.setVisible(is_running or not self.log.is_empty)

    # --- running -------------------------------------------------------------------------------

    def _start(self, *more: str) -> None:
        bundle_id, model, added = self.runtime.currentData(), self._models.path, self.details.more_words()
        if self._job is not None or not bundle_id or added is None:
            return
        port = int(self.port.text() or _free_port())
        with_model = ("--model", model) if model else ()
        words = (*RUN_WORDS, bundle_id, *with_model, "--port", str(port), *added, *more)
        # No bundle_id: a runtime that runs must not keep its next revision from being installed.
        job = self._job = self._desk.queue.submit(
            Order(Verb.RUN, words, is_writer=False, about=self.runtime.currentText())
        )
        job.told.connect(self._on_told)
        job.ended.connect(self._on_ended)
        self._url = ""
        self.log.clear()
        self._answer.hide()
        self.consent.hide()
        self._say(self.tr("Starting on port {port}").format(port=port), "starting")
        self._enable()
        self.stop.setFocus()

    def _stop(self) -> None:
        self._restarts = False
        if self._job is not None:
            self._job.cancel()
            self._say(self.tr("Stopping…"), "starting")

    def _restart(self) -> None:
        """Stop it, and start it again as soon as it has ended."""
        self._stop()
        self._restarts = self._job is not None

    def _on_told(self, event: Event) -> None:
        if isinstance(event, Logged):
            self.log.append(event.message)
        elif isinstance(event, Unreadable):
            self.log.append(event.text)
        elif not isinstance(event, PhaseBegan) or self._job is None or self._job.state is JobState.CANCELLING:
            return
        elif event.phase == Phase.RUNNING:
            self._say(self.tr("It runs; its manifest does not say how to see whether it is well."), "running")
        elif event.phase == Phase.HEALTHY:
            page = QUrl(event.subject)
            page.setPath("/")
            self._url = page.toString()
            self._say(self.tr("Answers at {url}").format(url=self._url), "healthy")
            self._enable()

    def _on_ended(self, job: Job) -> None:
        self._job = None
        restarts, self._restarts = self._restarts, False
        if restarts and job.state is not JobState.FAILED:
            self._start()
            return
        error = job.outcome.error if job.outcome else None
        if job.state is JobState.FAILED and error is not None:
            is_asked = error["code"] == NEEDS_CONSENT
            self._say(*((self.tr("It waits for you."),) if is_asked else (self.tr("It does not run."), "crashed")))
            if is_asked:
                self._answer.tell(Tone.WARNING, "warning", self.tr("It asks for your consent"), say_error(error))
            else:
                self._answer.tell_failure(failure_title(Verb.RUN), error)
            self.consent.setVisible(is_asked)
        else:
            self._say(self.tr("Stopped."))
        had_focus = self.stop.hasFocus() or self.restart.hasFocus()
        self._enable()
        self.start.setVisible(self.consent.isHidden())
        self.details.read_again()  # a consent may have been given, or another revision be active
        self._read_plan()
        if had_focus:
            (self.start if self.consent.isHidden() else self.consent).setFocus()

    def _say(self, text: str, light: str = "stopped") -> None:
        self.light.become(_light(light))
        self._state.setText(text)
        announce(self, f"{self.light.accessibleName()}: {self._state.text()}")


def _light(state: str) -> Look:
    return {
        "stopped": Look("stop", translate("run", "Not running"), Tone.NEUTRAL),
        "starting": Look("refresh", translate("run", "Working"), Tone.ACCENT),
        "running": Look("run", translate("run", "Running"), Tone.ACCENT),
        "healthy": Look("active", translate("run", "Healthy"), Tone.GOOD),
        "crashed": Look("warning", translate("run", "Failed"), Tone.DANGER),
    }[state]


def _dropped_model(event: QDropEvent) -> str:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((str(path) for path in paths if path.suffix.lower() in MODEL_SUFFIXES), "")


def _free_port() -> int:
    """Return a port of the loopback interface that is free now."""
    from PySide6.QtNetwork import QHostAddress, QTcpServer  # noqa: PLC0415 - only where something is started

    server = QTcpServer()
    server.listen(QHostAddress.SpecialAddress.LocalHost)
    port = server.serverPort()
    server.close()
    return port
