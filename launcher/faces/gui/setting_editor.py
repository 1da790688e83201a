"""The editor that fits a setting: a switch, a choice, a number, a line, or a list of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, scaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.care_views import SettingView

LIST_KINDS = frozenset({"channels", "urls", "hosts"})
LIST_LINES = 3
_GIB = 2**30


class Editor(QWidget):
    """One editor.

    Signals:
        wanted: The person wants another value; carries the words of ``settings set``.
    """

    wanted = Signal(list)

    def __init__(self, setting: SettingView) -> None:
        """Make the editor of a setting; where something else decides, it only shows."""
        super().__init__()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP_M)
        kind, value = setting["kind"], setting["value"]
        if kind == "flag":
            part: QWidget = self._switch(is_on=bool(value))
        elif kind == "choice":
            part = self._choice(setting)
        elif kind in LIST_KINDS:
            part = self._list([str(item) for item in value] if isinstance(value, list) else [])
        elif setting["name"].endswith("_bytes") and isinstance(value, int):
            part = self._line(_gib_text(value), "", unit="GiB", to_word=_bytes_word)
        else:
            part = self._line("" if value is None else str(value), say(setting["allowed"]))
            if kind == "path":
                self._add_chooser(part)
        self.part = part
        part.setAccessibleName(setting_title(setting["name"]))
        part.setAccessibleDescription(say(setting["sentence"]))
        self.setFocusProxy(part)
        self.setEnabled(setting["ruled_by"] is None)

    def _switch(self, *, is_on: bool) -> QCheckBox:
        box = QCheckBox(translate("settings", "On"))
        box.setChecked(is_on)
        box.toggled.connect(lambda is_checked: self.wanted.emit(["true" if is_checked else "false"]))
        self._box.addWidget(box)
        return box

    def _choice(self, setting: SettingView) -> QComboBox:
        box = QComboBox()
        for choice in setting["choices"]:
            box.addItem(choice_word(choice), choice)
        box.setCurrentIndex(box.findData(setting["value"]))
        box.currentIndexChanged.connect(lambda _index: self.wanted.emit([box.currentData()]))
        self._box.addWidget(box)
        return box

    def _line(self, value: str, allowed: str, unit: str = "", to_word: Callable[[str], str] = str.strip) -> QLineEdit:
        line = QLineEdit(value)
        line.setPlaceholderText(allowed)
        save = Button(translate("settings", "Save"))
        save.setVisible(False)
        line.textChanged.connect(lambda text: save.setVisible(text != value))
        save.clicked.connect(lambda: self.wanted.emit([to_word(line.text())]))
        line.returnPressed.connect(lambda: self.wanted.emit([to_word(line.text())]) if line.text() != value else None)
        self._box.addWidget(line, 1)
        if unit:
            said = Text()
            said.setText(unit)
            self._box.addWidget(said)
        self._box.addWidget(save)
        return line

    def _add_chooser(self, line: QLineEdit) -> None:
        choose = Button(translate("settings", "Choose…"), "folder")
        choose.clicked.connect(lambda: _ask_for_file(line))
        self._box.insertWidget(1, choose)

    def _list(self, values: list[str]) -> QPlainTextEdit:
        lines = _Lines("\n".join(values))
        save = Button(translate("settings", "Save"))
        save.setVisible(False)
        lines.textChanged.connect(lambda: save.setVisible(lines.values != values))
        save.clicked.connect(lambda: self.wanted.emit(lines.values))
        self._box.addWidget(lines, 1)
        self._box.addWidget(save, 0, Qt.AlignmentFlag.AlignTop)
        return lines


class _Lines(QPlainTextEdit):
    """One value a line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(translate("settings", "none; one a line"))
        self.setFixedHeight(LIST_LINES * self.fontMetrics().lineSpacing() + scaled(18))

    @property
    def values(self) -> list[str]:
        """What is on the lines, without the empty ones."""
        return [line.strip() for line in self.toPlainText().splitlines() if line.strip()]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(scaled(220), self.height())


def _ask_for_file(line: QLineEdit) -> None:
    dialog = QFileDialog(line, line.accessibleName())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(line.setText)
    dialog.open()


def _gib_text(size_bytes: int) -> str:
    return f"{size_bytes / _GIB:.6g}"


def _bytes_word(text: str) -> str:
    """Return a number of GiB as the bytes of the settings; what is no number is refused there, as it was typed."""
    try:
        return str(round(float(text.strip().replace(",", ".")) * _GIB))
    except (ValueError, OverflowError):
        return text.strip()


def setting_title(name: str) -> str:
    """Return what a setting is called; one that this version does not know by its name in the file."""
    titles = {
        "channels": translate("settings", "Channels"),
        "sources": translate("settings", "Sources"),
        "http_hosts": translate("settings", "Hosts without encryption"),
        "proxy": translate("settings", "Proxy"),
        "ca_file": translate("settings", "Certificates"),
        "offline": translate("settings", "Offline"),
        "require_signed": translate("settings", "Demand signatures"),
        "store_root": translate("settings", "Location"),
        "keep_newest": translate("settings", "Revisions that stay"),
        "min_free_bytes": translate("settings", "Free space to keep"),
        "min_free_percent": translate("settings", "Free part to keep, in percent"),
        "check_updates": translate("settings", "Look for updates"),
        "download_updates": translate("settings", "Download updates"),
        "activate_updates": translate("settings", "Activate updates"),
        "parallel_downloads": translate("settings", "Downloads at once"),
        "appearance": translate("settings", "Appearance"),
        "language": translate("settings", "Language"),
        "tray": translate("settings", "Show in the tray"),
        "close_to_tray": translate("settings", "Stay in the tray"),
        "notifications": translate("settings", "Notifications"),
        "log_level": translate("settings", "What is kept"),
    }
    return titles.get(name, name)


def choice_word(choice: str) -> str:
    """Return a choice in words."""
    words = {
        "ask": translate("settings", "Ask"),
        "automatic": translate("settings", "By itself"),
        "never": translate("settings", "Never"),
        "system": translate("settings", "As the system"),
        "light": translate("settings", "Light"),
        "dark": translate("settings", "Dark"),
        "en": "English",
        "de": "Deutsch",
        "error": translate("settings", "Failures only"),
        "info": translate("settings", "What jobs say, too"),
    }
    return words.get(choice, choice)
