"""A cancel in every phase of every job, in real worker processes that nothing interrupts from outside.

Whether a second is enough is not measured with a clock: a phase that listens does a bounded number of calls to the disk
until it hears (`MOST_CALLS`), however much there is to do; one that does not ends well, and the test fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from launcher.app import open_launcher
from launcher.domain.progress import Phase, Silent
from launcher.faces.gui import worker as worker_module
from launcher.faces.gui.events import Logged
from launcher.faces.gui.jobs import JobQueue, JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.worker import WorkerCommand
from launcher.store.lock import locked
from tests.gui.gated_worker import AT_GATE
from tests.lying_server import Lie
from tests.packing import Executable, Tree, runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer
from tests.store_world import active_of, faults_of, leftovers_of, snapshot_of
from tests.volumes import elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from launcher.app import Launcher
    from launcher.faces.gui.jobs import Job
    from tests.registry import Registry

__all__ = ["elsewhere"]

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")

SMALL_FILES: Final = 80
MOST_CALLS: Final = 60
BUNDLES: Final = ("runtime", "bundles")


def rich_tree(version: str) -> Tree:
    """Return a runtime of many small files, and one that takes several reads."""
    small = {f"share/{version}/{number:03}": f"{version} {number}".encode() for number in range(SMALL_FILES)}
    return {**runtime_tree(version, extra_bytes=3_000_000), **small}


def order(verb: Verb, *words: str, bundle_id: str | None = LLAMA) -> Order:
    return Order(verb, (*BUNDLES, *words), bundle_id)


UPDATE: Final = order(Verb.UPDATE, "update", LLAMA)


class Bench:
    """A machine with a store, a registry with something new, and workers of the window."""

    def __init__(self, registry: Registry, folder: Path, qtbot: QtBot) -> None:
        self.registry, self.folder, self._qtbot = registry, folder, qtbot
        self.store = folder / "store"
        self.notes = folder / "notes.json"

    def publish(self, version: str, tree: Tree | None = None, **more: Any) -> None:  # noqa: ANN401 - as Offer
        """Publish a version whose archive comes over the network."""
        self.registry.publish(Offer(tree=tree or rich_tree(version), version=version, **more))

        def edit(root: dict[str, Any]) -> None:
            for bundle in root["bundles"]:
                for artifact in bundle["artifacts"]:
                    artifact["url"] = f"{self.registry.server.url}/{artifact['url']}"

        self.registry.write_catalog(edit)

    @property
    def launcher(self) -> Launcher:
        """What prepares the machine, and does what was cancelled once more; without a process, to be quick."""
        return open_launcher(environ=os.environ)

    def update(self, version: str) -> None:
        """Publish a version and make it active."""
        self.publish(version)
        self.launcher.install([LLAMA], Silent())

    def cancel_at(self, point: str, order: Order) -> Job:
        """Run a job that waits at a point until it is cancelled, and return it when it is over."""
        worker = Path(__file__).with_name("gated_worker.py")
        command = WorkerCommand(sys.executable, ("-P", str(worker), point, str(self.notes)))
        return self.cancel_when(
            order, lambda job, event: isinstance(event, Logged) and event.message == AT_GATE, command
        )

    def cancel_when(
        self, order: Order, is_there: Callable[[Job, object], bool], command: WorkerCommand | None = None
    ) -> Job:
        """Run a job, cancel it when it has told something, and return it when it is over."""
        job = JobQueue(command or WorkerCommand.of_this_program()).submit(order)
        job.told.connect(lambda event: job.cancel() if is_there(job, event) else None)
        self._qtbot.waitUntil(lambda: job.is_over, timeout=60_000)
        return job

    def calls_to_hear(self) -> int:
        """Return how often the disk was called from the cancel until it was heard."""
        calls: int = json.loads(self.notes.read_text(encoding="utf-8"))
        return calls

    @property
    def version(self) -> str | None:
        """The version that the active payload itself says it is."""
        active = active_of(self.store)
        if active is None:
            return None
        assert faults_of(self.store, active) == []
        return (self.store / LLAMA / "revisions" / active / "payload" / "model.txt").read_text().split()[-1]

    def wait(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=60_000)

    def parts(self) -> list[int]:
        """Return the sizes of unfinished downloads."""
        return [path.stat().st_size for path in (self.store / ".downloads").glob("*.part")]


@pytest.fixture
def bench(registry: Registry, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Have workers that nobody kills, and one version installed."""
    monkeypatch.setattr(worker_module, "CANCEL_GRACE_MS", 120_000)
    bench = Bench(registry, tmp_path, qtbot)
    bench.update("b1")
    return bench


