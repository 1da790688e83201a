"""What the doctor finds, and what it says helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.flows import doctor
from launcher.store.abilities import Abilities
from launcher.store.lock import locked
from launcher.store.move_note import MoveNote, save_move_note
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.care_views import CheckView


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def check(world: World, name: str) -> CheckView:
    return next(row for row in world.launcher().doctor()["checks"] if row["name"] == name)


def test_a_sound_machine_is_well_and_nothing_is_left_behind(world: World) -> None:
    world.install_versions("b1")
    before = sorted(world.store.iterdir())
    view = world.launcher().doctor()
    assert view["ok"]
    assert {row["name"] for row in view["checks"]} >= {"Settings", "Signers", "Store", "Disk", "Locks", "Installed"}
    assert sorted(world.store.iterdir()) == before


def test_no_store_yet_is_well(world: World) -> None:
    assert check(world, "Store")["status"] == "ok"
    assert not world.store.exists()


def test_a_missing_registry_is_broken(world: World) -> None:
    world.registry.signers_path.unlink()
    found = check(world, "Signers")
    assert (found["status"], found["error"] and found["error"]["code"]) == ("broken", "no-signer-registry")
    assert (found["command"], found["path"]) == (None, str(world.registry.signers_path))


def test_a_store_without_locks_can_be_moved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.install_versions("b1")
    able = Abilities(hard_links=True, symbolic_links=True, locks=False, clones=True)
    monkeypatch.setattr(doctor, "find_abilities", lambda _root: able)
    found = check(world, "Store")
    assert (found["status"], found["command"]) == ("warning", ["runtime", "bundles", "move"])


def test_who_holds_the_store_is_named(world: World) -> None:
    world.install_versions("b1")
    with locked(world.layout.lock, "updating everything"):
        found = check(world, "Locks")
    assert found["status"] == "warning"
    assert "updating everything" in found["sentence"]


def test_a_full_disk_is_named(world: World) -> None:
    world.launcher().set_setting("min_free_percent", ["100"])
    assert check(world, "Disk")["status"] == "warning"


def test_a_recovered_state_is_named(world: World) -> None:
    world.install_versions("b1")
    world.folder.state.write_text("{", encoding="utf-8")
    assert check(world, "Installed")["status"] == "warning"


def test_what_one_command_helps_with_names_it(world: World) -> None:
    world.install_versions("b1")
    (world.folder.revision(world.active or "").path / "install.json").write_text("{", encoding="utf-8")
    world.launcher().set_setting("min_free_percent", ["100"])
    assert check(world, "Installed")["command"] == ["runtime", "bundles", "repair", LLAMA]
    assert check(world, "Disk")["command"] == ["runtime", "bundles", "prune"]
    assert check(world, "Locks")["command"] is None


def test_damaged_settings_name_the_reset(world: World) -> None:
    launcher = world.launcher()
    launcher.places.config_dir.mkdir(parents=True)
    launcher.places.settings.write_text("{", encoding="utf-8")
    found = check(world, "Settings")
    assert (found["status"], found["command"]) == ("broken", ["settings", "reset"])


def test_an_interrupted_move_names_what_is_left_and_the_way_to_be_rid_of_it(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    launcher = world.launcher()
    note = MoveNote(world.store, tmp_path / "half", is_rename=False, grave=tmp_path / "grave", names=(".objects",))
    (tmp_path / "half" / ".objects").mkdir(parents=True)
    (tmp_path / "half" / "mine.txt").write_bytes(b"mine")
    save_move_note(launcher.places.store_move, note)
    found = next(row for row in world.launcher().doctor()["checks"] if row["command"])
    assert (found["name"], found["command"]) == ("Store", ["runtime", "bundles", "move", "--clean-up"])
    assert str(tmp_path / "half") in found["sentence"]
    assert world.launcher().clean_up_move() == [tmp_path / "half"]
    assert [path.name for path in (tmp_path / "half").iterdir()] == ["mine.txt"]
    assert not [row for row in world.launcher().doctor()["checks"] if row["command"]]
    world.assert_sound(world.active)
