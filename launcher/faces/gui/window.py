"""The main window: its screens, what it says about itself, and how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMainWindow

from launcher.faces.gui.jobs import Job, JobQueue, JobState, Verb
from launcher.faces.gui.overview import OverviewReader
from launcher.faces.gui.resources import resource_path
from launcher.faces.gui.runtimes_screen import RuntimesScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from launcher.faces.gui.worker import WorkerCommand

FIRST_SIZE: Final = QSize(1180, 780)
LEAST_SIZE: Final = QSize(720, 480)


class MainWindow(QMainWindow):
    """The window of the app. It never fetches, verifies or parses by itself: workers do (ADR 0006)."""

    def __init__(self, command: WorkerCommand, flags: Sequence[str] = ()) -> None:
        """Make the window.

        Args:
            command: How workers are started.
            flags: The global flags that they are started with, e.g. ``--sample``.
        """
        super().__init__()
        self.is_sample = "--sample" in flags
        self.setWindowTitle(self.tr("ARW Launcher: sample registry") if self.is_sample else self.tr("ARW Launcher"))
        self.setWindowIcon(QIcon(str(resource_path("icons/app.svg"))))
        self.resize(FIRST_SIZE)
        self.setMinimumSize(LEAST_SIZE)
        self.queue = JobQueue(command, self)
        self.reader = OverviewReader(self.queue, self)
        self.runtimes = RuntimesScreen(self.queue, self.reader, flags)
        self.setCentralWidget(self.runtimes)
        self.queue.ended.connect(self._on_job_ended)

    def start(self) -> None:
        """Show what is on this machine at once, and ask the sources in the background."""
        self.reader.read()
        self.reader.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stop what runs, and go when it has stopped; the window itself disappears at once."""
        if not self.queue.jobs:
            super().closeEvent(event)
            return
        event.ignore()
        self.hide()
        self.queue.cancel_all()

    def _on_job_ended(self, job: Job) -> None:
        if self.is_sample and job.order.verb is Verb.INSTALL and job.state is JobState.DONE:
            self.reader.refresh()  # the sample publishes its second revision once the first is installed
        if self.isHidden() and not self.queue.jobs:
            self.close()
