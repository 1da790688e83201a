"""Power cuts in a model of the disk: of the unsynced steps any may be lost, and old or new is whole (E1, E3, E18).

That the suite can fail is shown on copies of the launcher with a fault in each.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.crash.forks import CHECKOUT, Forks
from tests.crash.power_model import ROOT, Name, Naming, Node, Recording, Syncing, Writing, images_of
from tests.crash.power_oracle import outcomes_of, state_of
from tests.crash.power_recording import record
from tests.crash.scenarios import PREPARED, Scenario
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.crash.power_model import Step

STATE, TEMPORARY = Name(ROOT, "state"), Name(ROOT, "state.tmp")
OLD, NEW = 1, 2


@pytest.fixture
def world(quick_path: Path) -> Iterator[World]:
    with World(quick_path) as world:
        yield world


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


def recorded(scenario: Scenario, place: Path, checkout: Path = CHECKOUT) -> Recording:
    """Run a scenario's operation and return what it did to its disk."""
    site = scenario.site("recorded")
    return record(scenario.job_at(site), scenario.changed_at(site), place / "record", checkout)


@pytest.mark.parametrize("name", [name for name in PREPARED if name != "install over"])  # which is like an update
def test_whatever_is_lost_old_or_new_is_whole(world: World, forks: Forks, quick_path: Path, name: str) -> None:
    scenario = Scenario(name, world, forks, quick_path)
    recording = recorded(scenario, quick_path)
    site = scenario.site("disk")
    known_states = []
    actives = set()

    for outcome in outcomes_of(recording, scenario, site):
        assert outcome.faults == []
        actives.add(outcome.active)
        state = state_of(scenario.changed_at(site))
        if state not in known_states:
            known_states.append(state)
            scenario.assert_recovers(site, f"disk {len(known_states)}")

    assert actives == scenario.actives


def test_a_recording_holds_every_kind_of_step(world: World, forks: Forks, tmp_path: Path) -> None:
    recording = recorded(Scenario("update", world, forks, tmp_path), tmp_path)
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
SYNC_TREE = """        sync_tree(stage.path)
"""
SYNC_FILE = """            os.fsync(self._file.fileno())
"""
PUBLISH = """        rename(stage.path, target.path)
"""
COMMIT_AND_PUBLISH = """        from launcher.store.states import load_state as load, save_state
        save_state(bundle, load(bundle).state._replace(active=name))
        rename(stage.path, target.path)
"""


DISCARD = """        rename(path, grave)
        checkpoint("trash:renamed")
        sync_folder(path.parent)
        sync_folder(layout.trash)
"""
DISCARD_UNSYNCED = """        rename(path, grave)
"""
DISCARD_IN_PLACE = """        grave = path
"""
FLOOR = """        accept(session.layout.floors, floor_of(trusted), session.registry.standing_keys(session.at))
"""
PUBLISHED = """        return publish_revision(session.layout, staged, record, observer).name
"""
PUBLISHED_BEFORE_THE_FLOOR = """        name = publish_revision(session.layout, staged, record, observer).name
        accept(session.layout.floors, floor_of(trusted), session.registry.standing_keys(session.at))
        return name
"""
IMPORTING = "flows/transfer/importing.py"
PLANTED = {
    "a missing sync of the state": ("update", "store/durable.py", {SYNC: ""}, "state.json is no whole state"),
    "a write in place": (
        "update",
        "store/states.py",
        {REPLACE_STATE: WRITE_STATE_IN_PLACE},
        "state.json is no whole state",
    ),
    "a commit before the publishing": (
        "update",
        "store/revisions.py",
        {PUBLISH: COMMIT_AND_PUBLISH},
        "and recovery took",
    ),
    "a deletion before its rename is synced": ("prune", "store/removal.py", {DISCARD: DISCARD_UNSYNCED}, "damaged"),
    "a deletion in place": ("prune", "store/removal.py", {DISCARD: DISCARD_IN_PLACE}, "damaged"),
    "a floor after its revision": (
        "import",
        IMPORTING,
        {FLOOR: "", PUBLISHED: PUBLISHED_BEFORE_THE_FLOOR},
        "no such floor",
    ),
    "a missing sync of the tree": ("import", "store/revisions.py", {SYNC_TREE: ""}, "damaged"),
    "an export without a sync": ("export to a file", "store/cache_file/file_writing.py", {SYNC_FILE: ""}, "x.arwcache"),
}


def faults_with(
    operation: str, name: str, changes: Mapping[str, str], world: World, forks: Forks, place: Path
) -> Iterator[str]:
    """Yield what the oracle says of an operation by a launcher of which one file has texts replaced by others."""
    checkout = place / "planted"
    shutil.copytree(CHECKOUT / "launcher", checkout / "launcher", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("tests", "configs", "ops", "resources"):
        (checkout / folder).symlink_to(CHECKOUT / folder)
    path = checkout / "launcher" / name
    text = path.read_text(encoding="utf-8")
    for good, bad in changes.items():
        assert text.count(good) == 1
        text = text.replace(good, bad)
    path.write_text(text, encoding="utf-8")
    scenario = Scenario(operation, world, forks, place)
    for outcome in outcomes_of(recorded(scenario, place, checkout), scenario, scenario.site("disk")):
        yield from outcome.faults


def test_a_copy_without_a_fault_has_none(world: World, forks: Forks, quick_path: Path) -> None:
    assert list(faults_with("rollback", "store/durable.py", {}, world, forks, quick_path)) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(world: World, forks: Forks, quick_path: Path, name: str) -> None:
    operation, file, changes, expected = PLANTED[name]
    assert any(expected in fault for fault in faults_with(operation, file, changes, world, forks, quick_path))
