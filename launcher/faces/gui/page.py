"""What the further screens have in common: a heading, buttons beside it, and cards below each other that scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMargins, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Text
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

# Lines of text longer than this are hard to read, and buttons at their ends hard to connect with them.
MAX_WIDTH: Final = 1040
# Less than this beside the buttons, and the words would be a column of their own.
MIN_WORDS: Final = 200


class Head(QWidget):
    """Words with buttons beside them, or below them where long words or large letters leave no room.

    Attributes:
        words: Where further lines go.
    """

    def __init__(self, *words: QWidget, least_words_px: int = MIN_WORDS) -> None:
        """Make one of lines below each other; with less room for them the buttons go below."""
        super().__init__()
        self._least_words_px = least_words_px
        self.words, self._buttons, self._area = QVBoxLayout(), FlowLayout(), QWidget()
        self.words.setSpacing(2)
        for word in words:
            self.words.addWidget(word)
        self._area.setLayout(self._buttons)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP_M)
        self._box.addLayout(self.words, 1)
        self._box.addWidget(self._area)

    def add(self, widget: QWidget) -> None:
        """Put a button, a choice or a text beside the words."""
        self._buttons.addWidget(widget)

    def event(self, event: QEvent) -> bool:
        """Put the buttons where they have room, whenever that or their words change."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the parts need below each other."""
        parts = self.words.minimumSize(), self._buttons.minimumSize()
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        line = self._buttons.line_width()
        words = max(
            scaled(self._least_words_px), self.words.minimumSize().width()
        )  # the longest word, which cannot be broken
        is_wide = line + GAP_M + words <= self.width()
        self._area.setVisible(line > 0)
        self._area.setMinimumWidth(line if is_wide else 0)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if direction is not self._box.direction():
            self._box.setDirection(direction)
        self._box.setAlignment(self._area, Qt.AlignmentFlag.AlignVCenter if is_wide else Qt.AlignmentFlag(0))


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
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, GAP_M, GAP_L)
        inner.addLayout(self.body)
        inner.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(title)
        self.area.setWidget(column)
        box = QVBoxLayout(self)
        box.setSpacing(GAP_L)
        self._set_margins()
        edge = QHBoxLayout()
        edge.setContentsMargins(0, 0, GAP_L - GAP_S, 0)
        edge.addWidget(self._head)
        box.addLayout(edge)
        box.addWidget(self.area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep to the middle of a wide window."""
        super().resizeEvent(event)
        self._set_margins()

    def _set_margins(self) -> None:
        layout = self.layout()
        if layout is not None:
            side = max(0, self.width() - 2 * GAP_L - scaled(MAX_WIDTH)) // 2
            edges = QMargins(GAP_L + side, GAP_L - GAP_S, GAP_S + side, 0)
            layout.setContentsMargins(edges)

    def add_head(self, widget: QWidget) -> None:
        """Put a button or a choice beside the heading."""
        self._head.add(widget)
