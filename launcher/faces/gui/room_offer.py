"""Where an install found too little room: what can go, and the button that lets it go (7-screens, rule 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from launcher.faces.gui.controls import Button
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.quantities import size_text

if TYPE_CHECKING:
    from launcher.faces.gui.jobs import Job, JobQueue

NO_ROOM: Final = "disk-full"
_PRUNE: Final = ("runtime", "bundles", "prune")


class RoomOffer(QWidget):
    """Hidden until an install failed for want of room and some old revisions or downloads can go."""

    def __init__(self, queue: JobQueue) -> None:
        """Ask what can go, and let it go, through ``queue``."""
        super().__init__()
        self._queue = queue
        self._seen: Job | None = None  # the last job that was looked at, so that nothing is asked for it twice
        self._failed: Job | None = None
        self.button = Button("", "remove", "primary")
        self.button.clicked.connect(self._on_pressed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.button)
        self.hide()

    def show_for(self, job: Job | None) -> None:
        """Look for what can go if ``job`` failed because the disk is full; hide for any other."""
        over = job if job is not None and job.is_over else None
        if over is self._seen:
            return
        self._seen = over
        self.hide()
        error = over.outcome.error if over and over.outcome else None
        is_full = over is not None and over.state is JobState.FAILED and error is not None and error["code"] == NO_ROOM
        self._failed = over if is_full else None
        if self._failed is not None:
            preview = self._queue.submit(Order(Verb.PREVIEW, (*_PRUNE, "--dry-run"), is_writer=False))
            preview.ended.connect(lambda preview, failed=over: self._offer(preview, failed))

    def _offer(self, preview: Job, failed: Job) -> None:
        result = (preview.outcome.result if preview.outcome else None) or {}
        revisions, downloads = len(result.get("removed") or []), len(result.get("downloads") or [])
        if failed is not self._failed or not revisions + downloads:
            return
        if revisions and downloads:
            text = self.tr("Remove old revisions and downloads ({size}) and try again")
        elif revisions:
            text = self.tr("Remove %n old revision(s) ({size}) and try again", "", revisions)
        else:
            text = self.tr("Remove %n old download(s) ({size}) and try again", "", downloads)
        self.button.setText(text.format(size=size_text(int(result.get("freed_bytes") or 0))))
        self.show()

    def _on_pressed(self) -> None:
        failed, self._failed = self._failed, None
        self.hide()
        if failed is not None:
            prune = self._queue.submit(Order(Verb.PRUNE, _PRUNE))
            prune.ended.connect(lambda prune: self._go_on(prune, failed))

    def _go_on(self, prune: Job, failed: Job) -> None:
        if prune.state is JobState.DONE:
            self._queue.submit(failed.order)
