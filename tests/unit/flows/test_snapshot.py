from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DamagedRevision, NothingToDo, NotInstalled, Unsigned
from launcher.domain.progress import Silent
from tests.registry import LLAMA
from tests.store_world import Recorder, World, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def test_an_edit_becomes_a_revision_of_its_own_that_nobody_signed(world: World) -> None:
    (released,) = world.install_versions("b1000")
    (world.payload / "model.txt").write_text("edited\n")
    view = world.launcher().snapshot(LLAMA, Silent())
    assert (view["kind"], view["signature"]["state"], view["is_active"]) == ("manual-edit", "unsigned", False)
    assert world.active == released
    kept = world.folder.revision(view["revision"]).payload
    assert (kept / "model.txt").read_text() == "edited\n"
    assert (kept / "lib" / "libllama.so").resolve() == (kept / "lib" / "libllama.so.0.0.1").resolve()


def test_without_an_edit_there_is_nothing_to_record(world: World) -> None:
    world.install_versions("b1000")
    with pytest.raises(NothingToDo):
        world.launcher().snapshot(LLAMA, Silent())


def test_what_is_not_installed_has_no_edits(world: World) -> None:
    with pytest.raises(NotInstalled):
        world.launcher().snapshot(LLAMA, Silent())


def test_added_removed_and_executable_files_are_edits(world: World) -> None:
    world.install_versions("b1000")
    (world.payload / "LICENSE").unlink()
    (world.payload / "mine.txt").write_text("added\n")
    (world.payload / "model.txt").chmod(0o755)
    view = world.launcher().snapshot(LLAMA, Silent())
    kept = world.folder.revision(view["revision"]).payload
    assert sorted(path.name for path in kept.iterdir()) == ["lib", "llama-server", "mine.txt", "model.txt"]
    assert (kept / "model.txt").stat().st_mode & 0o777 == 0o755


def test_a_rollback_keeps_the_edits_of_what_it_leaves(world: World) -> None:
    first, second = world.install_versions("b1000", "b1001")
    (world.payload / "model.txt").write_text("edited\n")
    observer = Recorder()
    world.launcher().roll_back(LLAMA, observer)
    assert world.active == first
    assert faults_of(world.store, first) == []
    (edited,) = [view for view in world.launcher().revisions(LLAMA) if view["kind"] == "manual-edit"]
    assert (world.folder.revision(edited["revision"]).payload / "model.txt").read_text() == "edited\n"
    assert observer.messages == [f"{second} was edited by hand; the edits are kept as {edited['revision']}."]


def test_a_rollback_without_edits_records_nothing(world: World) -> None:
    world.install_versions("b1000", "b1001")
    world.roll_back()
    assert [view["kind"] for view in world.launcher().revisions(LLAMA)] == ["release", "release"]


def test_hand_edits_never_become_active(world: World) -> None:
    (released,) = world.install_versions("b1000")
    (world.payload / "model.txt").write_text("edited\n")
    view = world.launcher().snapshot(LLAMA, Silent())
    with pytest.raises(Unsigned):
        world.roll_back(view["revision"])
    assert world.active == released


def test_a_recorded_edit_passes_the_audit_unless_signatures_are_required(world: World) -> None:
    world.install_versions("b1000", "b1001")
    (world.payload / "model.txt").write_text("edited\n")
    world.roll_back()
    edited = next(view["revision"] for view in world.launcher().revisions(LLAMA) if view["kind"] == "manual-edit")
    items = {item["revision"]: item for item in world.launcher().audit(Silent(), deep=True)["items"]}
    assert (items[edited]["ok"], items[edited]["faults"]) == (True, [])
    strict = {item["revision"]: item for item in world.launcher().audit(Silent(), require_signed=True)["items"]}
    assert strict[edited]["ok"] is False


def test_an_edit_of_the_same_manifest_is_not_what_an_install_finds(world: World) -> None:
    (released,) = world.install_versions("b1000")
    (world.payload / "model.txt").write_text("edited\n")
    edited = world.launcher().snapshot(LLAMA, Silent())["revision"]
    installed = world.install()["revision"]
    assert installed not in (released, edited)  # the released one is damaged now, and the edit is nobody's
    world.assert_sound(installed)


def test_edits_that_were_made_active_by_hand_fail_the_audit_and_the_smoke_test(world: World) -> None:
    (released,) = world.install_versions("b1000")
    (world.payload / "model.txt").write_text("edited\n")
    edited = world.launcher().snapshot(LLAMA, Silent())["revision"]
    state = world.folder.state
    state.write_text(state.read_text().replace(f'"active": "{released}"', f'"active": "{edited}"'))
    audit = world.launcher().audit(Silent())
    (item,) = [item for item in audit["items"] if item["revision"] == edited]
    assert (audit["ok"], item["is_active"], len(item["faults"])) == (False, True, 1)
    with pytest.raises(DamagedRevision):
        world.launcher().smoke(LLAMA, Silent())
