"""The Activity screen: what goes on, what waits, and what came of the rest (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from launcher.faces.gui.activity_row import RecordRow, RunningRow, log_of
from launcher.faces.gui.bundle_view import EmptyState
from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.dialogs import TextDialog
from launcher.faces.gui.page import Page
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.texts import job_title, translate
from launcher.faces.gui.theme import GAP_M, Type

if TYPE_CHECKING:
    from launcher.faces.gui.activity_file import Record
    from launcher.faces.gui.jobs import Job, Order
    from launcher.faces.gui.screens import Desk


class ActivityScreen(Page):
    """Running and waiting jobs on top, the others below, newest first.

    Signals:
        runtimes_asked: Show what could be installed.
    """

    runtimes_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        """Show the jobs of ``desk``."""
        super().__init__(
            translate("activity", "Activity"),
            translate("activity", "What goes on, what waits for its turn, and what was done before."),
        )
        self._desk = desk
        self._clear = Button(self.tr("Clear history"), "remove")
        self._clear.clicked.connect(desk.activity.clear)
        self.add_head(self._clear)
        self._empty = EmptyState(
            "activity",
            self.tr("Nothing yet"),
            self.tr("Installs, updates, rollbacks and checks appear here."),
            self.tr("Go to Runtimes"),
            self.runtimes_asked.emit,
        )
        self._heading = Text(Type.HEADING)
        self._heading.setText(self.tr("Earlier"))
        self._rows: dict[Job, RunningRow] = {}
        self._running, self._over = QVBoxLayout(), Lines(GAP_M)
        self._running.setSpacing(GAP_M)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._running)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._over)
        desk.activity.changed.connect(self._show)
        desk.reader.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        activity = self._desk.activity
        running, records = activity.running, list(activity.records)
        names = [self._about(order) for order in (record.order for record in records)]
        self._empty.setVisible(not running and not records)
        self._heading.setVisible(bool(records))
        self._clear.setVisible(bool(records))
        self._show_running(running)
        if self._over.is_news((records, names)):
            for record, name in zip(records, names, strict=True):
                self._over.addWidget(self._row(record, name))

    def _show_running(self, running: tuple[Job, ...]) -> None:
        """Keep the rows of jobs that go on, so that the focus stays where it is."""
        for job in [job for job in self._rows if job not in running]:
            row = self._rows.pop(job)
            self._running.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, job in enumerate(running):
            if job not in self._rows:
                self._rows[job] = RunningRow(job, self._desk.queue)
            row = self._rows[job]
            if self._running.indexOf(row) != place:
                self._running.insertWidget(place, row)
            row.show_about(self._about(job.order))
            row.refresh()

    def _row(self, record: Record, name: str) -> RecordRow:
        row = RecordRow(record, name)
        row.retry.clicked.connect(lambda: self._do_again(record))
        title = job_title(record.order.verb)
        row.open_log.clicked.connect(lambda: TextDialog(title, log_of(record), self).open())
        return row

    def _do_again(self, record: Record) -> None:
        order = record.order
        if order.bundle_id is None or self._desk.queue.job_of(order.bundle_id) is None:
            self._desk.queue.submit(order)
            if record.state is None:  # it goes on as another row
                self._desk.activity.forget(record)

    def _about(self, order: Order) -> str:
        snapshot = self._desk.reader.snapshot
        bundle = snapshot.find_bundle(order.bundle_id) if snapshot and order.bundle_id else None
        return bundle["name"] if bundle else order.bundle_id or order.about
