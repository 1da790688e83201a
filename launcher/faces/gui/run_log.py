"""The live log of a running runtime: bounded, searchable, following its end unless one reads further up."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.search_field import SearchField
from launcher.faces.gui.theme import GAP_M, Type, monospace, scaled

MAX_LINES: Final = 5000


class RunLog(QWidget):
    """The log with its search."""

    def __init__(self) -> None:
        """Make an empty log."""
        super().__init__()
        self.view = QPlainTextEdit(readOnly=True)
        self.view.setObjectName("log")
        self.view.setMaximumBlockCount(MAX_LINES)
        self.view.setFont(monospace())
        self.view.setTabChangesFocus(True)
        self.view.setMinimumHeight(scaled(180))
        self.view.setAccessibleName(self.tr("Log of the runtime"))
        self.search = SearchField(self.tr("Search the log"))
        self.search.textChanged.connect(lambda _text: self._find(is_new=True))
        self.search.returnPressed.connect(self._find)
        self._found = Text(Type.SMALL, is_muted=True)
        self._found.setWordWrap(False)
        copy = Button(self.tr("Copy all"), "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.view.toPlainText()))
        head = QHBoxLayout()
        head.setSpacing(GAP_M)
        head.addWidget(self.search, 1)
        head.addWidget(self._found)
        head.addWidget(copy)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_M)
        box.addLayout(head)
        box.addWidget(self.view, 1)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self.view.document().isEmpty()

    def append(self, line: str) -> None:
        """Add a line."""
        self.view.appendPlainText(line)

    def clear(self) -> None:
        """Begin a new log."""
        self.view.clear()

    def _find(self, *, is_new: bool = False) -> None:
        """Go to the last place of the text, and with each Enter to the one before it."""
        wanted = self.search.text()
        if is_new or not wanted:
            self.view.moveCursor(QTextCursor.MoveOperation.End)
        backward = QTextDocument.FindFlag.FindBackward
        if wanted and not self.view.find(wanted, backward):
            self.view.moveCursor(QTextCursor.MoveOperation.End)
            self._found.setText("" if self.view.find(wanted, backward) else self.tr("Not found"))
        else:
            self._found.setText("")
