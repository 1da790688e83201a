"""The app is killed in the middle of each job and started again: no orphan, a sound store, and a retry that works."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from launcher.app import open_launcher
from launcher.domain.progress import Silent
from launcher.faces.gui.activity_row import RecordRow
from launcher.faces.gui.jobs import JobState
from launcher.store.lock import is_locked
from tests.gui.test_activity import open_activity
from tests.gui.test_real_worker import open_real, publish
from tests.gui.test_runtimes_screen import button, click, idle
from tests.lying_server import Lie
from tests.packing import runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS
from tests.store_world import active_of, faults_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.registry import Registry

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")

CHECKOUT = Path(__file__).resolve().parents[2]
HELD_AT = 20_000
GONE_WITHIN_S = 60


class Case(NamedTuple):
    """A job, and where it dies.

    Attributes:
        verb: The job.
        phase: The phase at whose first word the app is killed; ``-`` for the first event.
        words: Its command line; ``{cache}`` is an exported file.
        versions: What is installed before.
        version: What the catalog offers.
        is_damaged: Whether a file of the active revision was changed.
    """

    verb: str
    phase: str
    words: tuple[str, ...]
    versions: tuple[str, ...] = ("b1",)
    version: str = "b1"
    is_damaged: bool = False


CASES = (
    Case("install", "downloading", ("install", LLAMA), versions=()),
    Case("install", "unpacking", ("install", LLAMA), versions=()),
    Case("install", "activating", ("install", LLAMA), versions=()),
    Case("update", "saving", ("update", LLAMA), version="b2"),
    Case("rollback", "activating", ("rollback", "--bundle", LLAMA), versions=("b1", "b2"), version="b2"),
    Case("audit", "verifying", ("audit", "--deep")),
    Case("repair", "unpacking", ("repair", LLAMA), is_damaged=True),
    Case("prune", "-", ("prune",), versions=("b1", "b2", "b3", "b4", "b5", "b6", "b7"), version="b7"),
    Case("export", "saving", ("export", LLAMA, "--output", "{new}")),
    Case("import", "unpacking", ("import", "{cache}"), versions=("b1",)),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.verb}-{case.phase}")
def test_killed_in_the_middle_and_started_again(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path, case: Case
) -> None:
    words = prepare(registry, tmp_path, case)
    before = active_of(tmp_path / "store")
    run_until_killed(case, words)
    assert not is_locked(tmp_path / "store" / ".lock")
    assert_sound(tmp_path / "store", case, before)
    registry.server.tell_the_truth()

    window = open_real(open_window)
    screen = open_activity(window)
    (row,) = [row for row in screen.findChildren(RecordRow) if row.isVisible()]
    assert row.text.text().startswith("Interrupted")
    assert button(screen, "Try again") is row.retry
    click(qtbot, screen, "Try again")
    idle(qtbot, window)
    (record,) = window._activity.records
    assert record.state in {JobState.DONE, JobState.NOTHING_TO_DO}, record
    assert record.order.arguments == ("runtime", "bundles", *words)
    assert_sound(tmp_path / "store", case._replace(is_damaged=False), before)
    assert (active_of(tmp_path / "store") is None) == (case.verb == "import")  # which makes nothing active


def prepare(registry: Registry, tmp_path: Path, case: Case) -> tuple[str, ...]:
    """Bring the store into the state that the case wants; return the words of its command line."""
    launcher = open_launcher(environ=dict(os.environ))
    for version in case.versions:
        publish(registry, version)
        launcher.install([LLAMA], Silent())
    if case.version not in case.versions:
        publish(registry, case.version, runtime_tree(case.version, extra_bytes=100_000))
    if case.phase == "downloading":
        registry.server.lie(registry.archive_path(), Lie(hold_at=HELD_AT))
    places = {"new": str(tmp_path / "new.arwcache"), "cache": str(tmp_path / "old.arwcache")}
    if "{cache}" in case.words:
        launcher.offline.export([LLAMA], places["cache"], Silent())
        (tmp_path / "store").rename(tmp_path / "elsewhere")
    if case.is_damaged:
        active = active_of(tmp_path / "store")
        (tmp_path / "store" / LLAMA / "revisions" / str(active) / "payload" / "model.txt").write_bytes(b"changed\n")
    return tuple(word.format(**places) for word in case.words)


def run_until_killed(case: Case, words: tuple[str, ...]) -> None:
    """Run the app until it dies, and return when all of its worker processes are gone.

    All of them have inherited the writing end of a pipe, whose reading end tells when the last one has let go of it.
    """
    reader, writer = os.pipe()
    command = [sys.executable, "-m", "tests.gui.app_that_dies", case.verb, case.phase, *words]
    with subprocess.Popen(command, cwd=CHECKOUT, pass_fds=[writer], stderr=subprocess.PIPE) as app:
        os.close(writer)
        readable, _, _ = select.select([reader], [], [], GONE_WITHIN_S)
        os.close(reader)
        if not readable:
            app.kill()
        assert readable, "a worker outlived the app"
        assert app.wait(GONE_WITHIN_S) == -signal.SIGKILL, app.stderr.read() if app.stderr else ""


def assert_sound(store: Path, case: Case, before: str | None) -> None:
    """Assert that the old revision or the new one is active and whole; "neither" only where there was none."""
    active = active_of(store)
    assert before is None or active is not None
    assert active is None or case.is_damaged or faults_of(store, active) == []
