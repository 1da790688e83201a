"""The way of the focus: as one reads, also among what was made later.

Qt lets Tab go from widget to widget in the order in which they were made, so that a line which appears above a screen,
or rows that are made anew after each reading, would come last. What is laid out knows the order in which it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout

# They have parts of their own, among which they lead the focus themselves.
_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)


def find_next_stop(root: QWidget, focus: QWidget | None, *, is_forward: bool) -> QWidget | None:
    """Return where Tab, or Shift and Tab, leads from ``focus``; None where no layout of ``root`` has that."""
    stops = list(_stops(root))
    if focus is None and stops:
        return stops[0 if is_forward else -1]
    here = next((place for place, stop in enumerate(stops) if focus in {stop, stop.focusProxy()}), None)
    return None if here is None else stops[(here + (1 if is_forward else -1)) % len(stops)]


def _stops(widget: QWidget | None) -> Iterator[QWidget]:
    """Yield what Tab stops at in a widget, itself first."""
    if widget is None or widget.isHidden() or not widget.isEnabled():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_reached_by_arrows(widget):
        yield widget
    if not isinstance(widget, _WHOLE):
        for part in _parts(widget):
            yield from _stops(part)


def _is_reached_by_arrows(widget: QWidget) -> bool:
    """Tell whether a widget is one of several of which another one is chosen; Qt finds that out only with a focus."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


def _parts(widget: QWidget) -> Iterator[QWidget | None]:
    if isinstance(widget, QScrollArea):
        yield widget.widget()
    elif isinstance(widget, QSplitter):
        yield from (widget.widget(place) for place in range(widget.count()))
    elif isinstance(widget, QMainWindow):  # its layout has places for bars that it does not have
        yield widget.centralWidget()
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _laid_out(inner)
