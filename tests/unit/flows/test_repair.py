"""Mending damaged revisions: from the machine's own sound copies, else from the network, never in place."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import CannotRepair, LauncherError, NoSuchRevision, NothingToDo, NotInstalled
from launcher.domain.progress import Silent
from tests.registry import LLAMA
from tests.store_world import Recorder, World, big_tree, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.app import Launcher


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


def overwrite(path: Path) -> None:
    """Change a file in place: its content is shared, so it changes in every revision that holds it."""
    path.chmod(path.stat().st_mode | 0o200)
    path.write_bytes(b"x" * path.stat().st_size)


def damage_of(world: World) -> dict[str, list[str]]:
    """Return what a deep audit says, by revision."""
    items = world.launcher().audit(Silent(), deep=True)["items"]
    return {item["revision"]: [fault["message"] for fault in item["faults"]] for item in items if not item["ok"]}


def assert_found_by_a_deep_audit_only(world: World, *names: str) -> None:
    assert damage_of(world) == {name: ["`lib/same.bin` is not what was signed."] for name in names}
    assert world.launcher().audit(Silent(), deep=False)["ok"]


def test_an_edited_large_file_is_named_and_mended_from_the_shared_contents(world: World) -> None:
    first, second = install_big(world, "b1", "b2")
    path = world.payload / "lib/same.bin"
    spoil(path, b"x" * path.stat().st_size)
    path.chmod(0o755)
    shutil.rmtree(world.registry.root / LLAMA)  # nothing to fetch
    assert_found_by_a_deep_audit_only(world, second)

    view = world.launcher().repair(LLAMA, Silent())

    assert (view["restored"], view["from_network"]) == (["lib/same.bin"], False)
    kept = view["kept_edits"]
    assert kept is not None
    world.launcher().roll_back(LLAMA, Silent(), revision=first)
    assert (world.folder.revision(kept).payload / "lib/same.bin").read_bytes() == b"x" * 1024 * 1024
    assert damage_of(world) == {}


@pytest.fixture
def exported(world: World, tmp_path: Path) -> Path:
    """An export of the second of two revisions, which share a large file; nobody offers it any more."""
    install_big(world, "b1", "b2")
    exported = tmp_path / "b2.arwcache"
    world.launcher().offline.export([LLAMA], str(exported), Silent())
    shutil.rmtree(world.registry.root / LLAMA)
    return exported


def follower(world: World) -> Launcher:
    """Return a launcher that follows the sources of the settings, as a new process would."""
    return open_launcher(dest=world.store, environ=world.environ)


def test_an_edited_large_file_is_named_and_mended_from_a_followed_export(world: World, exported: Path) -> None:
    first, second = sorted(path.name for path in world.folder.revisions.iterdir())
    overwrite(world.payload / "lib/same.bin")
    assert_found_by_a_deep_audit_only(world, first, second)  # one inode: it is the file of both

    follower(world).offline.add_source(str(exported), Silent())
    views = [follower(world).repair(LLAMA, Silent(), revision=name) for name in (second, first)]

    assert [(view["restored"], view["from_network"]) for view in views] == [(["lib/same.bin"], False)] * 2
    world.assert_sound(views[0]["revision"])
    assert damage_of(world) == {}
    assert world.roll_back()["revision"] == views[1]["revision"]


def test_an_export_that_is_imported_again_mends_a_damaged_revision(world: World, exported: Path) -> None:
    overwrite(world.payload / "lib/same.bin")
    with pytest.raises(LauncherError):
        world.launcher().repair(LLAMA, Silent())

    world.launcher().offline.import_paths([exported], Silent(), force=True)
    view = world.launcher().repair(LLAMA, Silent())

    assert (view["restored"], view["from_network"]) == (["lib/same.bin"], False)
    world.assert_sound(view["revision"])


def test_an_export_that_is_damaged_itself_mends_nothing(world: World, exported: Path) -> None:
    name = world.active
    overwrite(world.payload / "lib/own.bin")
    content = exported.read_bytes()
    own = big_tree("b2")["lib/own.bin"]
    assert isinstance(own, bytes)
    exported.write_bytes(content.replace(own[:64], bytes(64)))
    follower(world).offline.add_source(str(exported), Silent())

    with pytest.raises(CannotRepair) as caught:
        follower(world).repair(LLAMA, Silent())

    assert caught.value.actual == "none of lib/own.bin"
    assert world.active == name


def test_a_followed_export_that_is_not_there_keeps_nobody_from_repairing(world: World, exported: Path) -> None:
    follower(world).offline.add_source(str(exported), Silent())
    exported.unlink()
    spoil(world.payload / "lib/own.bin", b"edited")
    recorder = Recorder()

    assert follower(world).repair(LLAMA, recorder)["restored"] == ["lib/own.bin"]
    assert any(str(exported) in message for message in recorder.messages)


def test_an_edited_large_file_is_named_and_mended_from_the_network(world: World) -> None:
    first, second = install_big(world, "b1", "b2")
    overwrite(world.payload / "lib/same.bin")
    assert_found_by_a_deep_audit_only(world, first, second)

    views = [world.launcher().repair(LLAMA, Silent(), revision=name) for name in (second, first)]

    assert [view["from_network"] for view in views] == [True, False]  # the second finds what the first brought
    world.assert_sound(views[0]["revision"])
    assert damage_of(world) == {}
    assert world.roll_back()["revision"] == views[1]["revision"]


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
