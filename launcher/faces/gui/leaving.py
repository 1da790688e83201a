"""How the app goes: what runs is asked about, what can wait is kept for the next start, and nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Verb
from launcher.faces.gui.quit_dialog import QuitDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.faces.gui.activity import ActivityLog
    from launcher.faces.gui.jobs import Job, JobQueue
    from launcher.faces.gui.overview import OverviewReader


class Leaving(QObject):
    """Stops jobs before the app goes.

    Attributes:
        is_under_way: Whether the app is going, as soon as what still runs has ended.

    Signals:
        began: Nobody needs the window any more; it may disappear.
        hidden: The window shall disappear, and all that runs goes on.
        done: No job runs any more.
    """

    began = Signal()
    hidden = Signal()
    done = Signal()

    def __init__(self, queue: JobQueue, activity: ActivityLog, reader: OverviewReader, window: QWidget) -> None:
        """Watch over the jobs of ``queue``; questions are asked above ``window``, in words of ``reader``."""
        super().__init__(window)
        self._queue, self._activity, self._reader, self._window = queue, activity, reader, window
        self._held_back: list[Job] = []
        self.is_under_way = False
        queue.ended.connect(self._look_later)
        queue.changed.connect(self._on_changed)

    @property
    def may_go(self) -> bool:
        """Whether nothing runs or waits for its turn; what is paused can wait for the next start."""
        return all(job.state is JobState.PAUSED for job in self._queue.jobs)

    def ask(self, *, can_hide: bool = False) -> None:
        """Ask what shall become of the jobs, where there are some that somebody would miss; else go.

        Args:
            can_hide: Whether the window can be had back from the tray, so that the jobs may go on without it.
        """
        missed = [job for job in self._activity.unfinished if job.state is not JobState.PAUSED]
        if not missed:
            self.cancel_and_go()
            return
        question = QuitDialog(missed, self._reader.snapshot, self._window, can_hide=can_hide)
        question.hidden.connect(self.hidden)
        question.kept.connect(self.keep_and_go)
        question.cancelled.connect(self.cancel_and_go)
        question.open()

    def keep_and_go(self) -> None:
        """Stop downloads so that the next start goes on with them, let other changes finish, and go."""
        self._activity.keep_for_next_start()
        for job in reversed(self._queue.jobs):
            if job.can_pause:
                self._held_back.append(job)
                job.pause()
        self._go()

    def cancel_and_go(self) -> None:
        """Stop everything but what is paused, and go."""
        for job in reversed(self._queue.jobs):
            if job.state is not JobState.PAUSED:
                job.cancel()
        self._go()

    def stay(self) -> None:
        """Do not go after all: somebody wants the window back."""
        if self.is_under_way:
            self.is_under_way = False
            self._activity.keep_on()
            for job in self._held_back:
                job.resume()
            self._held_back.clear()

    def _go(self) -> None:
        self.is_under_way = True
        self.began.emit()
        self._look_later()

    def _on_changed(self, job: Job) -> None:
        if job.state is JobState.PAUSED:
            self._look_later()

    def _look_later(self) -> None:
        if self.is_under_way:
            QTimer.singleShot(0, self, self._look)  # not within a job's own signals

    def _look(self) -> None:
        if not self.is_under_way:
            return
        for job in self._queue.jobs:
            # Nobody will look at what a reading finds; a runtime would outlive the window that shows it.
            if not job.order.is_writer or job.order.verb is Verb.REFRESH or job.state is JobState.QUEUED:
                job.cancel()
        if self.may_go:
            self.done.emit()
