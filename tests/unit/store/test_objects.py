"""Contents shared between revisions: stored once, never spread when damaged, never in the way of the bundle's names."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import Cancelled
from launcher.domain.index import FileEntry
from launcher.domain.progress import Phase, Silent
from launcher.store.layout import RevisionFolder
from launcher.store.objects import SHARED_FROM_BYTES, ObjectStore
from tests.store_world import Recorder

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.index import IndexEntry

LARGE = bytes(SHARED_FROM_BYTES)
SMALL = bytes(SHARED_FROM_BYTES - 1)


@pytest.fixture
def objects(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path / "objects")


def staged(tmp_path: Path, name: str, files: dict[str, bytes], *, executable: bool = False) -> RevisionFolder:
    folder = RevisionFolder(tmp_path / name)
    folder.payload.mkdir(parents=True)
    for path, content in files.items():
        (folder.payload / path).write_bytes(content)
        (folder.payload / path).chmod(0o755 if executable else 0o644)
    return folder


def index_of(files: dict[str, bytes], *, executable: bool = False) -> tuple[IndexEntry, ...]:
    return tuple(
        FileEntry(path, 0, len(content), hashlib.sha256(content).hexdigest(), executable=executable)
        for path, content in files.items()
    )


def is_one_file(first: Path, second: Path) -> bool:
    """One inode; a clone, where the file system can, is two files of one extent and cannot be told from a copy."""
    return first.samefile(second)


def test_large_file_is_one_in_two_revisions(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE, "config.json": SMALL}
    first, second = staged(tmp_path, "1", files), staged(tmp_path, "2", files)

    objects.keep(first, index_of(files))
    saved_bytes = objects.reuse(second, index_of(files), Silent())

    assert saved_bytes == len(LARGE)
    assert not is_one_file(first.payload / "config.json", second.payload / "config.json")
    assert (second.payload / "model.bin").read_bytes() == LARGE
    if is_one_file(first.payload / "model.bin", second.payload / "model.bin"):
        assert (second.payload / "model.bin").stat().st_mode & 0o777 == 0o444


def test_nothing_is_left_beside_the_payload(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE}
    objects.keep(staged(tmp_path, "1", files), index_of(files))
    second = staged(tmp_path, "2", files)

    objects.reuse(second, index_of(files), Silent())

    assert sorted(path.name for path in second.path.rglob("*")) == ["model.bin", "payload"]


def test_bundle_may_hold_a_file_with_the_name_of_a_temporary(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE, "model.bin.tmp": b"the bundle's own"}
    objects.keep(staged(tmp_path, "1", files), index_of(files))
    second = staged(tmp_path, "2", files)

    objects.reuse(second, index_of(files), Silent())

    assert (second.payload / "model.bin.tmp").read_bytes() == b"the bundle's own"


def test_executable_and_plain_twin_are_two_objects(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"a": LARGE}
    objects.keep(staged(tmp_path, "1", files), index_of(files))
    program = staged(tmp_path, "2", files, executable=True)

    assert objects.reuse(program, index_of(files, executable=True), Silent()) == 0
    objects.keep(program, index_of(files, executable=True))

    assert os.access(program.payload / "a", os.X_OK)
    assert len([path for path in (tmp_path / "objects").rglob("*") if path.is_file()]) == 2


def test_damaged_object_is_dropped_and_replaced(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE}
    (entry,) = index_of(files)
    assert isinstance(entry, FileEntry)
    objects.keep(staged(tmp_path, "1", files), (entry,))
    shared = objects.path_of(entry)
    shared.chmod(0o644)
    shared.write_bytes(LARGE[:-1] + b"!")
    second = staged(tmp_path, "2", files)

    assert objects.reuse(second, (entry,), Silent()) == 0
    objects.keep(second, (entry,))

    assert (second.payload / "model.bin").read_bytes() == LARGE
    assert shared.read_bytes() == LARGE


def test_file_system_without_links_keeps_copies_that_can_be_written(
    tmp_path: Path, objects: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr("launcher.store.objects.clone", lambda *_: False)
    files = {"model.bin": LARGE}
    first = staged(tmp_path, "1", files)

    objects.keep(first, index_of(files))

    assert (first.payload / "model.bin").stat().st_mode & 0o777 == 0o644
    assert objects.reuse(staged(tmp_path, "2", files), index_of(files), Silent()) == 0


def test_crash_in_between_does_not_matter(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE}
    (entry,) = index_of(files)
    assert isinstance(entry, FileEntry)
    shared = objects.path_of(entry)
    shared.parent.mkdir(parents=True)
    shared.with_name(f"{shared.name}.tmp").write_bytes(b"half")

    objects.keep(staged(tmp_path, "1", files), (entry,))

    assert shared.read_bytes() == LARGE
    assert [path.name for path in shared.parent.iterdir()] == [shared.name]


def test_reading_objects_hears_a_cancel_and_counts_no_bytes(tmp_path: Path, objects: ObjectStore) -> None:
    files = {"model.bin": LARGE}
    objects.keep(staged(tmp_path, "1", files), index_of(files))
    recorder = Recorder(phases=[Phase.SAVING])

    objects.reuse(staged(tmp_path, "2", files), index_of(files), recorder)
    assert recorder.done_bytes == {Phase.SAVING: 0}

    recorder.cancel_in = Phase.SAVING
    with pytest.raises(Cancelled):
        objects.reuse(staged(tmp_path, "3", files), index_of(files), recorder)
