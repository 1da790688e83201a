"""The Settings screen, made from what ``arw-cli settings list`` tells of each of them (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Card
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.language import speak
from launcher.faces.gui.page import Page
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.setting_row import SettingRow
from launcher.faces.gui.source_editor import SourceEditor
from launcher.faces.gui.store_mover import StoreEditor
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone

if TYPE_CHECKING:
    from launcher.domain.care_views import SettingView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

GROUPS: Final = {
    "window": ("appearance", "language", "notifications", "tray", "close_to_tray"),
    "updates": ("check_updates", "download_updates", "activate_updates", "parallel_downloads"),
    "sources": ("channels", "sources"),
    "trust": ("require_signed",),
    "network": ("offline", "proxy", "ca_file", "http_hosts"),
    "store": ("store_root", "keep_newest", "min_free_bytes", "min_free_percent"),
    "log": ("log_level",),
}


class SettingsScreen(Page):
    """A card for each group, and a row for each setting of it."""

    def __init__(self, desk: Desk) -> None:
        """Read and change the settings through the queue of ``desk``."""
        super().__init__(
            translate("settings", "Settings"),
            translate("settings", "Each takes effect at once, here and in the command line program."),
        )
        self._desk = desk
        self._rows: dict[str, SettingRow] = {}
        self._shown: dict[str, SettingView] = {}
        self._answer = Answer()
        self._answer.done.connect(self._on_read)
        self._lines = Lines(GAP_M + GAP_S)
        self.body.addWidget(self._answer)
        self.body.addLayout(self._lines)
        desk.preferences.reading.connect(self._answer.follow)
        self.read()

    def read(self) -> None:
        """Show what is in force now."""
        self._desk.preferences.read()

    def change(self, name: str, words: list[str]) -> None:
        """Change a setting by the words of an `arw-cli` command."""
        job = self._desk.queue.submit(Order(Verb.SET, tuple(words), about=name))
        job.ended.connect(self._on_changed)

    def _on_changed(self, job: Job) -> None:
        row = self._rows.get(job.order.about)
        error = job.outcome.error if job.outcome else None
        if job.state is JobState.FAILED and error is not None and row is not None:
            row.show_problem(error)
        else:
            self.read()

    def _on_read(self, job: Job) -> None:
        result: dict[str, Any] = (job.outcome.result if job.outcome else None) or {}
        if job.state is JobState.DONE:
            settings = cast("list[SettingView]", result.get("settings") or [])
            self._show({setting["name"]: setting for setting in settings})

    def _show(self, settings: dict[str, SettingView]) -> None:
        if "language" in settings:
            self._speak(str(settings["language"]["value"]))
        before, self._shown = self._shown, settings
        if not self._lines.is_news(list(settings)):
            for name, row in list(self._rows.items()):
                if settings[name] != before[name]:
                    self._replace(row, settings[name])
            return
        self._rows.clear()
        for group, names in GROUPS.items():
            known = [settings[name] for name in names if name in settings]
            if known:
                card = Card(_heading(group))
                card.box.setSpacing(GAP_L)
                for setting in known:
                    card.box.addWidget(self._row(setting))
                self._lines.addWidget(card)

    def _replace(self, row: SettingRow, setting: SettingView) -> None:
        """Show a setting anew; what is being typed into the other rows stays, and so does the focus."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and row.isAncestorOf(focus)
        fresh = self._row(setting)
        cast("Card", row.parentWidget()).box.replaceWidget(row, fresh)
        row.hide()
        row.deleteLater()
        fresh.show()
        if had_focus:
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, setting: SettingView) -> SettingRow:
        name = setting["name"]
        special: QWidget | None = None
        if name == "sources":
            special = sources = SourceEditor(setting, self._desk.queue)
            sources.wanted.connect(lambda words: self.change(name, words))
        elif name == "store_root":
            special = store = StoreEditor(setting, self._desk)
            store.moved.connect(self.read)
        row = self._rows[name] = SettingRow(setting, special)
        row.wanted.connect(lambda words: self.change(name, ["settings", *words]))
        return row

    def _speak(self, language: str) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication) or language == self._desk.remembered.language:
            return
        self._desk.remembered.language = language
        if speak(app, language) and self._desk.queue.jobs:
            text = translate("settings", "The window speaks the other language once its jobs have ended.")
            self._answer.tell(Tone.NEUTRAL, "info", text)


def _heading(group: str) -> str:
    return {
        "window": translate("settings", "This window"),
        "updates": translate("settings", "Updates"),
        "sources": translate("settings", "Channels and sources"),
        "trust": translate("settings", "Trust"),
        "network": translate("settings", "Network"),
        "store": translate("settings", "Store"),
        "log": translate("settings", "Log"),
    }[group]
