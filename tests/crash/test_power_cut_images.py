"""Power cuts on a real ext4: what had reached its device at each checkpoint is mounted again (threats E1 and E2).

What was not synced is still in the mounted file system's memory when its backing file is copied, and so is lost.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from launcher.store.checkpoint import watch_checkpoints
from tests.crash.forks import CrashedStore, Forks, job_of
from tests.crash.power_oracle import Outcome, assert_next_works, restart
from tests.store_world import World, big_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.root, pytest.mark.slow]

DISK_BYTES = 160 * 1024 * 1024
# Nothing is written back by age while the operation runs.
OPTIONS = "loop,commit=300"


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


@pytest.fixture
def device(tmp_path: Path) -> Path:
    """Return the backing file of a new ext4; skip where none can be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount")
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("mkfs.ext4 is not installed")
    device = tmp_path / "device"
    with device.open("wb") as file:
        file.truncate(DISK_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(device)], check=True)
    try:
        with mounted(device, tmp_path / "tried"):
            pass
    except PermissionError as error:
        pytest.skip(f"no loop device can be mounted here: {error}")
    return device


@contextmanager
def mounted(device: Path, place: Path) -> Iterator[Path]:
    """Mount a backing file at a place for the length of the block."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "ext4", "-o", OPTIONS, str(device), str(place)]
    answer = subprocess.run(mount, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise PermissionError(answer.stderr.strip())
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize(("operation", "old", "new"), [("install", None, "b1"), ("update", "b1", "b2")])
def test_the_device_always_holds_old_or_new(
    device: Path, forks: Forks, tmp_path: Path, operation: str, old: str | None, new: str
) -> None:
    cuts: list[Path] = []

    def cut(name: str) -> None:
        cuts.append(tmp_path / f"{len(cuts):03}-{name.replace(':', '-').replace('/', '-')}")
        subprocess.run(["cp", "--sparse=always", str(device), str(cuts[-1])], check=True)

    with World(tmp_path) as world:
        world.store.mkdir(mode=0o700)
        if old is not None:
            world.publish(old, big_tree(old))
            world.install()
        world.publish(new, big_tree(new))
        job = job_of(world, operation)
        with mounted(device, tmp_path / "disk") as disk:
            world.store = CrashedStore(world.store, disk / "store").path
            subprocess.run(["sync", "-f", str(disk)], check=True)
            watch_checkpoints(cut)
            try:
                world.install()
                cut("done")
            finally:
                watch_checkpoints(None)

        versions = set()
        for image in cuts:
            with mounted(image, tmp_path / "after") as disk:
                outcome = restart(disk / "store", {new} if image is cuts[-1] else {old, new})
                assert outcome == Outcome([], outcome.version), image.name
                versions.add(outcome.version)
                assert_next_works(forks, disk / "store", job, new)
            image.unlink()
        assert versions == {old, new}
