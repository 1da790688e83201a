"""Which files changed between two revisions, as the lists that their publisher signed tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.dialogs import take_size
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.quantities import size_text
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type, colors

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.domain.care_views import ComparisonView, FileChangeView
    from launcher.faces.gui.jobs import Job

Index = QModelIndex | QPersistentModelIndex
_TONES: Final = {"added": Tone.GOOD, "removed": Tone.DANGER, "changed": Tone.ACCENT}


def comparison_order(bundle_id: str, before: str, after: str) -> Order:
    """Return the order that compares two revisions; it reads only, so it waits for nothing."""
    words = ("runtime", "bundles", "compare", bundle_id, "--before", before, "--after", after)
    return Order(Verb.COMPARE, words, is_writer=False, about=bundle_id)


class FileChanges(QAbstractTableModel):
    """One row for each file that is not the same; thousands of them cost what is on screen."""

    def __init__(self, comparison: ComparisonView) -> None:
        """Show a comparison."""
        super().__init__()
        self._rows: list[tuple[str, FileChangeView]] = [
            *(("added", row) for row in comparison["added"]),
            *(("removed", row) for row in comparison["removed"]),
            *(("changed", row) for row in comparison["changed"]),
        ]
        self._heads = (
            translate("comparison", "Change"),
            translate("comparison", "File"),
            translate("comparison", "Before"),
            translate("comparison", "After"),
        )
        self._words = {
            "added": translate("comparison", "Added"),
            "removed": translate("comparison", "Removed"),
            "changed": translate("comparison", "Changed"),
        }

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many files differ."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many facts there are of each."""
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Return the name of a column."""
        is_shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if is_shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a fact of a file."""
        kind, row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            sizes = ("" if size is None else size_text(size) for size in (row["before_bytes"], row["after_bytes"]))
            return (self._words[kind], row["path"], *sizes)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return QColor(colors().tone(_TONES[kind])[0])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class ComparisonDialog(QDialog):
    """The files that differ, once the worker has compared the lists."""

    def __init__(self, job: Job, parent: QWidget) -> None:
        """Make the dialog for a job of `comparison_order`; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What changed"))
        take_size(self, 720, 480)
        self._answer = Answer()
        self._title, self._sum = Text(Type.HEADING), Text(is_muted=True, can_be_copied=True)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Files that differ"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table, arrows move in it
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        for widget in (self._title, self._sum, self._answer):
            box.addWidget(widget)
        box.addWidget(self.table, 1)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        for shown in (self._title, self._sum, self.table):
            shown.hide()
        self._answer.done.connect(self._on_done)
        self._answer.follow(job)

    def _on_done(self, job: Job) -> None:
        result: Any = job.outcome.result if job.outcome else None
        if job.state is JobState.DONE and result:
            self.show_comparison(result)

    def show_comparison(self, comparison: ComparisonView) -> None:
        """Show what differs."""
        before = comparison["before_upstream_version"] or comparison["before"]
        after = comparison["after_upstream_version"] or comparison["after"]
        self._title.show_text(self.tr("From {before} to {after}").format(before=before, after=after))
        parts = [
            self.tr("%n added", "", len(comparison["added"])),
            self.tr("%n removed", "", len(comparison["removed"])),
            self.tr("%n changed", "", len(comparison["changed"])),
            self.tr("%n the same", "", comparison["unchanged_count"]),
        ]
        trust = (
            self.tr("Told from the lists of files that were signed.")
            if comparison["is_signed"]
            else self.tr("Told from lists of files of which at least one was recorded on this machine.")
        )
        self._sum.show_text(f"{', '.join(parts)}. {trust}")
        model = FileChanges(comparison)
        model.setParent(self.table)
        self.table.setModel(model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setVisible(model.rowCount() > 0)
