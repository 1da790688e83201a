"""A deep audit of 5 GiB in 15,000 files against openssl in two processes: ``python -m tests.benchmarks.bench_audit``.

Both read from the page cache where it holds all of it. Half a second of ours is the start and the manifest of 15,000
rows, which one thread parses and proves before the first file is read, so with less than 5 GiB the ratio is larger. The
second row compares the CPU time, which other programs on the machine change less.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from launcher.domain.progress import Silent
from tests.benchmarks.big_bundle import BUNDLE_ID, make_tree, offer
from tests.benchmarks.measure import Figures, compare, run
from tests.store_world import World

WANTED_RATIO = 1.1
WANTED_PEAK_BYTES = 200_000_000


def main() -> None:
    """Install the bundle, run both in turn, print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--total-mib", type=int, default=5120)
    parser.add_argument("--files", type=int, default=15_000)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=said.folder, prefix="bench-audit-") as name, World(Path(name)) as world:
        tree = make_tree(Path(name) / "tree", total_bytes=said.total_mib * 1024**2, files=said.files)
        world.registry.publish(offer(tree))
        (installed,) = world.launcher().install([BUNDLE_ID], Silent())
        shutil.rmtree(Path(name) / "tree")
        shutil.rmtree(world.registry.root / BUNDLE_ID)
        print(f"{said.total_mib} MiB in {said.files} files")
        _compare(world, Path(name), Path(str(installed["path"])), said.runs)


def _compare(world: World, folder: Path, payload: Path, runs: int) -> None:
    command = [sys.executable, "-m", "launcher", "cli", "runtime", "bundles", "audit", "--deep", "--require-signed"]
    environ = {**world.environ, "HOME": str(folder / "home"), "PYTHONPATH": str(Path(__file__).parents[2])}
    script = 'find "$1" -type f -print0 | xargs -0 -P2 -n 500 openssl dgst -sha256'
    peaks: list[int] = []

    def ours() -> Figures:
        figures = run([*command, "--dest", str(world.store), "--quiet"], environ)
        peaks.append(figures.peak_bytes)
        return figures

    def reference() -> Figures:
        return run(["sh", "-c", script, "sh", str(payload)])

    compare("audit --deep / xargs -P2 openssl dgst", ours, reference, runs=runs, limit=WANTED_RATIO)
    compare("the same in CPU time", ours, reference, runs=runs, figure=lambda figures: figures.cpu_s)
    print(f"audit --deep: peak memory {max(peaks) / 1e6:.0f} MB (wanted: at most {WANTED_PEAK_BYTES / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
