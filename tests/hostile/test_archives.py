"""Section C of the threat table: every hostile archive gets its named failure, and nothing is written elsewhere.

The oracle is the same for all of them: the failure is the one that the case names, everything outside of the stage is
byte for byte what it was, the stage holds plain files of two modes and no links, and the next good archive unpacks.
"""

from __future__ import annotations

import hashlib
import io
import signal
import stat
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import ArchiveError, ArtifactError, UnsafePath
from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.progress import Silent
from launcher.store.archive import unpack_archive, write_links
from launcher.store.tree import TreeWriter
from tests.hostile.archive_bytes import tar, tar_file, tar_link, zst
from tests.hostile.archive_cases import Case, all_cases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.index import IndexEntry

MIB = 1024 * 1024
GOOD_ARCHIVE = tar(tar_file("good.txt"), tar_link("l", "good.txt"))
GOOD_ENTRY = FileEntry("good.txt", 0, 8, hashlib.sha256(b"content\n").hexdigest())


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    """A case that does not end fails (threat C24's endless loop) instead of holding up everything."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    previous = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, 30)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, previous)


def _too_long(number: int, frame: object) -> None:
    del number, frame
    pytest.fail("unpacking did not end")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder with a stage in it, and around the stage what archives like to reach for."""
    folder = tmp_path / "outside"
    (folder / "stage").mkdir(parents=True)
    for name in ("x", "out", "bad", "good.txt"):
        (folder / name).write_text("untouched")
    return folder


def snapshot(outside: Path) -> dict[str, tuple[int, bytes]]:
    """Return all that lies outside of the stage, with modes and contents."""
    return {
        str(path.relative_to(outside.parent)): (
            path.lstat().st_mode,
            path.read_bytes() if path.is_file() and not path.is_symlink() else b"",
        )
        for path in outside.parent.rglob("*")
        if outside / "stage" not in path.parents
    }


def unpack(
    data: bytes, archive_format: str, stage: Path, index: tuple[IndexEntry, ...] | None = None
) -> tuple[IndexEntry, ...]:
    """Unpack an archive with its links, as staging does."""
    with TreeWriter(stage) as tree:
        entries = unpack_archive(io.BytesIO(data), archive_format, index, 0, None, tree, Silent())
        write_links(entries if index is None else index, tree)
    return entries


def assert_contained(outside: Path, before: dict[str, tuple[int, bytes]]) -> None:
    assert snapshot(outside) == before
    for path in (outside / "stage").rglob("*"):
        mode = path.lstat().st_mode
        assert stat.S_ISREG(mode) or stat.S_ISDIR(mode)
        assert stat.S_IMODE(mode) in {0o644, 0o755}
    assert sum(path.stat().st_size for path in (outside / "stage").rglob("*") if path.is_file()) <= 16 * MIB


def assert_next_good_archive_unpacks(outside: Path) -> None:
    stage = outside / "next"
    stage.mkdir()
    unpack(zst(GOOD_ARCHIVE), "tar.zst", stage)
    assert (stage / "l").read_text() == "content\n"


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_refused_without_an_index(case: Case, outside: Path) -> None:
    before = snapshot(outside)
    with pytest.raises(case.failure) as caught:
        unpack(case.data, case.archive_format, outside / "stage")
    assert type(caught.value) is case.failure
    assert_contained(outside, before)
    assert_next_good_archive_unpacks(outside)


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_refused_with_a_signed_index(case: Case, outside: Path) -> None:
    before = snapshot(outside)
    with pytest.raises((ArchiveError, ArtifactError, UnsafePath)):
        unpack(case.data, case.archive_format, outside / "stage", (GOOD_ENTRY, LinkEntry("l", "good.txt")))
    assert_contained(outside, before)
    assert {path.name for path in (outside / "stage").rglob("*")} <= {"good.txt"}
