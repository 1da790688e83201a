"""Installing: what is fetched, what is not, what a second process sees, and what a cancel leaves."""

from __future__ import annotations

import hashlib
import json
import threading
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import (
    Cancelled,
    FileTaken,
    MachineError,
    NoSuchBundle,
    NothingToDo,
    StoreError,
    TransferCut,
    UsageError,
)
from launcher.domain.progress import Phase, Silent
from launcher.flows import known
from launcher.flows.install import MAX_TAKEN
from launcher.store.downloads import Downloads
from launcher.store.states import list_revisions
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import Recorder, World, big_tree, faults_of, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.publish("b1", runtime_tree("b1", extra_bytes=300_000))
        yield world


def archives_asked_for(world: World) -> list[str]:
    return [path for path in world.registry.server.requests if "payload" in path]


def test_first_install_tells_its_phases_and_every_byte(world: World) -> None:
    recorder = Recorder()

    (view,) = world.launcher().install([LLAMA], recorder)

    assert [phase for phase in dict.fromkeys(recorder.phases) if phase is not Phase.RESOLVING] == [
        Phase.DOWNLOADING,
        Phase.VERIFYING,
        Phase.UNPACKING,
        Phase.TESTING,
        Phase.SAVING,
        Phase.ACTIVATING,
        Phase.ACTIVE,
    ]
    assert recorder.done_bytes[Phase.DOWNLOADING] == recorder.done_bytes[Phase.VERIFYING] == view["fetch_bytes"]
    assert view["revision"] == world.active
    assert view["replaces"] is None
    assert view["probe"] == "version: b1"
    assert view["path"] == str(world.payload)
    assert list(world.layout.downloads.iterdir()) == []
    world.assert_sound(world.active)


def test_dry_run_fetches_no_archive_and_activates_nothing(world: World) -> None:
    view = world.install(dry_run=True)

    assert view["dry_run"]
    assert view["revision"] is None
    assert view["fetch_bytes"] == world.registry.archive_path().stat().st_size
    assert archives_asked_for(world) == []
    assert world.active is None


def test_same_version_again_is_nothing_to_do(world: World) -> None:
    world.install()

    for dry_run in (False, True):
        with pytest.raises(NothingToDo):
            world.install(dry_run=dry_run)


@pytest.mark.parametrize("damage", ["changed", "lost", "manifest"])
def test_damaged_active_revision_is_installed_anew(world: World, damage: str) -> None:
    damaged = world.install()["revision"]
    path = world.payload / "LICENSE"
    if damage == "changed":
        path.write_bytes(b"mit\n")
    elif damage == "lost":
        path.unlink()
    else:
        (world.payload.parent / "bundle.json").write_bytes(b"{}")

    assert world.install(dry_run=True)["fetch_bytes"] == world.registry.archive_path().stat().st_size
    view = world.install()

    assert view["revision"] != damaged
    assert view["replaces"] == damaged
    world.assert_sound(view["revision"])


def test_the_way_back_does_not_lead_to_the_damaged_copy(world: World) -> None:
    first, damaged = world.install_versions("b1", "b2")
    (world.folder.revision(damaged).payload / "LICENSE").write_bytes(b"MIt\n")

    view = world.install()

    (row,) = world.launcher().overview()["bundles"]
    assert (view["replaces"], row["rollback_target"] and row["rollback_target"]["revision"]) == (damaged, first)
    assert [revision["revision"] for revision in row["revisions"] if revision["is_damaged"]] == [damaged]
    assert world.roll_back()["revision"] == first


def test_damaged_earlier_revision_is_installed_anew(world: World) -> None:
    world.install()
    world.publish("b2")
    second = world.install()["revision"]
    world.roll_back()
    assert second is not None
    (world.folder.revision(second).payload / "LICENSE").unlink()

    view = world.install()

    assert view["revision"] not in (None, second)
    world.assert_sound(view["revision"])


