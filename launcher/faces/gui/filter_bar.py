"""What the list shows: words, channel, accelerator, what fits, what is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.domain.accelerator import parse_accelerator
from launcher.faces.gui.arrange import Filter, Sorting
from launcher.faces.gui.choice import NamedChoice
from launcher.faces.gui.controls import Button
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.resources import icon
from launcher.faces.gui.search_field import SearchField
from launcher.faces.gui.theme import GAP_M, colors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QEvent

    from launcher.faces.gui.arrange import Entry


class FilterBar(QWidget):
    """The lines above the list; all but the search fold away behind a button where there is little height.

    Signals:
        changed: The person wants to see something else; carries the `Filter`.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        """Make the bar as it is at first: what fits this machine."""
        super().__init__()
        self.search = SearchField(self.tr("Search bundles"), self.tr("Search (Ctrl+F)"))
        self.channel = _Choice(self.tr("Channel"), self.tr("Channel"))
        self.family = _Choice(self.tr("Accelerator"), self.tr("Accelerator"))
        self.fits = _Toggle(self.tr("Fits this machine"), is_on=True)
        self.installed = _Toggle(self.tr("Installed"))
        self.sorting = NamedChoice(self.tr("Order of the bundles"))
        for sorting, title in (
            (Sorting.BEST, self.tr("Best first")),
            (Sorting.NAME, self.tr("By name")),
            (Sorting.SIZE, self.tr("Largest first")),
            (Sorting.NEWEST, self.tr("Last installed first")),
        ):
            self.sorting.addItem(title, sorting.value)
        self.sorting.currentIndexChanged.connect(self._tell)
        self.search.textChanged.connect(self._tell)
        for choice in (self.channel, self.family):
            choice.currentIndexChanged.connect(self._tell)
        for toggle in (self.fits, self.installed):
            toggle.toggled.connect(self._tell)
        self.unfold = Button("", "filter")
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._fold)
        self._folds = QWidget()
        narrow = FlowLayout()
        self._folds.setLayout(narrow)
        row = (self.fits, self.installed, self.channel, self.family)
        height = max(widget.sizeHint().height() for widget in row)
        for widget in row:
            widget.setFixedHeight(height)  # buttons and boxes differ by a pixel or two
            narrow.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_M)
        first = QHBoxLayout()
        first.setSpacing(GAP_M)
        first.addWidget(self.search, 1)
        first.addWidget(self.sorting)
        first.addWidget(self.unfold)
        box.addLayout(first)
        box.addWidget(self._folds)
        self._count()
        self.save_height(is_low=False)

    def filter(self) -> Filter:
        """Return what the person wants to see."""
        return Filter(
            text=self.search.text(),
            channel=self.channel.currentData() or "",
            family=self.family.currentData() or "",
            fits_only=self.fits.isChecked(),
            installed_only=self.installed.isChecked(),
            sorting=Sorting(self.sorting.currentData()),
        )

    def restore(self, wanted: Filter) -> None:
        """Show what was wanted before; a channel or accelerator holds as long as there is one of that name."""
        self.search.setText(wanted.text)
        self.channel.expect(wanted.channel, wanted.channel)
        self.family.expect(wanted.family, parse_accelerator(wanted.family).family_title if wanted.family else "")
        self.fits.setChecked(wanted.fits_only)
        self.installed.setChecked(wanted.installed_only)
        self.sorting.setCurrentIndex(self.sorting.findData(wanted.sorting.value))

    def offer(self, entries: Iterable[Entry]) -> None:
        """Offer the channels and accelerators that there are."""
        entries = list(entries)
        channels = sorted({entry.bundle["channel"] for entry in entries})
        self.channel.offer([(channel, channel) for channel in channels])
        families = sorted({entry.family for entry in entries})
        self.family.offer([(family, parse_accelerator(family).family_title) for family in families])

    def clear(self) -> None:
        """Show everything."""
        self.search.clear()
        for choice in (self.channel, self.family):
            choice.setCurrentIndex(0)
        for toggle in (self.fits, self.installed):
            toggle.setChecked(False)

    def save_height(self, *, is_low: bool) -> None:
        """Fold all but the search away where there is little height."""
        self.unfold.setVisible(is_low)
        self._fold()

    def _fold(self) -> None:
        is_open = self.unfold.isHidden() or self.unfold.isChecked()
        self.sorting.setVisible(is_open)
        self._folds.setVisible(is_open)

    def _count(self) -> None:
        """Say on the button how many conditions hide something, so that folded ones are not forgotten."""
        wanted = self.filter()
        count = sum(map(bool, (wanted.channel, wanted.family, wanted.fits_only, wanted.installed_only)))
        self.unfold.setText(self.tr("Filter (%n)", "", count) if count else self.tr("Filter"))

    def _tell(self) -> None:
        self._count()
        self.changed.emit(self.filter())


class _Choice(NamedChoice):
    """One of several, or all."""

    def __init__(self, everything: str, name: str) -> None:
        super().__init__(name)
        self.setSizeAdjustPolicy(NamedChoice.SizeAdjustPolicy.AdjustToContents)
        self.addItem(everything, "")

    def expect(self, value: str, title: str) -> None:
        """Choose a value that is not offered yet."""
        if value and self.findData(value) < 0:
            self.addItem(title, value)
        self.setCurrentIndex(max(0, self.findData(value)))

    def offer(self, values: list[tuple[str, str]]) -> None:
        """Offer these values beside all; what was chosen stays chosen, as long as it is there."""
        if not values:  # nothing was read yet
            return
        if [self.itemData(place) for place in range(1, self.count())] == [value for value, _ in values]:
            return
        chosen = self.currentData()
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        while self.count() > 1:
            self.removeItem(1)
        for value, title in values:
            self.addItem(title, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature
        if self.currentData() != chosen:
            self.currentIndexChanged.emit(self.currentIndex())


class _Toggle(Button):
    """A condition that is on or off; on is said by a tick, not by colour alone."""

    def __init__(self, text: str, *, is_on: bool = False) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setChecked(is_on)
        self.toggled.connect(self._draw_tick)
        self._draw_tick()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is event.Type.PaletteChange:
            self._draw_tick()

    def _draw_tick(self) -> None:
        self.setIcon(icon("check", self.iconSize(), colors().accent) if self.isChecked() else QIcon())
