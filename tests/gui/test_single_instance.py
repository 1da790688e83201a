"""One window for each person and store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from launcher.faces.gui.single_instance import SingleInstance

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage


def test_a_second_start_raises_the_first_one(qtbot: QtBot) -> None:
    first, second = SingleInstance(()), SingleInstance(())
    assert not first.knock()
    assert first.listen()
    with qtbot.waitSignal(first.knocked, timeout=5_000):
        assert second.knock()


def test_another_store_has_a_window_of_its_own(qtbot: QtBot) -> None:
    first, other = SingleInstance(()), SingleInstance(("--sample",))
    assert first.listen()
    assert not other.knock()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_minimised_window_comes_to_the_front(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    window.setWindowState(Qt.WindowState.WindowMinimized)
    window.come_to_front()
    assert not window.isMinimized()
    assert window.isVisible()
