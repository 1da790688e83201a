"""How fast a phase goes and how long it will still take."""

from __future__ import annotations

from typing import Final

WINDOW_S: Final = 5.0
"""Speed is that of the last seconds: long enough to be calm, short enough to show a stall."""
_LEAST_S: Final = 0.25


class Meter:
    """Counts the bytes of one phase. Times are seconds of a clock that never goes back."""

    __slots__ = ("_samples", "done_bytes", "total_bytes")

    def __init__(self, total_bytes: int | None, now_s: float) -> None:
        self.done_bytes = 0
        self.total_bytes = total_bytes
        self._samples: list[tuple[float, int]] = [(now_s, 0)]

    def add(self, added_bytes: int, now_s: float) -> None:
        """Count more bytes; negative where a transfer starts again."""
        self.done_bytes = max(0, self.done_bytes + added_bytes)
        if added_bytes < 0:
            self._samples = []
        if not self._samples or now_s - self._samples[-1][0] >= _LEAST_S / 2:
            self._samples.append((now_s, self.done_bytes))
        while len(self._samples) > 2 and now_s - self._samples[1][0] >= WINDOW_S:  # noqa: PLR2004 - both ends stay
            del self._samples[0]

    def bytes_per_s(self, now_s: float) -> float | None:
        """Return the speed over the last seconds; None at the very beginning."""
        first_s, first_bytes = self._samples[0]
        elapsed_s = now_s - first_s
        return (self.done_bytes - first_bytes) / elapsed_s if elapsed_s >= _LEAST_S else None

    def remaining_s(self, now_s: float) -> int | None:
        """Return the whole seconds that are left at this speed; None where nobody can tell."""
        speed = self.bytes_per_s(now_s)
        if self.total_bytes is None or not speed:
            return None
        return max(0, round((self.total_bytes - self.done_bytes) / speed))
