"""One line of text that ends in an ellipsis where it has no room; the whole is in its tooltip and accessible name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from launcher.faces.gui.controls import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from launcher.faces.gui.theme import Type


class ElidedText(Text):
    """A text that never wraps and never makes its window wider."""

    def __init__(self, kind: Type, *, is_muted: bool = False) -> None:
        """Make an empty one."""
        super().__init__(kind, is_muted=is_muted, can_be_copied=True)
        self._whole = ""
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show as much of a text as there is room for, or nothing at all where it is empty."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._elide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a line; any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width())))
