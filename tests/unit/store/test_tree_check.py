"""Every way in which a tree can differ from its index is found, and nothing else (threats C27, E6)."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import Cancelled
from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.progress import Phase, Silent
from launcher.store.tree_check import check_tree
from tests.store_world import Recorder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONTENT = b"content\n"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
INDEX = (
    FileEntry("bin/server", 0, len(CONTENT), SHA256, executable=True),
    FileEntry("LICENSE", 0, len(CONTENT), SHA256),
    LinkEntry("lib.so", "LICENSE"),
)


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    payload = tmp_path / "payload"
    (payload / "bin").mkdir(parents=True)
    for name, mode in (("bin/server", 0o755), ("LICENSE", 0o644)):
        (payload / name).write_bytes(CONTENT)
        (payload / name).chmod(mode)
    (payload / "lib.so").symlink_to("LICENSE")
    return payload


def _flip(payload: Path) -> None:
    (payload / "LICENSE").write_bytes(b"Content\n")


def _swap_folder(payload: Path) -> None:
    shutil.move(payload / "bin", payload.parent / "bin")
    (payload / "bin").symlink_to("../bin")


def _replace_by_a_link(payload: Path) -> None:
    (payload / "LICENSE").rename(payload.parent / "LICENSE")
    (payload / "LICENSE").symlink_to("../LICENSE")


def _replace_link_by_its_target(payload: Path) -> None:
    (payload / "lib.so").unlink()
    (payload / "lib.so").write_bytes(CONTENT)


def _move_link(payload: Path) -> None:
    (payload / "lib.so").unlink()
    (payload / "lib.so").symlink_to("bin/server")


OUTER = {
    "missing file": lambda payload: (payload / "LICENSE").unlink(),
    "missing link": lambda payload: (payload / "lib.so").unlink(),
    "missing folder": lambda payload: shutil.rmtree(payload / "bin"),
    "missing payload": shutil.rmtree,
    "longer": lambda payload: (payload / "LICENSE").write_bytes(CONTENT * 2),
    "empty": lambda payload: (payload / "LICENSE").write_bytes(b""),
    "executable": lambda payload: (payload / "LICENSE").chmod(0o755),
    "not executable": lambda payload: (payload / "bin/server").chmod(0o644),
    "extra file": lambda payload: (payload / "bin" / "more").write_bytes(b""),
    "extra link": lambda payload: (payload / "more").symlink_to("LICENSE"),
    "extra link to a folder": lambda payload: (payload / "more").symlink_to("bin"),
    "folder behind a link": _swap_folder,
    "link instead of a file": _replace_by_a_link,
    "file instead of a link": _replace_link_by_its_target,
    "link to another file": _move_link,
}


def test_tree_as_it_was_signed_has_no_fault(payload: Path) -> None:
    shallow, deep = (check_tree(payload, INDEX, Silent(), deep=deep) for deep in (False, True))

    assert (shallow.checked_files, shallow.checked_bytes, shallow.faults) == (3, 0, ())
    assert (deep.checked_files, deep.checked_bytes, deep.faults) == (3, 2 * len(CONTENT), ())


@pytest.mark.parametrize("damage", OUTER.values(), ids=OUTER)
@pytest.mark.parametrize("deep", [False, True])
def test_difference_outside_is_found(payload: Path, damage: Callable[[Path], object], *, deep: bool) -> None:
    damage(payload)

    faults = check_tree(payload, INDEX, Silent(), deep=deep).faults

    assert faults
    assert all(fault.expected is not None and fault.actual is not None for fault in faults)
    assert len({fault.message for fault in faults}) == len(faults)


def test_changed_byte_is_found_by_a_deep_check_only(payload: Path) -> None:
    _flip(payload)

    assert check_tree(payload, INDEX, Silent(), deep=False).faults == ()
    (fault,) = check_tree(payload, INDEX, Silent(), deep=True).faults
    assert fault.message == "`LICENSE` is not what was signed."
    assert fault.expected == f"sha256 {SHA256}"
    assert fault.actual == "sha256 " + hashlib.sha256(b"Content\n").hexdigest()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_in_a_files_place_does_not_hold_the_check_up(payload: Path) -> None:
    (payload / "LICENSE").unlink()
    os.mkfifo(payload / "LICENSE")

    (fault,) = check_tree(payload, INDEX, Silent(), deep=True).faults

    assert fault.expected == "a regular file"


def test_every_fault_is_told_not_only_the_first(payload: Path) -> None:
    for name in ("a", "b", "c"):
        (payload / name).write_bytes(b"")
    (payload / "LICENSE").unlink()

    assert len(check_tree(payload, INDEX, Silent(), deep=False).faults) == 4


def test_deep_check_counts_every_byte_and_hears_a_cancel(payload: Path) -> None:
    recorder = Recorder(phases=[Phase.VERIFYING])
    check_tree(payload, INDEX, recorder, deep=True)
    assert recorder.done_bytes == {Phase.VERIFYING: 2 * len(CONTENT)}

    recorder.cancel_in = Phase.VERIFYING
    with pytest.raises(Cancelled):
        check_tree(payload, INDEX, recorder, deep=True)


def test_changed_files_are_told_in_the_order_of_the_index_whichever_thread_found_them(tmp_path: Path) -> None:
    contents = {f"{number:03}": bytes([number]) * (number * 37 % 199 + 1) for number in range(200)}
    index = tuple(FileEntry(n, 0, len(c), hashlib.sha256(c).hexdigest()) for n, c in contents.items())
    changed = [name for name in contents if name.endswith("7")]
    for name, content in contents.items():
        (tmp_path / name).write_bytes(b"!" * len(content) if name in changed else content)

    faults = check_tree(tmp_path, index, Silent(), deep=True).faults

    assert [fault.message for fault in faults] == [f"`{name}` is not what was signed." for name in changed]
