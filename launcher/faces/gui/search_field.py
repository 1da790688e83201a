"""A field to search in, with a lens and a cross that grow with the text; Qt's own stay at 16 pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QToolButton

from launcher.faces.gui.controls import Pictogram
from launcher.faces.gui.resources import icon
from launcher.faces.gui.theme import GAP_M, GAP_S, colors, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

ICON_PX: Final = 16


class SearchField(QLineEdit):
    """A line to type into; the cross and Escape clear it."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        """Make an empty one; ``name`` says to screen readers, and else to everyone, what is searched."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder or name)
        self._lens = Pictogram("search", size=ICON_PX)
        self._lens.setParent(self)
        self._cross = QToolButton(self)
        self._cross.setObjectName("clear")
        self._cross.setAccessibleName(self.tr("Clear the search"))
        self._cross.setToolTip(self.tr("Clear the search"))
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape does the same
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        room = scaled(ICON_PX) + GAP_S
        self.setTextMargins(room, 0, room, 0)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Clear on Escape; where nothing is to be cleared, Escape is for others."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the scheme and the direction."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        elif event.type() is QEvent.Type.LayoutDirectionChange:
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the lens at the beginning and the cross at the end."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        side, around = scaled(ICON_PX), self.rect()
        top = (around.height() - side) // 2
        for widget, left in ((self._lens, GAP_M), (self._cross, around.width() - GAP_M - side)):
            place = QRect(left, top, side, side)
            widget.setGeometry(QStyle.visualRect(self.layoutDirection(), around, place))

    def _draw(self) -> None:
        size = QSize(scaled(ICON_PX), scaled(ICON_PX))
        self._cross.setIconSize(size)
        self._cross.setIcon(icon("cancel", size, colors().muted))
