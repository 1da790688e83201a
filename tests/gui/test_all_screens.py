"""What holds for every screen: names for everything, reach by keyboard, both schemes, large text, right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from launcher.faces.gui.actions import Action
from launcher.faces.gui.controls import Button, Code
from launcher.faces.gui.page import Page
from launcher.faces.gui.screens import SPECS
from launcher.faces.gui.theme import apply_scheme
from tests.gui import scene
from tests.gui.test_settings_screen import script

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

NAMED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea)
REACHED = (Button, QComboBox, QLineEdit)
KEYS = [spec.key for spec in SPECS]
FURTHER = [key for key in KEYS if key != "runtimes"]


def visit(qtbot: QtBot, stage: Stage, open_window: OpenWindow, key: str) -> tuple[MainWindow, QWidget]:
    banners = [scene.banner("security"), scene.banner("info")]
    stage.script("list", scene.overview([scene.installed()], banners=banners))
    for call in (1, 2, 3, 4):
        script(stage, call)
    stage.script("smoke", [scene.outcome("failed", error=scene.WRONG_HASH)])
    window = open_window()
    window.runtimes.details._others[Action.SMOKE].click()
    window.screens.open(key)
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)
    qtbot.wait(1)
    return window, window.screens.visit(key)


def visible(screen: QWidget) -> list[QWidget]:
    return [widget for widget in screen.findChildren(QWidget) if widget.isVisible()]


@pytest.mark.parametrize("key", KEYS)
def test_every_widget_has_a_name(qtbot: QtBot, stage: Stage, open_window: OpenWindow, key: str) -> None:
    window, _ = visit(qtbot, stage, open_window, key)
    nameless = [
        repr(widget)
        for widget in visible(window.screens)
        if isinstance(widget, NAMED)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("key", FURTHER)
def test_tab_reaches_everything(qtbot: QtBot, stage: Stage, open_window: OpenWindow, key: str) -> None:
    window, screen = visit(qtbot, stage, open_window, key)
    wanted = {
        widget
        for widget in visible(screen)
        if isinstance(widget, REACHED) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached: set[QWidget] = set()
    window.screens.rail.entry(key).setFocus()
    for _ in range(2 * len(wanted) + 20):  # a text with links keeps the focus for each of them
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {repr(widget) for widget in wanted - reached} == set()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("text_px", [14, 28])
@pytest.mark.parametrize("key", FURTHER)
def test_nothing_is_cut_off(  # noqa: PLR0913, PLR0917 - four of them are fixtures
    qtbot: QtBot,
    stage: Stage,
    open_window: OpenWindow,
    qapp: QApplication,
    key: str,
    text_px: int,
    direction: Qt.LayoutDirection,
) -> None:
    font = qapp.font()
    font.setPixelSize(text_px)
    qapp.setFont(font)
    qapp.setLayoutDirection(direction)
    window, screen = visit(qtbot, stage, open_window, key)
    window.resize(1180, 780)
    qtbot.wait(1)
    assert isinstance(screen, Page)
    column = screen.area.widget()
    assert column is not None
    outside = [
        repr(widget)
        for widget in column.findChildren(QWidget)
        if widget.isVisible() and not isinstance(widget.parentWidget(), (QComboBox, QPlainTextEdit, Code))
        if not column.rect().contains(QRect(widget.mapTo(column, widget.rect().topLeft()), widget.size()))
    ]
    assert outside == []
    assert column.width() <= screen.area.viewport().width()


@pytest.mark.parametrize("key", KEYS)
def test_both_schemes(qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication, key: str) -> None:
    window, _ = visit(qtbot, stage, open_window, key)
    lightness = []
    for is_dark in (False, True):
        apply_scheme(qapp, is_dark=is_dark)
        lightness.append(window.screens.grab().toImage().pixelColor(window.screens.width() - 3, 3).lightness())
    assert (lightness[0] > 200, lightness[1] < 60) == (True, True)
