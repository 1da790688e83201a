"""A part of a screen that takes the height it needs, as long as that leaves room for what matters below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

_CHANGES = frozenset(
    {QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent}
)


class Capped(QScrollArea):
    """As high as its content and hidden with it; what is higher than a share of the window scrolls."""

    def __init__(self, content: QWidget, share: float) -> None:
        """Hold a widget.

        Args:
            content: What it holds.
            share: How much of the window's height it may take, 0 to 1.
        """
        super().__init__()
        self._content, self._share = content, share
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the content, of which a scroll area hears everything."""
        if watched is self._content and event.type() in _CHANGES:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.isWindow():
            return  # not laid out yet: to show it now would open a window
        content = self._content
        self.setVisible(not content.isHidden())
        if content.isHidden():
            return
        width = self.viewport().width()
        wanted = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        most = round(self.window().height() * self._share)
        if self.height() != min(wanted, most) or self.minimumHeight() != self.maximumHeight():
            self.setFixedHeight(min(wanted, most))