def test_whole_earlier_revision_becomes_active_without_the_network(world: World) -> None:
    world.install()
    world.publish("b2")
    second = world.install()["revision"]
    world.roll_back()
    before, asked = snapshot_of(world.store), archives_asked_for(world)

    view = world.install()

    assert (view["revision"], view["fetch_bytes"]) == (second, 0)
    assert snapshot_of(world.store) == before
    assert archives_asked_for(world) == asked


def test_force_installs_once_more_and_shares_what_is_large(world: World) -> None:
    world.publish("b2", big_tree("b2"))
    first = world.install()["revision"]
    second = world.install(force=True)["revision"]

    assert first is not None
    assert second is not None
    assert first != second
    same = [world.folder.revision(name).payload / "lib/same.bin" for name in (first, second)]
    plain = [world.folder.revision(name).payload / "LICENSE" for name in (first, second)]
    assert same[0].read_bytes() == same[1].read_bytes()
    assert not plain[0].samefile(plain[1])
    world.assert_sound(second)


def test_bundle_with_the_names_of_temporaries_stays_whole(world: World) -> None:
    tree = big_tree("b2")
    world.publish("b2", {**tree, "lib/same.bin.tmp": b"one", "lib/own.bin.tmp": b"two"})
    world.install()
    world.install(force=True)

    world.assert_sound(world.active)


@pytest.mark.parametrize("phase", [*Phase])
def test_cancel_in_any_phase_leaves_nothing_behind(world: World, phase: Phase) -> None:
    active = world.install()["revision"]
    world.publish("b2", big_tree("b2"))
    recorder = Recorder(cancel_in=phase)

    if phase in {Phase.QUEUED, Phase.ACTIVE, Phase.STARTING, Phase.RUNNING, Phase.HEALTHY, Phase.REMOVING}:
        # Nothing is told of the first, after the second there is nothing to stop any more, and the others are of a run
        # or of revisions that go.
        (view,) = world.launcher().install([LLAMA], recorder)
        world.assert_sound(view["revision"])
        return
    with pytest.raises(Cancelled):
        world.launcher().install([LLAMA], recorder)

    world.assert_sound(active)
    world.install()
    world.assert_sound(world.active)


def test_damaged_finished_transfer_is_fetched_again(world: World) -> None:
    """As a power cut may leave it: finished files are not synced, because they are proven before they are used."""
    archive = world.registry.archive_path()
    sha256 = json.loads(world.registry.manifest_path().read_bytes())["bundle"]["artifacts"][0]["sha256"]
    world.layout.downloads.mkdir(parents=True, mode=0o700)
    world.store.chmod(0o700)
    (world.layout.downloads / sha256).write_bytes(bytes(archive.stat().st_size))

    world.install()

    assert Downloads(world.layout.downloads).find(sha256, archive.stat().st_size) is None
    world.assert_sound(world.active)


def test_interrupted_transfer_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from launcher.adapters.http.retry import RetryRule  # noqa: PLC0415 - beside its one use

    monkeypatch.setattr("launcher.adapters.http.fetcher.RetryRule", lambda: RetryRule(max_attempts=1))
    archive = world.registry.archive_path()
    world.registry.server.lie(archive, Lie(cut_at=100_000, times=1))

    with pytest.raises(TransferCut):
        world.install()
    world.install()

    assert archives_asked_for(world)[-1].endswith("(from 100000)")
    world.assert_sound(world.active)


