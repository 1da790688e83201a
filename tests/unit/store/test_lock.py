"""One writer, many readers, and nobody locked out by the dead (threats E13, E14, E15)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pytest

from launcher.domain.errors import Cancelled, NoPermission, StoreLocked, UnsafeStore
from launcher.store import lock
from launcher.store.lock import is_locked, locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import subprocess, sys
from pathlib import Path
from launcher.store.lock import locked
with locked(Path(sys.argv[1]), "installing b1", shared=sys.argv[2] == "shared"):
    if sys.argv[2] == "with-child":
        subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    print(flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path, how: str = "exclusive") -> Iterator[subprocess.Popen[bytes]]:
    """Let another process hold the lock for the length of the block."""
    arguments = [sys.executable, "-c", HOLDER, str(path), how]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".lock"


def test_whoever_waits_learns_for_whom(path: Path) -> None:
    told: list[str] = []
    with held(path) as process, pytest.raises(StoreLocked) as caught, locked(path, "us", on_wait=told.append):
        pytest.fail("two writers")

    assert caught.value.actual == f"process {process.pid} (installing b1)"
    assert told == [f"process {process.pid} (installing b1)"]


def test_killed_holder_frees_the_lock_at_once(path: Path) -> None:
    with held(path) as process:
        process.kill()
        process.wait()
        with locked(path, "us"):
            pass


def test_what_the_holder_started_does_not_inherit_the_lock(path: Path) -> None:
    with held(path, "with-child") as process:
        process.kill()
        process.wait()
        with locked(path, "us"):
            pass


def test_readers_share_and_keep_a_writer_out(path: Path) -> None:
    with held(path, "shared"):
        with locked(path, "reading", shared=True):
            pass
        with pytest.raises(StoreLocked), locked(path, "writing"):
            pytest.fail("a writer among readers")


def test_writer_keeps_readers_out(path: Path) -> None:
    with held(path), pytest.raises(StoreLocked), locked(path, "reading", shared=True):
        pytest.fail("a reader beside the writer")


def test_waiting_ends_when_the_lock_is_free(path: Path) -> None:
    with held(path) as process:

        def end_it(_holder: str) -> None:
            process.kill()
            process.wait()

        with locked(path, "us", timeout_s=30, on_wait=end_it):
            pass


def test_waiting_hears_a_cancel(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def cancel_the_third_time() -> None:
        asked.append(1)
        if len(asked) == 3:
            raise Cancelled("Stopped by the test.")

    monkeypatch.setattr(lock, "POLL_S", 0.001)
    with held(path), pytest.raises(Cancelled), locked(path, "us", timeout_s=30, keep_waiting=cancel_the_third_time):
        pytest.fail("it was held")

    assert len(asked) == 3


def test_lock_file_that_was_removed_locks_nobody(path: Path) -> None:
    with held(path):
        path.unlink()
        with locked(path, "us"):
            assert path.exists()
            with pytest.raises(StoreLocked), locked(path, "third"):
                pytest.fail("two writers")


def test_lock_file_that_is_swapped_while_it_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening and locking somebody removes the file: what was locked guards nothing (threat E15)."""
    try_lock, swaps = lock.try_lock, [1]

    def swap_first(file: IO[bytes], *, shared: bool) -> bool:
        if swaps:
            swaps.pop()
            path.unlink()
            path.touch()
        return try_lock(file, shared=shared)

    monkeypatch.setattr(lock, "try_lock", swap_first)
    monkeypatch.setattr(lock, "POLL_S", 0.001)
    with locked(path, "us", timeout_s=1), pytest.raises(StoreLocked), locked(path, "them"):
        pytest.fail("two writers")


def test_full_disk_only_hides_the_holder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with locked(path, "earlier"):
        pass

    def refuse(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("launcher.store.lock.json.dumps", refuse)
    with locked(path, "us"), pytest.raises(StoreLocked), locked(path, "them"):
        pytest.fail("two writers")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x", "purpose": 1}', b"\xff", b"9" * 9000])
def test_damaged_note_of_the_holder_is_no_error(path: Path, content: bytes) -> None:
    with locked(path, "us"):
        path.write_bytes(content)
        with pytest.raises(StoreLocked) as caught, locked(path, "them"):
            pytest.fail("two writers")

    assert caught.value.actual == "another process, which has not written down its name"


def test_a_holder_that_has_just_begun_is_not_told_before_its_name_is_there(path: Path) -> None:
    told: list[str] = []
    polls: list[int] = []
    with locked(path, "us"):
        path.write_bytes(b"")

        def write_the_name() -> None:
            polls.append(1)
            if len(polls) == 3:
                path.write_text(json.dumps({"pid": os.getpid(), "purpose": "installing b1"}))

        arguments = {"timeout_s": 0.3, "on_wait": told.append, "keep_waiting": write_the_name}
        with pytest.raises(StoreLocked) as caught, locked(path, "them", **arguments):  # type: ignore[arg-type]
            pytest.fail("two writers")

    assert told == [f"process {os.getpid()} (installing b1)"]
    assert caught.value.actual == told[0]


def test_a_holder_that_never_says_its_name_is_told_with_the_reason(path: Path) -> None:
    told: list[str] = []
    with locked(path, "us"):
        path.write_bytes(b"")
        with pytest.raises(StoreLocked), locked(path, "them", timeout_s=1, on_wait=told.append):
            pytest.fail("two writers")
    assert told == ["another process, which has not written down its name"]


@pytest.mark.skipif(sys.platform == "win32", reason="processes of others are not asked there")
def test_a_name_of_somebody_who_is_gone_is_not_believed(path: Path) -> None:
    """Its holder was killed, and who holds it now has not written yet; or it runs on another machine."""
    with held(path) as process:
        dead = process.pid
    with locked(path, "us"):
        path.write_text(json.dumps({"pid": dead, "purpose": "installing b1"}))
        with pytest.raises(StoreLocked) as caught, locked(path, "them"):
            pytest.fail("two writers")
    assert caught.value.actual == f"process {dead} (installing b1), which cannot be seen from here"


def test_nobody_is_taken_for_the_next_holder(path: Path) -> None:
    with locked(path, "us"):
        assert json.loads(path.read_bytes()) == {"pid": os.getpid(), "purpose": "us"}
    assert path.read_bytes() == b""
    with held(path, "shared") as process:
        note = path.read_bytes()
        assert json.loads(note)["pid"] == process.pid
        with locked(path, "reading", shared=True):
            path.write_bytes(note)  # the other one came later
        assert path.read_bytes() == note


def test_planted_link_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"p")
    path.symlink_to("precious")

    with pytest.raises(UnsafeStore), locked(path, "us"):
        pytest.fail("it followed the link")

    assert (tmp_path / "precious").read_bytes() == b"p"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_nobody_may_write_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(NoPermission), locked(tmp_path / ".lock", "us"):
        pytest.fail("it was made")


def test_asking_does_not_take_the_lock(path: Path) -> None:
    assert not is_locked(path)
    with locked(path, "us"):
        assert is_locked(path)
    with locked(path, "us", shared=True):
        assert is_locked(path)
    assert not is_locked(path)
