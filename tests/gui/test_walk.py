"""A walk over every widget of every scene: names, roles and reach of the focus, in plain and double text size.

The scenes are those of the pictures, so that each state that has a picture is walked through as well.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from launcher.faces.gui import announce
from tests.gui.screenshots import GROUPS, name_of, scenes
from tests.gui.studio import FONT_PX, PATIENCE_MS, Studio, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.gui.screenshots import Scene

INTERACTIVE: Final = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar,
    QScrollArea,
)  # fmt: skip
PRESSED: Final = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
MAX_STOPS: Final = 300
SCENES: Final = [scene for group in GROUPS if group != "large" for scene in scenes(group)]
# Each screen and each kind of dialog once.
EACH: Final = {
    "update-with-banner", "wrong-hash", "activity", "run-healthy", "notices-list", "health-problems", "settings-top",
    "export-choice", "job-log",
}  # fmt: skip
# What Qt draws and names by itself: the parts of a message box, of a combo box, of a scroll area.
QTS_OWN: Final = (QMessageBox,)
# The offscreen platform says so of every dialog.
pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")]
Announcements = list[str]


@pytest.fixture
def announcements(monkeypatch: pytest.MonkeyPatch) -> Announcements:
    """What a screen reader was told to say."""
    said: Announcements = []

    class Listener:
        @staticmethod
        def updateAccessibility(event: object) -> None:  # noqa: N802 - Qt's name
            said.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(announce, "QAccessible", Listener)
    return said


@pytest.fixture
def studio(qapp: QApplication, tmp_path: Path) -> Iterator[Studio]:
    Studio.dress(qapp)
    studio = Studio(tmp_path / "stage")
    yield studio
    studio.close()


def enlarge(qapp: QApplication, text_px: int) -> None:
    font = qapp.font()
    font.setPixelSize(text_px)
    qapp.setFont(font)


def shown(root: QWidget) -> list[QWidget]:
    """Return the visible widgets of a window, without the parts that Qt makes for its own widgets."""
    compound = (QComboBox, QAbstractSpinBox, QLineEdit, QScrollBar, QMessageBox)
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.window() is root
        if not isinstance(widget.parentWidget(), compound) and not isinstance(widget, QHeaderView)
    ]


def label(widget: QWidget) -> str:
    name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return f"{type(widget).__name__} {name!r}"


def focus_stops(root: QWidget) -> list[QWidget]:
    """Press Tab until the focus is where it was; return where it came by."""
    stops: list[QWidget] = []
    for _ in range(MAX_STOPS):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in stops and focus is not stops[-1]:  # a text with links keeps the focus for each of them
            return stops
        if focus not in stops:
            stops.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    if len(stops) == 1:  # there is no other
        return stops
    pytest.fail(f"Tab does not come round: {[label(stop) for stop in stops]}")


@pytest.mark.parametrize("scene", SCENES, ids=name_of)
def test_every_widget_has_its_name_and_the_focus_its_way(
    qapp: QApplication, announcements: Announcements, studio: Studio, scene: Scene
) -> None:
    """Everything in one walk, because getting a window into its state is what takes the time."""
    root = (scene(studio) or studio.shown).window()
    settle()
    assert unsaid(name_of(scene), announcements) == [], announcements
    if isinstance(root, QTS_OWN):
        return
    assert walk(root) == []
    if name_of(scene) in EACH:
        assert unseen(root) == []
        enlarge(qapp, 2 * FONT_PX)
        settle()
        assert walk(root) == []


def walk(root: QWidget) -> list[str]:
    """Find what is wrong with names, keys, and the way of the focus."""
    widgets = shown(root)
    # A window before this one may just be going, and takes the focus with it.
    root.activateWindow()
    assert QTest.qWaitForWindowActive(root, PATIENCE_MS)
    if QApplication.focusWidget() is None:
        QTest.keyClick(root, Qt.Key.Key_Tab)
    stops = focus_stops(root)
    return [
        *nameless(widgets),
        *said_by_hovering_alone(widgets),
        *double_mnemonics(root, widgets),
        *(f"out of reach: {label(widget)}" for widget in unreached(widgets, stops)),
        *backward(stops),
    ]


def backward(stops: list[QWidget]) -> list[str]:
    """Find where the focus goes up or to the left; from the last to the first it may."""
    steps = [(a, b) for a, b in pairwise([*stops, stops[0]]) if _is_backward(a, b)]
    return [f"back: from {label(a)} to {label(b)}" for a, b in steps] if len(steps) > 1 else []


def _is_backward(a: QWidget, b: QWidget) -> bool:
    """Tell whether one reads ``b`` before ``a``, by where the parts of the window are in which they are."""
    while not a.isAncestorOf(b) and not b.isAncestorOf(a) and a.parentWidget() is not b.parentWidget():
        outer_a, outer_b = a.parentWidget(), b.parentWidget()
        assert outer_a is not None
        assert outer_b is not None
        a, b = (a, outer_b) if outer_a.isAncestorOf(b) else (outer_a, b)
    if a.parentWidget() is not b.parentWidget():
        return b.isAncestorOf(a)  # back to the area in which it is
    before, after = a.geometry(), b.geometry()
    if after.bottom() < before.top():
        return True
    if QApplication.isRightToLeft():
        before, after = after, before
    return after.right() < before.left() and b.y() <= a.geometry().bottom()


def nameless(widgets: list[QWidget]) -> list[str]:
    """Find what a screen reader could not name, or not say what it is."""
    faults = []
    for widget in widgets:
        interface = QAccessible.queryAccessibleInterface(widget)
        if isinstance(widget, INTERACTIVE) and not interface.text(QAccessible.Text.Name).strip():
            faults.append(f"no name: {type(widget).__name__} in {type(widget.parentWidget()).__name__}")
        if isinstance(widget, INTERACTIVE) and interface.role() is QAccessible.Role.NoRole:
            faults.append(f"no role: {label(widget)}")
    return faults


def said_by_hovering_alone(widgets: list[QWidget]) -> list[str]:
    """Find tool tips that say what neither text, name nor description does."""
    faults = []
    for widget in widgets:
        tip = re.sub(r"\s*\((Ctrl\+|F)\d\)$", "", widget.toolTip())
        text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
        if tip and not any(tip in said for said in (text, widget.accessibleName(), widget.accessibleDescription())):
            faults.append(f"only in its tool tip: {tip!r} of {label(widget)}")
    return faults


def double_mnemonics(root: QWidget, widgets: list[QWidget]) -> list[str]:
    """Find keys that two things of a window answer to."""
    texts = [widget.text() for widget in widgets if isinstance(widget, QAbstractButton)]
    keys = [found[1].casefold() for text in texts if (found := re.search(r"(?<!&)&([^&\s])", text))]
    shortcuts = [
        shortcut.key().toString()
        for shortcut in root.findChildren(QShortcut)
        if isinstance(owner := shortcut.parent(), QWidget) and owner.isVisible()
    ]
    return [f"two answer to {key}" for key, count in Counter([*keys, *shortcuts]).items() if count > 1]


def unreached(widgets: list[QWidget], stops: list[QWidget]) -> list[QWidget]:
    """Return what can be pressed but not be reached."""
    proxies = {stop.focusProxy() for stop in stops}
    return [
        widget
        for widget in widgets
        if isinstance(widget, PRESSED) and widget.isEnabled() and widget not in stops and widget not in proxies
        if not _is_reached_by_arrows(widget)
    ]


def _is_reached_by_arrows(widget: QWidget) -> bool:
    """Tell whether a widget is one of several of which one is chosen: Tab goes to that one, arrows to the others."""
    return isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked()


def unseen(root: QWidget) -> list[str]:
    """Find what looks the same with the focus and without."""
    faults = []
    for widget in shown(root):
        if isinstance(widget, PRESSED) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.clearFocus()
            before = widget.grab().toImage()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
            if widget.grab().toImage() == before:
                faults.append(f"the focus is not seen on {label(widget)}")
    return faults


WORDS: Final = {
    "installing": ["Installing: "],
    "installed": ["llama.cpp for CPU: Everything is as it was signed."],
    "update-with-banner": ["Notice: b11203 is faster on old processors."],
    "rolled-back": ["llama.cpp for CPU: "],
    "wrong-hash": ["llama.cpp for CPU: The update was stopped."],
    "offline": ["Offline: The sources cannot be reached."],
    "broken-registry": ["Nothing is trusted: "],
    "damaged": ["llama.cpp for CPU: The check found faults."],
    "run-starting": ["Working: Starting on port 18080"],
    "run-healthy": ["Healthy: Answers at http://127.0.0.1:18080/"],
    "run-crashed": ["Failed: It does not run."],
    "activity": ["Installing: Paused"],
    "settings-refused": ["bad-setting"],
    "health-problems": ["The check found faults"],
}


def unsaid(name: str, announcements: Announcements) -> list[str]:
    """Find what a screen reader should have been told to say in a scene."""
    return [words for words in WORDS.get(name, ()) if not any(words in said for said in announcements)]


def test_every_announcement_belongs_to_a_scene() -> None:
    assert {*WORDS, *EACH} <= {name_of(scene) for scene in SCENES}
