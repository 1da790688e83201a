"""The Run screen: an active runtime with a model, its health, its log, and the way to stop it (7-screens)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QIntValidator
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.chips import Chip, Look
from launcher.faces.gui.controls import Button, Card, Text
from launcher.faces.gui.events import Logged, PhaseBegan, Unreadable
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.page import Page
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.run_log import RunLog
from launcher.faces.gui.texts import error_lines, failure_title, translate, version_of
from launcher.faces.gui.theme import GAP_M, Tone, scaled

if TYPE_CHECKING:
    from launcher.faces.gui.events import Event
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import Snapshot
    from launcher.faces.gui.screens import Desk

MODEL_SUFFIXES: Final = frozenset({".gguf", ".ggml", ".bin"})
NEEDS_CONSENT: Final = "needs-consent"
MAX_PORT: Final = 65535


class RunScreen(Page):
    """What to start, and what runs."""

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
        self.model = QComboBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.model.setMinimumWidth(scaled(280))
        self.choose = Button(self.tr("Choose…"), "folder")
        self.choose.clicked.connect(self._ask_for_model)
        self.port = QLineEdit()
        self.port.setValidator(QIntValidator(1, MAX_PORT, self))
        self.port.setPlaceholderText(self.tr("a free one"))
        self.port.setMaximumWidth(scaled(160))
        self.port.setAccessibleName(self.tr("Port"))
        self.start = Button(self.tr("Start"), "run", "primary")
        self.start.clicked.connect(lambda _is_checked: self._start())
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
        for button in (self.stop, self.page, self.consent):
            button.hide()
        desk.reader.changed.connect(self._offer)
        if desk.reader.snapshot is not None:
            self._offer(desk.reader.snapshot)
        self._offer_models()

    def _lay_out(self) -> None:
        what = Card(self.tr("What to start"))
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_M * 2)
        form.setVerticalSpacing(GAP_M)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        model = QHBoxLayout()
        model.setSpacing(GAP_M)
        model.addWidget(self.model, 1)
        model.addWidget(self.choose)
        form.addRow(self.tr("Runtime"), self.runtime)
        form.addRow(self.tr("Model"), model)
        form.addRow(self.tr("Port"), self.port)
        what.box.addLayout(form)
        hint = Text(is_muted=True)
        hint.setText(self.tr("A model file can also be dropped here."))
        what.box.addWidget(hint)
        buttons = FlowLayout()
        for button in (self.start, self.consent, self.stop, self.page):
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
        self._say(self.tr("Nothing yet."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take model files; anything else is for the window."""
        event.acceptProposedAction() if _dropped_model(event) else event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the model file."""
        if path := _dropped_model(event):
            event.acceptProposedAction()
            self.take_model(path)

    def take_model(self, path: str) -> None:
        """Offer a model file first, from now on."""
        self._desk.remembered.add_model(path)
        self._offer_models()

    # --- what can be started -------------------------------------------------------------------

    def _offer(self, snapshot: Snapshot) -> None:
        chosen = self.runtime.currentData()
        bundles = [entry.bundle for entry in snapshot.entries.values()]
        self.runtime.clear()
        for bundle in bundles:
            if active := bundle["active"]:
                self.runtime.addItem(f"{bundle['name']}, {version_of(active)}", bundle["id"])
        if self.runtime.count() == 0:
            self.runtime.addItem(self.tr("Install one on the Runtimes screen first"), "")
        self.runtime.setCurrentIndex(max(0, self.runtime.findData(chosen)))
        self._enable()

    def _offer_models(self) -> None:
        self.model.clear()
        for path in self._desk.remembered.models:
            self.model.addItem(Path(path).name, path)
        self.model.addItem(self.tr("No model"), "")

    def _ask_for_model(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{suffix}" for suffix in sorted(MODEL_SUFFIXES))
        dialog.setNameFilters([self.tr("Models ({endings})").format(endings=endings), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.take_model)
        dialog.open()

    def _enable(self) -> None:
        is_running = self._job is not None
        self.start.setEnabled(not is_running and bool(self.runtime.currentData()))
        for choice in (self.runtime, self.model, self.choose, self.port):
            choice.setEnabled(not is_running)
        self.stop.setVisible(is_running)
        self.page.setVisible(is_running and bool(self._url))

    # --- running -------------------------------------------------------------------------------

    def _start(self, *more: str) -> None:
        bundle_id, model = self.runtime.currentData(), self.model.currentData()
        if self._job is not None or not bundle_id:
            return
        port = int(self.port.text() or _free_port())
        with_model = ("--model", model) if model else ()
        words = ("runtime", "bundles", "run", bundle_id, *with_model, "--port", str(port), *more)
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
        if self._job is not None:
            self._job.cancel()
            self._say(self.tr("Stopping…"), "starting")

    def _on_told(self, event: Event) -> None:
        if isinstance(event, Logged):
            self.log.append(event.message)
        elif isinstance(event, Unreadable):
            self.log.append(event.text)
        elif isinstance(event, PhaseBegan) and event.phase == "healthy" and self._job is not None:
            page = QUrl(event.subject)
            page.setPath("/")
            self._url = page.toString()
            self._say(self.tr("Answers at {url}").format(url=self._url), "healthy")
            self._enable()

    def _on_ended(self, job: Job) -> None:
        self._job = None
        error = job.outcome.error if job.outcome else None
        if job.state is JobState.FAILED and error is not None:
            self._say(self.tr("It does not run."), "crashed")
            is_asked = error["code"] == NEEDS_CONSENT
            tone = Tone.WARNING if is_asked else Tone.DANGER
            title = self.tr("It asks for your consent") if is_asked else failure_title(Verb.RUN)
            self._answer.tell(tone, "warning", title, say_error(error) if is_asked else "\n".join(error_lines(error)))
            self.consent.setVisible(is_asked)
        else:
            self._say(self.tr("Stopped."))
        had_focus = self.stop.hasFocus()
        self._enable()
        if had_focus:
            (self.start if self.consent.isHidden() else self.consent).setFocus()

    def _say(self, text: str, light: str = "stopped") -> None:
        self.light.become(_light(light))
        self._state.setText(text)


def _light(state: str) -> Look:
    return {
        "stopped": Look("stop", translate("run", "Not running"), Tone.NEUTRAL),
        "starting": Look("refresh", translate("run", "Working"), Tone.ACCENT),
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
