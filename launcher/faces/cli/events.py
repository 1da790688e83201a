"""The observer of the window: each thing that happens is one JSON object on a line of its own."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.errors import Cancelled
from launcher.faces.cli.meter import Meter
from launcher.faces.cli.observers import Quiet, keep_nothing

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from launcher.domain.progress import Phase
    from launcher.faces.cli.cancel import CancelToken

EVENT_VERSION: Final = 1
LEAST_BETWEEN_PROGRESS_S: Final = 0.05
"""At most 20 progress events a second: more only costs the window time (5-store, "What it costs")."""


class Events(Quiet):
    """Tells a program: one JSON object a line (6-interfaces, "Exit status"). Any thread may tell."""

    def __init__(
        self,
        stream: TextIO,
        token: CancelToken,
        job: str,
        *,
        keep_log: Callable[[str], None] = keep_nothing,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Write to ``stream`` under the name ``job``; the clocks are arguments for tests."""
        super().__init__(token, keep_log=keep_log)
        self._stream = stream
        self._job = job
        self._monotonic = monotonic
        self._now = now
        self._lock = threading.RLock()
        self._phase: Phase | None = None
        self._meter = Meter(None, monotonic())
        self._shown_at_s = -LEAST_BETWEEN_PROGRESS_S
        self._is_behind = False

    def show_phase(self, phase: Phase, subject: str, total_bytes: int | None) -> None:
        """Write a ``phase`` event, after the last bytes of the phase before it."""
        with self._lock:
            self._catch_up()
            self._phase = phase
            self._meter = Meter(total_bytes, self._monotonic())
            self.write("phase", phase=phase.value, subject=subject, total_bytes=total_bytes)

    def show_bytes(self, added_bytes: int) -> None:
        """Count, and write a ``progress`` event where the last one is a twentieth of a second old."""
        with self._lock:
            now_s = self._monotonic()
            self._meter.add(added_bytes, now_s)
            self._is_behind = True
            if now_s - self._shown_at_s >= LEAST_BETWEEN_PROGRESS_S:
                self._write_progress(now_s)

    def show_log(self, message: str) -> None:
        """Write a ``log`` event."""
        self.write("log", message=message)

    def close(self) -> None:
        """Write the last bytes of the last phase."""
        with self._lock:
            self._catch_up()

    def write(self, type_: str, /, **fields: Any) -> None:  # noqa: ANN401 - any JSON value
        """Write one event and flush it.

        Raises:
            Cancelled: Nobody reads any more; the window that started us is gone.
        """
        moment = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = {"v": EVENT_VERSION, "t": moment, "job": self._job, "type": type_, **fields}
        line = json.dumps(event, separators=(",", ":"))  # in ASCII, which every encoding of stdout has
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except BrokenPipeError:
                raise Cancelled("Cancelled, because nobody listens any more; what was active still is.") from None

    def _catch_up(self) -> None:
        if self._is_behind:
            self._write_progress(self._monotonic())

    def _write_progress(self, now_s: float) -> None:
        self._shown_at_s = now_s
        self._is_behind = False
        speed = self._meter.bytes_per_s(now_s)
        self.write(
            "progress",
            phase=self._phase.value if self._phase else None,
            done_bytes=self._meter.done_bytes,
            total_bytes=self._meter.total_bytes,
            bytes_per_s=None if speed is None else round(speed, 1),
            remaining_s=self._meter.remaining_s(now_s),
        )
