"""Killed, and refused, at the system calls that change the disk, in every operation (threats E1, E2, E4, E8, E18).

A run of the suite takes a sample of the calls, always the same one. All of them, each with every fault, are tried with
``ARW_TEST_EVERY_CALL=1``.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import Forks
from tests.crash.scenarios import PREPARED, Scenario
from tests.crash.tracing import find_obstacle, inject, list_changing_calls, run_traced, sample
from tests.registry import LLAMA
from tests.store_world import World, active_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.runner import Job
    from tests.crash.tracing import Call

pytestmark = [pytest.mark.strace, pytest.mark.slow]

CODES = {"ENOSPC": "disk-full", "EIO": "disk-failure", "EACCES": "no-permission"}
EVERY_CALL = bool(os.environ.get("ARW_TEST_EVERY_CALL"))
SAMPLE = 8


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


@pytest.fixture
def world(quick_path: Path) -> Iterator[World]:
    with World(quick_path) as world:
        yield world


def calls_of(forks: Forks, scenario: Scenario, log: Path) -> list[Call]:
    """Return the calls to put faults on, or skip where nothing can be traced."""
    obstacle = find_obstacle(forks, waiting(scenario, "tried"))
    if obstacle is not None:
        pytest.skip(obstacle)
    calls = list_changing_calls(forks, waiting(scenario, "traced"), log)
    assert calls
    return calls if EVERY_CALL else sample(calls, SAMPLE)


def waiting(scenario: Scenario, name: str) -> Job:
    """Return the operation, on a new site, ready to be traced."""
    return replace(scenario.job_at(scenario.site(name)), waits=True)


@pytest.mark.parametrize("name", PREPARED)
def test_killed_at_a_system_call(world: World, forks: Forks, quick_path: Path, name: str) -> None:
    scenario = Scenario(name, world, forks, quick_path)

    for call in calls_of(forks, scenario, quick_path / "trace"):
        site = scenario.site()
        job = replace(scenario.job_at(site), waits=True)
        assert run_traced(forks, job, inject(call, "signal=SIGKILL")) == {"killed": True}, str(call)
        scenario.assert_recovers(site, f"killed at {call}")


@pytest.mark.parametrize("name", PREPARED)
def test_refused_at_a_system_call(world: World, forks: Forks, quick_path: Path, name: str) -> None:
    scenario = Scenario(name, world, forks, quick_path)
    faults = itertools.cycle(CODES)

    for call in calls_of(forks, scenario, quick_path / "trace"):
        for error in CODES if EVERY_CALL else [next(faults)]:
            site = scenario.site()
            before = active_of(site.store) if name != "recover" else None
            job = replace(scenario.job_at(site), waits=True)
            answer = run_traced(forks, job, inject(call, f"error={error}"))
            about = f"{error} at {call}"
            if "done" not in answer:
                assert answer["code"] == CODES[error], about
                # Only a last step fails with the new pointer in its place: whether it would last is not known.
                is_last = name == "remove" or _is_last_sync(call)
                assert before is None or active_of(site.store) == before or is_last, about
            scenario.assert_recovers(site, about)


def _is_last_sync(call: Call) -> bool:
    return call.name == "fsync" and f"{LLAMA}>" in call.text
