"""Looking without touching: an audit that cannot pass by mistake, and an overview that hides nothing."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NotInstalled
from launcher.domain.progress import Silent
from tests.lying_server import NOT_FOUND
from tests.registry import LLAMA, WHISPER
from tests.store_world import Recorder, World, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTICE = "### 2026-11-18 · preview r2 · action\n\nUpdate soon.\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def test_audit_of_what_is_whole(world: World) -> None:
    old, new = world.install_versions("b1", "b2")

    view = world.launcher().audit(Silent(), deep=True, require_signed=True)

    assert view["ok"]
    assert [(item["revision"], item["is_active"], item["ok"]) for item in view["items"]] == [
        (old, False, True),
        (new, True, True),
    ]
    assert view["items"][0]["checked_files"] == 6
    assert view["signature_summary"]["trusted"] == 2


@pytest.mark.parametrize("is_active", [False, True])
def test_audit_finds_one_flipped_byte_in_any_revision(world: World, *, is_active: bool) -> None:
    names = world.install_versions("b1", "b2")
    path = world.folder.revision(names[is_active]).payload / "LICENSE"
    path.write_bytes(b"MIt\n")

    shallow, deep = (world.launcher().audit(Silent(), deep=deep) for deep in (False, True))

    assert shallow["ok"]
    assert not deep["ok"]
    (item,) = [item for item in deep["items"] if not item["ok"]]
    assert item["revision"] == names[is_active]
    assert item["faults"][0]["code"] == "damaged-revision"


def test_damage_that_was_found_is_shown_until_it_is_mended(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    path = world.folder.revision(old).payload / "LICENSE"
    sound = path.read_bytes()

    def damaged() -> list[str]:
        return [row["revision"] for row in world.launcher().revisions(LLAMA) if row["is_damaged"]]

    path.write_bytes(b"MIt\n")
    world.launcher().audit(Silent())
    assert damaged() == []  # nobody has compared its bytes yet
    world.launcher().audit(Silent(), deep=True)
    assert damaged() == [old]
    assert world.launcher().overview()["bundles"][0]["rollback_target"] is None  # it would be refused
    path.write_bytes(sound)
    world.launcher().audit(Silent())
    assert damaged() == [old]
    world.launcher().audit(Silent(), deep=True)
    assert damaged() == []
    (world.folder.revision(new).payload / "LICENSE").unlink()
    world.launcher().audit(Silent())
    assert damaged() == [new]


@pytest.mark.parametrize("is_active", [False, True])
def test_revision_that_goes_during_an_audit_is_a_fault_only_where_the_state_names_it(
    world: World, *, is_active: bool
) -> None:
    names = world.install_versions("b1", "b2")
    going = world.folder.revision(names[is_active]).path
    observer = Recorder(on_phase=lambda _phase: shutil.rmtree(going, ignore_errors=True))

    view = world.launcher().audit(observer, deep=True)

    assert view["ok"] is not is_active
    assert [item["revision"] for item in view["items"] if not item["ok"]] == names[1:] * is_active


def test_audit_of_a_bundle_that_is_not_there_does_not_pass(world: World) -> None:
    world.install_versions("b1")

    with pytest.raises(NotInstalled):
        world.launcher().audit(Silent(), bundle_id=WHISPER)
    assert world.launcher().audit(Silent(), bundle_id=LLAMA)["ok"]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 2}'])
def test_audit_does_not_pass_a_damaged_state(world: World, damage: bytes) -> None:
    world.install_versions("b1", "b2")
    world.folder.state.write_bytes(damage)

    view = world.launcher().audit(Silent())

    assert not view["ok"]
    assert [fault["code"] for item in view["items"] for fault in item["faults"]] == ["damaged-state"]
    assert view["signature_summary"]["trusted"] == 2


def test_audit_does_not_pass_when_the_active_revision_is_gone(world: World) -> None:
    (only,) = world.install_versions("b1")
    world.folder.revision(only).path.rename(world.store.parent / "gone")

    view = world.launcher().audit(Silent())

    assert not view["ok"]
    assert "gone" in view["items"][0]["faults"][0]["message"]


def test_audit_with_a_broken_registry_trusts_nothing(world: World) -> None:
    world.install_versions("b1")
    world.registry.signers_path.write_bytes(b"{}")

    assert not world.launcher().audit(Silent())["ok"]


def test_overview_joins_what_is_offered_and_what_is_here(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    world.publish("b3")
    world.launcher().refresh(Silent())

    (row,) = world.launcher().overview()["bundles"]

    assert (row["state"], row["offered_upstream_version"]) == ("update-available", "b3")
    assert row["active"] is not None
    assert row["active"]["revision"] == new
    assert row["rollback_target"] is not None
    assert row["rollback_target"]["revision"] == old
    assert [revision["revision"] for revision in row["revisions"]] == [new, old]
    assert row["signature"]["state"] == "trusted"


def test_overview_writes_nothing_and_asks_nobody(world: World) -> None:
    world.install_versions("b1")
    before, asked = snapshot_of(world.store), len(world.registry.server.requests)
    files = sorted(path for path in world.store.rglob("*"))

    world.launcher().overview()

    assert snapshot_of(world.store) == before
    assert sorted(path for path in world.store.rglob("*")) == files
    assert len(world.registry.server.requests) == asked


def test_overview_of_nothing_makes_nothing(world: World) -> None:
    overview = world.launcher().overview()

    assert (overview["bundles"], overview["installations"], overview["problems"]) == ([], [], [])
    assert not world.store.exists()


@pytest.mark.parametrize("name", ["bundle.json", "install.json"])
def test_overview_names_a_damaged_revision(world: World, name: str) -> None:
    (only,) = world.install_versions("b1")
    (world.folder.revision(only).path / name).write_bytes(b"{")

    overview = world.launcher().overview()

    assert "damaged-revision" in [problem["code"] for problem in overview["problems"]]
    assert overview["installations"] == []


def test_overview_beside_a_writer_sees_no_damage(world: World) -> None:
    """Readers take no lock: whatever a writer is at, they see the old state or the new one (store page)."""
    world.install_versions("b1")
    is_done = threading.Event()
    problems: list[object] = []

    def look() -> None:
        while not is_done.is_set():
            problems.extend(world.launcher().overview()["problems"])

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for _ in range(4):
            world.install(force=True)
            world.roll_back()
    finally:
        is_done.set()
        reader.join()

    assert problems == []


# --- catalogs


def test_catalog_survives_losing_its_change_log(world: World) -> None:
    world.publish("b1")
    world.registry.announce(NOTICE)
    world.launcher().refresh(Silent())
    assert [banner["title"] for banner in world.launcher().overview()["banners"]] == ["Update soon."]
    world.registry._change_log.clear()
    world.publish("b2")
    world.launcher().refresh(Silent())

    overview = world.launcher().overview()

    assert overview["banners"] == []
    assert overview["problems"] == []
    assert [row["offered_upstream_version"] for row in overview["bundles"]] == ["b2"]


def test_cache_of_two_minds_costs_banners_and_not_the_catalog(world: World) -> None:
    """Killed between two writes, the cache holds the new catalog and the old change log."""
    world.publish("b1")
    world.registry.announce(NOTICE)
    world.launcher().refresh(Silent())
    (change_log,) = world.layout.catalogs.glob("*.changes.md")
    change_log.write_bytes(b"older")

    overview = world.launcher().overview()

    assert [row["id"] for row in overview["bundles"]] == [LLAMA]
    assert [problem["code"] for problem in overview["problems"]] == ["wrong-hash"]
    world.launcher().refresh(Silent())
    assert world.launcher().overview()["problems"] == []


def test_source_that_fails_keeps_its_last_catalog(world: World) -> None:
    world.publish("b1")
    world.launcher().refresh(Silent())
    world.registry.server.lie(world.registry.catalog_path, NOT_FOUND)

    (view,) = world.launcher().refresh(Silent())

    assert (view["revision"], view["bundles"]) == (1, 1)
    assert view["problem"] is not None
    assert view["problem"]["code"] == "http-status"


def test_refresh_without_news_takes_no_lock(world: World) -> None:
    world.publish("b1")
    world.launcher().refresh(Silent())
    before = world.layout.lock.stat().st_mtime_ns

    world.launcher().refresh(Silent())

    assert world.layout.lock.stat().st_mtime_ns == before
