"""Everything by keyboard, everything with a name; nothing that only a mouse finds (7-screens, rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QWidget,
)

from launcher import __version__
from launcher.faces.gui.actions import Action
from launcher.faces.gui.chips import Chip
from launcher.faces.gui.controls import Button, Code
from launcher.faces.gui.help_dialog import HelpDialog, about_text, keys
from launcher.faces.gui.theme import apply_scheme
from tests.gui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QListView, QScrollArea, Chip, Code)


def fill(stage: Stage) -> None:
    error = {"code": "bad-signer-registry", "message": "A key is there twice."}
    banners = [scene.banner("security"), scene.banner("info")]
    stage.script("list", scene.overview(scene.workshop(), banners=banners, problems=[error]))


def visible(window: MainWindow) -> Iterator[QWidget]:
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def test_every_widget_has_a_name(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    fill(stage)
    stage.script("smoke", [scene.outcome("failed", error=scene.WRONG_HASH)])
    window = open_window("--sample")
    window.runtimes.view.choose(scene.LLAMA_CPU)
    window.runtimes._do(Action.SMOKE, scene.LLAMA_CPU)
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)
    nameless = []
    for widget in visible(window):
        interface = QAccessible.queryAccessibleInterface(widget)
        if isinstance(widget, INTERACTIVE) and not interface.text(QAccessible.Text.Name):
            nameless.append(repr(widget))
    assert nameless == []


def test_every_row_has_a_name(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    fill(stage)
    window = open_window()
    view = QAccessible.queryAccessibleInterface(window.runtimes.view)
    names = [view.child(row).text(QAccessible.Text.Name) for row in range(view.childCount())]
    assert names[0] == "llama.cpp, 3 of 5"
    assert names[1].startswith("llama.cpp with CUDA 12.8, recommended, CUDA 12.8, Not installed, Not checked yet,")


def test_tab_reaches_everything_that_can_be_pressed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    fill(stage)
    window = open_window()
    window.runtimes.view.choose(scene.LLAMA_CPU)
    wanted = {
        widget
        for widget in visible(window)
        if isinstance(widget, (Button, QComboBox, QLineEdit, QListView)) and widget.isEnabled()
    }
    reached: set[QWidget] = set()
    window.runtimes.filters.search.setFocus()
    while (focus := QApplication.focusWidget()) not in reached:
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    missed = {getattr(widget, "full_text", repr(widget)) for widget in wanted - reached}
    assert missed == set()


def test_from_first_start_to_rollback_by_keyboard_alone(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.bundle(is_recommended=True)]))
    stage.script("install", [scene.outcome(result={"installed": []})])
    stage.script("rollback", [scene.outcome(result={"upstream_version": "b10964", "replaces": scene.NEW})])
    window = open_window()

    def press(key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or window, key)

    def done() -> None:
        qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)

    qtbot.waitUntil(window.runtimes.details.main_button.hasFocus)
    stage.script("list", scene.overview([scene.installed()]))
    press(Qt.Key.Key_Space)
    done()
    assert len(stage.calls("install")) == 1
    QTest.keySequence(window, "Ctrl+F")
    assert window.runtimes.filters.search.hasFocus()
    QTest.keyClicks(window.runtimes.filters.search, "nothing")
    assert window.runtimes.model.entries[0] == 0
    press(Qt.Key.Key_Escape)
    assert window.runtimes.model.entries[0] == 1
    window.runtimes.view.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    done()
    assert len(stage.calls("rollback")) == 1
    press(Qt.Key.Key_F5)
    done()
    assert len(stage.calls("refresh")) == 2


def test_escape_cancels_the_job_of_the_selected_bundle(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.bundle()]))
    stage.script("install", [scene.event("log", message="x"), "!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    window.runtimes.view.setFocus()
    QTest.keyClick(window.runtimes.view, Qt.Key.Key_Return)
    job = window.queue.job_of(scene.LLAMA_CPU)
    assert job is not None
    qtbot.waitUntil(lambda: bool(job.log), timeout=20_000)
    QTest.keyClick(window.runtimes.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: job.is_over, timeout=20_000)
    assert job.state == "cancelled"


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("text_px", [14, 28])
def test_nothing_is_cut_off_at_any_text_size_in_both_directions(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication, direction: Qt.LayoutDirection, text_px: int
) -> None:
    font = qapp.font()
    font.setPixelSize(text_px)
    qapp.setFont(font)
    qapp.setLayoutDirection(direction)
    bundle = scene.outdated()  # which has every section, and the widest lines
    bundle["revisions"][1]["is_damaged"] = True
    stage.script("list", scene.overview([bundle], banners=[scene.banner("security")]))
    window = open_window()
    window.resize(1180, 780)
    window.runtimes.view.choose(scene.LLAMA_CPU)
    qtbot.waitUntil(lambda: window.runtimes.details.bundle is not None)
    qtbot.wait(1)
    page = window.runtimes.details.widget()
    assert page is not None
    outside = [
        getattr(widget, "full_text", type(widget).__name__)
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and not page.rect().contains(QRect(widget.mapTo(page, widget.rect().topLeft()), widget.size()))
    ]
    assert outside == []
    assert page.width() <= window.runtimes.details.viewport().width()
    assert window.runtimes.details.horizontalScrollBar().maximum() == 0
    least = window.runtimes.details.minimumSizeHint().width() + window.runtimes.view.minimumWidth()
    assert least <= window.runtimes.width()


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_help_names_every_key_of_the_window(qtbot: QtBot, stage: Stage, open_window: OpenWindow, key: Qt.Key) -> None:
    fill(stage)
    window = open_window()
    window.runtimes.view.setFocus()
    QTest.keyClick(window.runtimes.view, key)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is not None)
    known = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    named = {sequence.toString() for sequences, _ in keys() for sequence in sequences}
    assert known - named == set()
    assert {"F1", "Ctrl+6", "F5", "Esc"} <= known
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert f"Version: {__version__}" in about_text()
    assert about_text() in [label.text() for label in dialog.findChildren(QLabel)]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None)


def test_a_question_mark_in_the_search_is_a_letter(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    QTest.keySequence(window, "Ctrl+F")
    QTest.keyClicks(window.runtimes.filters.search, "?")
    assert window.runtimes.filters.search.text() == "?"
    assert window.findChild(HelpDialog) is None


def test_both_schemes_paint_every_state_of_a_row(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication
) -> None:
    fill(stage)
    window = open_window()
    pictures = []
    for is_dark in (False, True):
        apply_scheme(qapp, is_dark=is_dark)
        pictures.append(window.grab().toImage())
    assert pictures[0] != pictures[1]
    light, dark = (picture.pixelColor(5, 5).lightness() for picture in pictures)
    assert (light > 200, dark < 60) == (True, True)
