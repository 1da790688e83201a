"""Eight processes, a window among them, that do anything to one store while its registry publishes (threat E12).

Each successful change raises the sequence of the state by one: two processes that both won, or one that wrote over
what another had written, would leave a sequence that is lower than the number of changes.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.progress import Silent
from launcher.flows.store_access import LOCK_WAIT_S
from launcher.store.states import list_revisions, load_state
from tests.crash.crowd import EDITED, Crowd
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import Offer
from tests.store_world import World, active_of, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = tuple(range(1, 8))
WINDOW = 8
"""The seed of the window, which works through processes of its own."""
OPERATIONS = 50
PUBLISH_EVERY = 80
WITHIN_S = 300
CHECKOUT = Path(__file__).resolve().parents[2]
# What each operation may be refused for, when others do what they want in between.
SENSIBLE = {
    # `channel-revision-too-low`: another process accepted a newer catalog after this one had fetched its own
    "install": {"nothing-to-do", "channel-revision-too-low"},
    "install-again": {"channel-revision-too-low"},
    "update": {"channel-revision-too-low"},
    "rollback": {"no-such-revision"},
    "rollback-to": {"nothing-to-do", "no-such-revision"},  # active already; pruned after it was chosen
    "pin": {"no-such-revision"},
}
# On a machine so busy that a holder is put aside before it has written its name, that is what is said.
WAITING = re.compile(
    r"Waiting for (?:process (\d+) \(.+\)(?:, which cannot be seen from here)?"
    r"|another process, which has not written down its name)"
    r"(?: to finish with the store\.|, which fetches the same file\.)"
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "world") as world:
        for number in range(1, 7):
            publish(world, number)
            world.install()
        world.launcher().install([EDITED], Silent())
        edited = active_of(world.store, EDITED)
        (world.store / EDITED / "revisions" / str(edited) / "payload" / "LICENSE").write_bytes(b"GPL\n")
        yield world


def publish(world: World, number: int) -> None:
    """Publish a version; the server goes from one whole catalog to the next, so that nobody reads half of one."""
    edited = [] if number > 1 else [Offer(id=EDITED, tree=runtime_tree("w1"), version="w1")]
    world.registry.publish(Offer(tree=runtime_tree(f"b{number}"), version=f"b{number}"), *edited)
    catalog = world.registry.catalog_path
    world.registry.server.lie(catalog, Lie(body=catalog.read_bytes()))


@pytest.mark.slow
def test_eight_processes_at_once_leave_a_sound_store(world: World) -> None:
    before = load_state(world.folder).state.sequence
    started_s = time.monotonic()
    lines = run_crowd(world)
    took_s = time.monotonic() - started_s

    assert sorted(line["seed"] for line in lines if line["operation"] == "end") == [*SEEDS, WINDOW]
    lines = [line for line in lines if line["operation"] != "end"]
    assert len(lines) == (len(SEEDS) + 1) * OPERATIONS
    assert [line["bug"] for line in lines if "bug" in line] == []
    # Polling is not fair: where the machine is so slow that all of it takes longer, somebody may have given up.
    patience = {"store-locked"} if took_s > LOCK_WAIT_S else set()
    allowed = {line["operation"]: {None, *patience, *SENSIBLE.get(line["operation"], ())} for line in lines}
    odd = [line for line in lines if line.get("error") not in allowed[line["operation"]]]
    assert [(line["operation"], line["error"], line["message"]) for line in odd] == []

    assert_each_wait_says_for_whom(lines)
    assert load_state(world.folder).state.sequence - before == sum(line.get("commits", 0) for line in lines)
    assert_sound(world)
    assert Counter(line["operation"] for line in lines if "error" not in line).keys() >= SENSIBLE.keys()
    world.launcher().prune(Silent())
    assert leftovers_of(world.store) == []


def run_crowd(world: World) -> list[dict[str, Any]]:
    """Let everybody loose, publish now and then, and return what became of each operation."""
    registry = world.registry
    usual = Crowd(str(world.store), registry.catalog_url, str(registry.signers_path), SEEDS, OPERATIONS)
    everybody = (("tests.crash.crowd", usual), ("tests.crash.crowd_window", replace(usual, seeds=(WINDOW,))))
    environ = {**os.environ, "ARW_RUNTIME_BUNDLE_SIGNERS": usual.signers, "QT_QPA_PLATFORM": "offscreen"}
    read, write = os.pipe()
    processes = []
    for module, crowd in everybody:
        command = [sys.executable, "-m", module, crowd.as_argument()]
        processes.append(subprocess.Popen(command, cwd=CHECKOUT, env=environ, stdout=write, start_new_session=True))
    os.close(write)
    end = threading.Timer(WITHIN_S, _kill, processes)
    end.start()
    lines: list[dict[str, Any]] = []
    try:
        with os.fdopen(read, encoding="utf-8") as told:
            for text in told:
                lines.append(json.loads(text))
                if len(lines) % PUBLISH_EVERY == 0:
                    publish(world, registry.revision + 1)
        assert [process.wait() for process in processes] == [0, 0], "they did not end in time"
    finally:
        end.cancel()
    return lines


def _kill(*processes: subprocess.Popen[bytes]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with all that it started


def assert_each_wait_says_for_whom(lines: list[dict[str, Any]]) -> None:
    """Assert that somebody waited, and that every wait named a process of ours, or said why it cannot."""
    waits = [WAITING.fullmatch(wait) for line in lines for wait in line["waits"]]
    assert None not in waits
    named = {int(wait.group(1)) for wait in waits if wait is not None and wait.group(1)}
    assert named
    assert named <= {line["pid"] for line in lines}


def assert_sound(world: World) -> None:
    """Assert that every revision is what was signed, and that the states tell one story."""
    loaded = load_state(world.folder)
    state = loaded.state
    assert loaded.problem is None
    assert state.active in list_revisions(world.folder)
    assert [fault for name in list_revisions(world.folder) for fault in faults_of(world.store, name)] == []
    assert all(earlier.sequence < later.sequence for earlier, later in pairwise(state.history))
    assert all(earlier.revision == later.replaced for earlier, later in pairwise(state.history))
    assert {state.previous, *state.pinned, *(hold.revision for hold in state.held)} <= {*list_revisions(world.folder)}
    assert load_state(world.layout.bundle(EDITED)).problem is None