@pytest.mark.parametrize(
    "point",
    [
        "resolving:phase",
        "downloading:phase",
        "downloading:advance",
        "verifying:phase",
        "unpacking:advance",
        "testing:phase",
        "saving:phase",
        "activating:before",
    ],
)
def test_an_update_stops_wherever_it_is_and_leaves_nothing(bench: Bench, point: str) -> None:
    bench.publish("b2")
    job = bench.cancel_at(point, UPDATE)
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    assert bench.version == "b1"
    assert leftovers_of(bench.store) == []
    bench.launcher.update([LLAMA], Silent())
    assert bench.version == "b2"


@pytest.mark.parametrize("point", ["activating:phase", "active:before"])
def test_an_activation_that_has_begun_is_done(bench: Bench, point: str) -> None:
    """It is one rename: there is no moment in which it could stop half-way, and what was asked for is so."""
    bench.publish("b2")
    job = bench.cancel_at(point, UPDATE)
    assert job.state is JobState.DONE, list(job.log)
    assert bench.version == "b2"
    assert leftovers_of(bench.store) == []


def test_a_download_that_is_stopped_keeps_what_came(bench: Bench) -> None:
    bench.publish("b2")
    bench.registry.server.lie(bench.registry.archive_path(), Lie(hold_at=100_000))

    def has_come(job: Job, _event: object) -> bool:
        return job.progress is not None and job.progress.done_bytes == 100_000

    assert bench.cancel_when(UPDATE, has_come).state is JobState.CANCELLED
    assert bench.parts() == [100_000]
    assert bench.version == "b1"
    bench.registry.server.tell_the_truth()
    bench.launcher.update([LLAMA], Silent())
    assert (bench.version, bench.parts()) == ("b2", [])
    assert bench.registry.server.requests[-1].endswith("(from 100000)")


def test_a_server_that_says_nothing_keeps_nobody(bench: Bench) -> None:
    """The catalog never comes; what listens is the wait for the network."""
    bench.registry.server.lie(bench.registry.catalog_path, Lie(hold_at=0))
    refresh = order(Verb.REFRESH, "refresh", "--catalog", bench.registry.catalog_url, bundle_id=None)
    queue = JobQueue(WorkerCommand.of_this_program())
    job = queue.submit(refresh)
    bench.wait(bench.registry.server.holding.is_set)
    job.cancel()
    bench.wait(lambda: job.is_over)
    assert job.state is JobState.CANCELLED


@pytest.mark.parametrize(
    "order_",
    [
        order(Verb.ROLL_BACK, "rollback", "--bundle", LLAMA),
        UPDATE,
        order(Verb.PRUNE, "prune", bundle_id=None),
        order(Verb.EXPORT, "export", "--output", "x.arwcache", bundle_id=None),
    ],
    ids=lambda order: order.verb,
)
def test_who_waits_for_the_store_stops_waiting(bench: Bench, order_: Order, tmp_path: Path) -> None:
    """Whoever holds it holds it until the job has ended; the job says for whom it waits."""
    bench.publish("b2") if order_ is UPDATE else bench.update("b2")
    words = tuple(str(tmp_path / word) if word == "x.arwcache" else word for word in order_.arguments)
    version = bench.version
    with locked(bench.store / ".lock", "being tested"):
        job = bench.cancel_when(replace(order_, arguments=words), lambda job, _event: job.phase == Phase.QUEUED)
    assert job.subject == f"process {os.getpid()} (being tested)"
    assert (job.state, bench.version, leftovers_of(bench.store)) == (JobState.CANCELLED, version, [])


