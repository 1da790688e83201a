"""The pointer write of a rollback, for a small and a large bundle: ``python -m tests.benchmarks.bench_rollback``.

Without the read that proves the target, which depends on the size; what is left must not.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from launcher.domain.progress import Silent
from launcher.store.activation import activate
from launcher.store.revisions import verify_revision
from launcher.store.states import load_state
from tests.benchmarks.big_bundle import BUNDLE_ID, GIBIBYTE, make_tree, offer
from tests.store_world import World

WANTED_MS = 50
SMALL_BYTES = 10_000_000
FILES = 3_000


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    said = parser.parse_args()
    medians = {size_bytes: _measure(size_bytes, said.runs) for size_bytes in (SMALL_BYTES, GIBIBYTE)}
    for size_bytes, median_s in medians.items():
        print(f"rollback of {size_bytes / 1e6:.0f} MB: {median_s * 1000:.1f} ms (wanted: at most {WANTED_MS} ms)")
    print(f"rollback, large / small: ratio {medians[GIBIBYTE] / medians[SMALL_BYTES]:.2f}")


def _measure(size_bytes: int, runs: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-rollback-") as name, World(Path(name)) as world:
        tree = make_tree(Path(name) / "tree", total_bytes=size_bytes, files=FILES)
        for version in (b"one", b"two"):
            world.registry.publish(offer({**tree, "VERSION": version}))
            world.launcher().install([BUNDLE_ID], Silent())
        shutil.rmtree(Path(name) / "tree")
        return statistics.median(_roll_back(world) for _ in range(runs))


def _roll_back(world: World) -> float:
    folder = world.layout.bundle(BUNDLE_ID)
    state = load_state(folder).state
    assert state.previous is not None
    intact = verify_revision(folder, state.previous, Silent())
    started = time.perf_counter()
    activate(folder, intact, state.rolled_back(intact.name, None, datetime.now(UTC)))
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
