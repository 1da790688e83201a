"""What is needed never goes and what is not does, whatever happened before (docs/explanation/store.md, step 9; E10).

The oracle reads states, indexes and objects with the standard library alone: it knows nothing of the program's plan.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from launcher.adapters.places import find_places
from launcher.app import Launcher
from launcher.app.wiring import Wiring
from launcher.domain.errors import StoreLocked
from launcher.domain.progress import Silent
from launcher.store.leases import leased
from tests.registry import LLAMA
from tests.store_world import Recorder, World, active_of, big_tree, faults_of, leftovers_of

EXAMPLES, STEPS = 12, 15
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - no test of syncs, so none is waited for
ALWAYS_STAY = 5
SHARED_FROM_BYTES = 1024 * 1024


class _Clock(NamedTuple):
    at: datetime

    def now(self) -> datetime:
        return self.at


class RetentionHistories(RuleBasedStateMachine):
    """One bundle that many versions of come, and a person who keeps, edits, mends, runs and deletes them."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="retention-histories-", dir=MEMORY))
        self.world = World(self.root)  # not served: the launcher reads the registry's folder
        self.now = datetime.now(UTC)
        self.leases: dict[str, ExitStack] = {}
        self.edited: set[str] = set()
        self.newest = 0
        self.is_full = False
        self.seen: set[str] = set()
        self.seen_objects: set[str] = set()
        self.may_go: set[str] = set()

    def teardown(self) -> None:
        for lease in self.leases.values():
            lease.close()
        shutil.rmtree(self.root)

    @initialize()
    def begin(self) -> None:
        self.fill_disk(is_full=False)
        self.install(versions=ALWAYS_STAY)

    @rule(versions=st.integers(1, 3))
    def install(self, versions: int) -> None:
        for _ in range(versions):
            self._publish()
            self.launcher.install([LLAMA], Silent())
        self._check_retention_if_full()

    @rule()
    def update(self) -> None:
        self._publish()
        self.launcher.update([], Silent())
        self._check_retention_if_full()

    @rule(is_full=st.booleans())
    def fill_disk(self, *, is_full: bool) -> None:
        path = self.launcher.places.settings
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"min_free_bytes": 0, "min_free_percent": 100 if is_full else 0}))
        self.is_full = is_full

    @precondition(lambda self: bool(self.revisions))
    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        active = active_of(self.world.store)
        sound = [name for name in self.releases if name not in self.edited | {active}]
        if sound:
            self.launcher.roll_back(LLAMA, Silent(), revision=data.draw(st.sampled_from(sound), label="revision"))

    @precondition(lambda self: bool(self.revisions))
    @rule(data=st.data(), pinned=st.booleans())
    def pin(self, data: st.DataObject, *, pinned: bool) -> None:
        self.launcher.pin(LLAMA, data.draw(st.sampled_from(self.revisions)), Silent(), pinned=pinned)

    @precondition(lambda self: bool(self.revisions))
    @rule(data=st.data())
    def run_or_end(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self.revisions), label="revision")
        if name in self.leases:
            self.leases.pop(name).close()
        else:
            self.leases[name] = ExitStack()
            self.leases[name].enter_context(leased(self.world.folder, name))

    @precondition(lambda self: active_of(self.world.store) is not None)
    @rule()
    def edit_and_snapshot(self) -> None:
        active = active_of(self.world.store)
        assert active is not None
        (self.world.payload / "notes.txt").write_text("edited\n")
        self.edited.add(active)

        kept = self.launcher.snapshot(LLAMA, Silent())["revision"]

        assert (self.world.folder.revision(kept).payload / "notes.txt").read_text() == "edited\n"

    @precondition(lambda self: bool(set(self.releases) - self.edited))
    @rule(data=st.data())
    def lose_a_large_file_and_repair(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(set(self.releases) - self.edited)), label="revision")
        (self.world.folder.revision(name).payload / "lib/own.bin").unlink()
        self.edited.add(name)
        self.may_go = {name} - self.leases.keys()

        view = self.launcher.repair(LLAMA, Silent(), revision=name)

        assert (view["restored"], view["from_network"]) == (["lib/own.bin"], False)  # its content was never collected
        assert (name in self.revisions) == (name in self.leases)

    @rule()
    def prune(self) -> None:
        stays = self._must_stay()
        goes = [name for name in self.revisions if name not in stays]
        preview = self.launcher.prune(Silent(), dry_run=True)
        assert self.revisions == sorted(stays | set(goes))
        recorder = Recorder()
        self.may_go = set(goes)

        view = self.launcher.prune(recorder)

        assert [row["revision"] for row in view["removed"]] == goes
        assert (preview["removed"], preview["kept"]) == (view["removed"], view["kept"])
        assert recorder.messages == [f"Deleted {name} of {LLAMA}." for name in goes]
        self._check_retention()

    @precondition(lambda self: bool(self.revisions))
    @rule()
    def remove(self) -> None:
        if self.leases:
            with pytest.raises(StoreLocked):
                self.launcher.remove(LLAMA, Silent())
            return
        self.may_go = set(self.revisions)
        self.launcher.remove(LLAMA, Silent())
        assert (self.revisions, self._objects()) == ([], set())

    @invariant()
    def nothing_goes_but_what_may(self) -> None:
        now, objects = set(self.revisions), self._objects()
        assert self.seen - now <= self.may_go
        needed = self._needed_objects()
        assert self.seen_objects & needed <= objects
        self.seen, self.seen_objects, self.may_go = now, objects, set()

    @invariant()
    def what_nobody_edited_is_as_it_was_signed(self) -> None:
        assert leftovers_of(self.world.store) == []
        for name in set(self.releases) - self.edited:
            assert faults_of(self.world.store, name) == []

    @property
    def launcher(self) -> Launcher:
        """A launcher a minute later: names of revisions are times, and must not depend on how fast this machine is."""
        self.now += timedelta(minutes=1)
        places = find_places(self.world.environ, is_sample=False, store_root=self.world.store)
        wiring = Wiring(places, self.world.environ, catalog=str(self.world.registry.catalog_path))
        wiring.clock = _Clock(self.now)
        return Launcher(wiring)

    @property
    def revisions(self) -> list[str]:
        folder = self.world.folder.revisions
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    @property
    def releases(self) -> list[str]:
        return [name for name in self.revisions if self._note(name)["kind"] == "release"]

    def _publish(self) -> None:
        self.newest += 1
        self.world.publish(f"b{self.newest}", big_tree(f"b{self.newest}"))

    def _note(self, name: str) -> dict[str, Any]:
        note: dict[str, Any] = json.loads((self.world.folder.revision(name).path / "install.json").read_bytes())
        return note

    def _check_retention_if_full(self) -> None:
        if self.is_full:
            self.may_go = self.seen - set(self.revisions)
            self._check_retention()

    def _check_retention(self) -> None:
        assert set(self.revisions) == self._must_stay()
        assert self._objects() <= self._needed_objects()

    def _must_stay(self) -> set[str]:
        stays = {*sorted(self.seen | set(self.revisions))[-ALWAYS_STAY:], *self.leases}
        if self.world.folder.state.exists():
            state = json.loads(self.world.folder.state.read_bytes())
            stays |= {state["active"], state["previous"], *state["pinned"]} - {None}
            stays |= {hold["revision"] for hold in state["held"]}
        return stays

    def _objects(self) -> set[str]:
        objects = self.world.layout.objects
        return {path.relative_to(objects).as_posix() for path in objects.rglob("*") if path.is_file()}

    def _needed_objects(self) -> set[str]:
        needed = set()
        for name in self.revisions:
            manifest = json.loads((self.world.folder.revision(name).path / "bundle.json").read_bytes())
            for row in self._note(name).get("files") or manifest["files"]:
                if row.get("size_bytes", 0) >= SHARED_FROM_BYTES:
                    suffix = ".x" if row.get("executable") else ""
                    needed.add(f"{row['sha256'][:2]}/{row['sha256'][2:]}{suffix}")
        return needed


RetentionHistories.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
TestRetentionHistories = pytest.mark.slow(RetentionHistories.TestCase)
