"""What an update would bring, for every channel revision between the active one and the offer."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.domain.values import NamedTuple
from launcher.faces.gui.banner_text import ask_before_opening, rich_text, severity_look
from launcher.faces.gui.chips import Chip, Look
from launcher.faces.gui.controls import Button, Card, Text, plain_inset
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.quantities import date_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.theme import GAP_L, GAP_M, Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from launcher.domain.views import BundleView, ChangeView


class Step(NamedTuple):
    """One skipped channel revision with what is said of it, or several in a row of which nothing is said."""

    first: int
    last: int
    changes: tuple[ChangeView, ...] = ()


def skipped_steps(active: int, offered: int, changes: Sequence[ChangeView]) -> Iterator[Step]:
    """Return every channel revision after ``active`` up to ``offered``, newest first.

    ``changes`` stand newest first, as the overview tells them.
    """
    above = offered + 1
    for number, group in groupby(changes, key=lambda change: change["channel_revision"]):
        if above - number > 1:
            yield Step(number + 1, above - 1)
        yield Step(number, number, tuple(group))
        above = number
    if above - active > 1:
        yield Step(active + 1, above - 1)


class ChangesSection(Card):
    """Shown where an update is available."""

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("What changed"))
        self._url = ""
        self._lines = Lines(GAP_L - 4)
        self._notes = Button("", "globe", "plain")
        self._notes.clicked.connect(lambda: ask_before_opening(self._url, self))
        buttons = FlowLayout(outdent=plain_inset())
        buttons.addWidget(self._notes)
        self.box.addLayout(self._lines)
        self.box.addLayout(buttons)

    def show_bundle(self, bundle: BundleView) -> None:
        """Show what is between the active revision and the offer of a bundle."""
        active, offered = bundle["active"], bundle["offered_channel_revision"]
        is_shown = bundle["state"] == "update-available" and active is not None and offered is not None
        self.setVisible(is_shown)
        if not is_shown or active is None or offered is None:
            return
        version = bundle["offered_upstream_version"] or ""
        self._url = bundle["notes_url"] or ""
        self._notes.setText(self.tr("Release notes of {version}").format(version=version or f"r{offered}"))
        self._notes.setVisible(bool(self._url))
        if self._lines.is_news((bundle["id"], active["channel_revision"], offered, version, bundle["changes"])):
            for step in skipped_steps(active["channel_revision"], offered, bundle["changes"]):
                self._lines.addWidget(self._step(step, version if step.last == offered else ""))

    def _step(self, step: Step, version: str) -> QWidget:
        widget = QWidget()
        box = QVBoxLayout(widget)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        name = Text(Type.STRONG)
        number = f"r{step.last}" if step.first == step.last else f"r{step.first} … r{step.last}"
        day = date_text(f"{step.changes[0]['date']}T12:00:00Z") if step.changes else ""
        name.setText(" · ".join(filter(None, [version, number, day])))
        box.addWidget(name)
        if not step.changes:
            nothing = Text(Type.SMALL, is_muted=True)
            nothing.setText(self.tr("The operators wrote nothing about this bundle."))
            box.addWidget(nothing)
        for change in step.changes:
            self._add_change(box, change)
        widget.setAccessibleName(". ".join([name.text(), *(change["title"] for change in step.changes)]))
        return widget

    def _add_change(self, box: QVBoxLayout, change: ChangeView) -> None:
        title = Text(can_be_copied=True)
        title.setText(change["title"])
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(title, 1)
        if change["severity"] != "info":
            tone, icon_name, word = severity_look(change["severity"])
            line.addWidget(Chip(Look(icon_name, word, tone)))
        box.addLayout(line)
        if change["html"]:
            box.addWidget(rich_text(change["html"], self))
        if not change["is_signed"]:
            unsigned = Text(Type.SMALL, is_muted=True)
            unsigned.setText(self.tr("Unsigned: nobody proves who wrote this."))
            box.addWidget(unsigned)
