"""Runtimes that outlived the app: it was killed, and with it what would have ended them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from launcher.domain.errors import WorkerDied
from launcher.faces.gui.announce import announce
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.texts import error_in_full, translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.faces.gui.activity import ActivityLog
    from launcher.faces.gui.activity_file import Record
    from launcher.faces.gui.jobs import Job

_BUNDLES = ("runtime", "bundles")


class LeftRunning(QWidget):
    """A line above whichever screen is open, for each runtime that still runs: stop it, or let it run."""

    def __init__(self, activity: ActivityLog) -> None:
        """Look after the runtimes of ``activity`` whose end nobody saw."""
        super().__init__()
        self._queue = activity.queue
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(GAP_L, GAP_L - GAP_S, GAP_L, 0)
        self._box.setSpacing(GAP_M)
        self.hide()
        for bundle_id, name in find_left(activity.records).items():
            words = (*_BUNDLES, "run", bundle_id, "--dry-run")
            reading = self._queue.submit(Order(Verb.PLAN_RUN, words, is_writer=False, about=bundle_id))
            reading.ended.connect(lambda job, bundle_id=bundle_id, name=name: self._on_read(job, bundle_id, name))

    def _on_read(self, job: Job, bundle_id: str, name: str) -> None:
        result = (job.outcome.result if job.outcome else None) or {}
        if not result.get("is_running"):
            return
        text = translate("left", "{name} still runs: the app ended before it could be stopped.").format(name=name)
        strip = Strip(Tone.WARNING, "run", "", text)
        strip.add_button(translate("left", "Stop it"), lambda: self._stop(bundle_id, strip))
        strip.add_button(translate("left", "Let it run"), lambda: self._take_away(strip))
        self._show(strip)

    def _stop(self, bundle_id: str, strip: Strip) -> None:
        self._take_away(strip)
        order = Order(Verb.STOP, (*_BUNDLES, "stop", bundle_id), is_writer=False, about=bundle_id)
        self._queue.submit(order).ended.connect(self._on_stopped)

    def _on_stopped(self, job: Job) -> None:
        error = job.outcome.error if job.outcome else None
        if job.state is JobState.FAILED and error is not None:
            strip = Strip(Tone.DANGER, "warning", "", error_in_full(error))
            strip.add_button(translate("left", "Close"), lambda: self._take_away(strip))
            self._show(strip)

    def _show(self, strip: Strip) -> None:
        self._box.addWidget(strip)
        self.show()
        announce(strip, strip.accessibleName())

    def _take_away(self, strip: Strip) -> None:
        self._box.removeWidget(strip)
        strip.hide()
        strip.deleteLater()
        self.setVisible(self._box.count() > 0)


def find_left(records: Sequence[Record]) -> dict[str, str]:
    """Return the bundles whose runtime may still run, with what it was called: nobody saw how its last run ended."""
    last = {record.order.arguments[3]: record for record in reversed(records) if _is_run(record)}
    return {bundle_id: record.order.about for bundle_id, record in last.items() if _has_unknown_end(record)}


def _is_run(record: Record) -> bool:
    return record.order.verb is Verb.RUN and len(record.order.arguments) > len(_BUNDLES) + 1


def _has_unknown_end(record: Record) -> bool:
    return record.state is None or (record.error is not None and record.error["code"] == WorkerDied.code)
