"""What the further screens have in common: a heading, buttons beside it, and cards below each other that scroll."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Text
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, scaled

# Lines of text longer than this are hard to read, and buttons at their ends hard to connect with them.
MAX_WIDTH: Final = 900


class Page(QWidget):
    """A screen.

    Attributes:
        body: Where the cards go; the space below them is taken.
    """

    def __init__(self, title: str, sentence: str) -> None:
        """Make a screen with its heading and what it is for."""
        super().__init__()
        self.setObjectName("page")
        heading = Text(Type.TITLE)
        heading.setText(title)
        self.sentence = Text(is_muted=True)
        self.sentence.setText(sentence)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(heading)
        words.addWidget(self.sentence)
        self._head = QHBoxLayout()
        self._head.setSpacing(GAP_M)
        self._head.addLayout(words, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP_M + GAP_S)
        column = QWidget()
        column.setObjectName("details")
        column.setMaximumWidth(scaled(MAX_WIDTH))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, GAP_M, GAP_L)
        inner.addLayout(self.body)
        inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(title)
        self.area.setWidget(column)
        self.area.setAlignment(Qt.AlignmentFlag.AlignLeft)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L - GAP_S, GAP_S, 0)
        box.setSpacing(GAP_L)
        edge = QHBoxLayout()
        edge.setContentsMargins(0, 0, GAP_L - GAP_S, 0)
        edge.addLayout(self._head)
        box.addLayout(edge)
        box.addWidget(self.area, 1)

    def add_head(self, widget: QWidget) -> None:
        """Put a button or a choice beside the heading."""
        self._head.addWidget(widget)
