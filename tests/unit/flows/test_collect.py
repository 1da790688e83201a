"""Old revisions go, and never one that is needed or running (threats E10, E11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NoSuchRevision, NotInstalled, StoreLocked
from launcher.domain.progress import Silent
from launcher.store.leases import is_leased, leased, unleased
from launcher.store.removal import remove_revision
from tests.registry import LLAMA
from tests.store_world import World, big_tree, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def install_big_versions(world: World, count: int) -> list[str]:
    names = []
    for number in range(count):
        world.publish(f"b{number}", big_tree(f"b{number}"))
        names.append(str(world.install()["revision"]))
    return names


def objects_of(world: World) -> list[Path]:
    return sorted(path for path in world.layout.objects.rglob("*") if path.is_file())


def test_prune_deletes_all_but_the_five_newest_and_their_contents(world: World) -> None:
    names = install_big_versions(world, 7)
    assert len(objects_of(world)) == 8  # one that all share, and one of each
    view = world.launcher().prune(Silent())
    assert [row["revision"] for row in view["removed"]] == names[:2]
    assert {row["revision"]: row["reason"] for row in view["kept"]} == {
        names[6]: "active",
        names[5]: "previous",
        **dict.fromkeys(names[2:5], "newest"),
    }
    assert [view["revision"] for view in world.launcher().revisions(LLAMA)] == names[:1:-1]
    assert len(objects_of(world)) == 6
    assert all(faults_of(world.store, name) == [] for name in names[2:])
    world.assert_sound(names[6])


def test_a_dry_run_says_the_same_and_deletes_nothing(world: World) -> None:
    names = install_big_versions(world, 6)
    preview = world.launcher().prune(Silent(), dry_run=True)
    assert (preview["dry_run"], [row["revision"] for row in preview["removed"]]) == (True, names[:1])
    assert len(world.launcher().revisions(LLAMA)) == 6
    assert [row["revision"] for row in world.launcher().prune(Silent())["removed"]] == names[:1]


def test_a_pinned_and_a_running_revision_stay(world: World) -> None:
    names = world.install_versions(*(f"b{number}" for number in range(8)))
    world.launcher().pin(LLAMA, names[0], Silent(), pinned=True)
    with leased(world.folder, names[1]):
        assert is_leased(world.folder, names[1])
        view = world.launcher().prune(Silent())
    reasons = {row["revision"]: row["reason"] for row in view["kept"]}
    assert (reasons[names[0]], reasons[names[1]]) == ("pinned", "running")
    assert [row["revision"] for row in view["removed"]] == [names[2]]
    world.launcher().pin(LLAMA, names[0], Silent(), pinned=False)
    assert [row["revision"] for row in world.launcher().prune(Silent())["removed"]] == names[:2]


def test_what_a_person_rolled_back_from_stays(world: World) -> None:
    names = world.install_versions("b0", "b1")
    world.roll_back()
    names += world.install_versions(*(f"b{number}" for number in range(2, 9)))
    view = world.launcher().prune(Silent())
    assert {row["revision"]: row["reason"] for row in view["kept"]}[names[1]] == "held"
    assert [row["revision"] for row in view["removed"]] == [names[0], *names[2:4]]


def test_what_is_not_there_cannot_be_pinned(world: World) -> None:
    world.install_versions("b1000")
    with pytest.raises(NoSuchRevision):
        world.launcher().pin(LLAMA, "rev-20200101T000000Z", Silent(), pinned=True)


def test_a_full_disk_lets_old_revisions_go_after_an_install(world: World) -> None:
    names = world.install_versions(*(f"b{number}" for number in range(5)))
    settings = world.launcher().places.settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"min_free_percent": 100}')
    names += world.install_versions("b5")
    assert [view["revision"] for view in world.launcher().revisions(LLAMA)] == names[:0:-1]
    world.assert_sound(names[5])


def test_remove_deletes_everything_of_a_bundle(world: World) -> None:
    install_big_versions(world, 2)
    assert world.launcher().remove(LLAMA, Silent()) > 4 * 1024 * 1024
    assert (world.active, objects_of(world)) == (None, [])
    assert not world.folder.path.exists()
    (again,) = world.install_versions("b9")
    world.assert_sound(again)


def test_a_running_bundle_is_not_removed(world: World) -> None:
    (name,) = world.install_versions("b1000")
    with leased(world.folder, name), pytest.raises(StoreLocked):
        world.launcher().remove(LLAMA, Silent())
    world.assert_sound(name)


def test_what_is_not_installed_cannot_be_removed(world: World) -> None:
    with pytest.raises(NotInstalled):
        world.launcher().remove(LLAMA, Silent())


def test_a_revision_that_starts_while_it_is_collected_stays(world: World) -> None:
    names = world.install_versions(*(f"b{number}" for number in range(6)))
    with leased(world.folder, names[0]):
        assert remove_revision(world.layout, world.folder, names[0]) is False
    assert world.folder.revision(names[0]).path.is_dir()
    with unleased(world.folder, names[0]) as is_free, pytest.raises(StoreLocked), leased(world.folder, names[0]):
        pytest.fail("a revision that is being deleted was started")
    assert is_free


def test_what_was_collected_cannot_be_started(world: World) -> None:
    names = world.install_versions(*(f"b{number}" for number in range(6)))
    world.launcher().prune(Silent())
    with pytest.raises(NoSuchRevision), leased(world.folder, names[0]):
        pytest.fail("a revision that is gone was started")
