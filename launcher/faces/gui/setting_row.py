"""One row of the Settings screen: what a setting is for, its editor, and beside it what is wrong with a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.announce import announce
from launcher.faces.gui.controls import Button, Pictogram, Text
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.quantities import size_text
from launcher.faces.gui.setting_editor import Editor, choice_word, setting_title
from launcher.faces.gui.texts import error_in_full, translate
from launcher.faces.gui.theme import GAP_L, GAP_S, Tone, Type, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from launcher.domain.care_views import SettingView
    from launcher.domain.views import ErrorView

EDITOR_PX = 360
LEAST_WORDS_PX = 200


class SettingRow(QWidget):
    """A setting. Beside what is said of it stands ``editor``, or below it where that needs the width.

    Attributes:
        name: The setting's, as ``arw-cli settings`` has it.

    Signals:
        wanted: The person wants a change; carries the words after ``arw-cli settings``.
    """

    wanted = Signal(list)

    def __init__(self, setting: SettingView, editor: QWidget | None = None) -> None:
        """Make the row of a setting; ``editor`` takes the place of the usual one, over the whole width."""
        super().__init__()
        self.name = name = setting["name"]
        title, sentence = Text(Type.STRONG), Text(Type.SMALL, is_muted=True)
        title.setText(setting_title(name))
        sentence.setText(say(setting["sentence"]))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(sentence)
        self._side = side = QVBoxLayout()
        side.setSpacing(GAP_S)
        self._problem = _Marked("warning", Tone.DANGER)
        self._box = box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._usual: Editor | None = None
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_S)
        box.addLayout(words, 1)
        box.addLayout(side)
        if editor is None:
            words.addStretch(1)
            editor = usual = self._usual = self._usual_editor(setting)
            title.setBuddy(usual.part)  # else a screen reader takes these words for loose ones, and says all at once
            sentence.setBuddy(usual.part)
        self.setFocusProxy(editor)
        side.addWidget(editor)
        side.addWidget(self._problem)
        self._add_note(setting)
        side.addStretch(1)
        self.setAccessibleName(f"{title.text()}: {sentence.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the editor beside the words where both have room."""
        super().resizeEvent(event)
        if self._usual is None:
            return
        is_wide = self.width() >= scaled(EDITOR_PX + LEAST_WORDS_PX)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._usual.setMinimumWidth(scaled(EDITOR_PX) if is_wide else 0)
        if direction is not self._box.direction():
            self._box.setDirection(direction)
            self._box.setSpacing(GAP_L if is_wide else GAP_S)

    def show_problem(self, error: ErrorView) -> None:
        """Say beside the field what is wrong with what was typed; it stays there to be corrected."""
        self._problem.show_text(error_in_full(error))
        announce(self, self._problem.accessibleName())

    def _usual_editor(self, setting: SettingView) -> Editor:
        editor = Editor(setting)
        editor.setMaximumWidth(scaled(EDITOR_PX))
        name = self.name
        editor.wanted.connect(
            lambda values: self.wanted.emit(["set", name, *values] if any(values) else ["reset", name])
        )
        return editor

    def _add_note(self, setting: SettingView) -> None:
        if setting["ruled_by"]:
            ruled = _Marked("security", Tone.NEUTRAL)
            self._side.addWidget(ruled)  # before it is shown: alone it would be a window
            ruled.show_text(translate("settings", "Decided by {ruler}").format(ruler=setting["ruled_by"]))
        elif not setting["is_default"] and setting["name"] not in {"store_root", "sources"}:
            reset = Button(self.tr("Reset to {value}").format(value=value_text(setting)), "undo", "plain")
            reset.setAccessibleName(self.tr("Reset {name}").format(name=setting_title(self.name)))
            reset.clicked.connect(lambda: self.wanted.emit(["reset", self.name]))
            self._side.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)


class _Marked(QWidget):
    """A small text with a picture before it; hidden until there is one."""

    def __init__(self, icon_name: str, tone: Tone) -> None:
        super().__init__()
        self._text = Text(Type.SMALL, is_muted=tone is Tone.NEUTRAL, can_be_copied=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_S)
        box.addWidget(Pictogram(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self._text, 1)
        self.hide()

    def show_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(self._text.text())
        self.show()


def value_text(setting: SettingView) -> str:
    """Return the default of a setting in words."""
    default = setting["default"]
    if isinstance(default, bool):
        return translate("settings", "on") if default else translate("settings", "off")
    if isinstance(default, list):
        return ", ".join(default) or translate("settings", "none")
    if isinstance(default, int) and setting["name"].endswith("_bytes"):
        return size_text(default)
    return choice_word(str(default)) if default not in {None, ""} else translate("settings", "none")
