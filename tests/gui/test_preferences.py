"""What the window does with the settings that it reads at its start, and after every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from launcher.faces.gui.jobs import Order, Verb
from launcher.faces.gui.language import speak
from launcher.faces.gui.theme import DARK, LIGHT, colors
from tests.gui import scene
from tests.gui.test_runtimes_screen import idle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "en")


def told(**values: Any) -> list[str]:  # noqa: ANN401 - values of settings
    return [scene.outcome(result={"settings": [{"name": name, "value": value} for name, value in values.items()]})]


def test_the_start_acts_on_what_is_set_elsewhere(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("settings", told(appearance="dark", language="de", parallel_downloads=5))
    window = open_window()
    idle(qtbot, window)
    assert colors() is DARK
    assert (window.remembered.appearance, window.remembered.language) == ("dark", "de")
    assert window.queue._downloads == 5
    qtbot.waitUntil(lambda: window.screens.rail.entry("settings").text() == "Einstellungen", timeout=30_000)


def test_a_change_acts_at_once(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("settings", told(appearance="dark", offline=False), call=1)
    stage.script("settings", told(appearance="light"), call=2)
    window = open_window()
    idle(qtbot, window)
    window.queue.submit(Order(Verb.SET, ("settings", "set", "appearance", "light"), about="appearance"))
    idle(qtbot, window)
    assert colors() is LIGHT
    assert window.preferences.value("appearance") == "light"
    assert window.preferences.value("offline") is False


def test_settings_that_cannot_be_read_leave_the_defaults(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("settings", [scene.outcome("failed", error={"code": "bad-json", "message": "It is damaged."})])
    window = open_window()
    idle(qtbot, window)
    assert window.preferences.is_read
    assert window.preferences.value("check_updates") == "automatic"
    assert len(stage.calls("refresh")) == 1
