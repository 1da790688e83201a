"""A list and the details of what is chosen in it: side by side, or one in place of the other in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from launcher.faces.gui.controls import Button
from launcher.faces.gui.theme import GAP_M, GAP_S, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

# With less than this, at the usual text size, both would be columns of cut-off words.
LEAST_BOTH_PX: Final = 760
# More than either needs at least: Qt takes the ratio of such sizes only.
HALF: Final = 10_000


class TwoPanes(QSplitter):
    """Two panes of which a narrow window, or one with large letters, shows one at a time.

    Attributes:
        back: The button that leads from the details to the list.

    Signals:
        turned: Something else is shown now: both, the list, or the details in its place.
    """

    turned = Signal()

    def __init__(self, first: QWidget, second: QWidget, back: str) -> None:
        """Show the first one alone until `offer` says that there is a second.

        Args:
            first: The list.
            second: The details.
            back: The words on the button that leads back to the list.
        """
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GAP_M)
        self._first, self._ahead = first, QWidget()
        self._is_offered = self._is_ahead = self._is_single = False
        self._told = (False, False)
        is_reversed = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.back = Button(back, "back-reversed" if is_reversed else "back", "plain")
        self.back.clicked.connect(self.go_back)
        box = QVBoxLayout(self._ahead)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_S)
        box.addWidget(self.back)
        box.addWidget(second, 1)
        box.setAlignment(self.back, Qt.AlignmentFlag.AlignLeading)
        self.addWidget(first)
        self.addWidget(self._ahead)
        self._arrange()
        self.setSizes([HALF, HALF])

    @property
    def is_single(self) -> bool:
        """Whether there is room for one of them only."""
        return self._is_single

    @property
    def is_ahead(self) -> bool:
        """Whether the details stand in place of the list."""
        return self._is_single and self._is_ahead and self._is_offered

    def offer(self, *, is_there: bool) -> None:
        """Say whether there are details to be shown."""
        self._is_offered = is_there
        self._arrange()

    def go_ahead(self) -> None:
        """Show the details where there is no room for both; otherwise they are seen already."""
        self._is_ahead = True
        self._arrange()

    def go_back(self) -> None:
        """Show the list again, and give it the focus."""
        if self.is_ahead:
            self._is_ahead = False
            self._arrange()
            self._first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many as there is room for now."""
        super().resizeEvent(event)
        is_single = self.width() < scaled(LEAST_BOTH_PX)
        if is_single is not self._is_single:
            self._is_single = is_single
            self._is_ahead = False
            self._arrange()
            self.setSizes([HALF, HALF])  # a splitter forgets the size of what it hides

    def _arrange(self) -> None:
        self.back.setVisible(self._is_single)
        self._ahead.setVisible(self._is_offered and (self._is_ahead or not self._is_single))
        self._first.setVisible(not self.is_ahead)
        state = self._is_single, self.is_ahead
        if state != self._told:
            self._told = state
            self.turned.emit()
