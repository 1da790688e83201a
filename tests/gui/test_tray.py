"""The tray and its messages, on a desktop with a tray and on one without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.tray import Tray
from launcher.faces.gui.tray_state import TrayState, tray_icon
from tests.gui import scene
from tests.gui.test_leaving import begin, question_of
from tests.gui.test_runtimes_screen import click, idle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

# The offscreen platform says so of every dialog, and of a window that comes to the front.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
WAIT_MS = 20_000


class TrayIcon(QSystemTrayIcon):
    """A place in a tray that notes its messages; the offscreen platform has none."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []
        self._is_shown = False

    def showMessage(self, title: str, text: str, *_more: object) -> None:  # noqa: N802 - Qt's name
        self.messages.append((title, text))

    def setVisible(self, is_visible: bool) -> None:  # noqa: FBT001, N802 - Qt's name
        self._is_shown = is_visible

    def isVisible(self) -> bool:  # noqa: N802 - Qt's name
        return self._is_shown


def give_tray(window: MainWindow, **settings: object) -> tuple[Tray, TrayIcon]:
    window.preferences._values |= settings
    icon = TrayIcon()
    window.tray.deleteLater()
    window.tray = Tray(window, window._activity, window.reader, window.preferences, icon)
    window.tray.shown.connect(window.come_to_front)
    window.tray.message_followed.connect(window._show_what_was_told)
    window.tray.quit_asked.connect(window.quit)
    return window.tray, icon


def entries(tray: Tray) -> list[str]:
    tray.menu.aboutToShow.emit()
    return [action.text() for action in tray.menu.actions() if action.text()]


def press(tray: Tray, text: str) -> None:
    next(action for action in tray.menu.actions() if action.text().startswith(text)).trigger()


def test_the_states_follow_each_other(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("update", [scene.event("phase", phase="unpacking", subject="x"), "!wait-file go", scene.outcome()])
    window = open_window()
    tray, icon = give_tray(window)
    assert (tray.state, icon.toolTip()) == (TrayState.IDLE, "ARW Launcher: Nothing to do")
    stage.script("list", scene.overview([scene.installed(state="update-available", offered_channel_revision=43)]))
    window.reader.read()
    qtbot.waitUntil(lambda: tray.state is TrayState.UPDATE, timeout=WAIT_MS)
    assert icon.toolTip() == "ARW Launcher: Update for llama.cpp for cpu"
    window.queue.submit(order_for(Action.UPDATE, scene.LLAMA_CPU))
    qtbot.waitUntil(lambda: icon.toolTip() == "ARW Launcher: Updating: Unpacking: x", timeout=WAIT_MS)
    assert tray.state is TrayState.WORKING
    stage.script("list", scene.overview([scene.installed()]))
    stage.allow("go")
    qtbot.waitUntil(lambda: tray.state is TrayState.IDLE, timeout=WAIT_MS)


def test_a_failure_is_a_problem_until_somebody_looks(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("update", [scene.outcome("failed", error=scene.WRONG_HASH)])
    window = open_window()
    tray, icon = give_tray(window)
    window.hide()
    window.queue.submit(order_for(Action.UPDATE, scene.LLAMA_CPU))
    idle(qtbot, window)
    qtbot.waitUntil(lambda: tray.state is TrayState.PROBLEM, timeout=WAIT_MS)
    assert icon.messages == [("llama.cpp for cpu", "The update was stopped")]
    icon.messageClicked.emit()
    assert window.isVisible()
    qtbot.waitUntil(lambda: tray.state is TrayState.IDLE, timeout=WAIT_MS)


def test_a_message_leads_to_what_it_is_about(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed(), scene.bundle(scene.WHISPER_CPU)]))
    stage.script("audit", [scene.outcome(result={"ok": True, "items": []})])
    stage.script("prune", [scene.outcome(result={})])
    window = open_window()
    _, icon = give_tray(window)
    window.hide()
    for order, screen in (
        (order_for(Action.VERIFY, scene.WHISPER_CPU), "runtimes"),
        (Order(Verb.PRUNE, ("runtime", "bundles", "prune")), "activity"),
    ):
        window.screens.open("settings")
        window.queue.submit(order)
        idle(qtbot, window)
        icon.messageClicked.emit()
        assert window.isVisible()
        assert window.screens.key == screen
        window.hide()
    assert len(icon.messages) == 2
    assert window.runtimes.view.chosen_id == scene.WHISPER_CPU


def test_jobs_go_on_in_the_tray(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    give_tray(window)
    job = begin(qtbot, stage, window)
    window.close()
    click(qtbot, question_of(window), "Go on in the tray")
    assert window.isHidden()
    assert job.state is JobState.RUNNING
    window.come_to_front()
    assert not window.leaving.is_under_way


@pytest.mark.parametrize(("is_hidden", "is_wanted", "count"), [(True, True, 1), (False, True, 0), (True, False, 0)])
def test_a_finished_job_is_told_where_nobody_looks_and_it_is_wanted(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, *, is_hidden: bool, is_wanted: bool, count: int
) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("audit", [scene.outcome(result={"ok": True, "items": []})])
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    _, icon = give_tray(window, notifications=is_wanted)
    if is_hidden:
        window.hide()
    window.queue.submit(order_for(Action.VERIFY, scene.LLAMA_CPU))
    idle(qtbot, window)
    assert icon.messages == [("llama.cpp for cpu", "Everything is as it was signed")] * count


def test_the_menu_rolls_back_shows_and_quits(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed(), scene.bundle(scene.WHISPER_CPU)]))
    stage.script("rollback", [scene.outcome()])
    window = open_window()
    tray, _ = give_tray(window)
    assert entries(tray) == ["Show the window", "llama.cpp for cpu: Roll back to b10964", "Quit"]
    press(tray, "llama.cpp")
    idle(qtbot, window)
    assert stage.calls("rollback") == [["runtime", "bundles", "rollback", "--bundle", scene.LLAMA_CPU]]
    window.hide()
    press(tray, "Show")
    assert window.isVisible()
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        press(tray, "Quit")


def test_closing_hides_only_where_that_was_asked_for(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    tray, _ = give_tray(window, close_to_tray=True)
    with qtbot.assertNotEmitted(window.left):
        window.close()
    assert window.isHidden()
    job = begin(qtbot, stage, window)
    entries(tray)
    press(tray, "Quit")
    assert window.isVisible()  # the question would be seen nowhere else
    click(qtbot, question_of(window), "Cancel them and quit")
    qtbot.waitUntil(lambda: job.is_over, timeout=WAIT_MS)
    window.leaving.stay()
    window.show()
    window.preferences._values |= {"close_to_tray": False}
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        window.close()


def test_the_tray_goes_when_the_setting_does(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    tray, icon = give_tray(window, close_to_tray=True)
    assert tray.keeps_app
    window.preferences._values |= {"tray": False}
    window.preferences.changed.emit()
    qtbot.waitUntil(lambda: not icon.isVisible(), timeout=WAIT_MS)
    assert not tray.keeps_app


def test_without_a_tray_everything_else_works(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    window.preferences._values |= {"close_to_tray": True}
    assert not window.tray._icon.isVisible()
    with qtbot.waitSignal(window.left, timeout=WAIT_MS):
        window.close()


def test_the_badges_are_different_pictures() -> None:
    pictures = [tray_icon(state).pixmap(44, 44).toImage() for state in TrayState]
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])
