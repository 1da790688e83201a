"""The list itself: keyboard, mouse, and what is said where it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from launcher.faces.gui.arrange import Entry
from launcher.faces.gui.bundle_list import Role
from launcher.faces.gui.controls import ENTER_KEYS, Button, Pictogram, Text
from launcher.faces.gui.row_delegate import RowDelegate
from launcher.faces.gui.stack import Stack
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_XL, Tone, Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from launcher.faces.gui.bundle_list import BundleListModel

Index = QModelIndex | QPersistentModelIndex
# How many rows are laid out before the event loop gets its turn.
BATCH: Final = 400


class BundleView(QListView):
    """The list of bundles.

    Signals:
        chosen: Another bundle is selected; carries its id, or "" for none.
        entered: Enter was pressed on the selected bundle.
        opened: A bundle was clicked beside its button.
        pressed: The button of a row was clicked; carries the bundle's id and the `Action`.
    """

    chosen = Signal(str)
    entered = Signal()
    opened = Signal()
    pressed = Signal(str, object)

    def __init__(self, model: BundleListModel) -> None:
        """Show a model."""
        super().__init__()
        self._list = model
        self._chosen_id = ""
        self._delegate = RowDelegate(self)
        self._delegate.pressed.connect(self.pressed)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setAccessibleName(self.tr("Bundles"))
        self.clicked.connect(self._on_clicked)
        self.say_what_enter_does(is_single=False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setMinimumWidth(self._delegate.least_width)
        model.modelReset.connect(self._choose_again)

    @property
    def chosen_id(self) -> str:
        """The id of the selected bundle; empty for none."""
        return self._chosen_id

    def choose(self, bundle_id: str) -> None:
        """Select a bundle, if it is shown."""
        index = self._list.place_of(bundle_id)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)

    def say_what_enter_does(self, *, is_single: bool) -> None:
        """Tell screen readers what Enter does; ``is_single`` tells that the details stand in place of the list."""
        words = (
            self.tr("Enter shows the details") if is_single else self.tr("Enter does what the button of the row does")
        )
        self.setAccessibleDescription(words)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell which bundle is selected now."""
        super().currentChanged(current, previous)
        row = current.data(Role.ROW) if current.isValid() else None
        chosen_id = row.bundle["id"] if isinstance(row, Entry) else ""
        if chosen_id and chosen_id != self._chosen_id:
            self._chosen_id = chosen_id
            self.chosen.emit(chosen_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter do what the row's button does; a double click must not install anything."""
        if event.key() in ENTER_KEYS and self._chosen_id:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, _index: Index) -> None:
        if not self._delegate.is_on_button:
            self.opened.emit()

    def _choose_again(self) -> None:
        """Keep the selection where the bundle is still shown; otherwise the details stay as they are."""
        if self._chosen_id:
            self.choose(self._chosen_id)


class EmptyState(QWidget):
    """What stands in place of a list without rows: why, and a way out."""

    def __init__(
        self, icon_name: str, title: str, text: str, button: str = "", act: Callable[[], object] = lambda: None
    ) -> None:
        """Make the state, with a button where there is a way out."""
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        box.setSpacing(GAP_M)
        box.addStretch(2)
        box.addWidget(Pictogram(icon_name, Tone.NEUTRAL, 40), 0, Qt.AlignmentFlag.AlignHCenter)
        heading = Text(Type.HEADING)
        heading.setText(title)
        self.words = Text(is_muted=True)
        self.words.setText(text)
        for words in (heading, self.words):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(words)
        box.addSpacing(GAP_L)
        if button:
            self.button = Button(button)
            self.button.clicked.connect(lambda _is_checked: act())
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)


class BundleStack(Stack):
    """The list, or the state that stands in its place."""

    def __init__(
        self, view: BundleView, reading_title: str, *, clear: Callable[[], object], refresh: Callable[[], object]
    ) -> None:
        """Make the states.

        Args:
            view: The list.
            reading_title: What is happening while there is nothing to show yet.
            clear: Clears the filter.
            refresh: Asks the sources again.
        """
        super().__init__()
        self._view = view
        self.reading = EmptyState(
            "refresh", reading_title, self.tr("Looking at what is installed and what the catalogs offer.")
        )
        self.no_match = EmptyState(
            "search",
            self.tr("No bundle matches"),
            self.tr("There are bundles, but the filter above hides them all."),
            self.tr("Show all bundles"),
            clear,
        )
        self.nothing = EmptyState(
            "installed",
            self.tr("No bundles yet"),
            self.tr("No catalog offers anything for this launcher."),
            self.tr("Ask the sources again"),
            refresh,
        )
        self.broken = EmptyState("warning", self.tr("The list cannot be read"), "", self.tr("Try again"), refresh)
        for page in (self.reading, view, self.no_match, self.nothing, self.broken):
            self.addWidget(page)

    def show_count(self, shown: int, total: int, *, is_waiting: bool) -> None:
        """Show the list, or why it is empty; ``is_waiting`` tells that the sources have not answered yet."""
        empty = self.no_match if total else self.reading if is_waiting else self.nothing
        self.setCurrentWidget(self._view if shown else empty)

    def show_broken(self, message: str) -> None:
        """Show that nothing could be read, where nothing was read before."""
        if self.currentWidget() in {self.reading, self.broken}:
            self.broken.words.setText(message)
            self.setCurrentWidget(self.broken)
