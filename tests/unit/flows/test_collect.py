"""Old revisions go, and never one that is needed or running (threats E10, E11)."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NoSuchRevision, NotInstalled, StoreLocked
from launcher.domain.progress import Silent
from launcher.store.leases import is_leased, leased, unleased
from launcher.store.lock import locked
from launcher.store.removal import remove_revision
from tests.packing import proof_of
from tests.registry import LLAMA
from tests.store_world import Recorder, World, big_tree, faults_of

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


def age(path: Path, days: float) -> None:
    """Make a file so old."""
    then_s = time.time() - days * 24 * 3600
    os.utime(path, (then_s, then_s))


def downloads_of(world: World) -> set[str]:
    return {path.name for path in world.layout.downloads.iterdir()}


def archive_of(world: World) -> str:
    sha256: str = proof_of(world.registry.archive_path())["sha256"]
    return sha256


def fetch_ahead(world: World, version: str, days_ago: float) -> str:
    """Have the newest version fetched and not installed, so long ago; return its archive's digest."""
    world.publish(version)
    world.launcher().update([], Silent(), fetch_only=True)
    archive = archive_of(world)
    age(world.layout.downloads / archive, days_ago)
    return archive


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


def test_a_dry_run_says_how_much_the_disk_gets_back(world: World) -> None:
    names = install_big_versions(world, 6)
    own = world.folder.revision(names[0]).payload / "lib/own.bin"
    small = [path for path in own.parents[1].rglob("*") if path.is_file() and path.stat().st_size < 1024 * 1024]
    assert world.launcher().prune(Silent(), dry_run=True)["freed_bytes"] == own.stat().st_size + sum(
        path.stat().st_size for path in small if not path.is_symlink()
    )


def test_what_was_fetched_ahead_and_superseded_goes_and_what_is_offered_stays(world: World) -> None:
    world.install_versions("b0")
    superseded = fetch_ahead(world, "b1", days_ago=2)
    offered = fetch_ahead(world, "b2", days_ago=2)
    assert downloads_of(world) == {superseded, offered}
    preview = world.launcher().prune(Silent(), dry_run=True)
    assert [row["sha256"] for row in preview["downloads"]] == [superseded]
    assert preview["freed_bytes"] == preview["downloads"][0]["size_bytes"] > 0
    recorder = Recorder()
    assert world.launcher().prune(recorder)["downloads"] == preview["downloads"]
    assert recorder.messages == [f"Deleted the download {superseded}, which nobody needs any more."]
    assert downloads_of(world) == {offered}


def test_what_somebody_may_wait_for_stays_a_day(world: World) -> None:
    world.install_versions("b0")
    superseded = fetch_ahead(world, "b1", days_ago=0.9)
    world.publish("b2")
    world.launcher().refresh(Silent())
    assert world.launcher().prune(Silent())["downloads"] == []
    assert downloads_of(world) == {superseded}


def test_what_another_process_is_at_stays(world: World) -> None:
    world.install_versions("b0")
    superseded = fetch_ahead(world, "b1", days_ago=2)
    world.publish("b2")
    world.launcher().refresh(Silent())
    with locked(world.layout.downloads / f"{superseded}.lock", "fetching"):
        assert world.launcher().prune(Silent(), dry_run=True)["downloads"] == []
        assert world.launcher().prune(Silent())["downloads"] == []
    assert [row["sha256"] for row in world.launcher().prune(Silent())["downloads"]] == [superseded]
    assert downloads_of(world) == set()


def test_transfers_that_were_given_up_go_after_a_month(world: World) -> None:
    world.install_versions("b0")
    given_up, going_on = "a" * 64, "b" * 64
    for sha256, days_ago in ((given_up, 31), (going_on, 29)):
        for suffix in (".part", ".part.json", ".lock"):
            (path := world.layout.downloads / f"{sha256}{suffix}").write_bytes(b"12345")
            age(path, days_ago)
    (world.layout.downloads / "notes.part").write_bytes(b"a person's")
    age(world.layout.downloads / "notes.part", 99)
    assert world.launcher().prune(Silent())["downloads"] == [{"sha256": given_up, "size_bytes": 15}]
    assert downloads_of(world) == {f"{going_on}{suffix}" for suffix in (".part", ".part.json", ".lock")} | {
        "notes.part"
    }


def test_while_a_catalog_cannot_be_read_only_what_was_given_up_goes(world: World) -> None:
    world.install_versions("b0")
    superseded = fetch_ahead(world, "b1", days_ago=2)
    fetch_ahead(world, "b2", days_ago=2)
    for path in world.layout.catalogs.iterdir():
        path.write_bytes(b"{")
    assert world.launcher().prune(Silent())["downloads"] == []
    assert superseded in downloads_of(world)


def test_archives_that_a_revision_is_proven_by_stay_and_go_with_it(world: World) -> None:
    archives = []
    for number in range(6):
        world.publish(f"b{number}", has_index=False)
        world.install()
        archives.append(archive_of(world))
        age(world.layout.downloads / archives[-1], 99)
    preview = world.launcher().prune(Silent(), dry_run=True)
    assert [row["sha256"] for row in preview["downloads"]] == archives[:1]
    assert world.launcher().prune(Silent())["downloads"] == preview["downloads"]
    assert downloads_of(world) == set(archives[1:])


def test_an_archive_whose_revision_went_before_a_kill_goes_with_the_next_prune(world: World) -> None:
    world.publish("b0", has_index=False)
    revision = str(world.install()["revision"])
    leaked = archive_of(world)
    age(world.layout.downloads / leaked, 2)
    world.install_versions("b1")
    assert remove_revision(world.layout, world.folder, revision, Silent())  # and it dies before `drop_archives`
    assert [row["sha256"] for row in world.launcher().prune(Silent())["downloads"]] == [leaked]
    assert downloads_of(world) == set()


def test_a_full_disk_lets_superseded_downloads_go(world: World) -> None:
    world.install_versions("b0")
    fetch_ahead(world, "b1", days_ago=2)
    settings = world.launcher().places.settings
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"min_free_percent": 100}')
    world.install_versions("b2")
    assert downloads_of(world) == set()


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
        assert remove_revision(world.layout, world.folder, names[0], Silent()) is False
    assert world.folder.revision(names[0]).path.is_dir()
    with unleased(world.folder, names[0]) as is_free, pytest.raises(StoreLocked), leased(world.folder, names[0]):
        pytest.fail("a revision that is being deleted was started")
    assert is_free


def test_what_was_collected_cannot_be_started(world: World) -> None:
    names = world.install_versions(*(f"b{number}" for number in range(6)))
    world.launcher().prune(Silent())
    with pytest.raises(NoSuchRevision), leased(world.folder, names[0]):
        pytest.fail("a revision that is gone was started")
