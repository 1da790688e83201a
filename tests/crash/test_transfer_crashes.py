"""Exports and imports that are killed at every checkpoint (threats E1 and E18)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from launcher.app import open_launcher
from launcher.domain.progress import Silent
from tests.crash.forks import CrashedStore, Forks, job_of
from tests.crash.scenarios import small_tree
from tests.registry import LLAMA
from tests.store_world import World, active_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.views import AuditView
    from tests.crash.runner import Job

DONE = {"killed": False, "done": True}


@pytest.fixture
def world(quick_path: Path) -> Iterator[World]:
    with World(quick_path) as world:
        for version in ("b1", "b2"):
            world.publish(version, small_tree(version))
            world.install()
        yield world


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as forks:
        yield forks


def checkpoints_of(forks: Forks, job: Job, passed: Path) -> list[str]:
    assert forks.run(replace(job, passed=str(passed))) == DONE
    return passed.read_text(encoding="utf-8").split()


def audit(world: World, cache: Path) -> AuditView:
    """Check every byte of a cache as it lies there."""
    return open_launcher(dest=cache, environ=world.environ).audit(Silent(), require_signed=True, deep=True)


def test_a_killed_export_leaves_no_file_under_its_name(world: World, forks: Forks, quick_path: Path) -> None:
    folder = quick_path / "out"
    cache = folder / "x.arwcache"
    job = replace(job_of(world, "export"), cache=str(cache))
    names = checkpoints_of(forks, job, quick_path / "passed")
    assert {"export:member", "export:synced", "export:renamed"} <= set(names)
    for number, name in enumerate(names, 1):
        shutil.rmtree(folder)
        assert forks.run(replace(job, kill_at=number)) == {"killed": True}
        assert cache.exists() == (name == "export:renamed")
        (left,) = folder.iterdir()
        inode = left.stat().st_ino
        assert forks.run(job) == DONE
        assert list(folder.iterdir()) == [cache]
        assert (cache.stat().st_ino == inode) == (name != "export:renamed")  # it went on where the killed one was
    assert audit(world, cache)["ok"]


def test_a_killed_export_leaves_the_file_that_was_there(world: World, forks: Forks, quick_path: Path) -> None:
    cache = quick_path / "x.arwcache"
    job = replace(job_of(world, "export"), cache=str(cache))
    names = checkpoints_of(forks, job, quick_path / "passed")
    before, inode = cache.read_bytes(), cache.stat().st_ino
    for number, name in enumerate(names, 1):
        assert forks.run(replace(job, kill_at=number)) == {"killed": True}
        assert (cache.stat().st_ino == inode) == (name != "export:renamed")
        assert cache.read_bytes() == before or name == "export:renamed"
        for left in quick_path.glob("x.arwcache.*.part"):
            left.unlink()  # the next one begins anew, and passes all of the checkpoints


def test_a_killed_export_to_a_folder_goes_on_where_it_was(world: World, forks: Forks, quick_path: Path) -> None:
    folder = quick_path / "stick"
    job = replace(job_of(world, "export"), cache=f"{folder}/")
    names = checkpoints_of(forks, job, quick_path / "passed")
    for number in range(1, len(names) + 1):
        shutil.rmtree(folder)
        assert forks.run(replace(job, kill_at=number)) == {"killed": True}
        if (folder / "arwcache.json").exists():
            assert audit(world, folder)["ok"]  # what has its listing is whole
        kept = {path: path.stat().st_ino for path in (folder / "objects").glob("*/*") if path.suffix != ".part"}
        assert forks.run(job) == DONE
        assert {path: path.stat().st_ino for path in kept} == kept
        assert [path for path in folder.rglob("*") if path.suffix in {".part", ".tmp"}] == []
        assert audit(world, folder)["ok"]


def test_a_killed_import_stores_whole_revisions_or_none(world: World, forks: Forks, quick_path: Path) -> None:
    cache = quick_path / "x.arwcache"
    assert forks.run(replace(job_of(world, "export"), cache=str(cache))) == DONE
    empty = quick_path / "empty"
    empty.mkdir(mode=0o700)
    job = replace(job_of(world, "import"), cache=str(cache))
    whole = CrashedStore(empty, quick_path / "whole")
    names = checkpoints_of(forks, whole.job(job), quick_path / "passed")
    counts = set()
    for number in range(1, len(names) + 1):
        crashed = CrashedStore(empty, quick_path / "crashed")
        assert forks.run(replace(crashed.job(job), kill_at=number)) == {"killed": True}
        crashed.assert_recovered(forks, job)
        counts.add(len(crashed.revisions()))
        assert active_of(crashed.path) is None
        assert forks.run(crashed.job(job)) == DONE
        crashed.assert_recovered(forks, job)
        assert len(crashed.revisions()) == 2
        launcher = open_launcher(dest=crashed.path, environ=world.environ)
        (installed,) = launcher.install([LLAMA], Silent())
        assert installed["upstream_version"] == "b2"
    assert counts == {0, 1, 2}
