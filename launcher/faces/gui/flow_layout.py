"""A layout that places widgets side by side and goes on in the next line when there is no more room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QStyle

from launcher.faces.gui.theme import GAP_M

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Chips and buttons at any width, any text size and in both writing directions."""

    def __init__(self, gap: int = GAP_M, outdent: int = 0) -> None:
        """Make an empty layout.

        Args:
            gap: Pixels between items and between lines.
            outdent: How many pixels lines begin before the edge, so that what is *in* their first button is in line
                with the texts above; there must be so much room.
        """
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._outdent = gap, outdent
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take an item in; `addWidget` calls it."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Remove an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Tell that it takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Tell that narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at a width."""
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    def line_width(self) -> int:
        """Return the width of all of them side by side; 0 where none is shown."""
        widths = [item.sizeHint().width() for item in self._items if not _is_hidden(item.widget())]
        return sum(widths) + self._gap * max(0, len(widths) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest item; more width makes it less high."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        """Walk through the lines; return the height of all of them."""
        start = rect.left() - self._outdent
        at = QPoint(start, rect.top())
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        line_height = 0
        for item in self._items:
            if _is_hidden(item.widget()):
                continue
            size = _size_within(item, max(rect.width(), 1))
            if at.x() > start and at.x() + size.width() > rect.right() + 1:
                at = QPoint(start, at.y() + line_height + self._gap)
                line_height = 0
            if not is_trial:
                place = QStyle.visualRect(direction, rect, QRect(at, size))
                widget = item.widget()
                # Not through the item, which would hold a widget of a fixed height to a single line.
                widget.setGeometry(place) if widget is not None else item.setGeometry(place)
            at.setX(at.x() + size.width() + self._gap)
            line_height = max(line_height, size.height())
        return at.y() + line_height - rect.top()


def _size_within(item: QLayoutItem, width: int) -> QSize:
    """Return what an item takes of a line: what it wants, or all of the width and as many lines as it then needs."""
    hint, widget = item.sizeHint(), item.widget()
    if hint.width() <= width or widget is None:
        return QSize(min(hint.width(), width), hint.height())
    return QSize(width, max(hint.height(), widget.heightForWidth(width)))


def _is_hidden(widget: QWidget | None) -> bool:
    return widget is not None and widget.isHidden()
