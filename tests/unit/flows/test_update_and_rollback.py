"""Going forward only to what is newer and wanted, and back in one step (threat E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.adapters.http.retry import RetryRule
from launcher.domain.errors import (
    Cancelled,
    DamagedRevision,
    LauncherError,
    NoSuchRevision,
    NothingToDo,
    NotInstalled,
)
from launcher.domain.progress import Phase, Silent
from tests.lying_server import NOT_FOUND, Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import Recorder, World, active_of, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("launcher.adapters.http.fetcher.RetryRule", lambda: RetryRule(max_attempts=1))
    with World(tmp_path) as world:
        yield world


def test_update_goes_to_the_newest(world: World) -> None:
    (old,) = world.install_versions("b1")
    world.publish("b2")
    world.publish("b3")

    (view,) = world.update()["updated"]

    assert (view["replaces"], view["upstream_version"]) == (old, "b3")
    assert [row["reason"] for row in world.update()["skipped"]] == ["up-to-date"]


def test_what_another_process_has_just_updated_is_up_to_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.install_versions("b1")
    monkeypatch.setattr("launcher.flows.update.find_obstacle", lambda *_: None)  # when it looked, there was something

    assert [row["reason"] for row in world.update()["skipped"]] == ["up-to-date"]


def test_update_of_what_is_not_installed(world: World) -> None:
    world.publish("b1")

    with pytest.raises(NotInstalled):
        world.launcher().update([LLAMA], Silent())
    assert world.update() == {"updated": [], "skipped": []}


def test_what_was_rolled_back_from_stays_held_until_something_newer_comes(world: World) -> None:
    old, _ = world.install_versions("b1", "b2")

    view = world.roll_back()
    assert (view["revision"], view["is_held"]) == (old, True)
    assert [row["reason"] for row in world.update()["skipped"]] == ["held"]
    world.registry.announce("### 2026-11-18 · preview r3 · info\n\nNothing changed.")
    assert [row["reason"] for row in world.update()["skipped"]] == ["held"]
    assert world.active == old

    world.publish("b4")
    assert world.update()["updated"][0]["upstream_version"] == "b4"


def test_asking_for_it_lifts_a_hold(world: World) -> None:
    _, new = world.install_versions("b1", "b2")
    world.roll_back()

    assert world.install()["revision"] == new
    assert [row["reason"] for row in world.update()["skipped"]] == ["up-to-date"]


def test_damaged_held_revision_does_not_stop_an_update(world: World) -> None:
    _, new = world.install_versions("b1", "b2")
    world.roll_back()
    world.publish("b3")
    (world.folder.revision(new).path / "install.json").write_bytes(b"")

    assert world.update()["updated"][0]["upstream_version"] == "b3"


def test_one_that_fails_does_not_stop_the_others(world: World) -> None:
    for version in ("1", "2"):
        world.registry.publish(
            Offer(tree=runtime_tree(f"b{version}"), version=f"b{version}"),
            Offer(id=WHISPER, tree=runtime_tree(f"w{version}", command="w"), command="w", version=f"w{version}"),
        )
        if version == "1":
            world.launcher().install([LLAMA, WHISPER], Silent())
    world.registry.server.lie(world.registry.archive_path(LLAMA), NOT_FOUND)

    view = world.update()

    assert [row["id"] for row in view["updated"]] == [WHISPER]
    (failed,) = view["skipped"]
    assert (failed["id"], failed["reason"]) == (LLAMA, "failed")
    assert failed["error"] is not None
    assert failed["error"]["code"] == "http-status"


def test_damaged_record_of_one_does_not_stop_the_others(world: World) -> None:
    for version in ("1", "2"):
        world.registry.publish(
            Offer(tree=runtime_tree(f"b{version}"), version=f"b{version}"),
            Offer(id=WHISPER, tree=runtime_tree(f"w{version}", command="w"), command="w", version=f"w{version}"),
        )
        if version == "1":
            world.launcher().install([LLAMA, WHISPER], Silent())
    (world.payload.parent / "install.json").write_bytes(b"")

    view = world.update()

    assert [row["id"] for row in view["updated"]] == [WHISPER]
    assert [row["reason"] for row in view["skipped"]] == ["failed"]


def test_nothing_is_up_to_date_while_its_catalog_cannot_be_read(world: World) -> None:
    world.install_versions("b1")
    world.registry.server.lie(world.registry.catalog_path, Lie(status=503))

    with pytest.raises(LauncherError) as caught:
        world.update()

    assert caught.value.code == "http-status"
    world.registry.server.tell_the_truth()
    assert [row["reason"] for row in world.update()["skipped"]] == ["up-to-date"]


def test_withdrawn_bundle_is_kept(world: World) -> None:
    (old,) = world.install_versions("b1")
    world.registry.withdraw(LLAMA)

    assert [row["sentence"] for row in world.update()["skipped"]] == ["No catalog offers it any more."]
    world.assert_sound(old)


def test_dry_runs_change_nothing(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    before = snapshot_of(world.store), world.folder.state.read_bytes()

    view = world.launcher().roll_back(LLAMA, Silent(), dry_run=True)

    assert (view["revision"], view["replaces"], view["dry_run"]) == (old, new, True)
    assert (snapshot_of(world.store), world.folder.state.read_bytes()) == before


def test_rollback_twice_returns(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    before = snapshot_of(world.store)

    assert [world.roll_back()["revision"] for _ in range(4)] == [old, new, old, new]
    assert snapshot_of(world.store) == before
    world.assert_sound(new)


def test_rollback_needs_no_network(world: World) -> None:
    old, _ = world.install_versions("b1", "b2")
    asked = len(world.registry.server.requests)

    world.roll_back()

    assert len(world.registry.server.requests) == asked
    world.assert_sound(old)


def test_rolling_back_further_takes_a_name(world: World) -> None:
    first, _, third = world.install_versions("b1", "b2", "b3")

    assert world.roll_back(first)["revision"] == first
    assert world.roll_back()["revision"] == third


@pytest.mark.parametrize("revision", ["rev-20200101T000000Z", "../../..", "", "current", "bundle.json"])
def test_rollback_to_nothing_is_refused(world: World, revision: str) -> None:
    (only,) = world.install_versions("b1")

    with pytest.raises(NoSuchRevision) as caught:
        world.roll_back(revision)

    assert caught.value.expected is not None
    world.assert_sound(only)


def test_rollback_of_what_is_not_there_or_has_nothing_before(world: World) -> None:
    with pytest.raises(NotInstalled):
        world.roll_back()
    (only,) = world.install_versions("b1")
    with pytest.raises(NoSuchRevision):
        world.roll_back()
    with pytest.raises(NothingToDo):
        world.roll_back(only)


def test_rollback_from_a_damaged_revision_works(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    (world.folder.revision(new).path / "install.json").unlink()
    (world.payload / "LICENSE").unlink()

    assert world.roll_back()["revision"] == old
    world.assert_sound(old)


def test_rollback_to_a_damaged_revision_is_refused(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    (world.folder.revision(old).path / "bundle.json").write_bytes(b"{}")

    with pytest.raises(DamagedRevision):
        world.roll_back()

    assert active_of(world.store) == new


@pytest.mark.parametrize("phase", [Phase.VERIFYING, Phase.ACTIVATING, Phase.ACTIVE])
def test_cancelled_rollback_is_either_done_or_not(world: World, phase: Phase) -> None:
    old, new = world.install_versions("b1", "b2")

    if phase is Phase.ACTIVE:
        world.launcher().roll_back(LLAMA, Recorder(cancel_in=phase))
        world.assert_sound(old)
    else:
        with pytest.raises(Cancelled):
            world.launcher().roll_back(LLAMA, Recorder(cancel_in=phase))
        world.assert_sound(new)
