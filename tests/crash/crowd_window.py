"""A running window among the people who use one store: ``python -m tests.crash.crowd_window`` with a `Crowd` as JSON.

Its jobs run in worker processes, some at once, as in real life. What became of each is one line of JSON, as of the
operations of everybody else.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from launcher.faces.gui.jobs import Job, Order, Verb
from launcher.faces.gui.window import MainWindow
from tests.crash.crowd import EDITED, Crowd
from tests.registry import LLAMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from launcher.faces.gui.events import Outcome

AT_ONCE: Final = 3


def main() -> int:
    """Show the window, work through it until all is done, and close it."""
    sys.excepthook = _give_up
    crowd = Crowd(**json.loads(sys.argv[1]))
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    window = MainWindow(["--dest", crowd.store])
    person = _Person(crowd, window)
    window.show()
    opening = QTimer(interval=20)

    def begin_when_open() -> None:
        if window.is_open:
            opening.stop()
            person.begin()

    opening.timeout.connect(begin_when_open)
    opening.start()
    return app.exec()


def _give_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    # Qt swallows what a slot raises, and the window would stay for ever.
    traceback.print_exception(kind, error, trace)
    os._exit(1)


class _Person(QObject):
    """Somebody who keeps a few jobs going until enough were done."""

    def __init__(self, crowd: Crowd, window: MainWindow) -> None:
        super().__init__()
        self._crowd = crowd
        (self._seed,) = crowd.seeds
        self._choices = random.Random(self._seed)  # noqa: S311 - a test's choices
        self._window = window
        self._left = crowd.operations
        self._going: dict[Job, tuple[str, int]] = {}

    def begin(self) -> None:
        """Order as many as there may be at once."""
        while len(self._going) < AT_ONCE and self._left:
            self._left -= 1
            name = self._choices.choice(list(_ORDERS))
            job = self._window.queue.submit(_ORDERS[name](self._crowd, self._choices))
            self._going[job] = name, 0
            job.changed.connect(self._note_worker)
            job.ended.connect(self._tell)

    def _note_worker(self, job: Job) -> None:
        if job in self._going and job._worker is not None:
            name, _ = self._going[job]
            self._going[job] = name, job._worker._process.processId() or self._going[job][1]

    def _tell(self, job: Job) -> None:
        name, pid = self._going.pop(job)
        assert job.outcome is not None
        waits = [line for line in job.log if line.startswith("Waiting")]
        line = {"seed": self._seed, "pid": pid, "operation": name, "waits": waits[:10], **_result_of(name, job.outcome)}
        os.write(1, json.dumps(line).encode() + b"\n")
        self.begin()
        if not self._going:
            os.write(1, json.dumps({"seed": self._seed, "pid": os.getpid(), "operation": "end"}).encode() + b"\n")
            self._window.close()
            QApplication.exit(0)


def _result_of(name: str, outcome: Outcome) -> dict[str, object]:
    error, result = outcome.error, outcome.result or {}
    if outcome.status == "nothing-to-do" and name in {"update", "prune"}:
        return {"commits": 0}
    if error is not None:
        return {"error": error["code"], "message": f"{error['message']} {error.get('actual') or ''}"[:500]}
    if outcome.status != "done":
        return {"bug": f"{name} ended as {outcome.status}"}
    counted = {"install": "installed", "install-again": "installed", "update": "updated"}
    if name in counted:
        return {"commits": len(result[counted[name]])}
    return {"commits": 1 if name in {"rollback", "rollback-to", "pin"} else 0}


def _any_revision(crowd: Crowd, choices: random.Random) -> str:
    return choices.choice(sorted(path.name for path in (Path(crowd.store) / LLAMA / "revisions").iterdir()))


def _writer(verb: Verb, *words: str) -> Order:
    return Order(verb, ("runtime", "bundles", *words), LLAMA)


_ORDERS: Final[dict[str, Callable[[Crowd, random.Random], Order]]] = {
    "install": lambda crowd, _: _writer(Verb.INSTALL, "install", LLAMA, "--catalog", crowd.catalog),
    "install-again": lambda crowd, _: _writer(Verb.INSTALL, "install", LLAMA, "--force", "--catalog", crowd.catalog),
    "update": lambda crowd, _: _writer(Verb.UPDATE, "update", LLAMA, "--catalog", crowd.catalog),
    "rollback": lambda *_: _writer(Verb.ROLL_BACK, "rollback", "--bundle", LLAMA),
    "rollback-to": lambda *about: _writer(
        Verb.ROLL_BACK, "rollback", "--bundle", LLAMA, "--revision", _any_revision(*about)
    ),
    "pin": lambda *about: _writer(Verb.PIN, "pin", LLAMA, _any_revision(*about)),
    "prune": lambda *_: replace(_writer(Verb.PRUNE, "prune"), bundle_id=None),
    "snapshot": lambda *_: replace(_writer(Verb.PIN, "snapshot", EDITED), bundle_id=EDITED),
    "audit": lambda *_: replace(_writer(Verb.VERIFY, "audit", "--deep", "--bundle", LLAMA), is_writer=False),
    "list": lambda *_: replace(_writer(Verb.LIST, "list"), bundle_id=None, is_writer=False),
}


if __name__ == "__main__":
    sys.exit(main())
