"""The real command line program, stopped at one point until it is cancelled, to see what it does from there.

    python gated_worker.py POINT NOTES runtime bundles install … --events jsonl

``POINT`` is ``PHASE:CALL``: the first time that the observer is told so, for example ``unpacking:advance``, the
program says `AT_GATE` and waits until the window's ``cancel`` has come. Then it goes on, as if the cancel had come a
moment after it was last asked for. With ``PHASE:before`` it waits before the phase is told. Nothing interrupts it from
outside, as real workers are after a third of a second: whatever stops it has listened.

``NOTES`` takes how often the disk was called from the cancel until it was heard; null where it was not.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from launcher.faces.cli import answering
from launcher.faces.cli.main import main
from launcher.faces.cli.observers import Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

AT_GATE: Final = "at the gate"
PATIENCE_S: Final = 120.0
DISK_CALLS: Final = frozenset(
    {
        *("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.utime"),
        *("os.scandir", "os.listdir", "os.truncate"),
    }
)


class Gate:
    """Watches what the observer is told, and stops the program at one point."""

    def __init__(self, point: str, notes: Path) -> None:
        """Stop at ``point``; write to ``notes`` what was seen."""
        self._phase, _, self._call = point.partition(":")
        self._notes = notes
        self._lock = RLock()
        self._now_in = ""
        self._calls = 0
        self._calls_to_hear: int | None = None
        self._is_through = False

    def stand(self) -> None:
        """Take the place of the observer's methods, and count calls of the disk."""
        for name in ("phase", "advance", "log"):
            setattr(Quiet, name, self._watched(name, getattr(Quiet, name)))
        sys.addaudithook(self._count)

    def write_notes(self) -> None:
        """Say what was seen."""
        self._notes.write_text(json.dumps(self._calls_to_hear), encoding="utf-8")

    def _count(self, event: str, arguments: tuple[object, ...]) -> None:
        # Modules that are imported late are no work of the job.
        of_python = (sys.prefix, sys.base_prefix, *filter(None, [sys.pycache_prefix, *sys.path]))
        if event in DISK_CALLS and not str(arguments[0]).startswith(of_python):
            self._calls += 1

    def _watched(self, name: str, tell: Callable[..., None]) -> Callable[..., None]:
        def watched(observer: Quiet, *said: object) -> None:
            with self._lock:
                self._note_hearing()
                if name == "phase":
                    self._now_in = str(said[0])
                is_here = not self._is_through and self._now_in == self._phase
                if is_here and self._call == "before":
                    self._wait(observer)
                    self._note_hearing()
                tell(observer, *said)
                if is_here and self._call == name:
                    self._wait(observer)

        return watched

    def _note_hearing(self) -> None:
        if self._is_through and self._calls_to_hear is None:
            self._calls_to_hear = self._calls

    def _wait(self, observer: Quiet) -> None:
        observer.show_log(AT_GATE)
        deadline_s = time.monotonic() + PATIENCE_S
        while not observer._token.is_set:
            assert time.monotonic() < deadline_s, "nobody cancelled"
            time.sleep(0.002)  # the other side is another process; there is nothing to wait on
        self._is_through = True
        self._calls = 0


if __name__ == "__main__":
    setattr(answering, "interrupt_main_thread", None)  # noqa: B010 - it is another module's, and a function
    gate = Gate(sys.argv[1], Path(sys.argv[2]))
    gate.stand()
    status = main(sys.argv[3:])
    gate.write_notes()
    sys.exit(status)
