"""A progress bar for people, drawn by rich; imported only when a job runs on a terminal (rich costs 100 ms)."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text

from launcher.faces.cli.meter import Meter
from launcher.faces.cli.observers import PHASE_WORDS, Quiet, keep_nothing
from launcher.faces.cli.terminal import format_duration, format_size, safe, shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from rich.progress import TaskID

    from launcher.domain.progress import Phase
    from launcher.faces.cli.cancel import CancelToken

_DRAWS_PER_S: Final = 10
_BAR_WIDTH: Final = 20
_NUMBERS_WIDTH: Final = 44  # of "999 MB of 999 MB, 999 MB/s, 59 min 59 s left", with a gap
_ROOM_FOR_A_BAR: Final = 90


class Bar(Quiet):
    """Shows the running phase as one live line; one that moved bytes leaves its line behind. Any thread may tell."""

    def __init__(self, stream: TextIO, token: CancelToken, *, keep_log: Callable[[str], None] = keep_nothing) -> None:
        """Draw on ``stream``, which is a terminal."""
        super().__init__(token, keep_log=keep_log)
        self._console = Console(file=stream, highlight=False, markup=False, soft_wrap=True)
        has_room = self._console.width >= _ROOM_FOR_A_BAR
        self._words_width = self._console.width - _NUMBERS_WIDTH - (_BAR_WIDTH + 1 if has_room else 0) - 3
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            *([BarColumn(bar_width=_BAR_WIDTH)] if has_room else []),
            _BytesColumn(table_column=Column(no_wrap=True)),
            console=self._console,
            refresh_per_second=_DRAWS_PER_S,
            transient=True,
        )
        self._lock = threading.RLock()
        self._meter = Meter(None, time.monotonic())
        self._task: TaskID | None = None
        self._words = ""
        self._progress.start()

    def show_phase(self, phase: Phase, subject: str, total_bytes: int | None) -> None:
        """Begin a new live line."""
        with self._lock:
            self._leave_line()
            self._words = f"{PHASE_WORDS[phase]} {safe(subject)}"
            self._meter = Meter(total_bytes, time.monotonic())
            shown = shortened(self._words, self._words_width)
            self._task = self._progress.add_task(shown, total=total_bytes, meter=self._meter)

    def show_bytes(self, added_bytes: int) -> None:
        """Move the bar."""
        with self._lock:
            self._meter.add(added_bytes, time.monotonic())
            if self._task is not None:
                self._progress.update(self._task, completed=self._meter.done_bytes)

    def show_log(self, message: str) -> None:
        """Write a message above the live line."""
        self._console.print(f"  {safe(message)}", style="dim")

    def close(self) -> None:
        """Take the live line away."""
        with self._lock:
            self._leave_line()
            self._progress.stop()

    def _leave_line(self) -> None:
        if self._task is None:
            return
        self._progress.remove_task(self._task)
        self._task = None
        if self._meter.done_bytes:
            self._console.print(f"{self._words} ({format_size(self._meter.done_bytes)})", style="dim")


class _BytesColumn(ProgressColumn):
    """``123 MB of 410 MB, 12.0 MB/s, 24 s left``; a stall is named."""

    def render(self, task: Task) -> Text:
        """Return the numbers of a line; nothing before its first byte."""
        meter: Meter = task.fields["meter"]
        if not meter.done_bytes:
            return Text("")
        now_s = time.monotonic()
        parts = [format_size(meter.done_bytes)]
        if meter.total_bytes:
            parts[0] += f" of {format_size(meter.total_bytes)}"
        speed, left_s = meter.bytes_per_s(now_s), meter.remaining_s(now_s)
        if speed is not None:
            parts.append(f"{format_size(int(speed))}/s" if speed >= 1 else "stalled")
        if left_s is not None:
            parts.append(f"{format_duration(left_s)} left")
        return Text(", ".join(parts), style="dim")
