"""Letters twice as large, and windows that are small for them: what matters most is still seen, and reached by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from launcher.faces.gui.actions import Action
from launcher.faces.gui.capped import Capped
from launcher.faces.gui.controls import Button
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.help_dialog import HelpDialog
from launcher.faces.gui.runtimes_screen import MAX_NEWS
from launcher.faces.gui.search_field import SearchField
from launcher.faces.gui.theme import apply_scheme, scaled
from launcher.faces.gui.two_panes import TwoPanes
from tests.gui import scene
from tests.gui.studio import FONT, FONT_PX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from launcher.domain.views import BannerView
    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

SMALL, USUAL = QSize(1024, 700), QSize(1280, 800)
LEAST_ROWS = 3


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Twice the usual size; the conftest gives the usual font back."""
    font = QFont(FONT)
    font.setPixelSize(2 * FONT_PX)
    qapp.setFont(font)
    apply_scheme(qapp, is_dark=False)
    yield
    apply_scheme(qapp, is_dark=False)


def open_sized(qtbot: QtBot, stage: Stage, open_window: OpenWindow, size: QSize, *banners: BannerView) -> MainWindow:
    bundles = [scene.installed(), *(bundle for bundle in scene.workshop()[2:] if bundle["state"] != "update-available")]
    stage.script("list", scene.overview(bundles, banners=banners))
    window = open_window()
    window.resize(size)
    qtbot.waitUntil(lambda: window.size() == size)
    qtbot.wait(1)  # layouts of layouts
    return window


def rows_in_sight(window: MainWindow) -> int:
    view, model = window.runtimes.view, window.runtimes.model
    area = view.viewport().rect()
    rows = (model.index(row) for row in range(model.rowCount()))
    return sum(
        area.contains(view.visualRect(index)) for index in rows if model.flags(index) & Qt.ItemFlag.ItemIsSelectable
    )


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("size", [SMALL, USUAL], ids=["1024x700", "1280x800"])
def test_three_bundles_are_in_sight(qtbot: QtBot, stage: Stage, open_window: OpenWindow, size: QSize) -> None:
    window = open_sized(qtbot, stage, open_window, size)
    window.runtimes.filters.fits.setChecked(False)
    qtbot.wait(1)
    assert rows_in_sight(window) >= LEAST_ROWS


