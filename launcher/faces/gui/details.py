"""The right side of the Runtimes screen: everything about the selected bundle, and everything one can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.actions import Action, command_line, find_main_action, order_for, other_actions
from launcher.faces.gui.changes_section import ChangesSection
from launcher.faces.gui.chips import Chip, bundle_trust_look, recommended_look, state_look
from launcher.faces.gui.controls import Button, Card, Code, Text
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.job_panel import JobPanel
from launcher.faces.gui.log_section import LogSection
from launcher.faces.gui.revisions_section import RevisionsSection
from launcher.faces.gui.room_offer import RoomOffer
from launcher.faces.gui.sections import AboutSection, FilesSection, FitSection, SignatureSection
from launcher.faces.gui.texts import action_text
from launcher.faces.gui.theme import GAP_M, GAP_S, Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.views import BundleView
    from launcher.faces.gui.activity_file import Record
    from launcher.faces.gui.jobs import Job, JobQueue

_ICONS = {
    Action.INSTALL: "not-installed",
    Action.UPDATE: "update",
    Action.RUN: "run",
    Action.ROLL_BACK: "roll-back",
    Action.VERIFY: "verify",
    Action.SMOKE: "smoke",
    Action.REPAIR: "repair",
    Action.REMOVE: "remove",
    Action.CANCEL: "cancel",
}


class Details(QScrollArea):
    """All of one bundle.

    Signals:
        asked: Do something; carries the `Action` and a revision or None.
        comparison_asked: Show what changed between two revisions; carries the earlier and the later name.
        log_asked: Show a log; carries its text.
        panel: The panel that tells about the bundle's job; its signals are for whoever owns jobs.
    """

    asked = Signal(object, object)
    comparison_asked = Signal(str, str)
    log_asked = Signal(str)

    def __init__(self, queue: JobQueue, flags: Sequence[str]) -> None:
        """Make empty details.

        Args:
            queue: Where what would make room is asked for and done.
            flags: What the window was started with, for the command line to copy.
        """
        super().__init__()
        self._flags = flags
        self._bundle: BundleView | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Details of the selected bundle"))
        self._name = Text(Type.TITLE)
        self._id = Code()
        self._state, self._trust, self._best = Chip(), Chip(), Chip(recommended_look())
        self.main_button = Button("", variant="primary")
        self.main_button.clicked.connect(self.press_main)
        self._main: Action | None = None
        self._others = {action: self._other_button(action) for action in _ICONS if action is not Action.CANCEL}
        self.panel, self.room = JobPanel(), RoomOffer(queue)
        self._changes, self._fit, self._about, self._log = ChangesSection(), FitSection(), AboutSection(), LogSection()
        self._revisions, self._signature, self._files = RevisionsSection(), SignatureSection(), FilesSection()
        self._revisions.wanted.connect(self.asked)
        self._revisions.comparison_asked.connect(self.comparison_asked)
        self._log.log_asked.connect(self.log_asked)
        self._command = _CommandSection()
        self._page = QWidget()
        self._page.setObjectName("details")
        self._lay_out()

    @property
    def bundle(self) -> BundleView | None:
        """The bundle that is shown."""
        return self._bundle

    def show_bundle(
        self, bundle: BundleView | None, job: Job | None, shown_job: Job | None, *, is_settling: bool = False
    ) -> None:
        """Show a bundle.

        Args:
            bundle: The bundle; None shows nothing.
            job: The job about it that waits or runs.
            shown_job: That job, or the last one, whose report was not closed yet.
            is_settling: Whether a job has just changed it and it was not read again: what its main button would offer
                is then out of date, so that the button does nothing until it is.
        """
        if bundle is None or self._bundle is None or bundle["id"] != self._bundle["id"]:
            self.verticalScrollBar().setValue(0)
        self._bundle = bundle
        if bundle is None:
            return
        self._name.setText(bundle["name"])
        self._id.show_text(bundle["id"])
        self._state.become(state_look(bundle["state"]))
        self._trust.become(bundle_trust_look(bundle))
        self._best.setVisible(bundle["is_recommended"])
        if is_settling and job is None:
            self._main = None
        else:
            self._show_buttons(bundle, job)
        self.panel.show_job(shown_job, bundle)
        self.room.show_for(shown_job)
        for section in (self._changes, self._fit, self._signature, self._files, self._about):
            section.show_bundle(bundle)
        self._revisions.show_bundle(bundle, is_busy=job is not None or is_settling)
        self._command.show_command(self._equivalent_command(bundle))

    def show_records(self, records: Sequence[Record]) -> None:
        """Show the log of the last job about the shown bundle; the records stand newest first."""
        if self._bundle is not None:
            self._log.show_records(records, self._bundle["id"])

    def show_job(self, bundle: BundleView, job: Job) -> None:
        """Show the progress of the shown bundle's job, and nothing else anew: this comes twenty times a second."""
        self._show_buttons(bundle, None if job.is_over else job)
        self.panel.show_job(job, bundle)

    def press_main(self) -> None:
        """Do what the main button does, if there is one."""
        if self._main is not None:
            self.asked.emit(self._main, None)

    def _lay_out(self) -> None:
        chips, buttons = FlowLayout(), FlowLayout()
        for chip in (self._state, self._trust, self._best):
            chips.addWidget(chip)
        for button in (self.main_button, *self._others.values()):
            buttons.addWidget(button)
        box = QVBoxLayout(self._page)
        box.setContentsMargins(GAP_M, GAP_S, GAP_M, 0)
        box.setSpacing(GAP_M + GAP_S)
        head = QVBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._name)
        head.addWidget(self._id)
        box.addLayout(head)
        box.addLayout(chips)
        box.addLayout(buttons)
        box.addWidget(self.panel)
        box.addWidget(self.room)
        upper: tuple[Card, ...] = (self._changes, self._fit, self._revisions, self._signature)
        lower: tuple[Card, ...] = (self._files, self._about, self._log, self._command)
        for section in (*upper, *lower):
            box.addWidget(section)
        box.addStretch(1)
        self.setWidget(self._page)

    def _other_button(self, action: Action) -> Button:
        button = Button("", _ICONS[action])
        button.clicked.connect(lambda: self.asked.emit(action, None))
        return button

    def _show_buttons(self, bundle: BundleView, job: Job | None) -> None:
        main = self._main = find_main_action(bundle, job)
        self.main_button.setVisible(main is not None)
        if main is not None:
            is_loud = main in {Action.INSTALL, Action.UPDATE}
            self.main_button.become(action_text(main, bundle), _ICONS[main], "primary" if is_loud else "secondary")
        others = other_actions(bundle, job)
        for action, button in self._others.items():
            button.setVisible(action in others)
            if action in others:
                button.become(action_text(action, bundle), _ICONS[action], "secondary")

    def _equivalent_command(self, bundle: BundleView) -> str:
        action = find_main_action(bundle)
        return command_line(order_for(action, bundle["id"]), self._flags) if action else ""


class _CommandSection(Card):
    """The same in a terminal."""

    def __init__(self) -> None:
        super().__init__(self.tr("The same in a terminal"))
        self._command = ""
        self._code = Code()
        frame = QFrame()
        frame.setObjectName("code")
        QHBoxLayout(frame).addWidget(self._code)
        self._copy = Button(self.tr("Copy as command"), "copy")
        self._copy.clicked.connect(self._on_copy)
        buttons = FlowLayout()
        buttons.addWidget(self._copy)
        self.box.addWidget(frame)
        self.box.addLayout(buttons)

    def show_command(self, command: str) -> None:
        self.setVisible(bool(command))
        if command != self._command:
            self._command = command
            self._code.show_text(command)
            self._copy.setText(self.tr("Copy as command"))

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._command)
        self._copy.setText(self.tr("Copied"))
