"""The Activity screen and what it keeps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar

from launcher.faces.gui.activity import ActivityLog
from launcher.faces.gui.activity_file import MAX_RECORDS, Record, load_records, save_records
from launcher.faces.gui.activity_row import RecordRow, RunningRow
from launcher.faces.gui.controls import Button
from launcher.faces.gui.dialogs import TextDialog
from launcher.faces.gui.jobs import JobQueue, JobState, Order, Verb
from launcher.faces.gui.own_files import find_own_files
from launcher.faces.gui.redaction import redact
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.activity_screen import ActivityScreen
    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

PROGRESS = {"phase": "downloading", "done_bytes": 4_000_000, "total_bytes": 10_000_000}


def open_activity(window: MainWindow) -> ActivityScreen:
    window.screens.open("activity")
    return cast("ActivityScreen", window.screens.visit("activity"))


def test_where_nothing_was_done_a_button_leads_to_what_can_be(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    screen = open_activity(window)
    assert "Nothing yet" in texts(screen)
    click(qtbot, screen, "Go to Runtimes")
    assert window.screens.key == "runtimes"


def rows(screen: ActivityScreen) -> list[str]:
    """Return what the jobs that are not over are about, from above."""
    shown = [row for row in screen.findChildren(RunningRow) if row.isVisible()]
    return [str(row.job.order.bundle_id) for row in sorted(shown, key=lambda row: row.y())]


def test_a_waiting_job_has_no_bar_and_can_be_done_next_also_after_a_restart(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    stage.script("install", ["!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    screen = open_activity(window)
    window.queue.allow_downloads(1)
    for name in "abcd":
        window.queue.submit(Order(Verb.INSTALL, ("runtime", "bundles", "install", name), name))
    qtbot.waitUntil(lambda: bool(stage.calls("install")), timeout=20_000)
    qtbot.waitUntil(lambda: texts(screen).count("Queued: waits until another download has ended") == 3, timeout=20_000)
    bars = {row.job.order.bundle_id: row.findChildren(QProgressBar)[0] for row in screen.findChildren(RunningRow)}
    assert [name for name, bar in bars.items() if bar.isVisible()] == ["a"]
    assert rows(screen) == ["a", "b", "c", "d"]
    buttons = [found for found in screen.findChildren(Button) if found.isVisible() and found.full_text == "Do next"]
    assert len(buttons) == 2  # neither the one that runs nor the one that is the next already
    last = max(buttons, key=lambda found: found.mapToGlobal(found.rect().topLeft()).y())
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(screen) == ["a", "d", "b", "c"], timeout=20_000)
    assert last.isHidden()
    assert isinstance(focus := QApplication.focusWidget(), Button)
    assert focus.full_text == "Cancel"
    kept = [record.order.bundle_id for record in load_records(find_own_files(()).activity)]
    assert kept == ["c", "b", "d", "a"]  # newest first, as they are taken up again from the end
    window.leaving.keep_and_go()
    qtbot.waitUntil(lambda: window.leaving.may_go, timeout=20_000)
    again = open_window(is_idle=False)
    assert [job.order.bundle_id for job in again._activity.running] == ["a", "d", "b", "c"]


def test_a_job_is_shown_with_its_progress_and_can_be_cancelled(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    stage.script("list", scene.overview([scene.bundle(name="llama.cpp for CPU")]))
    told = scene.event("progress", **PROGRESS, bytes_per_s=2_000_000.0, remaining_s=3)
    stage.script("install", [told, "!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    screen = open_activity(window)
    assert "Nothing yet" in texts(screen)
    window.queue.submit(Order(Verb.INSTALL, ("runtime", "bundles", "install", scene.LLAMA_CPU), scene.LLAMA_CPU))
    expected = "Downloading 4.0 of 10.0 MB at 2.0 MB/s, 3 s left"
    qtbot.waitUntil(lambda: expected in texts(screen), timeout=20_000)
    (row,) = [row for row in screen.findChildren(RunningRow) if row.isVisible()]
    assert row.accessibleName() == f"Installing, llama.cpp for CPU: {expected}"
    assert [bar.value() for bar in row.findChildren(QProgressBar)] == [400]
    assert window.screens.rail.entry("activity").accessibleName() == "Activity, 1 waiting"
    click(qtbot, screen, "Cancel")
    idle(qtbot, window)
    assert "You stopped it just now" in texts(screen)
    assert window.screens.rail.entry("activity").accessibleName() == "Activity"


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # said of every dialog
def test_a_failed_job_has_its_log_its_details_and_another_try(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path
) -> None:
    stage.script("list", scene.overview([scene.bundle()]))
    message = f"`{tmp_path}/home/x` and https://ada:secret@example.org/a?token=abc failed."
    stage.script("install", [scene.outcome("failed", error={"code": "fetch-failed", "message": message})], call=1)
    stage.script("install", [scene.outcome(result={"installed": []})])
    window = open_window()
    click(qtbot, window.runtimes.details, "Install b11146")
    idle(qtbot, window)
    screen = open_activity(window)
    click(qtbot, screen, "Open log")
    (dialog,) = screen.findChildren(TextDialog)
    dialog.close()
    click(qtbot, screen, "Copy details")
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"arw-cli runtime bundles install {scene.LLAMA_CPU}\nfailed, ")
    assert "`~/x` and https://…@example.org/a?… failed.\nError code: fetch-failed\n" in copied
    click(qtbot, screen, "Try again")
    idle(qtbot, window)
    assert len(stage.calls("install")) == 2
    assert [record.state for record in load_records(find_own_files(()).activity)] == [JobState.DONE, JobState.FAILED]
    click(qtbot, screen, "Clear history")
    assert "Nothing yet" in texts(screen)
    assert load_records(find_own_files(()).activity) == []


def test_what_was_going_on_when_the_app_was_killed_can_be_taken_up_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path
) -> None:
    stage.script("install", ["!wait-cancel", scene.outcome("cancelled")])
    order = Order(Verb.INSTALL, ("runtime", "bundles", "install", scene.LLAMA_CPU), scene.LLAMA_CPU)
    path = find_own_files(()).activity
    queue = JobQueue(stage.command)
    log = ActivityLog(queue, path)
    job = queue.submit(order)
    qtbot.waitUntil(lambda: job.is_running, timeout=20_000)
    assert [record.state for record in load_records(path)] == [None]
    kept = path.read_bytes()  # what a killed app leaves behind
    job.cancel()
    qtbot.waitUntil(lambda: log.running == (), timeout=20_000)
    path.write_bytes(kept)
    before = len(stage.calls("install"))
    screen = open_activity(open_window())
    (row,) = screen.findChildren(RecordRow)
    assert "Interrupted" in row.text.text()
    click(qtbot, screen, "Try again")
    qtbot.waitUntil(lambda: len(stage.calls("install")) > before, timeout=20_000)
    assert stage.calls("install")[-1] == ["runtime", "bundles", "install", scene.LLAMA_CPU]
    qtbot.waitUntil(lambda: not [row for row in screen.findChildren(RecordRow) if row.isVisible()], timeout=20_000)


def test_what_waited_or_was_paused_comes_back_and_goes_on(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    def order(verb: Verb, name: str) -> Order:
        return Order(verb, ("runtime", "bundles", verb.value, name), name)

    began_at = "2026-11-20T08:00:00+00:00"
    save_records(
        find_own_files(()).activity,
        [
            Record(order(Verb.PRUNE, "x"), JobState.QUEUED, began_at),
            Record(order(Verb.UPDATE, "b"), JobState.QUEUED, began_at),
            Record(
                order(Verb.INSTALL, "a"), JobState.PAUSED, began_at, done_bytes=123 * 10**6, total_bytes=410 * 10**6
            ),
            Record(order(Verb.SMOKE, "y"), JobState.DONE, began_at, began_at),
        ],
    )
    for verb in ("update", "install"):
        stage.script(verb, ["!wait-file go", scene.outcome()])
    window = open_window(is_idle=False)
    screen = open_activity(window)
    qtbot.waitUntil(lambda: bool(stage.calls("update")), timeout=20_000)
    qtbot.waitUntil(lambda: "Paused at 123 of 410 MB" in texts(screen), timeout=20_000)
    assert stage.calls("install") == []
    ended = [row.text.text() for row in screen.findChildren(RecordRow) if row.isVisible()]
    assert ended[0].startswith("Interrupted")  # nobody expects that something is deleted days later
    assert ended[1].startswith("Done")
    again = load_records(find_own_files(()).activity)
    assert {(record.order.verb, record.state, record.began_at) for record in again} == {
        (Verb.UPDATE, None, began_at),
        (Verb.INSTALL, JobState.PAUSED, began_at),
        (Verb.PRUNE, None, began_at),
        (Verb.SMOKE, JobState.DONE, began_at),
    }
    click(qtbot, screen, "Resume")
    qtbot.waitUntil(lambda: bool(stage.calls("install")), timeout=20_000)
    stage.allow("go")
    idle(qtbot, window)
    assert [record.state for record in window._activity.records][:2] == [JobState.DONE, JobState.DONE]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"jobs": 3}', b'{"jobs": [1, {"order": {}}, null, {"order": {"verb": "x"}}]}', b"\xff"],
)
def test_a_damaged_record_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "activity.json"
    path.write_bytes(content)
    assert load_records(path) == []


def test_the_record_is_bounded(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    queue = JobQueue(stage.command)
    log = ActivityLog(queue, tmp_path / "activity.json")
    for number in range(MAX_RECORDS + 5):
        queue.submit(Order(Verb.SMOKE, ("smoke", str(number)))).cancel()
    assert len(log.records) == MAX_RECORDS
    assert log.records[0].order.arguments == ("smoke", str(MAX_RECORDS + 4))
    assert len(json.loads((tmp_path / "activity.json").read_bytes())["jobs"]) == MAX_RECORDS


def test_redaction(tmp_path: Path) -> None:
    text = f"{tmp_path}/a http://user:word@host/x?key=1 what? (https://host/y?z)"
    assert redact(text, tmp_path) == "~/a http://…@host/x?… what? (https://host/y?…)"


def test_ctrl_and_a_digit_opens_a_screen_which_is_remembered(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    window = open_window()
    assert window.screens.key == "runtimes"
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.screens.key == "activity"
    assert window.screens.rail.entry("activity").isChecked()
    window.close()
    again = open_window()
    assert again.screens.key == "activity"
    QTest.keyClick(again, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert again.screens.key == "runtimes"


def test_enter_presses_a_focused_button(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    refresh = button(window.runtimes, "Refresh")
    before = len(stage.calls("refresh"))
    QTest.keyClick(refresh, Qt.Key.Key_Return)
    idle(qtbot, window)
    QTest.keyClick(refresh, Qt.Key.Key_Enter)
    idle(qtbot, window)
    assert len(stage.calls("refresh")) == before + 2


def test_the_geometry_is_kept(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(780, 560)
    window.close()
    again = open_window()
    assert (again.width(), again.height()) == (780, 560)
