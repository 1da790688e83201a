"""Where the store is, and the way to another folder: first what it would take, then the move with its progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Code, Text
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.quantities import size_text
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone, Type, scaled

if TYPE_CHECKING:
    from launcher.domain.care_views import MoveView, SettingView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

_MOVE: Final = ("runtime", "bundles", "move")
DIALOG_WIDTH_PX: Final = 560
DIALOG_HEIGHT_PX: Final = 320


class StoreEditor(QWidget):
    """The store's folder, and the button that begins to move it.

    Signals:
        moved: The store is elsewhere now.
    """

    moved = Signal()

    def __init__(self, setting: SettingView, desk: Desk) -> None:
        """Show where the store is; where something else than the settings decides that, it only shows."""
        super().__init__()
        self._desk = desk
        snapshot = desk.reader.snapshot
        roots = snapshot.roots if snapshot is not None else []
        path = Code()
        move = Button(self.tr("Move…"), "folder")
        move.setAccessibleName(self.tr("Move the store to another folder"))
        move.setEnabled(setting["ruled_by"] is None)
        move.clicked.connect(lambda: ask_where_to(self, self._desk, self.moved.emit))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, GAP_S, 0, 0)
        box.setSpacing(GAP_M)
        box.addWidget(path, 1)
        box.addWidget(move)
        # Only now: shown before it has a place, it would be a window of its own.
        path.show_text(str(setting["value"] or (roots[0] if roots else self.tr("In the cache folder"))))


def ask_where_to(parent: QWidget, desk: Desk, when_moved: object = None) -> None:
    """Let the person choose a folder, then show what moving there would take."""
    dialog = QFileDialog(parent, translate("move", "Move the store to"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)

    def plan(folder: str) -> None:
        mover = MoveDialog(folder, desk, parent)
        if callable(when_moved):
            mover.moved.connect(when_moved)
        mover.open()

    dialog.fileSelected.connect(plan)
    dialog.open()


class MoveDialog(QDialog):
    """What a move would take; then its progress, and that it is done.

    Signals:
        moved: The store is elsewhere now.
    """

    moved = Signal()

    def __init__(self, folder: str, desk: Desk, parent: QWidget) -> None:
        """Find out what moving to ``folder`` would take; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Move the store"))
        self.resize(scaled(DIALOG_WIDTH_PX), scaled(DIALOG_HEIGHT_PX))
        self._folder, self._queue = folder, desk.queue
        title = Text(Type.STRONG)
        title.setText(self.tr("Move everything that is installed to"))
        path = Code()
        self._facts = Text(is_muted=True)
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        self._move = Button(self.tr("Move the store"), "folder", "primary")
        self._move.clicked.connect(self._begin)
        self._move.hide()
        self._close = Button(self.tr("Close"))
        self._close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._move)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        box.addWidget(_scrolled(title, path, self._facts, self._answer), 1)
        box.addLayout(buttons)
        path.show_text(folder)
        self._facts.hide()
        planning = Order(Verb.PLAN_MOVE, (*_MOVE, folder, "--dry-run"), is_writer=False, about=folder)
        self._answer.follow(self._queue.submit(planning))

    def _begin(self) -> None:
        self._move.hide()
        self._answer.follow(self._queue.submit(Order(Verb.MOVE, (*_MOVE, self._folder), about=self._folder)))

    def _on_done(self, job: Job) -> None:
        result = job.outcome.result if job.outcome else None
        if job.state is not JobState.DONE or not result:
            return
        view = cast("MoveView", result)
        if view["dry_run"]:
            self._facts.show_text(_plan_text(view))
            self._move.show()
            self._move.setFocus()
            return
        self._facts.hide()
        rest = self.tr("The old one at {path} could not be deleted; the doctor on the Health screen names it.")
        text = "" if view["is_source_gone"] else rest.format(path=view["source"])
        self._answer.tell(Tone.GOOD, "check", self.tr("The store has moved, and is used there now"), text)
        self._close.setFocus()
        self.moved.emit()


def _scrolled(*widgets: QWidget) -> QScrollArea:
    column = QWidget()
    column.setObjectName("details")
    inner = QVBoxLayout(column)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(GAP_M)
    for widget in widgets:
        inner.addWidget(widget)
    inner.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(column)
    return area


def _plan_text(view: MoveView) -> str:
    facts = [
        translate("move", "%n file(s), {size}.", "", view["files"]).format(size=size_text(view["size_bytes"])),
        translate("move", "Free there: {size}.").format(size=size_text(view["free_bytes"])),
        translate("move", "It is the same volume, so this takes a moment and no room.")
        if view["is_same_volume"]
        else translate(
            "move", "It is another volume: everything is copied and read again before the old store is deleted."
        ),
        translate("move", "Until the last step the old store is in use, and it can be cancelled."),
    ]
    return "\n".join(facts)
