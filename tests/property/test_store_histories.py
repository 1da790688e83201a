"""Whatever people do to one store, in whatever order: the store page's invariants hold after every step.

A model of a few lines says what must be active, what a rollback goes to and what is held; the real launcher does the
same on a real disk, and the oracle reads that disk by itself (`tests.store_world`).
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from launcher.domain.errors import DamagedRevision, NoSuchRevision, NothingToDo
from launcher.domain.progress import Silent
from tests.crash.runner import recover_store
from tests.registry import LLAMA
from tests.store_world import World, active_of, big_tree, faults_of, leftovers_of, snapshot_of

EXAMPLES, STEPS = 25, 15
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - no test of syncs, so none is waited for


@dataclass(frozen=True)
class Pointer:
    """The model of a state: what is active, what a rollback goes to, and which channel revisions are held."""

    active: str | None = None
    previous: str | None = None
    held: frozenset[str] = frozenset()


@dataclass
class Model:
    """What must be true of the store.

    Attributes:
        newest: The channel revision that is published.
        installed: The channel revision of each installed revision.
        damaged: Revisions that a person has changed by hand.
        now: The state; ``before`` is the one that the last commit replaced.
        commits: How many commits there were since the state was last lost.
    """

    newest: int = 0
    installed: dict[str, int] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    now: Pointer = Pointer()
    before: Pointer = Pointer()
    commits: int = 0

    def commit(self, pointer: Pointer) -> None:
        self.before, self.now = self.now, pointer
        self.commits += 1

    def whole_copy_of_newest(self) -> str | None:
        copies = [name for name, revision in self.installed.items() if revision == self.newest]
        return max((name for name in copies if name not in self.damaged), default=None)

    def activated(self, name: str) -> Pointer:
        same = {copy for copy, revision in self.installed.items() if revision == self.installed[name]}
        # Back never leads to what is damaged (E7), and each step's audit has found that.
        is_way_back = self.now.active not in self.damaged | {name}
        previous = self.now.active if is_way_back else self.now.previous
        return Pointer(name, None if previous == name else previous, self.now.held - same)

    def rolled_back_to(self, target: str) -> Pointer:
        active = self.now.active
        assert active is not None
        held = self.now.held - {target}
        if self.installed[active] > self.installed[target]:
            held |= {active}
        return Pointer(target, active, held)


class StoreHistories(RuleBasedStateMachine):
    """One store, one registry, and a person who does anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="store-histories-", dir=MEMORY))
        self.world = World(self.root)  # not served: the launcher reads the registry's folder
        self.model = Model()
        self.untouched: dict[str, tuple[int, int, int, str]] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    @initialize()
    def begin(self) -> None:
        self.publish()
        self.install()

    @rule()
    def publish(self) -> None:
        version = f"b{self.model.newest + 1}"
        self.model.newest = self.world.publish(version, big_tree(version))

    @rule()
    def install(self) -> None:
        model = self.model
        active = model.now.active
        if active is not None and model.installed[active] == model.newest and active not in model.damaged:
            with pytest.raises(NothingToDo):
                self._launch("install", [LLAMA])
            return
        self._activates_newest("install", [LLAMA])

    @rule()
    def update(self) -> None:
        model = self.model
        assert model.now.active is not None
        highest_held = max((model.installed[name] for name in model.now.held), default=0)
        is_newer = model.newest > model.installed[model.now.active]
        if is_newer and model.newest > highest_held:
            self._activates_newest("update", [])
            return
        view = self._launch("update", [])
        assert view["updated"] == []
        assert [row["reason"] for row in view["skipped"]] == ["held" if is_newer else "up-to-date"]

    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from([None, *sorted(self.model.installed)]), label="revision")
        goes_to = target or self.model.now.previous
        if goes_to is None:
            self._refuses(NoSuchRevision, None)
        elif goes_to == self.model.now.active:
            self._refuses(NothingToDo, goes_to)
        elif goes_to in self.model.damaged:
            self._refuses(DamagedRevision, target)
        else:
            view = self.world.launcher(is_local=True).roll_back(LLAMA, Silent(), revision=target)
            assert view["revision"] == goes_to
            self.model.commit(self.model.rolled_back_to(goes_to))

    @rule()
    def roll_back_twice(self) -> None:
        now = self.model.now
        if now.previous is None or {now.active, now.previous} & self.model.damaged:
            return
        for _ in range(2):
            self.world.launcher(is_local=True).roll_back(LLAMA, Silent())
            assert self.model.now.previous is not None
            self.model.commit(self.model.rolled_back_to(self.model.now.previous))
        assert (self.model.now.active, self.model.now.previous) == (now.active, now.previous)

    @rule(data=st.data(), is_lost=st.booleans())
    def damage(self, data: st.DataObject, *, is_lost: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.model.installed)), label="revision")
        path = self.world.folder.revision(name).payload / "LICENSE"
        path.unlink(missing_ok=True)
        if not is_lost:
            path.write_bytes(b"GPL\n")  # of the same size as the signed one
        self.model.damaged.add(name)
        self._forget(name)

    @precondition(lambda self: self.model.commits > 0)
    @rule(content=st.sampled_from([b"", b"{", b'{"version": 2}', bytes(512)]))
    def damage_state(self, content: bytes) -> None:
        model = self.model
        self.world.folder.state.write_bytes(content)

        recover_store(self.world.store)

        # Without a state before it, the newest revision counts.
        model.now = model.before if model.before.active else Pointer(max(model.installed))
        if model.before.active is None:
            model.commits = 0

    @invariant()
    def active_is_what_it_must_be(self) -> None:
        active = active_of(self.world.store)
        assert active == self.model.now.active
        assert leftovers_of(self.world.store) == []
        if active is not None:
            state = json.loads(self.world.folder.state.read_bytes())
            assert state["previous"] == self.model.now.previous
            assert {hold["revision"] for hold in state["held"]} == self.model.now.held

    @invariant()
    def nothing_that_was_published_is_ever_written_to(self) -> None:
        after = snapshot_of(self.world.store)
        assert {path: facts for path, facts in after.items() if path in self.untouched} == self.untouched
        for name in self.model.installed:
            assert (faults_of(self.world.store, name) != []) == (name in self.model.damaged)
            if name not in self.model.damaged:
                self.untouched |= {path: facts for path, facts in after.items() if path.startswith(f"{name}/")}

    @invariant()
    def audit_finds_exactly_the_damage(self) -> None:
        view = self.world.launcher(is_local=True).audit(Silent(), deep=True)
        assert {item["revision"] for item in view["items"] if not item["ok"]} == self.model.damaged
        assert view["ok"] == (not self.model.damaged)

    def _activates_newest(self, operation: str, arguments: list[str]) -> None:
        model = self.model
        known = model.whole_copy_of_newest()
        self._launch(operation, arguments)
        active = active_of(self.world.store)
        assert active is not None
        if known is None:
            assert active not in model.installed
            model.installed[active] = model.newest
        else:
            assert active == known
        model.commit(model.activated(active))

    def _launch(self, operation: str, arguments: list[str]) -> dict[str, list[dict[str, object]]]:
        launcher = self.world.launcher(is_local=True)
        result: dict[str, list[dict[str, object]]] = getattr(launcher, operation)(arguments, Silent())
        return result

    def _refuses(self, error: type[Exception], revision: str | None) -> None:
        with pytest.raises(error):
            self.world.launcher(is_local=True).roll_back(LLAMA, Silent(), revision=revision)

    def _forget(self, name: str) -> None:
        self.untouched = {path: facts for path, facts in self.untouched.items() if not path.startswith(f"{name}/")}


StoreHistories.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
TestStoreHistories = pytest.mark.slow(StoreHistories.TestCase)
