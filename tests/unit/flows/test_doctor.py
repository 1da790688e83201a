"""What the doctor finds, and what it says helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.store.lock import locked
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
