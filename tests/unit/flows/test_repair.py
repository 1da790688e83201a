"""Mending damaged revisions: from the machine's own sound copies, else from the network, never in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import CannotRepair, NoSuchRevision, NothingToDo, NotInstalled
from launcher.domain.progress import Silent
from tests.registry import LLAMA
from tests.store_world import World, big_tree, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def install_big(world: World, *versions: str) -> list[str]:
    names = []
    for version in versions:
        world.publish(version, big_tree(version))
        names.append(world.install()["revision"] or "")
    return names


def spoil(path: Path, content: bytes) -> None:
    """Change a file as a hand would: another inode, so that no shared content is changed with it."""
    path.unlink()
    path.write_bytes(content)


def test_a_changed_file_comes_back_from_the_shared_contents(world: World) -> None:
    (name,) = install_big(world, "b1")
    spoil(world.payload / "lib/own.bin", b"edited")

    view = world.launcher().repair(LLAMA, Silent())

    assert (view["damaged"], view["restored"], view["from_network"]) == (name, ["lib/own.bin"], False)
    assert view["revision"] != name
    world.assert_sound(view["revision"])
    assert not world.folder.revision(name).path.exists()


def test_hand_edits_are_kept_before_the_damaged_revision_goes(world: World) -> None:
    install_big(world, "b1")
    spoil(world.payload / "lib/own.bin", b"edited")

    kept = world.launcher().repair(LLAMA, Silent())["kept_edits"]

    assert kept is not None
    assert (world.folder.revision(kept).payload / "lib/own.bin").read_bytes() == b"edited"


def test_a_large_file_edited_in_place_is_found_in_no_revision_that_shares_it(world: World) -> None:
    install_big(world, "b1")
    path = world.payload / "lib/own.bin"
    path.chmod(0o644)
    path.write_bytes(b"x" * path.stat().st_size)  # one inode with the shared content

    view = world.launcher().repair(LLAMA, Silent())

    assert view["from_network"]
    world.assert_sound(view["revision"])


def test_what_is_nowhere_is_named(world: World) -> None:
    (name,) = world.install_versions("b1")
    (world.payload / "llama-server").unlink()
    world.publish("b2", big_tree("b2"))  # what is offered is another version

    with pytest.raises(CannotRepair) as caught:
        world.launcher().repair(LLAMA, Silent())

    assert "llama-server" in (caught.value.actual or "")
    assert world.active == name


def test_a_missing_small_file_comes_from_another_revision(world: World) -> None:
    first, second = install_big(world, "b1", "b2")
    same = world.folder.revision(second).payload / "lib/same.bin"
    same.unlink()

    view = world.launcher().repair(LLAMA, Silent())

    assert view["restored"] == ["lib/same.bin"]
    world.assert_sound(view["revision"])
    assert world.roll_back()["revision"] == first


def test_a_previous_revision_is_mended_where_it_stands(world: World) -> None:
    first, second = install_big(world, "b1", "b2")
    (world.folder.revision(first).payload / "lib/own.bin").unlink()

    view = world.launcher().repair(LLAMA, Silent(), revision=first)

    assert not view["is_active"]
    world.assert_sound(second)
    assert faults_of(world.store, view["revision"]) == []
    assert world.roll_back()["revision"] == view["revision"]


def test_what_is_whole_needs_no_repair(world: World) -> None:
    world.install_versions("b1")
    with pytest.raises(NothingToDo):
        world.launcher().repair(LLAMA, Silent())


def test_what_is_not_there_cannot_be_repaired(world: World) -> None:
    with pytest.raises(NotInstalled):
        world.launcher().repair(LLAMA, Silent())
    world.install_versions("b1")
    with pytest.raises(NoSuchRevision):
        world.launcher().repair(LLAMA, Silent(), revision="rev-20200101T000000Z")
