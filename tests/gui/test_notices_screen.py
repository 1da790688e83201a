"""The Notices screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gui import scene
from tests.gui.test_runtimes_screen import click, idle, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

from launcher.faces.gui.notices_screen import NoticesScreen
from launcher.faces.gui.strip import Strip


def open_notices(window: MainWindow) -> NoticesScreen:
    window.screens.open("notices")
    screen = window.screens.visit("notices")
    assert isinstance(screen, NoticesScreen)
    return screen


def titles(screen: NoticesScreen) -> list[str]:
    return [strip.accessibleName() for strip in screen.findChildren(Strip) if strip.isVisible()]


def test_no_notices_is_a_state_of_its_own(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    assert "No notices" in texts(open_notices(open_window()))


def test_all_notices_are_there_and_can_be_narrowed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102."),
        scene.banner("action", is_signed=False),
        scene.banner("info", title="News."),
    ]
    stage.script("list", scene.overview([scene.bundle()], banners=banners))
    window = open_window()
    screen = open_notices(window)
    assert titles(screen) == [
        "Security: Do not use b11102.",
        "Action needed: CUDA 12.8 bundles now need driver 570. (unsigned)",
        "Notice: News.",
    ]
    assert f"18 Nov · preview · {scene.LLAMA_CUDA}" in texts(screen)
    assert window.screens.rail.entry("notices").accessibleName() == "Notices, 3 waiting"
    screen.severity.setCurrentIndex(screen.severity.findData("info"))
    qtbot.waitUntil(lambda: titles(screen) == ["Notice: News."])


def test_a_dismissed_notice_stays_readable_and_can_be_restored(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    banner = scene.banner("info", title="News.")
    for call in (1, 2):
        stage.script("list", scene.overview([], banners=[banner]), call=call)
    stage.script("list", scene.overview(), call=3)
    stage.script("list", scene.overview([], banners=[banner]))
    stage.script("notices", [scene.outcome(result={})])
    window = open_window()
    screen = open_notices(window)
    click(qtbot, screen, "Dismiss")
    idle(qtbot, window)
    assert "Dismissed" in texts(screen)
    qtbot.waitUntil(lambda: len(titles(screen)) == 1)
    click(qtbot, screen, "What changed")
    assert "Details are in the" in texts(screen)
    click(qtbot, screen, "Restore")
    idle(qtbot, window)
    assert stage.calls("notices") == [
        ["runtime", "bundles", "notices", flag, banner["key"]] for flag in ("--dismiss", "--restore")
    ]
    qtbot.waitUntil(lambda: titles(screen) == ["Notice: News."])
    assert "Dismissed" not in texts(screen)
