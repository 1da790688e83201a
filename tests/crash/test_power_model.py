"""Power cuts in a model of the disk: whatever of the unsynced steps is lost, old or new is active and whole (E1-E3).

That the suite can fail is shown on copies of the launcher with a fault in each.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import CHECKOUT, Forks, job_of
from tests.crash.power_model import ROOT, Name, Naming, Node, Recording, Syncing, Writing, images_of
from tests.crash.power_oracle import assert_next_works, outcomes_of, state_of
from tests.crash.power_recording import record
from tests.packing import runtime_tree
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.power_model import Step
    from tests.crash.runner import Job

STATE, TEMPORARY = Name(ROOT, "state"), Name(ROOT, "state.tmp")
OLD, NEW = 1, 2


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.publish("b1", runtime_tree("b1"))
        yield world


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


def prepare(world: World, operation: str) -> tuple[Job, str | None, str]:
    """Return a job with something to do, the version that is active before it, and the one after it."""
    job = job_of(world, operation)
    if operation == "install":
        world.store.mkdir(mode=0o700)
        return job, None, "b1"
    world.install()
    world.publish("b2", runtime_tree("b2"))
    if operation == "update":
        return job, "b1", "b2"
    world.install()
    return job, "b2", "b1"


@pytest.mark.parametrize("operation", ["install", "update", "rollback"])
def test_whatever_is_lost_old_or_new_is_whole(world: World, forks: Forks, tmp_path: Path, operation: str) -> None:
    job, old, new = prepare(world, operation)
    recording = record(job, tmp_path / "record", CHECKOUT)
    known_states = []
    versions = set()

    for outcome, disk in outcomes_of(recording, tmp_path / "disk", old, new):
        assert outcome.faults == []
        versions.add(outcome.version)
        state = state_of(disk)
        if state not in known_states:
            known_states.append(state)
            # A rollback goes back and forth; after any cut, installing and updating end where they were to end.
            back = old if operation == "rollback" and outcome.version == new else new
            assert back is not None
            assert_next_works(forks, disk, job, back)

    assert versions == {old, new}


def test_a_recording_holds_every_kind_of_step(world: World, tmp_path: Path) -> None:
    job, _, _ = prepare(world, "update")
    recording = record(job, tmp_path / "record", CHECKOUT)
    disk = list(images_of(recording))[-1]
    disk.lay_out(recording.nodes, tmp_path / "disk")
    assert {step.node is None for step in recording.steps if isinstance(step, Syncing)} == {True, False}
    shared = [path for path in (tmp_path / "disk").rglob("libllama.so.0.0.1") if path.stat().st_nlink == 3]
    assert len(shared) == 2  # one content in two revisions and among the objects


def test_a_write_and_a_rename_without_a_sync_lose_the_content() -> None:
    steps: list[Step] = [
        Naming({TEMPORARY: NEW}),
        Writing(NEW, b"new!"),
        Naming({TEMPORARY: None, STATE: NEW}),
        Syncing(ROOT),
    ]
    assert contents_after(steps) == {b"old", b"", b"ne", b"new!"}
    assert contents_after(steps, is_done=True) == {b"", b"ne", b"new!"}


def test_a_synced_write_and_a_rename_leave_old_or_new() -> None:
    rename = Naming({TEMPORARY: None, STATE: NEW})
    steps: list[Step] = [Naming({TEMPORARY: NEW}), Writing(NEW, b"new!"), Syncing(NEW), rename]
    assert contents_after(steps) == {b"old", b"new!"}
    assert contents_after(steps, is_done=True) == {b"old", b"new!"}
    assert contents_after([*steps, Syncing(ROOT)], is_done=True) == {b"new!"}
    assert contents_after([*steps, Syncing(None)], is_done=True) == {b"new!"}


def test_a_write_in_place_may_leave_a_part() -> None:
    assert contents_after([Writing(OLD, b"new!"), Syncing(OLD)]) == {b"old", b"", b"ne", b"new!"}


def test_a_content_keeps_its_order_and_names_may_lose_theirs() -> None:
    steps: list[Step] = [Writing(OLD, b"1"), Writing(OLD, b"22"), Naming({TEMPORARY: OLD}), Naming({STATE: None})]
    assert contents_after(steps) == {b"old", b"1", b"22", b"", b"2", None}
    assert {len(image.names) for image in images_of(recording_of(steps))} == {0, 1, 2}


def recording_of(steps: list[Step]) -> Recording:
    """Return a recording on a folder that holds one file, ``state``."""
    nodes = {ROOT: Node("folder", 0o700), OLD: Node("file", 0o644), NEW: Node("file", 0o644)}
    return Recording(nodes, [Naming({STATE: OLD}), Writing(OLD, b"old")], steps)


def contents_after(steps: list[Step], *, is_done: bool = False) -> set[bytes | None]:
    """Return what ``state`` may hold after a cut; None where it is gone. ``is_done``: after a cut at the end only."""
    images = [image for image in images_of(recording_of(steps)) if image.is_done or not is_done]
    return {image.contents.get(image.names[STATE], b"") if STATE in image.names else None for image in images}


SYNC = """        os.fsync(file.fileno())
"""
REPLACE_STATE = """        write_durably(folder.state, content, keep_previous=keep_previous)
"""
WRITE_STATE_IN_PLACE = """        with folder.state.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
"""
PUBLISH = """        rename(stage.path, target.path)
"""
COMMIT_AND_PUBLISH = """        from launcher.store.states import load_state, save_state
        save_state(bundle, load_state(bundle).state._replace(active=name))
        rename(stage.path, target.path)
"""


def faults_with(planted: tuple[str, str, str], world: World, tmp_path: Path) -> str:
    """Return what the oracle says of an update by a launcher of which one file has one text replaced by another."""
    name, good, bad = planted
    checkout = tmp_path / "planted"
    shutil.copytree(CHECKOUT / "launcher", checkout / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("tests", "configs", "ops", "resources"):
        (checkout / folder).symlink_to(CHECKOUT / folder)
    path = checkout / "launcher" / "store" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(good) == 1
    path.write_text(text.replace(good, bad), encoding="utf-8")
    job, old, new = prepare(world, "update")
    recording = record(job, tmp_path / "record", checkout)
    outcomes = outcomes_of(recording, tmp_path / "disk", old, new)
    return "\n".join(fault for outcome, _ in outcomes for fault in outcome.faults)


def test_a_planted_copy_without_a_fault_has_none(world: World, tmp_path: Path) -> None:
    assert faults_with(("durable.py", SYNC, SYNC), world, tmp_path) == ""


def test_a_missing_sync_is_found(world: World, tmp_path: Path) -> None:
    assert "state.json is no whole state" in faults_with(("durable.py", SYNC, ""), world, tmp_path)


def test_a_write_in_place_is_found(world: World, tmp_path: Path) -> None:
    faults = faults_with(("states.py", REPLACE_STATE, WRITE_STATE_IN_PLACE), world, tmp_path)
    assert "state.json is no whole state" in faults


def test_a_commit_before_the_publishing_is_found(world: World, tmp_path: Path) -> None:
    faults = faults_with(("revisions.py", PUBLISH, COMMIT_AND_PUBLISH), world, tmp_path)
    assert "and recovery took" in faults
