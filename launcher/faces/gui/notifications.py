"""A finished job is told where nobody looks at the window, if the person wants that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from launcher.faces.gui.activity import PASSING
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.outcome_texts import report_of
from launcher.faces.gui.texts import failure_title, job_title, translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.faces.gui.activity import ActivityLog
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.orders import Order
    from launcher.faces.gui.overview import OverviewReader
    from launcher.faces.gui.preferences import Preferences


class Notifier(QObject):
    """Decides what is worth a message, and words it.

    Attributes:
        last: What the last message is about, once there was one.

    Signals:
        told: Title, text, and whether it is a problem.
    """

    told = Signal(str, str, object)

    def __init__(
        self,
        window: QWidget,
        activity: ActivityLog,
        reader: OverviewReader,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        """Follow the jobs of the queue; ``window`` is asked whether somebody looks at it."""
        super().__init__(parent)
        self.last: Order | None = None
        self._window, self._reader, self._preferences = window, reader, preferences
        activity.queue.ended.connect(self._on_ended)

    def _on_ended(self, job: Job) -> None:
        # Who stopped a job knows that it stopped.
        if job.order.verb in PASSING or job.state is JobState.CANCELLED or self._window.isActiveWindow():
            return
        if not self._preferences.value("notifications"):
            return
        QApplication.alert(self._window)  # the task bar shows it, where there is no tray
        self.last = job.order
        title, text = self._words(job)
        self.told.emit(title, text, job.state is JobState.FAILED)

    def _words(self, job: Job) -> tuple[str, str]:
        snapshot, bundle_id = self._reader.snapshot, job.order.bundle_id
        bundle = snapshot.find_bundle(bundle_id) if snapshot and bundle_id else None
        if bundle is not None:
            report = report_of(job, bundle)
            return bundle["name"], report.title
        subject = job.order.about or job_title(job.order.verb)
        if job.state is JobState.FAILED:
            return subject, failure_title(job.order.verb)
        return subject, translate("notifications", "{job}: done").format(job=job_title(job.order.verb))
