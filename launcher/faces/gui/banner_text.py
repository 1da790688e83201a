"""How an operators' notice looks wherever it is shown."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import Tone

Severity = Literal["info", "action", "security"]


def severity_look(severity: Severity) -> tuple[Tone, str, str]:
    """Return colour, icon and word of a severity."""
    return {
        "info": (Tone.ACCENT, "info", translate("banner", "Notice")),
        "action": (Tone.WARNING, "action", translate("banner", "Action needed")),
        "security": (Tone.DANGER, "security", translate("banner", "Security")),
    }[severity]


class _RichText(QLabel):
    """Rich text lays its colours out once; links must be readable in the other scheme too."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Lay the text out again when the scheme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and (text := self.text()):
            self.clear()
            self.setText(text)


def rich_text(html: str, parent: QWidget) -> QLabel:
    """Return sanitised text of ours; a link opens only after showing where it leads (threat table, section F)."""
    label = _RichText(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    label.linkActivated.connect(lambda link: ask_before_opening(link, parent))
    return label


def ask_before_opening(link: str, parent: QWidget) -> None:
    """Show where a link leads, and open it in the browser only when the person says so."""
    url = QUrl(link)
    if url.scheme() not in {"https", "http"}:
        return
    box = QMessageBox(
        QMessageBox.Icon.Question, translate("banner", "Open a web page?"), url.toDisplayString(), parent=parent
    )
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.button(QMessageBox.StandardButton.Open).clicked.connect(lambda: QDesktopServices.openUrl(url))
    box.open()
