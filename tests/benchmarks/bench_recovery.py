"""What every writer does before it begins, with 1,000 revisions: ``python -m tests.benchmarks.bench_recovery``.

A sound store is what nearly every writer meets. After a crash one bundle's state is damaged, temporary files lie about,
the derived names are gone, and stage and trash hold what was being made and deleted, which are 300 files here; deleting
them takes as long as they are many. Every state at once is damaged by no crash; then each bundle costs a durable write.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.history import new_revision_name
from launcher.store.bundles import list_bundles
from launcher.store.recovery import open_root, recover
from launcher.store.states import list_revisions
from tests.packing import runtime_tree
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.store.layout import BundleFolder

WANTED_MS: Final = 100
LEFT_FILES: Final = 150


def main() -> None:
    """Print a row for each state of a store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("--revisions", type=int, default=1000)
    parser.add_argument("--bundles", type=int, default=50)
    said = parser.parse_args()
    one_s = _measure("sound, 1 revision", 1, 1, _nothing, said.runs)
    many_s = _measure("sound", 1, said.revisions, _nothing, said.runs)
    for name, spoil in (("sound", _nothing), ("after a crash", _crash), ("every state damaged", _damage_all)):
        _measure(name, said.bundles, said.revisions // said.bundles, spoil, said.runs)
    print(f"recovery, {said.revisions} revisions / 1: ratio {many_s / one_s:.2f}")


def _measure(name: str, bundles: int, revisions: int, spoil: Callable[[World], int], runs: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-recovery-") as folder, World(Path(folder)) as world:
        world.publish("b1", runtime_tree("b1"))
        world.install()
        _copy_active(world.folder, revisions - 1)
        for number in range(1, bundles):  # nothing here depends on what a bundle is
            shutil.copytree(world.folder.path, world.layout.bundle(f"{LLAMA}-{number}").path, symlinks=True)
        median_s = statistics.median(_recover(world, spoil) for _ in range(runs))
    wanted = "" if spoil is _damage_all else f" (wanted: at most {WANTED_MS} ms)"
    print(f"recovery, {name}: {bundles} x {revisions} revisions, {median_s * 1000:.1f} ms{wanted}")
    return median_s


def _copy_active(bundle: BundleFolder, copies: int) -> None:
    (active,) = list_revisions(bundle)
    at = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(copies):
        name = new_revision_name(at + timedelta(seconds=number), ())
        shutil.copytree(bundle.revision(active).path, bundle.revisions / name, symlinks=True)


def _nothing(_world: World) -> int:
    return 0


def _crash(world: World) -> int:
    for left in (world.layout.stages / "left", world.layout.trash / "left"):
        left.mkdir()
        for number in range(LEFT_FILES):
            (left / str(number)).write_bytes(bytes(4096))
    for bundle in list_bundles(world.layout):
        (bundle.path / "state.json.tmp").write_bytes(b"{")
        bundle.current.unlink()
    return _damage(world.folder)


def _damage_all(world: World) -> int:
    return sum(_damage(bundle) for bundle in list_bundles(world.layout))


def _damage(bundle: BundleFolder) -> int:
    sound = bundle.state.read_bytes()
    bundle.state.with_name(bundle.state.name + ".prev").write_bytes(sound)
    bundle.state.write_bytes(sound[: len(sound) // 2])
    return 1


def _recover(world: World, spoil: Callable[[World], int]) -> float:
    damaged = spoil(world)
    started = time.perf_counter()
    open_root(world.layout)
    problems = recover(world.layout)
    taken_s = time.perf_counter() - started
    assert len(problems) == damaged
    return taken_s


if __name__ == "__main__":
    main()
