"""What is named is whole, or the old one is still there."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

import pytest

from launcher.store import durable
from launcher.store.checkpoint import watch_checkpoints
from launcher.store.durable import make_folder, remove_tree, retry_on_windows, sync_folder, sync_tree, write_durably

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


def test_write_replaces_a_file_and_leaves_nothing_beside_it(folder: Path) -> None:
    path = folder / "state.json"
    write_durably(path, b"old")
    write_durably(path, b"new")

    assert path.read_bytes() == b"new"
    assert [entry.name for entry in folder.iterdir()] == ["state.json"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_write_gives_the_mode_that_was_asked_for(folder: Path) -> None:
    write_durably(folder / "secret", b"s", mode=0o600)

    assert (folder / "secret").stat().st_mode & 0o777 == 0o600


def test_write_keeps_what_the_file_held_before(folder: Path) -> None:
    path = folder / "state.json"
    for content in (b"1", b"2", b"3"):
        write_durably(path, content, keep_previous=True)

    assert (folder / "state.json.prev").read_bytes() == b"2"
    assert sorted(entry.name for entry in folder.iterdir()) == ["state.json", "state.json.prev"]


def test_first_write_has_nothing_to_keep(folder: Path) -> None:
    write_durably(folder / "state.json", b"1", keep_previous=True)

    assert [entry.name for entry in folder.iterdir()] == ["state.json"]


def test_write_keeps_the_previous_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = folder / "state.json"
    write_durably(path, b"1", keep_previous=True)
    write_durably(path, b"2", keep_previous=True)

    assert (path.read_bytes(), (folder / "state.json.prev").read_bytes()) == (b"2", b"1")


def test_write_survives_what_a_crash_left(folder: Path) -> None:
    path = folder / "state.json"
    write_durably(path, b"1")
    (folder / "state.json.tmp").write_bytes(b"half of somethi")
    (folder / "state.json.prev.tmp").write_bytes(b"half")

    write_durably(path, b"2", keep_previous=True)

    assert (path.read_bytes(), (folder / "state.json.prev").read_bytes()) == (b"2", b"1")


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for few")
def test_write_follows_no_planted_link(folder: Path) -> None:
    outside = folder / "outside"
    outside.write_bytes(b"precious")
    (folder / "state.json.tmp").symlink_to(outside)

    write_durably(folder / "state.json", b"new")

    assert outside.read_bytes() == b"precious"


def test_failed_sync_keeps_the_old_content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "state.json"
    write_durably(path, b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(errno.EIO, "bad disk")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="bad disk"):
        write_durably(path, b"new")

    assert path.read_bytes() == b"old"


def test_every_step_is_synced_before_the_next_one_counts_on_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, durable.rename

    def record_sync(descriptor: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112
        fsync(descriptor)

    def record_rename(source: Path, target: Path) -> None:
        steps.append(f"rename to {target.name}")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(durable, "rename", record_rename)
    watch_checkpoints(steps.append)
    try:
        write_durably(folder / "state.json", b"1", keep_previous=True)
        write_durably(folder / "state.json", b"2", keep_previous=True)
    finally:
        watch_checkpoints(None)

    first = ["file", "written:state.json", "kept:state.json", "rename to state.json", "folder", "replaced:state.json"]
    assert steps[: len(first)] == first
    assert steps[len(first) :] == [*first[:2], "rename to state.json.prev", *first[2:]]


def test_windows_waits_for_a_virus_scanner() -> None:
    waits: list[float] = []
    tries = iter([PermissionError, PermissionError, None])

    def change() -> None:
        if (error := next(tries)) is not None:
            raise error

    retry_on_windows(change, is_windows=True, sleep=waits.append)

    assert waits == [0.01, 0.02]


def test_windows_gives_up_after_ten_seconds() -> None:
    """Threat E21: what runs or is scanned cannot be renamed or deleted there, and stays whole."""
    waits: list[float] = []

    def change() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        retry_on_windows(change, is_windows=True, sleep=waits.append)

    assert len(waits) == 10
    assert 10 < sum(waits) < 11


def test_other_systems_never_wait() -> None:
    def change() -> None:
        raise PermissionError

    with pytest.raises(PermissionError):
        retry_on_windows(change, is_windows=False, sleep=lambda _: pytest.fail("it waited"))


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_sync_of_a_tree_with_links_and_read_only_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    if not sys.platform.startswith("linux") and platform == "linux":
        pytest.skip("syncfs is Linux's")
    monkeypatch.setattr(sys, "platform", platform)
    (folder / "lib").mkdir()
    (folder / "lib" / "a").write_bytes(b"a")
    (folder / "lib" / "a").chmod(0o444)
    (folder / "lib" / "b").symlink_to("nothing")

    sync_tree(folder)


def test_sync_of_nothing_fails(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(folder / "gone")
    with pytest.raises(FileNotFoundError):
        sync_tree(folder / "gone")


def test_removal_does_not_follow_links(folder: Path) -> None:
    outside = folder / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"p")
    tree = folder / "tree"
    tree.mkdir()
    (tree / "link").symlink_to(outside)
    (tree / "read-only").write_bytes(b"r")
    (tree / "read-only").chmod(0o444)

    remove_tree(tree)
    remove_tree(tree)

    assert not tree.exists()
    assert (outside / "precious").exists()


def test_a_new_folder_is_synced_with_all_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    make_folder(tmp_path / "a" / "b", mode=0o700)
    assert set(synced) == {tmp_path, tmp_path / "a"}
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    make_folder(tmp_path / "a" / "b")
    assert len(synced) == 2
