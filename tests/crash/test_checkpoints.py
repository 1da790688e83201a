"""Killed at every checkpoint: old or new is active, it is whole, and nothing is in the way of what comes next (E1)."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import CrashedStore, Forks, job_of, wait_until
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA
from tests.store_world import World, active_of, big_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.runner import Job


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


def kill_everywhere(forks: Forks, template: Path, place: Path, job: Job) -> Iterator[CrashedStore]:
    """Run a job once for every checkpoint that it passes and kill it there; yield what was left, once it recovered."""
    passed = place / "passed"
    whole = CrashedStore(template, place / "whole")
    assert forks.run(replace(whole.job(job), passed=str(passed))) == {"killed": False, "done": True}
    names = passed.read_text(encoding="utf-8").split()
    assert len(names) > 1
    for number, name in enumerate(names, 1):
        crashed = CrashedStore(template, place / "crashed")
        assert forks.run(replace(crashed.job(job), kill_at=number)) == {"killed": True}
        found = active_of(crashed.path)
        crashed.assert_recovered(forks, job)
        # What the crash left was the old or the new one already: recovery tidies up and decides nothing.
        assert active_of(crashed.path) == found, name
        yield crashed


def assert_next_works(forks: Forks, crashed: CrashedStore, job: Job, version: str) -> None:
    """Do what a user does next, whatever the crash left, and see that version active and whole."""
    answer = forks.run(crashed.job(job))
    assert answer == {"killed": False, "done": True} or answer["code"] == "nothing-to-do"
    crashed.assert_recovered(forks, job)
    assert crashed.active_version == version


def test_killed_in_the_first_install(world: World, forks: Forks, tmp_path: Path) -> None:
    world.publish("b1", big_tree("b1"))
    world.store.mkdir(mode=0o700)
    job = job_of(world, "install")
    versions = set()

    for crashed in kill_everywhere(forks, world.store, tmp_path, job):
        versions.add(crashed.active_version)
        assert_next_works(forks, crashed, job, "b1")

    assert versions == {None, "b1"}


def test_killed_in_an_update(world: World, forks: Forks, tmp_path: Path) -> None:
    world.publish("b1", big_tree("b1"))
    world.install()
    world.publish("b2", big_tree("b2"))
    job = job_of(world, "update")
    versions = set()

    for crashed in kill_everywhere(forks, world.store, tmp_path, job):
        versions.add(crashed.active_version)
        assert_next_works(forks, crashed, job, "b2")

    assert versions == {"b1", "b2"}


def test_killed_in_a_rollback(world: World, forks: Forks, tmp_path: Path) -> None:
    world.install_versions("b1", "b2")
    job = job_of(world, "rollback")
    versions = set()

    for crashed in kill_everywhere(forks, world.store, tmp_path, job):
        version = crashed.active_version
        versions.add(version)
        assert_next_works(forks, crashed, job, "b2" if version == "b1" else "b1")

    assert versions == {"b1", "b2"}


def test_killed_in_the_recovery_itself(world: World, forks: Forks, tmp_path: Path) -> None:
    world.install_versions("b1", "b2", "b3")
    world.roll_back()
    world.roll_back()  # b3 again, and the state before says b2
    half = world.layout.stages / "half" / "payload"
    half.mkdir(parents=True)
    (half / "llama-server").write_bytes(b"half")
    (world.layout.trash / "rest").mkdir()
    (world.store / "channels.json.tmp").write_bytes(b"{")
    (world.folder.path / "state.json.tmp").write_bytes(b"{")
    (world.folder.path / "current.tmp").symlink_to("revisions")
    world.folder.current.unlink()
    world.folder.manifest_copy.write_bytes(b"{}")
    world.folder.state.write_bytes(b'{"version": 1, "sequen')
    job = job_of(world, "recover")
    passed = tmp_path / "passed"
    whole = CrashedStore(world.store, tmp_path / "whole")
    assert forks.run(replace(whole.job(job), passed=str(passed))) == {"killed": False, "done": True}
    checkpoints = len(passed.read_text(encoding="utf-8").split())
    assert checkpoints > 1

    for number in range(1, checkpoints + 1):
        crashed = CrashedStore(world.store, tmp_path / "crashed")
        assert forks.run(replace(crashed.job(job), kill_at=number)) == {"killed": True}
        crashed.assert_recovered(forks, job)
        # The newest state is lost, so the one before it counts, and never the newest revision by a mere guess.
        assert crashed.active_version == "b2"
        assert_next_works(forks, crashed, job_of(world, "update"), "b2")


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
