"""What was done with a bundle last, and what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from launcher.faces.gui.controls import Button, Card, Code, Text
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.quantities import age_text
from launcher.faces.gui.texts import failure_title, job_title
from launcher.faces.gui.theme import Type

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.faces.gui.activity_file import Record

SHOWN_LINES: Final = 6


class LogSection(Card):
    """The last lines of the last job about a bundle, also of one from before the last start.

    Signals:
        log_asked: Show the whole log; carries its text.
    """

    log_asked = Signal(str)

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("Log"))
        self._text = ""
        self._title = Text()
        self._when = Text(Type.SMALL, is_muted=True)
        self._lines = Code()
        frame = self._frame = QFrame()
        frame.setObjectName("code")
        QVBoxLayout(frame).addWidget(self._lines)
        self._open = Button(self.tr("Open log"), "log")
        self._open.clicked.connect(lambda: self.log_asked.emit(self._text))
        buttons = FlowLayout()
        buttons.addWidget(self._open)
        for widget in (self._title, self._when, frame):
            self.box.addWidget(widget)
        self.box.addLayout(buttons)

    def show_records(self, records: Sequence[Record], bundle_id: str) -> None:
        """Show the newest of the records that is about a bundle; they stand newest first."""
        record = next((record for record in records if record.order.bundle_id == bundle_id and record.ended_at), None)
        self.setVisible(record is not None)
        if record is None:
            return
        verb = record.order.verb
        self._title.setText(failure_title(verb) if record.error else job_title(verb))
        self._when.show_text(age_text(record.ended_at))
        self._text = "\n".join(record.log)
        self._lines.show_text("\n".join(record.log[-SHOWN_LINES:]))
        self._frame.setVisible(bool(record.log))
        self._open.setVisible(len(record.log) > SHOWN_LINES)