@pytest.mark.usefixtures("large_text")
def test_what_is_new_leaves_room_for_the_list(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    banners = [scene.banner("security"), scene.banner(), scene.banner("info")]
    window = open_sized(qtbot, stage, open_window, USUAL, *banners)
    assert "2 more" in [button.full_text for button in window.runtimes.notices.findChildren(Button)]
    assert rows_in_sight(window) >= LEAST_ROWS - 1
    next(
        button for button in window.runtimes.notices.findChildren(Button) if button.full_text == "What changed"
    ).click()
    qtbot.wait(1)
    news = window.runtimes.findChild(Capped)
    assert isinstance(news, Capped)
    assert news.height() <= round(window.height() * MAX_NEWS)


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("size", [SMALL, USUAL], ids=["1024x700", "1280x800"])
def test_the_rollback_button_names_its_target_whole(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, size: QSize
) -> None:
    window = open_sized(qtbot, stage, open_window, size)
    window.runtimes.view.choose(scene.LLAMA_CPU)
    QTest.keyClick(window.runtimes.view, Qt.Key.Key_Return)
    qtbot.wait(1)
    shown = [button for button in window.runtimes.details.findChildren(Button) if button.isVisible()]
    rollback = next(button for button in shown if button.full_text.startswith("Roll back to b10964 ("))
    assert rollback.text().replace("\n", " ") == rollback.full_text


@pytest.mark.usefixtures("large_text")
def test_the_way_to_the_details_and_back_by_keys(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_sized(qtbot, stage, open_window, USUAL)
    runtimes = window.runtimes
    assert runtimes.panes.is_single
    assert not runtimes.details.isVisible()
    assert runtimes.view.accessibleDescription() == "Enter shows the details"
    QTest.keyClick(runtimes.view, Qt.Key.Key_Return)
    assert runtimes.details.isVisible()
    assert not runtimes.view.isVisible()
    assert not window.queue.jobs, "Enter only shows the details"
    assert window.focusWidget() in {runtimes.details.main_button, runtimes.panes.back}
    QTest.keySequence(window, QKeySequence(QKeySequence.StandardKey.Back))
    assert runtimes.view.isVisible()
    assert window.focusWidget() is runtimes.view


@pytest.mark.usefixtures("large_text")
def test_a_failure_brings_its_reason_into_sight(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("smoke", [scene.outcome("failed", error=scene.WRONG_HASH)])
    window = open_sized(qtbot, stage, open_window, USUAL)
    window.runtimes.view.choose(scene.LLAMA_CPU)
    window.runtimes._do(Action.SMOKE, scene.LLAMA_CPU)
    qtbot.waitUntil(window.runtimes.details.panel.isVisible, timeout=20_000)
    assert not window.runtimes.view.isVisible()


@pytest.mark.usefixtures("large_text")
def test_filters_fold_away_and_are_counted(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_sized(qtbot, stage, open_window, USUAL)
    filters = window.runtimes.filters
    assert filters.unfold.text() == "Filter (1)"
    assert not filters.fits.isVisible()
    filters.unfold.click()
    assert filters.fits.isVisible()
    filters.fits.click()
    assert filters.unfold.text() == "Filter"


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("size", [SMALL, USUAL, QSize(800, 600)], ids=["1024x700", "1280x800", "800x600"])
def test_every_screen_of_the_rail_can_be_pressed(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, size: QSize
) -> None:
    window = open_sized(qtbot, stage, open_window, size)
    rail = window.screens.rail
    bottoms = [button.geometry().bottom() for button in rail._buttons]
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] < rail.height()
    assert all(button.toolTip() and button.accessibleName() for button in rail._buttons)


@pytest.mark.usefixtures("large_text")
def test_help_is_whole(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HelpDialog(parent)
    dialog.show()
    available = dialog.screen().availableSize()
    assert dialog.width() <= available.width()
    assert dialog.height() <= available.height()
    labels = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []


def test_both_panes_again_where_there_is_room(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    panes = TwoPanes(first, second, "All")
    qtbot.addWidget(panes)
    panes.resize(scaled(500), 300)
    panes.show()
    panes.offer(is_there=True)
    panes.go_ahead()
    assert (first.isVisible(), second.isVisible(), panes.back.isVisible()) == (False, True, True)
    with qtbot.waitSignal(panes.turned):
        panes.resize(scaled(1000), 300)
    assert (first.isVisible(), second.isVisible(), panes.back.isVisible()) == (True, True, False)
    assert abs(first.width() - second.width()) <= 1
    panes.resize(scaled(500), 300)
    assert (first.isVisible(), second.isVisible()) == (True, False), "back to the list, from where a person comes"


def test_where_nothing_is_chosen_there_is_no_empty_page(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    panes = TwoPanes(first, second, "All")
    qtbot.addWidget(panes)
    panes.resize(scaled(500), 300)
    panes.show()
    panes.go_ahead()
    assert (first.isVisible(), second.isVisible()) == (True, False)


def test_a_button_that_is_wider_than_its_line_goes_on_below(qtbot: QtBot) -> None:
    area = QWidget()
    flow = FlowLayout()
    area.setLayout(flow)
    button = Button("Roll back to b10964 (until 12 Sep, 412 MB, verified)")
    flow.addWidget(button)
    qtbot.addWidget(area)
    area.resize(button.sizeHint().width() // 2, 300)
    area.show()
    assert button.text().count("\n") >= 1
    assert button.text().replace("\n", " ") == button.full_text
    assert button.height() >= button.heightForWidth(button.width())
    area.resize(button.sizeHint().width() + 10, 300)
    assert button.text() == button.full_text


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_search_is_cleared_by_its_cross_and_by_escape(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    field = SearchField("Search the log")
    qtbot.addWidget(field)
    field.setLayoutDirection(direction)
    field.show()
    cross = field._cross
    assert not cross.isVisible()
    QTest.keyClicks(field, "one")
    assert cross.isVisible()
    is_at_end = cross.geometry().center().x() > field.width() / 2
    assert is_at_end == (direction is Qt.LayoutDirection.LeftToRight)
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    QTest.keyClicks(field, "two")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
