"""Killed, and refused, at the system calls that change the disk, in an update and a rollback (threats E1, E2, E4)."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import CrashedStore, Forks, job_of
from tests.crash.tracing import find_obstacle, inject, list_changing_calls, run_traced, spread
from tests.registry import LLAMA
from tests.store_world import World, active_of, big_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.runner import Job
    from tests.crash.tracing import Call

pytestmark = [pytest.mark.strace, pytest.mark.slow]

CODES = {"ENOSPC": "disk-full", "EIO": "disk-failure", "EACCES": "no-permission"}
# Every call, with every error, takes minutes; else it is the decisive ones and a part of the others.
EVERY_CALL = bool(os.environ.get("ARW_TEST_EVERY_CALL"))


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two versions that share a large file: what an update unpacks, shares and commits is all there."""
    with World(tmp_path) as world:
        world.publish("b1", big_tree("b1"))
        world.install()
        world.publish("b2", big_tree("b2"))
        yield world


def ready(world: World, operation: str) -> Job:
    """Return the job, on a store in which there is something to do for it."""
    if operation == "rollback":
        world.install()
    return replace(job_of(world, operation), waits=True)


def calls_of(forks: Forks, world: World, job: Job, place: Path) -> list[Call]:
    """Return the calls to put faults on, or skip where nothing can be traced."""
    obstacle = find_obstacle(forks, CrashedStore(world.store, place / "tried").job(job))
    if obstacle is not None:
        pytest.skip(obstacle)
    calls = list_changing_calls(forks, CrashedStore(world.store, place / "whole").job(job), place / "trace")
    assert {"fsync", "openat", "write"} <= {call.name for call in calls}
    return calls if EVERY_CALL else spread(calls, 50)


def assert_usable(forks: Forks, crashed: CrashedStore, job: Job, versions: set[str | None]) -> None:
    """Assert that after a restart one of two versions is active and whole, and that the next operation works."""
    crashed.assert_recovered(forks, job)
    assert crashed.active_version in versions
    answer = forks.run(replace(crashed.job(job), waits=False))
    assert answer == {"killed": False, "done": True}
    crashed.assert_recovered(forks, job)


@pytest.mark.parametrize("operation", ["update", "rollback"])
def test_killed_at_a_system_call(world: World, forks: Forks, tmp_path: Path, operation: str) -> None:
    job = ready(world, operation)
    seen = set()

    for call in calls_of(forks, world, job, tmp_path):
        crashed = CrashedStore(world.store, tmp_path / "crashed")
        assert run_traced(forks, crashed.job(job), inject(call, "signal=SIGKILL")) == {"killed": True}, str(call)
        seen.add(crashed.active_version)
        assert_usable(forks, crashed, job, {"b1", "b2"})

    assert seen == {"b1", "b2"}


@pytest.mark.parametrize("operation", ["update", "rollback"])
def test_refused_at_a_system_call(world: World, forks: Forks, tmp_path: Path, operation: str) -> None:
    job = ready(world, operation)
    before = active_of(world.store)
    faults = itertools.cycle(CODES)
    refused = set()

    for call in calls_of(forks, world, job, tmp_path):
        for error in CODES if EVERY_CALL else [next(faults)]:
            crashed = CrashedStore(world.store, tmp_path / "crashed")
            answer = run_traced(forks, crashed.job(job), inject(call, f"error={error}"))
            if "done" not in answer:
                refused.add(call.name)
                assert answer["code"] == CODES[error], str(call)
                # Only the very last step fails with the new pointer in its place: whether it would last is not known.
                assert active_of(crashed.path) == before or _is_last_sync(call), str(call)
            assert_usable(forks, crashed, job, {"b1", "b2"})

    assert {"rename", "fsync", "openat"} <= refused


def _is_last_sync(call: Call) -> bool:
    return call.name == "fsync" and f"{LLAMA}>" in call.text
