"""The keys that the window knows, and what this program is."""

from __future__ import annotations

import platform
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from launcher import __version__
from launcher.faces.gui.controls import Button, Card, Text
from launcher.faces.gui.dialogs import take_size
from launcher.faces.gui.rail import HELP_KEYS
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type

WIDTH_PX: Final = 600
HEIGHT_PX: Final = 520
LICENSE: Final = "MIT"


class HelpDialog(QDialog):
    """Keys above, the program below; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("help", "Help"))
        about = Card(translate("help", "About ARW Launcher"))
        words = Text(can_be_copied=True)
        words.setText(about_text())
        about.box.addWidget(words)
        self._copy = Button(translate("help", "Copy"), "copy")
        self._copy.setAccessibleName(translate("help", "Copy what the program is"))
        self._copy.clicked.connect(self._on_copy)
        close = Button(translate("help", "Close"), variant="primary")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M + GAP_S)
        content = QWidget()
        content.setObjectName("details")
        cards = QVBoxLayout(content)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(GAP_M + GAP_S)
        cards.addWidget(_keys_card())
        cards.addWidget(about)
        cards.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(translate("help", "Help"))
        area.setWidget(content)
        box.addWidget(area, 1)
        box.addLayout(buttons)
        take_size(self, WIDTH_PX, HEIGHT_PX)
        close.setFocus()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(about_text())
        self._copy.setText(translate("help", "Copied"))


def keys() -> list[tuple[list[QKeySequence], str]]:
    """Return all keys of the window, each with what it does."""
    standard, single = QKeySequence.StandardKey, Qt.Key
    return [
        ([QKeySequence(key) for key in HELP_KEYS], translate("help", "Show this help")),
        ([QKeySequence(f"Ctrl+{number}") for number in range(1, 7)], translate("help", "Go to a screen")),
        ([QKeySequence(standard.Find)], translate("help", "Search the bundles")),
        ([QKeySequence(standard.Refresh)], translate("help", "Ask the sources again")),
        ([QKeySequence(single.Key_Up), QKeySequence(single.Key_Down)], translate("help", "Choose a bundle")),
        (
            [QKeySequence(single.Key_Return)],
            translate("help", "Do what the button of the chosen bundle does; in a narrow window, show its details"),
        ),
        ([QKeySequence(standard.Back)], translate("help", "Go back to the list, in a narrow window")),
        (
            [QKeySequence(single.Key_Escape)],
            translate("help", "Clear the search, cancel the chosen bundle's job, or close a dialog"),
        ),
        (
            [QKeySequence(single.Key_Tab), QKeySequence("Shift+Tab")],
            translate("help", "Go to the next or the previous control"),
        ),
        ([QKeySequence(single.Key_Space)], translate("help", "Press the button that has the focus")),
    ]


def about_text() -> str:
    """Return what this program is, as a report of a bug needs it."""
    facts = (
        (translate("help", "Version"), __version__),
        (translate("help", "Licence"), LICENSE),
        (translate("help", "Runs on"), f"{platform.system()} {platform.machine()}"),
        (translate("help", "Made with"), f"Python {platform.python_version()}, Qt {qVersion()}"),
    )
    return "\n".join(f"{name}: {value}" for name, value in facts)


def _keys_card() -> Card:
    card = Card(translate("help", "Keyboard"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP_L)
    grid.setVerticalSpacing(GAP_S)
    grid.setColumnStretch(1, 1)
    for row, (sequences, meaning) in enumerate(keys()):
        names = [sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences]
        key, what = Text(Type.STRONG), Text()
        key.setWordWrap(False)
        key.setText(f"{names[0]} … {names[-1]}" if len(names) > 2 else ", ".join(names))  # noqa: PLR2004 - a range
        what.setText(meaning)
        what.setAccessibleName(f"{key.text()}: {meaning}")
        for column, text in enumerate((key, what)):
            grid.addWidget(text, row, column, Qt.AlignmentFlag.AlignTop)
    card.box.addLayout(grid)
    return card
