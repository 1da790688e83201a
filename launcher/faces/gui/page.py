"""What the further screens have in common: a heading, buttons beside it, and cards below each other that scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Text
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

# Lines of text longer than this are hard to read, and buttons at their ends hard to connect with them.
MAX_WIDTH: Final = 900
# Less than this beside the buttons, and the words would be a column of their own.
MIN_WORDS: Final = 200


class Head(QWidget):
    """A heading with buttons beside it, or below it where long words or large letters leave them no room."""

    def __init__(self, *words: QWidget) -> None:
        """Make one of a heading and what stands below it."""
        super().__init__()
        self._words, self._buttons = QVBoxLayout(), QHBoxLayout()
        self._words.setSpacing(2)
        for word in words:
            self._words.addWidget(word)
        self._buttons.setSpacing(GAP_M)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP_M)
        self._box.addLayout(self._words, 1)
        self._box.addLayout(self._buttons)

    def add(self, widget: QWidget) -> None:
        """Put a button, a choice or a text beside the heading."""
        self._buttons.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons where they have room."""
        super().resizeEvent(event)
        is_wide = self._buttons.sizeHint().width() + scaled(MIN_WORDS) <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._box.direction():
            self._box.setDirection(direction)
            self._box.setAlignment(self._buttons, Qt.AlignmentFlag(0) if is_wide else Qt.AlignmentFlag.AlignLeading)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the parts need below each other."""
        parts = self._words.minimumSize(), self._buttons.minimumSize()
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())


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
        self._head = Head(heading, self.sentence)
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
        edge.addWidget(self._head)
        box.addLayout(edge)
        box.addWidget(self.area, 1)

    def add_head(self, widget: QWidget) -> None:
        """Put a button or a choice beside the heading."""
        self._head.add(widget)
