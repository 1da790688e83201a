"""Exporting and importing 1 GiB in 3,000 files, against tar and openssl: ``python -m tests.benchmarks.bench_transfer``.

Ours verifies every byte and ends when everything is on the disk. The second reference of each pair syncs, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.progress import Silent
from tests.benchmarks.big_bundle import BUNDLE_ID, make_tree, offer
from tests.benchmarks.measure import Figures, compare, run
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WANTED_EXPORT_RATIO = 1.15
WANTED_IMPORT_RATIO = 1.2
WANTED_PEAK_BYTES = 200_000_000
CLI = (sys.executable, "-m", "launcher", "cli", "runtime", "bundles")


@dataclass
class Contender:
    """One command of a pair: what clears its traces, the command, and the figures of its runs."""

    command: Sequence[str]
    clear: Callable[[], None]
    environ: dict[str, str]
    figures: list[Figures] = field(default_factory=list)

    def __call__(self) -> Figures:
        """Run it once, on a quiet disk."""
        self.clear()
        os.sync()
        self.figures.append(run(self.command, self.environ))
        return self.figures[-1]

    @property
    def cpu_s(self) -> float:
        """The median of its processor time."""
        return statistics.median(figures.cpu_s for figures in self.figures)


def main() -> None:
    """Make the bundle, run the pairs, print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--total-mib", type=int, default=1024)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=said.folder, prefix="bench-transfer-") as name, World(Path(name)) as world:
        tree = make_tree(Path(name) / "tree", total_bytes=said.total_mib * 1024**2)
        world.registry.publish(offer(tree))
        (installed,) = world.launcher().install([BUNDLE_ID], Silent())
        shutil.rmtree(Path(name) / "tree")
        shutil.rmtree(world.registry.root / BUNDLE_ID)
        _compare(Path(name), world, Path(str(installed["path"])), said.runs)


def _compare(folder: Path, world: World, payload: Path, runs: int) -> None:
    environ = {**world.environ, "HOME": str(folder / "home"), "PYTHONPATH": str(Path(__file__).parents[2])}
    cache, plain, other, out = folder / "x.arwcache", folder / "x.tar", folder / "other", folder / "out"

    def remove(*paths: Path) -> Callable[[], None]:
        def clear() -> None:
            for path in paths:
                shutil.rmtree(path, ignore_errors=True)
                path.unlink(missing_ok=True)
            out.mkdir(exist_ok=True)

        return clear

    export = Contender(
        [*CLI, "export", "--output", str(cache), "--dest", str(world.store), "--quiet"], remove(cache), environ
    )
    tar = Contender(_shell('tar cf "$1" -C "$2" .', plain, payload), remove(plain), environ)
    tar_sync = Contender(_shell('tar cf "$1" -C "$2" . && sync "$1"', plain, payload), remove(plain), environ)
    importing = Contender(
        [*CLI, "import", str(cache), "--dest", str(other), "--quiet"], remove(other, folder / "home"), environ
    )
    script = 'tar xf "$1" -C "$2" && find "$2" -type f -print0 | xargs -0 openssl dgst -sha256'
    untar = Contender(_shell(script, plain, out), remove(out), environ)
    untar_sync = Contender(_shell(f'{script} && sync -f "$2"', plain, out), remove(out), environ)
    rows = [
        ("export / tar cf", export, tar, WANTED_EXPORT_RATIO),
        ("export / tar cf; sync", export, tar_sync, None),
        ("import / tar xf; openssl of every file", importing, untar, WANTED_IMPORT_RATIO),
        ("import / tar xf; openssl of every file; sync", importing, untar_sync, None),
    ]
    for name, ours, reference, limit in rows:
        compare(name, ours, reference, runs=runs, limit=limit)
        print(f"  processor time: ours {ours.cpu_s * 1000:.0f} ms, reference {reference.cpu_s * 1000:.0f} ms")
    for name, ours in (("export", export), ("import", importing)):
        peak_bytes = max(figures.peak_bytes for figures in ours.figures)
        print(f"{name}: peak memory {peak_bytes / 1e6:.0f} MB (wanted: at most {WANTED_PEAK_BYTES / 1e6:.0f} MB)")


def _shell(script: str, *paths: Path) -> list[str]:
    return ["sh", "-c", script, "sh", *map(str, paths)]


if __name__ == "__main__":
    main()
