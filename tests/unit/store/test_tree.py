"""The tree writer: modes, digests, folders, and what stands in its way."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DiskFull, NoPermission, UnsafePath, UnsafeStore
from launcher.store import tree as tree_module
from launcher.store.folders import FolderPaths, open_folders
from launcher.store.tree import TreeWriter, WrittenFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.store.folders import Folders


@pytest.fixture(params=["descriptors", "paths"])
def stage(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty root, written to in the way of POSIX and in the way of Windows."""
    if request.param == "paths":
        monkeypatch.setattr(tree_module, "open_folders", FolderPaths)
    folder = tmp_path / "stage"
    folder.mkdir()
    return folder


def below(stage: Path) -> dict[str, bytes | str]:
    return {
        path.relative_to(stage).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in stage.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_files_and_links(stage: Path) -> None:
    with TreeWriter(stage) as tree:
        written = tree.write_file("a/b/run", [b"one", memoryview(b"two")], executable=True)
        tree.write_file("a/data", [], executable=False)
        tree.write_link("a/link", "b/run")
    assert written == WrittenFile("a/b/run", 6, hashlib.sha256(b"onetwo").hexdigest(), executable=True)
    assert below(stage) == {"a/b/run": b"onetwo", "a/data": b"", "a/link": "b/run"}


def test_chunks_of_any_size_are_hashed(stage: Path) -> None:
    chunks = [os.urandom(size) for size in (1, 2_000_000, 0, 131_071, 5)]
    with TreeWriter(stage) as tree:
        written = tree.write_file("x", chunks, executable=False)
    assert written.sha256 == hashlib.sha256(b"".join(chunks)).hexdigest()
    assert written.size_bytes == sum(map(len, chunks))
    assert (stage / "x").read_bytes() == b"".join(chunks)


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    for mask in (0o077, 0o000):
        folder = tmp_path / oct(mask)
        previous = os.umask(mask)
        try:
            folder.mkdir()
            with TreeWriter(folder) as tree:
                tree.write_file("d/run", [], executable=True)
                tree.write_file("d/data", [], executable=False)
        finally:
            os.umask(previous)
        modes = [(folder / name).stat().st_mode & 0o7777 for name in ("d", "d/run", "d/data")]
        assert modes == [0o755, 0o755, 0o644]


def test_hundreds_of_folders_take_few_descriptors(tmp_path: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("no /proc on this system")
    before = len(list(descriptors.iterdir()))
    with TreeWriter(tmp_path) as tree:
        for number in range(600):
            tree.write_file(f"{number % 300}/deep/er/{number}", [b"x"], executable=False)
        assert len(list(descriptors.iterdir())) < before + 80
    assert len(list(descriptors.iterdir())) == before
    assert len(list(tmp_path.rglob("*/deep/er/*"))) == 600


def test_only_inside_of_the_block(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        TreeWriter(tmp_path).write_file("x", [], executable=False)


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["../x", "/x", "a/../x", "", "a//b", "nul", "a\\b"])
def test_unsafe_names(path: str, stage: Path) -> None:
    with TreeWriter(stage) as tree:
        with pytest.raises(UnsafePath):
            tree.write_file(path, [b"x"], executable=False)
        with pytest.raises(UnsafePath):
            tree.write_link(path, "x")
        with pytest.raises(UnsafePath):
            tree.claim_link(path)
        with pytest.raises(UnsafePath):
            tree.claim_folder(path)
    assert list(stage.iterdir()) == []


@pytest.mark.parametrize(
    ("first", "second"), [("x", "x"), ("x", "X"), ("x/y", "x"), ("x", "x/y"), ("d/x", "D/y"), ("ß", "SS")]
)
def test_names_that_clash(first: str, second: str, stage: Path) -> None:
    with TreeWriter(stage) as tree:
        tree.write_file(first, [b"1"], executable=False)
        with pytest.raises(UnsafePath):
            tree.write_file(second, [b"2"], executable=False)
        with pytest.raises(UnsafePath):
            tree.write_link(second, "x")
    assert below(stage) == {first: b"1"}


def test_a_claimed_link_keeps_its_name_free(stage: Path) -> None:
    with TreeWriter(stage) as tree:
        tree.claim_link("lib")
        with pytest.raises(UnsafePath):  # threat C2
            tree.write_file("lib/x", [b"x"], executable=False)
        with pytest.raises(UnsafePath):
            tree.claim_link("lib")
        tree.write_link("lib", "x")
        with pytest.raises(UnsafePath):
            tree.write_link("lib", "x")
    assert below(stage) == {"lib": "x"}


def test_a_claimed_folder_is_not_made(stage: Path) -> None:
    with TreeWriter(stage) as tree:
        tree.claim_folder("a/b")
        tree.claim_folder("a/b")
        with pytest.raises(UnsafePath):
            tree.claim_folder("A")
        with pytest.raises(UnsafePath):
            tree.write_file("a", [], executable=False)
    assert list(stage.iterdir()) == []


# --- what stands in the way (threat C26) -----------------------------------------------------------


def test_a_root_that_is_a_link(tmp_path: Path, stage: Path) -> None:
    (tmp_path / "link").symlink_to(stage)
    with pytest.raises(UnsafeStore), TreeWriter(tmp_path / "link"):
        pass
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnsafeStore), TreeWriter(tmp_path / "file"):
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners are of POSIX")
def test_a_root_of_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = tmp_path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(UnsafeStore) as caught, TreeWriter(tmp_path):
        pass
    assert (caught.value.expected, caught.value.actual) == (f"user {owner + 1}", f"user {owner}")


def test_planted_links_and_files_are_not_followed(tmp_path: Path) -> None:
    outside, stage = tmp_path / "outside", tmp_path / "stage"
    outside.mkdir()
    stage.mkdir()
    (stage / "folder").symlink_to(outside)
    (stage / "dangling").symlink_to(outside / "new")
    (stage / "file").write_text("old")
    (stage / "other").symlink_to(outside)
    with TreeWriter(stage) as tree:
        for path in ("folder/x", "dangling", "file", "file/x"):
            with pytest.raises((UnsafeStore, UnsafePath)):
                tree.write_file(path, [b"x"], executable=False)
        with pytest.raises(UnsafeStore):
            tree.write_link("other", "x")
    assert list(outside.iterdir()) == []
    assert (stage / "file").read_text() == "old"


def test_a_root_swapped_for_a_link_does_not_matter(tmp_path: Path) -> None:
    outside, stage = tmp_path / "outside", tmp_path / "stage"
    outside.mkdir()
    stage.mkdir()
    with TreeWriter(stage) as tree:
        tree.write_file("d/a", [b"1"], executable=False)
        stage.rename(tmp_path / "moved")
        stage.symlink_to(outside)
        tree.write_file("d/b", [b"2"], executable=False)
        tree.write_file("e/c", [b"3"], executable=False)
    assert list(outside.iterdir()) == []
    assert below(tmp_path / "moved") == {"d/a": b"1", "d/b": b"2", "e/c": b"3"}


def test_the_safest_way_is_taken(tmp_path: Path) -> None:
    folders: Folders = open_folders(tmp_path)
    folders.close()
    assert type(folders).__name__ == ("FolderDescriptors" if os.open in os.supports_dir_fd else "FolderPaths")


# --- the disk --------------------------------------------------------------------------------------


def test_no_permission(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    with TreeWriter(tmp_path) as tree, pytest.raises(NoPermission):
        tree.write_file("x", [b"x"], executable=False)


def test_no_room(stage: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits are of POSIX")
    signal = pytest.importorskip("signal")
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with TreeWriter(stage) as tree, pytest.raises(DiskFull):  # threat D15; the write before it is cut short
            tree.write_file("x", [bytes(200_000)] * 2, executable=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, previous)
    assert (stage / "x").stat().st_size == 300_000


def test_an_error_of_the_chunks_passes_through(stage: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"part"
        raise KeyError("theirs")

    with TreeWriter(stage) as tree, pytest.raises(KeyError):
        tree.write_file("x", chunks(), executable=False)
    assert below(stage) == {"x": b"part"}
