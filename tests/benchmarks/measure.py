"""Measuring whole processes: CPU and wall time and peak memory from the operating system, pair against reference."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Figures:
    """What one finished process cost; ``peak_bytes`` is that of the largest single process in it."""

    wall_s: float
    cpu_s: float
    peak_bytes: int


def run(command: Sequence[str], environ: Mapping[str, str] | None = None, *, quiet: bool = True) -> Figures:
    """Run a command to its end and return its figures; a failing command ends the benchmark."""
    started = time.perf_counter()
    pid = os.posix_spawnp(
        command[0],
        list(command),
        dict(os.environ if environ is None else environ),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)] if quiet else [],
    )
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        message = f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}"
        raise SystemExit(message)
    return Figures(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def compare(
    name: str,
    ours: Callable[[], Figures],
    reference: Callable[[], Figures],
    *,
    runs: int,
    figure: Callable[[Figures], float] = lambda figures: figures.wall_s,
    limit: float | None = None,
) -> float:
    """Run two things in turn, A B A B, and print the median of the ratios pair by pair.

    Args:
        name: What is compared with what.
        ours: The first of each pair.
        reference: The second.
        runs: How many pairs are counted, after one that is not.
        figure: What of the figures is compared.
        limit: What the ratio should not exceed, to print beside it.

    Returns:
        The median ratio.
    """
    ours()
    reference()
    pairs = [(figure(ours()), figure(reference())) for _ in range(runs)]
    ratios = sorted(a / b for a, b in pairs)
    median = statistics.median(ratios)
    ours_median = statistics.median(a for a, _ in pairs)
    reference_median = statistics.median(b for _, b in pairs)
    wanted = f" (wanted: at most {limit})" if limit is not None else ""
    print(
        f"{name}: ratio {median:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}){wanted}; "
        f"ours {ours_median * 1000:.0f} ms, reference {reference_median * 1000:.0f} ms, {runs} pairs"
    )
    return median