def test_who_waits_for_a_download_of_another_process_stops_waiting(bench: Bench) -> None:
    bench.publish("b2")
    archive = bench.registry.archive_path()
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    with locked(bench.store / ".downloads" / f"{sha256}.lock", "fetching the same"):
        said = f"Waiting for process {os.getpid()} (fetching the same), which fetches the same file."
        job = bench.cancel_when(UPDATE, lambda job, _event: said in job.log)
    assert (job.state, bench.version) == (JobState.CANCELLED, "b1")


STUBBORN: Final = """#!/bin/sh
trap '' TERM
echo $$ > "$HOME/tried"
while true; do sleep 1; done
"""


def test_a_program_on_trial_is_ended_with_its_trial(bench: Bench) -> None:
    """It does not listen itself: the worker is interrupted, and does not wait long for a program that ignores that."""
    tree = {**runtime_tree("b2"), "llama-server": Executable(STUBBORN.encode())}
    bench.publish("b2", tree)
    tried = Path(os.environ["HOME"]) / "tried"
    queue = JobQueue(WorkerCommand.of_this_program())
    job = queue.submit(UPDATE)
    bench.wait(lambda: job.is_over or (tried.exists() and tried.read_text().strip()))
    assert job.phase == Phase.TESTING, list(job.log)
    job.cancel()
    bench.wait(lambda: job.is_over)
    assert (job.state, bench.version, leftovers_of(bench.store)) == (JobState.CANCELLED, "b1", [])
    with pytest.raises(ProcessLookupError):
        os.kill(int(tried.read_text()), 0)


@pytest.mark.parametrize(
    ("point", "order_"),
    [
        ("verifying:phase", order(Verb.VERIFY, "audit", "--deep", bundle_id=None)),
        ("verifying:advance", order(Verb.VERIFY, "audit", "--deep", bundle_id=None)),
        ("verifying:advance", order(Verb.ROLL_BACK, "rollback", "--bundle", LLAMA)),
        ("activating:before", order(Verb.ROLL_BACK, "rollback", "--bundle", LLAMA)),
        ("verifying:advance", order(Verb.SMOKE, "smoke", LLAMA)),
        ("removing:before", order(Verb.REMOVE, "remove", LLAMA)),
    ],
    ids=lambda value: value if isinstance(value, str) else value.verb,
)
def test_other_jobs_stop_and_what_was_active_still_is(bench: Bench, point: str, order_: Order) -> None:
    bench.update("b2")
    before = snapshot_of(bench.store)
    job = bench.cancel_at(point, order_)
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    assert (bench.version, snapshot_of(bench.store), leftovers_of(bench.store)) == ("b2", before, [])


@pytest.mark.parametrize("verb", [Verb.ROLL_BACK, Verb.REMOVE])
def test_what_is_decided_is_told_as_done(bench: Bench, verb: Verb) -> None:
    bench.update("b2")
    words = {Verb.ROLL_BACK: ("rollback", "--bundle", LLAMA), Verb.REMOVE: ("remove", LLAMA)}[verb]
    point = {Verb.ROLL_BACK: "activating:phase", Verb.REMOVE: "removing:advance"}[verb]
    job = bench.cancel_at(point, order(verb, *words))
    assert job.state is JobState.DONE, list(job.log)
    assert bench.version == {Verb.ROLL_BACK: "b1", Verb.REMOVE: None}[verb]
    assert not (bench.store / LLAMA / "revisions").exists() or verb is Verb.ROLL_BACK


@pytest.mark.parametrize("name", ["x.arwcache", "folder/"])
@pytest.mark.parametrize("call", ["phase", "advance"])
def test_an_export_stops_and_leaves_no_half_one(bench: Bench, tmp_path: Path, name: str, call: str) -> None:
    out = tmp_path / "out"
    export = order(Verb.EXPORT, "export", "--output", f"{out}/{name}", bundle_id=None)
    job = bench.cancel_at(f"saving:{call}", export)
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    # What was written is kept under another name, or in a folder without its listing; the next export goes on there.
    assert [path.name for path in out.rglob("*") if path.name in {"x.arwcache", "arwcache.json"}] == []
    bench.launcher.offline.export([], f"{out}/{name}", Silent())
    assert (out / name).exists()
    assert [path.name for path in out.rglob("*") if path.suffix in {".part", ".tmp"}] == []


