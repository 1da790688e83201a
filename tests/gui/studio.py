"""Where pictures of the window are taken: fixed size, font, clock, language, and a stage of scripted workers.

Everything that could differ from machine to machine is fixed in the environment, so that it must be set before Qt
starts: `surroundings` gives it, and whoever takes pictures does so in a process of its own.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractAnimation, QDeadlineTimer, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar

import launcher.faces.gui
from launcher.faces.gui.controls import Button
from launcher.faces.gui.language import speak
from launcher.faces.gui.theme import apply_scheme
from launcher.faces.gui.window import FIRST_SIZE, MainWindow
from tests.gui.in_german import in_german
from tests.gui.scene import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

SIZE: Final = FIRST_SIZE
FONT: Final = "Inter"
FONTS: Final = Path(__file__).with_name("fonts")
FONT_PX: Final = 14
NOW: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
IS_GERMAN: Final = os.environ.get("PICTURE_LANGUAGE") == "DE"
PATIENCE_MS: Final = 60_000
BUSY_SHARE: Final = 0.4


def surroundings(home: Path) -> dict[str, str]:
    """Return an environment in which pictures come out alike everywhere.

    Args:
        home: An empty folder: nothing of this person's is seen, and nothing is left there.
    """
    theirs = ("QT_", "LC_", "LANG", "ARW_", "XDG_", "KDE_", "GTK_", "DISPLAY", "WAYLAND_DISPLAY", "FONTCONFIG_")
    folders = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
    home.chmod(0o700)  # Qt warns about a run-time folder that others can enter
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(theirs)},
        **dict.fromkeys(folders, str(home)),
        "HOME": str(home),
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "de" if IS_GERMAN else "en",
        "QT_ENABLE_HIGHDPI_SCALING": "0",
        "QT_FONT_DPI": "96",
        "QT_QPA_PLATFORM": "offscreen",
        "TZ": "UTC",
    }


class StoppedClock(datetime):
    """A datetime whose now is always `NOW`."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> StoppedClock:
        """Return `NOW`."""
        return cls.fromtimestamp(NOW.timestamp(), tz)


def hours_ago(hours: int) -> str:
    """Return a time before `NOW`."""
    return (NOW - timedelta(hours=hours)).isoformat()


def furnish() -> QApplication:
    """Make the application as every picture wants it; to be called once, in the environment of `surroundings`."""
    for module in pkgutil.iter_modules(launcher.faces.gui.__path__, "launcher.faces.gui."):
        members = vars(importlib.import_module(module.name))
        if members.get("datetime") is datetime:
            members["datetime"] = StoppedClock
        if "monotonic" in members:
            members["monotonic"] = lambda: 0.0  # nothing stalls, and no speed is measured
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    speak(app, "de" if IS_GERMAN else "en")
    app.setStyle("Fusion")
    app.setCursorFlashTime(0)
    return app


class Studio:
    """A window with a stage of its own, and ways to get it into a state."""

    def __init__(self, folder: Path) -> None:
        self.stage = Stage(folder)
        self.window: MainWindow | None = None

    @staticmethod
    def dress(app: QApplication, text_px: int = int(os.environ.get("PICTURE_TEXT", FONT_PX))) -> None:
        """Give the application the usual font, direction and scheme, with letters so high."""
        font = QFont(FONT)
        font.setPixelSize(text_px)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        app.setFont(font)
        is_reversed = os.environ.get("PICTURE_DIRECTION") == "RTL"
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if is_reversed else Qt.LayoutDirection.LeftToRight)
        apply_scheme(app, is_dark=False)

    def open(self, *flags: str) -> MainWindow:
        """Open the window and wait until it has read everything."""
        self.start(*flags)
        self.wait_for_quiet()
        return self.shown

    def start(self, *flags: str) -> MainWindow:
        """Open the window and do not wait."""
        self.window = MainWindow(flags, self.stage.command)
        self.window.resize(SIZE)
        self.window.show()
        self.wait(lambda: self.shown.is_open)
        return self.window

    @property
    def shown(self) -> MainWindow:
        """The window."""
        assert self.window is not None
        return self.window

    @staticmethod
    def wait(is_so: Callable[[], object]) -> None:
        """Let the event loop run until something is so, and has been painted."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not is_so():
            assert not deadline.hasExpired(), "the window did not get there"
            QTest.qWait(1)
        settle()

    def wait_for_quiet(self) -> None:
        """Wait until no job is left."""
        self.wait(lambda: not self.shown.queue.jobs)

    def wait_for(self, verb: str) -> None:
        """Wait until a worker was asked for something, and no job is left."""
        self.wait(lambda: self.stage.calls(verb) and not self.shown.queue.jobs)

    def press(self, text: str) -> None:
        """Press the visible button with an English text; in a narrow window that may be one of the details."""
        text = in_german(text) if IS_GERMAN else text
        if self.shown.runtimes.panes.is_single and not self._find_buttons(text):
            self.show_details()
        try:
            self._find_buttons(text)[0].click()
        except IndexError:
            raise AssertionError((text, [button.full_text for button in self._find_buttons("")])) from None

    def show_details(self) -> None:
        """Open the details of the chosen bundle where they stand in place of the list."""
        QTest.keyClick(self.shown.runtimes.view, Qt.Key.Key_Return)
        settle()

    def _find_buttons(self, text: str) -> list[Button]:
        return [button for button in self.shown.findChildren(Button) if button.isVisible() and text in button.full_text]

    def go(self, key: str) -> QWidget:
        """Open a screen."""
        self.shown.screens.open(key)
        settle()
        return self.shown.screens.visit(key)

    def close(self) -> None:
        """Close the window and wait until nothing runs."""
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self.window:
                dialog.close()
        self.wait(self._is_stopped)
        self.shown.close()
        self.shown.deleteLater()
        settle()

    def _is_stopped(self) -> bool:
        """Stop every job, also one that was only ordered because another one ended."""
        self.shown.queue.cancel_all()
        return not self.shown.queue.jobs


def settle() -> None:
    """Let everything that was posted happen, layouts of layouts included."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def picture_of(widget: QWidget) -> QImage:
    """Return what a widget looks like; bars that move stand still at a fixed place, and what fades in is there."""
    for animation in widget.findChildren(QAbstractAnimation):
        animation.setCurrentTime(animation.totalDuration())
    for bar in widget.findChildren(QProgressBar):
        if bar.minimum() == bar.maximum():
            bar.setMaximum(1000)
            bar.setValue(round(bar.maximum() * BUSY_SHARE))
    settle()
    return widget.grab().toImage()
