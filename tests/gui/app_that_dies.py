"""The app as `arw-launcher` starts it, which is given one order and is killed at the first word of a phase of it.

    python -m tests.gui.app_that_dies VERB PHASE WORDS…

It kills itself, at the event that names the phase: nobody outside could hit one. A PHASE of ``-`` is its first event.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from launcher.faces.gui import app
from launcher.faces.gui.events import PhaseBegan, Progressed
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.window import MainWindow

if TYPE_CHECKING:
    from launcher.faces.gui.events import Event
    from launcher.faces.gui.jobs import Job


class DyingWindow(MainWindow):
    """The main window with an order that is the death of it."""

    def __init__(self, *arguments: object, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type] # MainWindow's own
        self._verb, self._phase, *words = sys.argv[1:]
        bundle_id = next((word for word in words if "/" in word and not word.startswith("/")), None)
        self._order = Order(Verb(self._verb), ("runtime", "bundles", *words), bundle_id)
        self.opened.connect(self._on_opened)

    def _on_opened(self) -> None:
        self.queue.ended.connect(self._on_ended)
        self.queue.submit(self._order).told.connect(self._on_event)

    def _on_event(self, event: Event) -> None:
        # A download has begun when bytes have come: those are what the next start goes on from.
        is_there = isinstance(event, Progressed) if self._phase == "downloading" else isinstance(event, PhaseBegan)
        if self._phase == "-" or (is_there and event.phase == self._phase):  # type: ignore[union-attr] # both have one
            os.kill(os.getpid(), signal.SIGKILL)

    def _on_ended(self, job: Job) -> None:
        if job.order is self._order:
            sys.exit(f"{self._verb} ended before {self._phase}: {job.outcome}")


if __name__ == "__main__":
    vars(app)["MainWindow"] = DyingWindow  # all else is the app's own main
    sys.exit(app.main([]))
