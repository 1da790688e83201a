"""Five revisions of 1 GiB of which a twentieth changes, against one: ``python -m tests.benchmarks.bench_sharing``.

Measured by ``du``. Files below 1 MiB are never shared, so what they hold is stored once for each revision; how much
that is, is printed beside the ratio. With less than 1 GiB more of the files are small.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.progress import Silent
from launcher.store.objects import SHARED_FROM_BYTES
from tests.benchmarks.big_bundle import BUNDLE_ID, make_tree, offer
from tests.store_world import World

if TYPE_CHECKING:
    from tests.packing import Tree

WANTED_RATIO = 1.3
REVISIONS = 5
CHANGES = 20  # every twentieth file, large and small ones alike


def main() -> None:
    """Install one after the other; print what each costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--total-mib", type=int, default=1024)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=said.folder, prefix="bench-sharing-") as name, World(Path(name)) as world:
        costs_bytes = []
        total_bytes = said.total_mib * 1024**2
        first, second = (make_tree(Path(name) / f"tree-{seed}", total_bytes=total_bytes, seed=seed) for seed in (1, 2))
        sizes = [member.stat().st_size for member in first.values() if isinstance(member, Path)]
        small = sum(size for size in sizes if size < SHARED_FROM_BYTES) / sum(sizes)
        for number in range(REVISIONS):
            world.registry.publish(offer(_mixed(first, second, number)))
            world.launcher().install([BUNDLE_ID], Silent())
            world.registry.archive_path(BUNDLE_ID).unlink()
            costs_bytes.append(_disk_bytes(world.store))
            print(f"revisions: {number + 1}, on disk: {costs_bytes[-1] / 1e6:.0f} MB")
    ratio = costs_bytes[-1] / costs_bytes[0]
    print(f"five revisions / one: ratio {ratio:.2f} (wanted: at most {WANTED_RATIO}); {small:.0%} in small files")


def _mixed(first: Tree, second: Tree, number: int) -> Tree:
    """Return the first tree with every twentieth file of the second, others for each number."""
    changed = {name for place, name in enumerate(first) if number and place % CHANGES == number}
    return {name: second[name] if name in changed else member for name, member in first.items()}


def _disk_bytes(folder: Path) -> int:
    du = subprocess.run(["du", "-s", "--block-size=1", str(folder)], check=True, capture_output=True, text=True)
    return int(du.stdout.split()[0])


if __name__ == "__main__":
    main()
