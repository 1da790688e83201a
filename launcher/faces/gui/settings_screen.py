"""The Settings screen, made from what ``arw-cli settings list`` tells of each of them (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Card, Pictogram, Text
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.language import speak
from launcher.faces.gui.page import Page
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.preferences import READ
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.setting_editor import Editor, choice_word, setting_title
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone, Type, scaled

if TYPE_CHECKING:
    from launcher.domain.care_views import SettingView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

# Settings that this window does not act on yet are for `arw-cli settings`; here they would promise what is not so.
GROUPS: Final = (
    ("appearance", "language", "notifications", "tray", "close_to_tray"),
    ("parallel_downloads",),
    ("channels", "sources"),
    ("require_signed", "offline", "proxy", "ca_file", "http_hosts"),
    ("store_root", "keep_newest", "min_free_bytes", "min_free_percent"),
    ("log_level",),
)
EDITOR_PX: Final = 340


class SettingsScreen(Page):
    """A card for each group, and a row for each setting of it."""

    def __init__(self, desk: Desk) -> None:
        """Read and change the settings through the queue of ``desk``."""
        super().__init__(
            translate("settings", "Settings"),
            translate("settings", "Each takes effect at once, here and in the command line program."),
        )
        self._desk = desk
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        self._lines = Lines(GAP_M + GAP_S)
        self.body.addWidget(self._answer)
        self.body.addLayout(self._lines)
        self._read()

    def _read(self) -> None:
        self._answer.follow(self._desk.queue.submit(READ))

    def _change(self, words: list[str]) -> None:
        if self._answer.is_busy:
            return
        self._answer.follow(self._desk.queue.submit(Order(Verb.SET, ("settings", *words), about=words[1])))

    def _on_done(self, job: Job) -> None:
        result: dict[str, Any] = (job.outcome.result if job.outcome else None) or {}
        if job.order.verb is Verb.SET:
            self._read_again(job)
            return
        if job.state is JobState.DONE:
            settings = cast("list[SettingView]", result.get("settings") or [])
            self._show({setting["name"]: setting for setting in settings})

    def _read_again(self, job: Job) -> None:
        """Show what is in force now; after a refusal the editors go back to it, and the refusal stays to be read."""
        if job.state is JobState.FAILED:
            self._lines.is_news(job)
            reading = self._desk.queue.submit(READ)
            reading.ended.connect(self._on_done)
        else:
            self._read()

    def _show(self, settings: dict[str, SettingView]) -> None:
        language = settings.get("language")
        if language is not None:
            self._speak(str(language["value"]))
        if not self._lines.is_news(settings):
            return
        for names in GROUPS:
            rows = [self._row(settings[name]) for name in names if name in settings]
            if rows:
                card = Card()
                card.box.setSpacing(GAP_L)
                for row in rows:
                    card.box.addWidget(row)
                self._lines.addWidget(card)

    def _speak(self, language: str) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication) or language == self._desk.remembered.language:
            return
        self._desk.remembered.language = language
        if speak(app, language) and self._desk.queue.jobs:
            text = translate("settings", "The window speaks the other language once its jobs have ended.")
            self._answer.tell(Tone.NEUTRAL, "info", text)

    def _row(self, setting: SettingView) -> QWidget:
        row = QWidget()
        title = Text(Type.STRONG)
        title.setText(setting_title(setting["name"]))
        sentence = Text(Type.SMALL, is_muted=True)
        sentence.setText(say(setting["sentence"]))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(sentence)
        words.addStretch(1)
        editor = Editor(setting)
        name = setting["name"]
        editor.wanted.connect(lambda values: self._change(["set", name, *values] if any(values) else ["reset", name]))
        editor.setFixedWidth(scaled(EDITOR_PX))
        side = QVBoxLayout()
        side.setSpacing(GAP_S)
        side.addWidget(editor)
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_L)
        box.addLayout(words, 1)
        box.addLayout(side)
        if setting["ruled_by"]:
            side.addWidget(_ruled(setting["ruled_by"]))
        elif not setting["is_default"]:
            reset = Button(self.tr("Reset to {value}").format(value=_value_text(setting)), "undo", "plain")
            reset.setAccessibleName(self.tr("Reset {name}").format(name=title.text()))
            reset.clicked.connect(lambda: self._change(["reset", setting["name"]]))
            side.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        row.setAccessibleName(f"{title.text()}: {sentence.text()}")
        return row


def _ruled(by: str) -> QWidget:
    line = QWidget()
    text = Text(Type.SMALL, is_muted=True)
    text.setText(translate("settings", "Decided by {ruler}").format(ruler=by))
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GAP_S)
    box.addWidget(Pictogram("security"), 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(text, 1)
    return line


def _value_text(setting: SettingView) -> str:
    default = setting["default"]
    if isinstance(default, bool):
        return translate("settings", "on") if default else translate("settings", "off")
    if isinstance(default, list):
        return ", ".join(default) or translate("settings", "none")
    return choice_word(str(default)) if default not in {None, ""} else translate("settings", "none")
