"""What becomes of jobs when the app is quit."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.activity_file import load_records
from launcher.faces.gui.controls import Button
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.overview import REFRESH
from launcher.faces.gui.own_files import find_own_files
from launcher.faces.gui.quit_dialog import QuitDialog
from launcher.faces.gui.theme import GAP_M
from tests.gui import scene
from tests.gui.test_activity import PROGRESS, open_activity
from tests.gui.test_runtimes_screen import click, idle, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

# The offscreen platform says so of every dialog, and of a window that comes to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HALF = scene.event("progress", **PROGRESS, bytes_per_s=2_000_000.0, remaining_s=3)
WAIT_MS = 20_000


def question_of(window: MainWindow) -> QuitDialog:
    return next(dialog for dialog in window.findChildren(QuitDialog) if dialog.isVisible())


def begin(qtbot: QtBot, stage: Stage, window: MainWindow) -> Job:
    """Let a download run that has come half way."""
    stage.script("install", [HALF, "!wait-cancel", scene.outcome("cancelled")], call=1)
    job = window.queue.submit(order_for(Action.INSTALL, scene.LLAMA_CPU))
    qtbot.waitUntil(lambda: job.progress is not None, timeout=WAIT_MS)
    return job


def test_without_jobs_nothing_is_asked(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        window.close()
    assert window.isHidden()


def test_asking_the_sources_is_nothing_that_anybody_would_miss(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    window = open_window()
    stage.script("refresh", ["!wait-cancel", scene.outcome("cancelled")])
    before = len(stage.calls("refresh"))
    window.queue.submit(REFRESH)
    qtbot.waitUntil(lambda: len(stage.calls("refresh")) > before, timeout=WAIT_MS)
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        window.close()
    assert window.isHidden()


def test_a_download_that_is_kept_goes_on_at_the_next_start(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    begin(qtbot, stage, window)
    window.close()
    question = question_of(window)
    assert window.isVisible()
    assert f"Installing: {scene.LLAMA_CPU}" in texts(question)
    assert "Downloading 4.0 of 10.0 MB" in texts(question)
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        click(qtbot, question, "Keep them and quit")
    assert window.isHidden()
    (record,) = load_records(find_own_files(()).activity)
    assert (record.state, record.done_bytes, record.total_bytes) == (JobState.QUEUED, 4_000_000, 10_000_000)
    again = open_window()
    assert len(stage.calls("install")) == 2
    assert again._activity.records[0].state is JobState.FAILED  # the stage has no words for a second call: it began


def test_jobs_that_cannot_wait_are_finished_first(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("rollback", ["!wait-file go", scene.outcome()])
    window = open_window()
    job = window.queue.submit(order_for(Action.ROLL_BACK, scene.LLAMA_CPU))
    qtbot.waitUntil(lambda: bool(stage.calls("rollback")), timeout=WAIT_MS)
    window.close()
    click(qtbot, question_of(window), "Keep them and quit")
    assert window.isHidden()
    assert not job.is_over
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        stage.allow("go")
    assert job.state is JobState.DONE


def test_cancelled_jobs_are_gone_and_paused_ones_are_not(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    job = begin(qtbot, stage, window)
    paused = window.queue.submit(order_for(Action.INSTALL, scene.WHISPER_CPU))
    paused.pause()
    window.close()
    question = question_of(window)
    assert scene.WHISPER_CPU not in texts(question)
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        click(qtbot, question, "Cancel them and quit")
    assert (job.state, paused.state) == (JobState.CANCELLED, JobState.PAUSED)
    states = {record.order.bundle_id: record.state for record in load_records(find_own_files(()).activity)}
    assert states == {scene.WHISPER_CPU: JobState.PAUSED, scene.LLAMA_CPU: JobState.CANCELLED}


def test_the_buttons_stand_together_and_the_safe_one_has_the_focus(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    window = open_window()
    begin(qtbot, stage, window)
    window.close()
    question = question_of(window)
    qtbot.waitUntil(lambda: isinstance(question.focusWidget(), Button), timeout=WAIT_MS)
    buttons = sorted((b for b in question.findChildren(Button) if b.isVisible()), key=lambda button: button.x())
    assert [button.full_text for button in buttons] == ["Back", "Cancel them and quit", "Keep them and quit"]
    gaps = {right.x() - left.geometry().right() - 1 for left, right in itertools.pairwise(buttons)}
    assert gaps == {GAP_M}
    assert question.focusWidget() is buttons[0]
    window.queue.cancel_all()


def test_back_leaves_everything_as_it_is(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    job = begin(qtbot, stage, window)
    window.close()
    click(qtbot, question_of(window), "Back")
    assert window.isVisible()
    assert job.state is JobState.RUNNING


def test_who_starts_the_app_again_while_it_goes_keeps_it(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("rollback", ["!wait-file go", scene.outcome()])
    window = open_window()
    job = begin(qtbot, stage, window)
    stage.script("install", [scene.outcome(result={"installed": []})], call=2)
    window.queue.submit(order_for(Action.ROLL_BACK, scene.WHISPER_CPU))
    qtbot.waitUntil(lambda: bool(stage.calls("rollback")), timeout=WAIT_MS)
    window.close()
    click(qtbot, question_of(window), "Keep them and quit")
    qtbot.waitUntil(lambda: job.state is JobState.PAUSED, timeout=WAIT_MS)
    window.come_to_front()
    assert window.isVisible()
    stage.allow("go")
    idle(qtbot, window)
    assert job.state is JobState.DONE
    assert window.isVisible()
    assert {record.state for record in load_records(find_own_files(()).activity)} == {JobState.DONE}


def test_only_paused_jobs_ask_nothing(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    job = window.queue.submit(order_for(Action.INSTALL, scene.LLAMA_CPU))
    job.pause()
    assert "Paused" in texts(open_activity(window))
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        window.close()
    assert [record.state for record in load_records(find_own_files(()).activity)] == [JobState.PAUSED]