@pytest.mark.parametrize("point", ["resolving:phase", "unpacking:advance", "testing:phase", "saving:phase"])
def test_an_import_stops_and_stores_nothing_half(bench: Bench, tmp_path: Path, point: str) -> None:
    cache = tmp_path / "x.arwcache"
    bench.launcher.offline.export([], str(cache), Silent())
    bench.launcher.remove(LLAMA, Silent())
    job = bench.cancel_at(point, order(Verb.IMPORT, "import", str(cache), bundle_id=None))
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    assert leftovers_of(bench.store) == []
    assert list(bench.store.glob("*/*/revisions/*")) == []
    bench.launcher.offline.import_paths([cache], Silent())
    assert len(list(bench.store.glob("*/*/revisions/*"))) == 1


@pytest.mark.parametrize("call", ["before", "advance"])
def test_pruning_stops_between_two_files(bench: Bench, call: str) -> None:
    """What was renamed into the trash is gone from the list; the next job that writes deletes the rest of it."""
    for number in range(2, 9):
        bench.publish(f"b{number}", runtime_tree(f"b{number}"))
        bench.launcher.update([LLAMA], Silent())
    revisions = bench.store / LLAMA / "revisions"
    before = sorted(path.name for path in revisions.iterdir())
    job = bench.cancel_at(f"removing:{call}", order(Verb.PRUNE, "prune", bundle_id=None))
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    left = sorted(path.name for path in revisions.iterdir())
    assert left == (before if call == "before" else before[1:])
    assert bench.version == "b8"
    bench.launcher.prune(Silent())
    assert leftovers_of(bench.store) == []
    assert len(list(revisions.iterdir())) == 5


@pytest.mark.parametrize("point", ["unpacking:advance", "saving:phase", "activating:before"])
def test_a_repair_stops_and_the_damaged_one_is_as_it_was(bench: Bench, point: str) -> None:
    bench.update("b2")  # whose `LICENSE` can be mended from the revision before it
    active = active_of(bench.store)
    (bench.store / LLAMA / "revisions" / str(active) / "payload" / "LICENSE").unlink()
    before = snapshot_of(bench.store)
    job = bench.cancel_at(point, order(Verb.REPAIR, "repair", LLAMA))
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    assert (active_of(bench.store), leftovers_of(bench.store)) == (active, [])
    assert before.items() <= snapshot_of(bench.store).items()
    bench.launcher.repair(LLAMA, Silent())
    assert bench.version == "b2"


def use_settings_for_the_store(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the settings say where the store is, as a move needs it."""
    monkeypatch.delenv("ARW_RUNTIME_BUNDLE_ROOT")
    bench.launcher.set_setting("store_root", [str(bench.store)])
    return bench.store


@pytest.mark.parametrize("point", ["resolving:phase", "saving:advance", "verifying:advance", "activating:before"])
def test_a_move_to_another_volume_stops_and_the_store_is_where_it_was(
    bench: Bench, elsewhere: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = use_settings_for_the_store(bench, monkeypatch)
    before = snapshot_of(root)
    move = order(Verb.MOVE, "move", str(elsewhere / "store"), bundle_id=None)
    job = bench.cancel_at(point, move)
    assert job.state is JobState.CANCELLED, list(job.log)
    assert bench.calls_to_hear() <= MOST_CALLS
    assert (snapshot_of(root), list(elsewhere.rglob("*")), leftovers_of(root)) == (before, [], [])
    bench.launcher.move_store(str(elsewhere / "store"), Silent(), dry_run=False)
    assert active_of(elsewhere / "store") is not None
    assert not root.exists()


def test_a_move_that_is_decided_is_told_as_done(bench: Bench, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = use_settings_for_the_store(bench, monkeypatch)
    job = bench.cancel_at("removing:advance", order(Verb.MOVE, "move", str(elsewhere / "store"), bundle_id=None))
    assert job.state is JobState.DONE, list(job.log)
    assert active_of(elsewhere / "store") is not None
    assert not root.exists()  # out of sight; what is left of it, `doctor` names
