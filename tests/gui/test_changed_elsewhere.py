"""What `arw-cli` changes while the window is open: real processes, and the window follows by itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from launcher.faces.gui.language import speak
from launcher.faces.gui.theme import DARK, colors
from tests.e2e.program import ROOT
from tests.gui.test_real_worker import open_real, publish
from tests.gui.test_runtimes_screen import click, idle, strips, texts
from tests.gui.test_settings_screen import part
from tests.gui.test_walk import focus_stops, label
from tests.registry import LLAMA, THIS_ARCH, THIS_OS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.registry import Registry

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "en")


def arw_cli(qtbot: QtBot, *words: str) -> None:
    """Run `arw-cli` to its end while the window goes on."""
    process = QProcess()
    process.setWorkingDirectory(str(ROOT))
    with qtbot.waitSignal(process.finished, timeout=30_000):
        process.start(sys.executable, ["-m", "launcher", "cli", *words])
    assert process.exitCode() == 0, bytes(process.readAllStandardError().data())


def open_settings(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.screens.open("settings")
    idle(qtbot, window)
    return window.screens.visit("settings")


def test_settings_are_followed_and_what_is_being_typed_stays(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    screen = open_settings(qtbot, window)
    kept = part(screen, "Revisions that stay")
    kept.setFocus()
    kept.setText("12")
    arw_cli(qtbot, "settings", "set", "appearance", "dark")
    qtbot.waitUntil(lambda: part(screen, "Appearance").currentData() == "dark", timeout=20_000)
    idle(qtbot, window)
    assert colors() is DARK
    assert (kept.text(), QApplication.focusWidget()) == ("12", kept)
    arw_cli(qtbot, "settings", "set", "require_signed", "true")
    qtbot.waitUntil(lambda: part(screen, "Demand signatures").isChecked(), timeout=20_000)
    assert window.preferences.value("require_signed") is True
    arw_cli(qtbot, "settings", "set", "offline", "true")
    qtbot.waitUntil(lambda: window.preferences.value("offline") is True, timeout=20_000)
    idle(qtbot, window)
    assert part(screen, "Offline").isChecked()


def test_a_changed_row_keeps_the_focus_and_its_place_in_the_order(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    screen = open_settings(qtbot, window)
    part(screen, "Appearance").setFocus()
    before = [label(stop) for stop in focus_stops(window)]
    offline = part(screen, "Offline")
    offline.setFocus()
    QTest.keyClick(offline, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.preferences.value("offline") is True, timeout=20_000)
    idle(qtbot, window)
    assert part(screen, "Offline").isChecked()
    assert QApplication.focusWidget() is part(screen, "Offline")
    part(screen, "Appearance").setFocus()
    after = [label(stop) for stop in focus_stops(window)]
    place = before.index("QCheckBox 'Offline'") + 1
    assert after == [*before[:place], "Button 'Reset Offline'", *before[place:]]
    arw_cli(qtbot, "settings", "reset", "offline")
    qtbot.waitUntil(lambda: window.preferences.value("offline") is False, timeout=20_000)
    idle(qtbot, window)
    part(screen, "Appearance").setFocus()
    assert [label(stop) for stop in focus_stops(window)] == before


def test_what_became_active_elsewhere_is_shown_and_what_was_said_before_is_taken_back(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    details = window.runtimes.details

    def active() -> str | None:
        bundle = details.bundle
        return bundle["active"]["upstream_version"] if bundle and bundle["active"] else None

    click(qtbot, details, "Install b1000")
    idle(qtbot, window)
    assert "b1000 is active" in texts(details.panel)
    publish(registry, "b2000")
    arw_cli(qtbot, "runtime", "bundles", "update", LLAMA)
    qtbot.waitUntil(lambda: active() == "b2000", timeout=20_000)
    idle(qtbot, window)
    assert "b1000 is active" not in texts(details.panel)
    click(qtbot, details, "Roll back to b1000 (")
    idle(qtbot, window)
    assert active() == "b1000"
    assert "b1000 is active again. Updates will not bring b2000 back by themselves." in strips(window)
    arw_cli(qtbot, "runtime", "bundles", "rollback", "--bundle", LLAMA)
    qtbot.waitUntil(lambda: active() == "b2000", timeout=20_000)
    idle(qtbot, window)
    assert strips(window) == []
