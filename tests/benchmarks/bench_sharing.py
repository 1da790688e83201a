"""Five revisions of 1 GiB of which a twentieth changes, against one: ``python -m tests.benchmarks.bench_sharing``.

Measured by ``du``. A twentieth that changes each time is 1.2 at the very least. Where the file system cannot clone,
files below 1 MiB are copied, so that a hand edit stays in its revision, and what they hold is stored once for each.
The target is for a GPU runtime, which is a few large libraries and some hundred small files. The other row, 3,000
files of which the small ones hold a tenth of the bytes, as in the install benchmark, shows what that promise costs at
its worst.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from launcher.domain.progress import Silent
from tests.benchmarks.big_bundle import BUNDLE_ID, make_tree, offer
from tests.store_world import World

if TYPE_CHECKING:
    from tests.packing import Tree

WANTED_RATIO: Final = 1.3
REVISIONS: Final = 5
CHANGES: Final = 20  # every twentieth file, large and small ones alike


class Mix(NamedTuple):
    """Of what files a bundle is made; ``small_share`` is the part of the bytes in files below 1 MiB."""

    name: str
    large: int
    files: int
    small_share: float
    wanted: float | None


MIXES: Final = (
    Mix("a GPU runtime", large=40, files=340, small_share=0.015, wanted=WANTED_RATIO),
    Mix("many small files", large=300, files=3_000, small_share=0.1, wanted=None),
)


def main() -> None:
    """Install one after the other; print what each mix costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--total-mib", type=int, default=1024)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; a temporary folder by default")
    said = parser.parse_args()
    for mix in MIXES:
        with tempfile.TemporaryDirectory(dir=said.folder, prefix="bench-sharing-") as name, World(Path(name)) as world:
            costs_bytes = _install_all(world, Path(name), mix, said.total_mib * 1024**2)
        wanted = "" if mix.wanted is None else f" (wanted: at most {mix.wanted})"
        print(
            f"five revisions / one, {mix.name}: ratio {costs_bytes[-1] / costs_bytes[0]:.2f}{wanted}; "
            f"{mix.large} large files, {mix.files - mix.large} small ones with {mix.small_share:.1%} of the bytes; "
            f"on disk {', '.join(f'{cost / 1e6:.0f}' for cost in costs_bytes)} MB"
        )


def _install_all(world: World, folder: Path, mix: Mix, total_bytes: int) -> list[int]:
    first, second = (
        make_tree(
            folder / f"tree-{seed}",
            total_bytes=total_bytes,
            files=mix.files,
            large=mix.large,
            small_share=mix.small_share,
            seed=seed,
        )
        for seed in (1, 2)
    )
    costs_bytes = []
    for number in range(REVISIONS):
        world.registry.publish(offer(_mixed(first, second, number)))
        world.launcher().install([BUNDLE_ID], Silent())
        world.registry.archive_path(BUNDLE_ID).unlink()
        costs_bytes.append(_disk_bytes(world.store))
    return costs_bytes


def _mixed(first: Tree, second: Tree, number: int) -> Tree:
    """Return the first tree with every twentieth file of the second, others for each number."""
    changed = {name for place, name in enumerate(first) if number and place % CHANGES == number}
    return {name: second[name] if name in changed else member for name, member in first.items()}


def _disk_bytes(folder: Path) -> int:
    du = subprocess.run(["du", "-s", "--block-size=1", str(folder)], check=True, capture_output=True, text=True)
    return int(du.stdout.split()[0])


if __name__ == "__main__":
    main()
