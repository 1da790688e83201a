"""Power cuts on a real ext4: what had reached its device at each checkpoint is mounted again (threats E1, E3 and E18).

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
from tests.crash.forks import Forks, copy_folder
from tests.crash.power_oracle import Outcome, restart
from tests.crash.runner import operate
from tests.crash.scenarios import OUT, STORE, Scenario, Site
from tests.store_world import World

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


@pytest.mark.parametrize("name", ["first install", "update", "prune", "first import", "first export"])
def test_the_device_always_holds_old_or_new(device: Path, forks: Forks, tmp_path: Path, name: str) -> None:
    with World(tmp_path) as world:
        scenario = Scenario(name, world, forks, tmp_path)
        cuts = [*cut_at_checkpoints(scenario, device, tmp_path)]
        actives = set()
        for cut in cuts:
            with mounted(cut, tmp_path / "after") as disk:
                site = Site(disk / "site" / STORE, disk / "site" / OUT)
                outcome = restart(scenario, site, is_done=cut == cuts[-1])
                assert outcome == Outcome([], outcome.active), cut.name
                actives.add(outcome.active)
                scenario.assert_recovers(site, cut.name)
            cut.unlink()
        assert actives == scenario.actives


def cut_at_checkpoints(scenario: Scenario, device: Path, place: Path) -> Iterator[Path]:
    """Do the operation on the device, and yield what had reached it at some checkpoints and at the end, in order."""
    cuts: list[Path] = []

    def cut(name: str) -> None:
        cuts.append(place / f"cut-{len(cuts):03}-{name.replace(':', '-').replace('/', '-')}")
        subprocess.run(["cp", "--sparse=always", str(device), str(cuts[-1])], check=True)

    with mounted(device, place / "disk") as disk:
        copy_folder(scenario.site("copied").store.parent, disk / "site")
        subprocess.run(["sync", "-f", str(disk)], check=True)
        watch_checkpoints(cut)
        try:
            operate(scenario.job_at(Site(disk / "site" / STORE, disk / "site" / OUT)))
            cut("done")
        finally:
            watch_checkpoints(None)
    yield from cuts
