"""The settings as the window acts on them: read at the start, and again whenever one was changed, here or elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from launcher.domain.settings import Settings
from launcher.faces.gui.file_watch import FileWatch
from launcher.faces.gui.jobs import Order, Verb
from launcher.faces.gui.language import speak
from launcher.faces.gui.theme import wear

if TYPE_CHECKING:
    from launcher.faces.gui.jobs import Job, JobQueue
    from launcher.faces.gui.remembered import Remembered

READ: Final = Order(Verb.READ_SETTINGS, ("settings", "list"), is_writer=False)


class Preferences(QObject):
    """What ``arw-cli settings`` last told, by whichever job of this window; until then the defaults.

    The file is watched: what another process sets is read as well.

    Attributes:
        is_read: Whether a reading has come to an end, good or bad.

    Signals:
        reading: All settings are being read; carries the job.
        changed: A reading has come to an end.
        changed_elsewhere: Another process has changed the file; it is being read.
    """

    reading = Signal(object)
    changed = Signal()
    changed_elsewhere = Signal()

    def __init__(self, queue: JobQueue, remembered: Remembered, parent: QObject | None = None) -> None:
        """Listen to the jobs of ``queue``; what the next start needs at once goes to ``remembered``."""
        super().__init__(parent)
        self.is_read = False
        self._queue, self._remembered = queue, remembered
        self._values: dict[str, Any] = {}
        self._watch = FileWatch(self)
        self._watch.changed.connect(self._on_file_changed)
        queue.ended.connect(self._on_ended)

    def read(self) -> None:
        """Ask for all settings."""
        self._watch.keep()
        self.reading.emit(self._queue.submit(READ))

    def value(self, name: str) -> Any:  # noqa: ANN401 - as the kind of the setting says
        """Return the value of a setting."""
        return self._values.get(name, Settings._field_defaults[name])

    def _on_ended(self, job: Job) -> None:
        if job.order.verb not in {Verb.READ_SETTINGS, Verb.SET}:
            return
        result = (job.outcome.result if job.outcome else None) or {}
        if path := result.get("path"):
            self._watch.aim(Path(path))
        told = {setting["name"]: setting["value"] for setting in result.get("settings") or []}
        self._values |= told
        if told:
            self._act(is_first=not self.is_read)
        self.is_read = self.is_read or job.order.verb is Verb.READ_SETTINGS
        self.changed.emit()

    def _on_file_changed(self) -> None:
        self.read()
        self.changed_elsewhere.emit()

    def _act(self, *, is_first: bool) -> None:
        self._queue.allow_downloads(self.value("parallel_downloads"))
        app, remembered, appearance = QApplication.instance(), self._remembered, self.value("appearance")
        if not isinstance(app, QApplication):
            return
        if appearance != remembered.appearance:
            remembered.appearance = appearance  # the next start cannot wait for a worker to tell
            wear(app, appearance)
        if is_first and self.value("language") != remembered.language:  # later the Settings screen says when it acts
            remembered.language = self.value("language")
            speak(app, remembered.language)
