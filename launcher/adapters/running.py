"""Which runtimes this program runs now, one note each, so that `stop` ends what we started and never anybody else's."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.canonical import parse_document
from launcher.domain.errors import NotRunning, ParseError
from launcher.domain.fields import Fields
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably

if TYPE_CHECKING:
    from collections.abc import Callable

STOP_S: Final = 10.0
_POLL_S: Final = 0.05


class RunNote(NamedTuple):
    """One running server. ``born`` tells its process from a later one of the same number."""

    bundle_id: str
    revision: str
    pid: int
    born: str
    port: int


class RunNotes:
    """The notes in the state folder."""

    def __init__(self, folder: Path) -> None:
        """Keep notes in ``folder``; it is made with the first."""
        self._folder = folder

    def note(self, bundle_id: str, revision: str, pid: int, port: int) -> None:
        """Note a server that was started.

        Raises:
            StoreError: The disk refused.
        """
        note = RunNote(bundle_id, revision, pid, find_birth(pid), port)
        path = self._path(bundle_id)
        with named_disk_errors(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(path, json.dumps(note._asdict()).encode(), mode=0o600)

    def find(self, bundle_id: str) -> RunNote | None:
        """Return the note of a bundle whose server runs; a note that outlived its server is none."""
        try:
            fields = Fields(parse_document(self._path(bundle_id).read_bytes()).root, "")
            note = RunNote(
                fields.text("bundle_id"),
                fields.text("revision"),
                fields.integer("pid", minimum=2),
                fields.text("born"),
                fields.integer("port"),
            )
        except (OSError, ParseError):
            return None
        # A foreign process may have got the number since.
        return note if note.born and find_birth(note.pid) == note.born else None

    def drop(self, bundle_id: str) -> None:
        """Forget a server."""
        with suppress(OSError):
            self._path(bundle_id).unlink()

    def is_wanted(self, bundle_id: str) -> bool:
        """Tell whether nobody asked the server to end: `stop` takes the note away first."""
        return self._path(bundle_id).exists()

    def _path(self, bundle_id: str) -> Path:
        return self._folder / f"{hashlib.sha256(bundle_id.encode()).hexdigest()[:32]}.json"


def stop_running(notes: RunNotes, bundle_id: str, keep_waiting: Callable[[], None]) -> tuple[RunNote, bool]:
    """End the server of a bundle; return its note, and whether it had to be killed.

    Raises:
        NotRunning: We started none, or it has ended.
        Cancelled: The caller gave up waiting.
    """
    note = notes.find(bundle_id)
    if note is None:
        raise NotRunning(f"No runtime of `{bundle_id}` that was started here is running.")
    notes.drop(bundle_id)
    with suppress(ProcessLookupError):
        os.kill(note.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_S
    while time.monotonic() < deadline:
        if find_birth(note.pid) != note.born:
            return note, False
        keep_waiting()
        time.sleep(_POLL_S)
    with suppress(ProcessLookupError):
        os.kill(note.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    return note, True


def find_birth(pid: int) -> str:
    """Return what tells a process from all others that ever had its number; empty where it has ended."""
    return _birth_on_linux(pid) if sys.platform == "linux" else _birth_elsewhere(pid)


def _birth_on_linux(pid: int) -> str:
    try:
        # proc(5): after the name in parentheses come the state and, 19 further on, the start in clock ticks.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _birth_elsewhere(pid: int) -> str:
    import subprocess  # noqa: PLC0415 - other systems only

    try:
        done = subprocess.run(["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, check=False, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("ascii", "replace").strip()
