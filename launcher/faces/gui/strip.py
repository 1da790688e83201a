"""A calm line across the window: a notice, a problem, an undo. Always icon, words, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from launcher.faces.gui.controls import Button, Pictogram, Text, set_tone
from launcher.faces.gui.texts import quoted
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone, Type, scaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget


# As high as one with buttons, so that several stand in a rhythm.
LEAST_HEIGHT_PX: Final = 38
LEAST_WORDS_PX: Final = 300
PICTURE_PX: Final = 18


class Strip(QFrame):
    """One line with buttons, and what it unfolds."""

    def __init__(self, tone: Tone, icon_name: str, word: str, text: str) -> None:
        """Make a strip.

        Args:
            tone: Its colour.
            icon_name: Its picture.
            word: What kind it is, for those who do not see colours: ``Security``; may be empty.
            text: The line itself.
        """
        super().__init__()
        set_tone(self, tone)
        self.setAccessibleName(quoted(": ".join(filter(None, [word, text]))))
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(Pictogram(icon_name, tone, PICTURE_PX), 0, Qt.AlignmentFlag.AlignVCenter)
        if word:
            kind = Text(Type.STRONG)
            kind.setWordWrap(False)
            kind.setText(word)
            line.addWidget(kind)
        self._text = Text(can_be_copied=True)
        self._text.setText(text)
        line.addWidget(self._text, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP_M)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(GAP_S)
        self._line.addLayout(line, 1)
        self._line.addLayout(self._buttons)
        self.setMinimumHeight(scaled(LEAST_HEIGHT_PX))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(GAP_L - 4, GAP_S, GAP_M, GAP_S)
        self._box.setSpacing(GAP_S)
        self._box.addLayout(self._line)

    def add_button(self, text: str, act: Callable[[], object], icon_name: str = "") -> Button:
        """Add a button at the end of the line."""
        button = Button(text, icon_name, "plain")
        button.clicked.connect(lambda _is_checked: act())
        self._buttons.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the buttons below the words where these would not have room enough beside them."""
        super().resizeEvent(event)
        is_narrow = self.width() < self._buttons.sizeHint().width() + scaled(LEAST_WORDS_PX)
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() is not wanted:
            self._line.setDirection(wanted)
            leading = Qt.AlignmentFlag.AlignLeading if is_narrow else Qt.AlignmentFlag(0)
            self._line.setAlignment(self._buttons, leading)

    def add_below(self, widget: QWidget) -> None:
        """Add a widget below the line."""
        line = QHBoxLayout()
        line.addSpacing(scaled(PICTURE_PX) + GAP_M)  # below the words, not below the picture
        line.addWidget(widget)
        self._box.addLayout(line)

    def add_more(self, button_text: str, more: QWidget) -> None:
        """Add a button that shows and hides a widget below the line."""
        more.hide()
        self.add_below(more)
        button = self.add_button(button_text, lambda: None)
        button.setCheckable(True)
        button.toggled.connect(more.setVisible)
