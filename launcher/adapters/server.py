"""A running server of a runtime: what it prints is read all the time, and only so much of it is kept."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from launcher.adapters.runtime import ask, stop

if TYPE_CHECKING:
    import subprocess
    from tempfile import TemporaryDirectory

MAX_LINES: Final = 1000
"""So many lines wait to be taken; of a server that prints faster, the oldest are dropped."""
LAST_LINES: Final = 20
MAX_LINE_CHARACTERS: Final = 500
_READ_BYTES: Final = 64 * 1024
_JOIN_S: Final = 2.0


class Server:
    """`launcher.flows.ports.RunningServer` around a started process."""

    def __init__(self, started: subprocess.Popen[bytes], scratch: TemporaryDirectory[str]) -> None:
        """Begin to read what the process prints into its pipe; ``scratch`` is where it works, and goes with it."""
        self.pid = started.pid
        self._process = started
        self._scratch = scratch
        self._fresh: deque[str] = deque(maxlen=MAX_LINES)
        self._newest: deque[str] = deque(maxlen=LAST_LINES)
        self._reader = threading.Thread(target=self._read, name="server-output", daemon=True)
        self._reader.start()

    def take_lines(self) -> list[str]:
        """Return what it printed since the last call."""
        lines = []
        while self._fresh:
            lines.append(self._fresh.popleft())
        return lines

    def last_lines(self) -> list[str]:
        """Return the newest of all that it printed."""
        if self._process.poll() is not None:
            self._reader.join(_JOIN_S)
        return list(self._newest)

    def find_exit_status(self) -> int | None:
        """Return its exit status, or None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    def ask(self, url: str) -> int:
        """Return the HTTP status of its answer, or 0 where it gives none."""
        return ask(url)

    def stop(self) -> None:
        """Ask it to end, then make it, with whatever it started itself."""
        stop(self._process)
        self._scratch.cleanup()
        self._reader.join(_JOIN_S)

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - started with a pipe
        unfinished = b""
        with self._process.stdout as pipe:
            while chunk := pipe.read1(_READ_BYTES):  # type: ignore[attr-defined]  # a BufferedReader has it
                *lines, unfinished = (unfinished + chunk).split(b"\n")
                for line in lines:
                    self._keep(line)
                unfinished = unfinished[:_READ_BYTES]  # a line without an end does not fill memory
        if unfinished:
            self._keep(unfinished)

    def _keep(self, line: bytes) -> None:
        text = line.decode("utf-8", "replace").rstrip()[:MAX_LINE_CHARACTERS]
        text = "".join(character if character.isprintable() else " " for character in text)
        if text.strip():
            self._fresh.append(text)
            self._newest.append(text)
