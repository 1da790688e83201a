"""What every writer does before it begins, with 1,000 revisions: ``python -m tests.benchmarks.bench_recovery``."""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from launcher.domain.history import new_revision_name
from launcher.store.recovery import open_root, recover
from launcher.store.states import list_revisions
from tests.packing import runtime_tree
from tests.store_world import World

WANTED_MS = 100


def main() -> None:
    """Print a row for a few and for many revisions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--revisions", type=int, default=1000)
    said = parser.parse_args()
    few_s, many_s = (_measure(count, said.runs) for count in (1, said.revisions))
    print(f"recovery with 1 revision: {few_s * 1000:.1f} ms")
    print(f"recovery with {said.revisions} revisions: {many_s * 1000:.1f} ms (wanted: at most {WANTED_MS} ms)")
    print(f"recovery, many / one: ratio {many_s / few_s:.2f}")


def _measure(revisions: int, runs: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-recovery-") as name, World(Path(name)) as world:
        world.publish("b1", runtime_tree("b1"))
        world.install()
        _copy_active(world, revisions - 1)
        assert len(list_revisions(world.folder)) == revisions
        return statistics.median(_recover(world) for _ in range(runs))


def _copy_active(world: World, copies: int) -> None:
    active = world.folder.revision(str(world.active)).path
    taken = set(list_revisions(world.folder))
    at = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(copies):
        shutil.copytree(
            active,
            world.folder.revisions / new_revision_name(at + timedelta(seconds=number), taken),
            symlinks=True,
        )


def _recover(world: World) -> float:
    started = time.perf_counter()
    open_root(world.layout)
    problems = recover(world.layout)
    taken_s = time.perf_counter() - started
    assert problems == []
    return taken_s


if __name__ == "__main__":
    main()
