"""Importing and exporting from the window: by the menu, or by dropping what was exported on it (7-screens)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Pictogram, Text
from launcher.faces.gui.dialogs import take_size
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type

if TYPE_CHECKING:
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

SUFFIX: Final = ".arwcache"
_RESULTS: Final = {
    "accepted": ("active", Tone.GOOD),
    "already-here": ("check", Tone.NEUTRAL),
    "skipped": ("not-for-this-machine", Tone.NEUTRAL),
    "refused": ("warning", Tone.DANGER),
}


class DropTarget(QObject):
    """Lets exported files and folders be dropped anywhere on a window."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        """Watch ``window``."""
        super().__init__(window)
        self._window, self._desk = window, desk
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what can be imported, and leave the rest to others."""
        if isinstance(event, QDropEvent) and event.type() in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            paths = importable(event)
            if paths:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent):
                    import_paths(self._window, self._desk, paths)
                return True
        return super().eventFilter(watched, event)


def importable(event: QDropEvent) -> list[str]:
    """Return the paths among what is dragged that may be exports."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [str(path) for path in paths if path.suffix == SUFFIX or path.is_dir()]


def import_paths(parent: QWidget, desk: Desk, paths: list[str]) -> None:
    """Import files or folders, and show what was accepted and what was refused."""
    about = ", ".join(Path(path).name for path in paths)
    order = Order(Verb.IMPORT, ("runtime", "bundles", "import", *paths), about=about)
    TransferDialog(translate("transfer", "Import"), desk.queue.submit(order), parent).open()


def ask_what_to_import(parent: QWidget, desk: Desk) -> None:
    """Let the person choose a file."""
    dialog = QFileDialog(parent, translate("transfer", "Import bundles"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(translate("transfer", "Exported bundles (*{suffix})").format(suffix=SUFFIX))
    dialog.filesSelected.connect(lambda paths: import_paths(parent, desk, list(paths)))
    dialog.open()


class TransferDialog(QDialog):
    """The progress of an import or export, then each bundle of it with what became of it."""

    def __init__(self, title: str, job: Job, parent: QWidget) -> None:
        """Make the dialog for a job; closing it does not stop the job."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        take_size(self, 640, 400)
        self._answer = Answer()
        self._lines = Lines(GAP_M + 4)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.addLayout(self._lines)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setWidget(column)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        box.addWidget(self._answer)
        box.addWidget(area, 1)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._answer.done.connect(self._on_done)
        self._answer.follow(job)

    def _on_done(self, job: Job) -> None:
        result: dict[str, Any] = (job.outcome.result if job.outcome else None) or {}
        rows = [*(result.get("items") or []), *(result.get("catalogs") or [])]
        items = [transfer_line(row) for row in rows if isinstance(row, dict)]
        for item in items:
            self._lines.addWidget(item)
        if job.state is JobState.DONE:
            is_export = job.order.verb is Verb.EXPORT
            title = self.tr("Written: {path}").format(path=result.get("output")) if is_export else self.tr("Imported")
            text = self.tr("It is verified and on this machine; Install makes it active, without a network.")
            self._answer.tell(Tone.GOOD, "active", title, "" if is_export else text)
        elif job.state is JobState.FAILED and job.order.verb is Verb.IMPORT and all(row.get("error") for row in rows):
            if job.outcome and job.outcome.error:
                self._answer.tell_failure(self.tr("Nothing was imported"), job.outcome.error)
        elif job.state is JobState.NOTHING_TO_DO:
            error = job.outcome.error if job.outcome else None
            self._answer.tell(
                Tone.NEUTRAL, "check", self.tr("There was nothing to do"), say_error(error) if error else ""
            )


def transfer_line(row: dict[str, Any]) -> QWidget:
    """Return what became of one bundle or catalog: result, name, version and the reason."""
    error = row.get("error")
    result = str(row.get("result") or ("refused" if error else "accepted"))
    icon_name, tone = _RESULTS.get(result, ("info", Tone.NEUTRAL))
    words = {
        "accepted": translate("transfer", "Accepted"),
        "already-here": translate("transfer", "Already here"),
        "skipped": translate("transfer", "Skipped"),
        "refused": translate("transfer", "Refused"),
    }
    name = Text(Type.STRONG, can_be_copied=True)
    version = row.get("upstream_version") or ""
    name.setText(f"{words.get(result, result)}: {row.get('id') or row.get('source') or ''} {version}".rstrip())
    reason = Text(is_muted=True, can_be_copied=True)
    reason.setText(say_error(error) if error else say(str(row.get("sentence") or "")))
    text = QVBoxLayout()
    text.setSpacing(2)
    text.addWidget(name)
    if reason.text():
        text.addWidget(reason)
    line = QWidget()
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GAP_M)
    box.addWidget(Pictogram(icon_name, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    box.addLayout(text, 1)
    line.setAccessibleName(f"{name.text()}. {reason.text()}")
    return line
