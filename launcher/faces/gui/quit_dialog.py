"""What is asked when the app is quit while jobs run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.orders import Verb
from launcher.faces.gui.texts import job_text, job_title, translate
from launcher.faces.gui.theme import GAP_L, GAP_M, Type, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import Snapshot

SHOWN_JOBS: Final = 4
WIDTH_PX: Final = 520


class QuitDialog(QDialog):
    """The jobs that run, and what can become of them; Escape goes back.

    Signals:
        hidden: They go on, without the window.
        kept: Downloads go on at the next start.
        cancelled: All of them are stopped.
    """

    hidden = Signal()
    kept = Signal()
    cancelled = Signal()

    def __init__(
        self, jobs: Sequence[Job], snapshot: Snapshot | None, parent: QWidget, *, can_hide: bool = False
    ) -> None:
        """Make the dialog; `open` shows it.

        Args:
            jobs: What runs or waits.
            snapshot: What the bundles are called.
            parent: The window.
            can_hide: Whether the window can be had back from the tray.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(scaled(WIDTH_PX))
        runtimes = [job for job in jobs if job.order.verb is Verb.RUN]
        is_only_runtime = len(runtimes) == len(jobs)
        title = _title(is_only_runtime=is_only_runtime)
        self.setWindowTitle(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_L)
        heading = Text(Type.HEADING)
        heading.setText(title)
        box.addWidget(heading)
        if not is_only_runtime:
            box.addLayout(_list(jobs, snapshot))
            what = Text()
            what.setText(_consequences(has_runtime=bool(runtimes)))
            box.addWidget(what)
        box.addLayout(self._buttons(is_only_runtime=is_only_runtime, can_hide=can_hide))

    def _buttons(self, *, is_only_runtime: bool, can_hide: bool) -> QHBoxLayout:
        back = Button(translate("quit", "Back"))
        back.clicked.connect(self.reject)
        stop = Button(translate("quit", "Cancel them and quit"))
        keep = Button(translate("quit", "Keep them and quit"), variant="primary")
        if is_only_runtime:
            stop.become(translate("quit", "Stop and quit"), "", "primary")
        stop.clicked.connect(self._on_stop)
        keep.clicked.connect(self._on_keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addStretch(1)
        buttons.addWidget(back)
        if can_hide:
            hide = Button(translate("quit", "Go on in the tray"))
            hide.clicked.connect(self._on_hide)
            buttons.addWidget(hide)
        buttons.addWidget(stop)
        if not is_only_runtime:
            buttons.addWidget(keep)
        back.setFocus()
        return buttons

    def _on_hide(self) -> None:
        self.accept()
        self.hidden.emit()

    def _on_keep(self) -> None:
        self.kept.emit()
        self.accept()

    def _on_stop(self) -> None:
        self.cancelled.emit()
        self.accept()


def _title(*, is_only_runtime: bool) -> str:
    if is_only_runtime:
        return translate("quit", "A runtime is running. Stop it and quit?")
    return translate("quit", "Quit while jobs are under way?")


def _consequences(*, has_runtime: bool) -> str:
    text = translate(
        "quit",
        "If they are kept, downloads go on at the next start from where they are, and what is being changed on the disk"
        " is finished before the app ends. If they are cancelled, what is active stays as it is.",
    )
    return text + "\n" + translate("quit", "The runtime that is running is stopped.") if has_runtime else text


def _list(jobs: Sequence[Job], snapshot: Snapshot | None) -> QVBoxLayout:
    lines = QVBoxLayout()
    lines.setSpacing(GAP_M)
    for job in jobs[:SHOWN_JOBS]:
        order = job.order
        bundle = snapshot.find_bundle(order.bundle_id) if snapshot and order.bundle_id else None
        subject = bundle["name"] if bundle else order.bundle_id or order.about
        title, state = Text(Type.STRONG), Text(Type.SMALL, is_muted=True)
        form = translate("quit", "{job}: {subject}") if subject else "{job}"
        title.setText(form.format(job=job_title(order.verb), subject=subject))
        state.setText(job_text(job))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(state)
        lines.addLayout(words)
    if len(jobs) > SHOWN_JOBS:
        more = Text(Type.SMALL, is_muted=True)
        more.setText(translate("quit", "and %n more", "", len(jobs) - SHOWN_JOBS))
        lines.addWidget(more)
    return lines
