"""Killed at every checkpoint: old or new is active, whole, and nothing is in the way of what comes next (E1, E8)."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import Forks, job_of, wait_until
from tests.crash.scenarios import DONE, PREPARED, Scenario
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA
from tests.store_world import World, active_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(quick_path: Path) -> Iterator[World]:
    with World(quick_path) as world:
        yield world


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


@pytest.mark.parametrize("name", [name for name in PREPARED if "port" not in name])  # these: test_transfer_crashes.py
def test_killed_at_every_checkpoint(world: World, forks: Forks, quick_path: Path, name: str) -> None:
    scenario = Scenario(name, world, forks, quick_path)
    passed = quick_path / "passed"
    assert forks.run(replace(scenario.job_at(scenario.site()), passed=str(passed))) == DONE
    checkpoints = passed.read_text(encoding="utf-8").split()
    actives = set()

    for number, checkpoint in enumerate(checkpoints, 1):
        site = scenario.site()
        assert forks.run(replace(scenario.job_at(site), kill_at=number)) == {"killed": True}
        actives.add(scenario.assert_recovers(site, checkpoint))

    assert len(checkpoints) > 1
    assert actives == scenario.actives


def test_killed_while_an_archive_comes(world: World, forks: Forks) -> None:
    world.publish("b1", runtime_tree("b1", extra_bytes=600_000))
    archive = world.registry.archive_path()
    half = archive.stat().st_size // 2
    world.registry.server.lie(archive, Lie(hold_at=half, times=1))
    forks.start(replace(job_of(world, "install"), catalog=world.registry.catalog_url, waits=True))
    process = forks.read()["pid"]
    forks.go()
    assert world.registry.server.holding.wait(30)
    wait_until(lambda: [path.stat().st_size for path in world.layout.downloads.glob("*.part")] == [half])

    os.kill(process, signal.SIGKILL)

    assert forks.read() == {"killed": True}
    assert active_of(world.store) is None
    world.registry.server.tell_the_truth()
    world.install()
    asked = [path for path in world.registry.server.requests if archive.name in path]
    assert asked == [f"/{LLAMA}/r1/{archive.name}", f"/{LLAMA}/r1/{archive.name} (from {half})"]
    world.assert_sound(world.active)
