"""Moving the store: what is planned, what is refused, and what is as it was afterwards."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import (
    Cancelled,
    CannotMove,
    DiskFailure,
    DiskFull,
    NoPermission,
    NothingToDo,
    StoreLocked,
    UsageError,
)
from launcher.domain.progress import Phase, Silent
from launcher.flows.move_store import Pointer, move_store
from launcher.store import moving
from launcher.store.layout import StoreLayout
from launcher.store.leases import leased
from launcher.store.lock import locked
from launcher.store.space import Space
from tests.registry import LLAMA
from tests.store_world import Recorder, World, active_of, big_tree, faults_of, leftovers_of
from tests.volumes import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.care_views import MoveView
    from launcher.domain.progress import Observer

__all__ = ["elsewhere"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.publish("b1", big_tree("b1"))
        world.install()
        world.publish("b2", big_tree("b2"))
        world.install()
        yield world


class Switch:
    """A pointer to the store that remembers where it points."""

    def __init__(self, folder: Path) -> None:
        self.root: Path | None = None
        self.pointer = Pointer(folder / "config" / "store-move.json", self.switch)

    def switch(self, root: Path) -> None:
        self.root = root


def move(world: World, target: Path, observer: Observer | None = None, **more: Any) -> tuple[MoveView, Switch]:  # noqa: ANN401
    switch = Switch(world.store.parent)
    view = move_store(world.layout, target, switch.pointer, observer or Silent(), **{"dry_run": False, **more})
    return view, switch


def used_bytes(root: Path) -> int:
    files = {(facts.st_dev, facts.st_ino): facts for path in root.rglob("*") if (facts := path.lstat()).st_size}
    return sum(facts.st_blocks * 512 for facts in files.values())


def assert_usable(root: Path, revisions: int = 2) -> None:
    names = sorted(path.name for path in (root / LLAMA / "revisions").iterdir())
    assert (len(names), active_of(root)) == (revisions, names[-1])
    assert [fault for name in names for fault in faults_of(root, name)] == []
    assert leftovers_of(root) == []


def test_a_dry_run_says_the_sizes_and_changes_nothing(world: World, tmp_path: Path) -> None:
    view, switch = move(world, tmp_path / "new", dry_run=True)
    assert (view["is_same_volume"], view["dry_run"], view["is_source_gone"]) == (True, True, False)
    assert view["size_bytes"] > 3 * 1024 * 1024
    assert view["files"] > 10
    assert view["free_bytes"] > 0
    assert (switch.root, (tmp_path / "new").exists(), (tmp_path / "config").exists()) == (None, False, False)
    assert_usable(world.store)


def test_on_one_volume_it_is_renamed(world: World, tmp_path: Path) -> None:
    inode = (world.store / LLAMA / "state.json").stat().st_ino
    target = tmp_path / "far" / "away"
    view, switch = move(world, target)
    assert (view["is_source_gone"], switch.root, world.store.exists()) == (True, target, False)
    assert (target / LLAMA / "state.json").stat().st_ino == inode
    assert_usable(target)
    assert list((tmp_path / "config").glob("*.json")) == []


def test_to_another_volume_it_is_copied_and_stays_shared(world: World, elsewhere: Path) -> None:
    before = used_bytes(world.store)
    recorder = Recorder()
    view, switch = move(world, elsewhere / "store", recorder)
    assert (view["is_same_volume"], view["is_source_gone"], switch.root) == (False, True, elsewhere / "store")
    assert not world.store.exists()
    assert_usable(elsewhere / "store")
    assert used_bytes(elsewhere / "store") < before * 1.1
    assert recorder.done_bytes[Phase.SAVING] == view["size_bytes"]
    assert recorder.done_bytes[Phase.VERIFYING] == view["size_bytes"]


def test_revisions_keep_working_and_roll_back_after_it(world: World, elsewhere: Path) -> None:
    move(world, elsewhere / "store")
    world.store = elsewhere / "store"
    older = min((world.folder.path / "revisions").iterdir()).name
    assert world.roll_back()["revision"] == older
    world.publish("b3", big_tree("b3"))
    world.install()
    assert_usable(world.store, revisions=3)
    assert world.launcher().audit(Silent(), deep=True)["ok"]
    assert str(world.launcher().smoke(LLAMA, Silent())["revision"]) == world.active
    assert world.folder.current.resolve() == world.folder.revision(world.active or "").path.resolve()


def refuse_rename(world: World, monkeypatch: pytest.MonkeyPatch, refusal: int) -> None:
    real_replace = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path == world.store and not target.name.endswith(".moved"):
            raise OSError(refusal, os.strerror(refusal))
        return real_replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("refusal", [errno.EACCES, errno.EBUSY, errno.EXDEV])
def test_a_root_that_cannot_be_renamed_is_copied(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    refuse_rename(world, monkeypatch, refusal)  # EACCES as on Windows, where a file in it is open: the store's lock
    recorder = Recorder()
    view, switch = move(world, tmp_path / "new", recorder)

    assert (view["is_source_gone"], switch.root, world.store.exists()) == (True, tmp_path / "new", False)
    assert recorder.done_bytes[Phase.VERIFYING] == view["size_bytes"]  # proven, not only copied
    assert_usable(tmp_path / "new")
    assert list((tmp_path / "config").glob("*.json")) == []


def test_a_disk_that_fails_in_the_rename_ends_the_move(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_rename(world, monkeypatch, errno.EIO)

    with pytest.raises(DiskFailure):
        move(world, tmp_path / "new")

    assert_usable(world.store)
    assert list((tmp_path / "config").glob("*.json")) == []


def test_an_empty_folder_that_is_there_is_used(world: World, tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "empty").mkdir()
    move(world, tmp_path / "empty")
    assert_usable(tmp_path / "empty")
    world.store = tmp_path / "empty"
    move(world, elsewhere)
    assert_usable(elsewhere)


def refused(world: World, target: Path, kind: type[Exception]) -> str:
    """Return the message of a refusal, dry or not, that changes nothing."""
    messages = set()
    for dry_run in (True, False):
        with pytest.raises(kind) as caught:
            move(world, target, dry_run=dry_run)
        messages.add(str(caught.value))
        assert_usable(world.store)
    assert len(messages) == 1
    return messages.pop()


def test_refused_places(world: World, tmp_path: Path) -> None:
    assert "already" in refused(world, world.store, NothingToDo)
    assert "into itself" in refused(world, world.store / "inside", CannotMove)
    assert "inside of that folder" in refused(world, tmp_path, CannotMove)
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_bytes(b"mine")
    assert "not empty" in refused(world, full, CannotMove)
    assert "link or a file" in refused(world, full / "mine.txt", CannotMove)
    (tmp_path / "link").symlink_to(full)
    assert "link or a file" in refused(world, tmp_path / "link", CannotMove)
    (tmp_path / "round").symlink_to(world.store)
    assert "into itself" in refused(world, tmp_path / "round" / "inside", CannotMove)
    assert (full / "mine.txt").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_is_refused(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so what the system says is said here.
    monkeypatch.setattr("launcher.flows.move_store.os.access", lambda *_: False)
    assert "cannot be written" in refused(world, tmp_path / "new", NoPermission)


def test_no_room_is_said_before_the_first_byte(world: World, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launcher.store.space.find_space", lambda _folder: Space(10**9, 1000))
    assert "not enough room" in refused(world, elsewhere / "new", DiskFull)
    assert list(elsewhere.iterdir()) == []


def test_refused_while_a_runtime_runs(world: World, tmp_path: Path) -> None:
    with leased(world.folder, world.active or ""):
        assert "is running" in refused(world, tmp_path / "new", StoreLocked)


def test_refused_while_another_process_writes_or_fetches(world: World, tmp_path: Path) -> None:
    with locked(world.layout.lock, "installing"):
        assert "changing the store" in refused(world, tmp_path / "new", StoreLocked)
    with locked(world.layout.downloads / "abc.lock", "fetching abc"):
        assert "download" in refused(world, tmp_path / "new", StoreLocked)


@pytest.mark.parametrize("phase", [Phase.SAVING, Phase.VERIFYING])
def test_a_cancel_leaves_the_old_store_and_nothing_at_the_new_place(
    world: World, elsewhere: Path, phase: Phase
) -> None:
    switch = Switch(world.store.parent)
    with pytest.raises(Cancelled):
        move_store(world.layout, elsewhere / "new", switch.pointer, Recorder(cancel_in=phase), dry_run=False)
    assert (switch.root, (elsewhere / "new").exists()) == (None, False)
    assert not switch.pointer.note.exists()
    assert_usable(world.store)


def test_a_copy_that_differs_is_never_used(world: World, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damage(target: Path) -> None:
        victim = next(target.rglob("own.bin"))
        victim.chmod(0o644)
        victim.write_bytes(b"another" + victim.read_bytes()[7:])

    monkeypatch.setattr(moving, "sync_tree", damage)
    switch = Switch(world.store.parent)
    with pytest.raises(DiskFailure, match="not written as it was read"):
        move_store(world.layout, elsewhere / "new", switch.pointer, Silent(), dry_run=False)
    assert (switch.root, (elsewhere / "new").exists()) == (None, False)
    assert_usable(world.store)


def test_a_store_that_is_not_there_yet_only_gets_its_new_place(tmp_path: Path) -> None:
    switch = Switch(tmp_path)
    view = move_store(StoreLayout(tmp_path / "none"), tmp_path / "new", switch.pointer, Silent(), dry_run=False)
    assert (view["size_bytes"], view["is_source_gone"], switch.root) == (0, True, tmp_path / "new")


def test_where_something_else_decides_the_settings_do_not(world: World, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ARW_RUNTIME_BUNDLE_ROOT"):
        open_launcher(dest=world.store, environ=world.environ).move_store(str(tmp_path / "new"), Silent())


def test_moved_back_to_the_usual_place_the_setting_is_gone(tmp_path: Path) -> None:
    launcher = open_launcher(environ={})
    usual, settings = launcher.places.store_root, launcher.places.settings
    launcher.move_store(str(tmp_path / "there"), Silent())
    assert json.loads(settings.read_bytes()) == {"store_root": str(tmp_path / "there")}
    (tmp_path / "there").mkdir()
    open_launcher(environ={}).move_store(str(usual), Silent())
    assert json.loads(settings.read_bytes()) == {}
    assert usual.is_dir()


def test_nothing_to_clean_up() -> None:
    launcher = open_launcher(environ={})
    with pytest.raises(NothingToDo):
        launcher.clean_up_move()
    assert not launcher.places.config_dir.exists()