@pytest.mark.parametrize("times", [1, 2, MAX_TAKEN + 1])
def test_an_archive_that_another_process_took_away_is_fetched_again(world: World, times: int) -> None:
    sha256 = hashlib.sha256(world.registry.archive_path().read_bytes()).hexdigest()
    taken: list[Phase] = []

    def take_it_away(phase: Phase) -> None:
        if phase is Phase.VERIFYING and len(taken) < times:
            taken.append(phase)
            (world.layout.downloads / sha256).unlink()

    recorder = Recorder(on_phase=take_it_away)
    if times <= MAX_TAKEN:
        (view,) = world.launcher().install([LLAMA], recorder)
        world.assert_sound(view["revision"])
    else:
        with pytest.raises(FileTaken):
            world.launcher().install([LLAMA], recorder)
        world.assert_sound(None)
    assert len(archives_asked_for(world)) == min(times, MAX_TAKEN) + 1
    assert sum("It is fetched again" in message for message in recorder.messages) == min(times, MAX_TAKEN)


def test_two_at_once_install_one_revision(world: World) -> None:
    failures: list[BaseException] = []
    barrier = threading.Barrier(2)

    def wait_for_the_other(phase: Phase) -> None:
        if phase is Phase.DOWNLOADING:
            barrier.wait(20)

    def install() -> None:
        try:
            world.launcher().install([LLAMA], Recorder(on_phase=wait_for_the_other))
        except BaseException as error:  # noqa: BLE001 - judged below
            failures.append(error)

    threads = [threading.Thread(target=install) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(list(world.folder.revisions.iterdir())) == 1
    world.assert_sound(world.active)


def test_archive_that_cannot_be_removed_fails_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("It cannot be removed.")

    monkeypatch.setattr(Downloads, "discard", refuse)

    world.install()

    world.assert_sound(world.active)


def test_what_cannot_work_here_is_refused_unless_forced(world: World) -> None:
    world.publish("b2", more={"platforms": [{"os": "plan9", "arch": "mips"}]})

    with pytest.raises(MachineError) as caught:
        world.install()
    assert caught.value.actual is not None
    assert world.active is None

    world.install(force=True)
    world.assert_sound(world.active)


def test_packing_can_be_demanded(world: World) -> None:
    with pytest.raises(UsageError) as caught:
        world.install(artifact_format="zip")
    assert (caught.value.expected, caught.value.actual) == ("zip", "tar.zst")

    world.install(artifact_kind="archive", artifact_format="tar.zst")


@pytest.mark.parametrize("archive_format", ["tar.zst", "tar.gz", "zip"])
@pytest.mark.parametrize("has_index", [True, False])
def test_every_packing_gives_the_same_tree(tmp_path: Path, archive_format: str, *, has_index: bool) -> None:
    with World(tmp_path) as world:
        world.publish("b1", archive_format=archive_format, has_index=has_index, strip_prefix="llama-b1")
        world.install()

        assert (world.payload / "lib/libllama.so").resolve().name == "libllama.so.0.0.1"
        assert world.launcher().audit(Silent(), deep=True)["ok"]
        if has_index:
            world.assert_sound(world.active)


def test_unknown_bundle_names_what_there_is(world: World) -> None:
    with pytest.raises(NoSuchBundle) as caught:
        world.launcher().install([WHISPER], Silent())

    assert caught.value.expected == f"one of `{LLAMA}`"


def test_bundles_are_installed_one_after_the_other(world: World) -> None:
    world.registry.publish(Offer(id=WHISPER, tree=runtime_tree("w1", command="whisper-cli"), command="whisper-cli"))

    views = world.launcher().install([LLAMA, WHISPER], Silent())

    assert [view["id"] for view in views] == [LLAMA, WHISPER]
    revision = views[1]["revision"]
    assert revision is not None
    assert faults_of(world.store, revision, WHISPER) == []


def test_revision_that_another_process_deletes_while_we_look_is_no_obstacle(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked at without the lock may be gone a moment later."""
    world.install_versions("b1")
    world.publish("b2")
    monkeypatch.setattr(known, "list_revisions", lambda folder: ("rev-20200101T000000Z", *list_revisions(folder)))

    world.install()

    world.assert_sound(world.active)
    assert world.payload.joinpath("model.txt").read_text(encoding="utf-8") == "built from b2\n"
