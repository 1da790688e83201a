"""The window in German, in large letters and from right to left: everything has room, and changes at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from launcher.faces.gui import language
from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.chips import bundle_trust_look, chip_size, state_look
from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.language import find_language, speak
from launcher.faces.gui.quantities import age_text, date_text, size_text
from launcher.faces.gui.row_delegate import PADDING, TILE_PX
from launcher.faces.gui.screens import SPECS
from launcher.faces.gui.theme import GAP_L, GAP_M, scaled
from tests.gui import scene
from tests.gui.test_activity import PROGRESS
from tests.gui.test_all_screens import visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

KEYS = [spec.key for spec in SPECS]


@pytest.fixture(autouse=True)
def _usual_locale(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    speak(qapp, "en")
    QLocale.setDefault(before)


@pytest.fixture
def german(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    # What the window's usual "as the system" means. Not by the environment, which Qt reads only once in a process.
    monkeypatch.setattr(language, "find_language", lambda _wishes: "de")
    speak(qapp, "de")


def cut(screen: QWidget) -> list[str]:
    """Return the texts of a screen that have less room than they need."""
    return [problem for widget in screen.findChildren(QWidget) if widget.isVisible() if (problem := _cut(widget))]


def _cut(widget: QWidget) -> str:
    if isinstance(widget, Button):
        is_told = widget.full_text in {widget.text().replace("\n", " "), widget.toolTip()}
        return "" if is_told else f"{widget.full_text!r} is shown as {widget.text()!r}"
    if isinstance(widget, Text) and widget.wordWrap():
        words = (word for word in widget.text().split() if word.isalpha())  # not the names of files
        longest = max(map(widget.fontMetrics().horizontalAdvance, words), default=0)
        return f"a word of {widget.text()!r} is cut" if longest > widget.width() + 1 else ""
    if isinstance(widget, QLabel) and type(widget).__name__ != "ElidedText":
        return f"{widget.text()!r} is cut" if widget.sizeHint().width() > widget.width() + 1 else ""
    if isinstance(widget, (QAbstractButton, QComboBox)) and not isinstance(widget.parentWidget(), QLineEdit):
        text = widget.text() if isinstance(widget, QAbstractButton) else widget.currentText()
        return f"{text!r} is cut" if widget.sizeHint().width() > widget.width() + 1 else ""
    return ""


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("text_px", [14, 28])
@pytest.mark.parametrize("key", KEYS)
def test_german_has_room(  # noqa: PLR0913, PLR0917 - four of them are fixtures
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
    assert cut(window.screens) == []
    assert screen.isVisible()


@pytest.mark.usefixtures("german")
def test_german_rows_have_room_for_both_chips(stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview(scene.workshop()))
    window = open_window()
    window.resize(1180, 780)
    edges = 2 * GAP_L + scaled(TILE_PX) + PADDING
    chips = [(state_look(bundle["state"]), bundle_trust_look(bundle)) for bundle in scene.workshop()]
    widths = [sum(chip_size(look).width() for look in looks) + GAP_M for looks in chips]
    assert max(widths) <= window.runtimes.view.viewport().width() - edges


def test_the_language_changes_at_once(qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication) -> None:
    window, _ = visit(qtbot, stage, open_window, "settings")
    before = window.screens
    speak(qapp, "de")
    qtbot.waitUntil(lambda: window.screens is not before and not window.queue.jobs, timeout=30_000)
    assert window.screens.key == "settings"
    assert window.screens.rail.entry("settings").text() == "Einstellungen"
    assert window.windowTitle() == "ARW Launcher"


def test_a_running_job_keeps_its_screen_until_it_has_ended(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication
) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    window = open_window()
    stage.script("audit", ["!wait-cancel", scene.outcome("cancelled")])
    window.runtimes.details._others[Action.VERIFY].click()
    qtbot.waitUntil(lambda: bool(stage.calls("audit")), timeout=30_000)
    before = window.screens
    speak(qapp, "de")
    qtbot.wait(1)
    assert window.screens is before
    window.queue.cancel_all()
    qtbot.waitUntil(lambda: window.screens is not before, timeout=30_000)
    assert window.screens.rail.entry("health").text() == "Zustand"


def test_a_paused_job_does_not_keep_the_language_back(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, qapp: QApplication
) -> None:
    stage.script("install", [scene.event("progress", **PROGRESS), "!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    job = window.queue.submit(order_for(Action.INSTALL, scene.LLAMA_CPU))
    qtbot.waitUntil(lambda: job.progress is not None, timeout=30_000)
    before = window.screens
    speak(qapp, "de")
    qtbot.wait(1)
    assert window.screens is before
    job.pause()
    qtbot.waitUntil(lambda: window.screens is not before, timeout=30_000)
    assert job.state is JobState.PAUSED


def test_numbers_dates_and_ages_are_written_as_in_german(qapp: QApplication) -> None:
    speak(qapp, "de")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert size_text(1_900_000_000) == "1,9 GB"
    assert date_text("2026-03-02T12:00:00Z", now) == "2. März"
    assert date_text("2025-03-02T12:00:00Z", now) == "2. März 2025"
    assert [age_text(f"2026-11-2{day}T12:00:00Z", now) for day in (0, 3)] == ["vor 3 Tagen", "gerade eben"]


def test_habits_of_the_system_stay_where_it_speaks_the_language(qapp: QApplication) -> None:
    speak(qapp, "de")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    speak(qapp, "en")
    assert QLocale().name() == "en_GB"


@pytest.mark.parametrize(
    ("wishes", "language"),
    [(["de-AT", "en-GB"], "de"), (["fr-FR", "de-DE"], "de"), (["en-GB", "de-DE"], "en"), (["fr"], "en"), ([], "en")],
)
def test_the_systems_language(wishes: list[str], language: str) -> None:
    assert find_language(wishes) == language
