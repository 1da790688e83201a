"""The few windows that open beside the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.quantities import date_text
from launcher.faces.gui.texts import error_facts, error_in_full, translate
from launcher.faces.gui.theme import GAP_L, GAP_M, Type, monospace, scaled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.domain.views import TrustView
    from launcher.faces.gui.jobs import Job


WIDTH_PX: Final = 440


class TextDialog(QDialog):
    """A text to read and copy; does not block the window."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        take_size(self, 720, 420)
        self._text = QPlainTextEdit(text, readOnly=True)
        self._text.setFont(monospace())
        self._text.setAccessibleName(title)
        self._text.setTabChangesFocus(True)
        copy = Button(self.tr("Copy all"), "copy")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        close = Button(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        box.addWidget(self._text)
        box.addLayout(buttons)


class Question(QDialog):
    """A question before something that cannot be taken back; Escape means no."""

    def __init__(self, question: str, what: str, yes: str, parent: QWidget) -> None:
        """Make the dialog; `open` shows it, and `accepted` means yes.

        Args:
            question: What is asked, in a few words.
            what: What a yes does.
            yes: The button's text.
            parent: The widget that it belongs to.
        """
        super().__init__(parent)
        self.setMinimumWidth(scaled(WIDTH_PX))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        heading, text = Text(Type.HEADING), Text()
        heading.setText(question)
        text.setText(what)
        accept, reject = Button(yes, variant="primary"), Button(self.tr("Cancel"))
        accept.clicked.connect(self.accept)
        reject.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addStretch(1)
        buttons.addWidget(reject)
        buttons.addWidget(accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        box.addWidget(heading)
        box.addWidget(text)
        box.addSpacing(GAP_M)
        box.addLayout(buttons)
        reject.setFocus()


def take_size(dialog: QDialog, width_px: int, height_px: int) -> None:
    """Make a dialog so large, at the usual text size, as far as the screen has room for it."""
    dialog.resize(QSize(scaled(width_px), scaled(height_px)).boundedTo(dialog.screen().availableSize()))


def log_text(job: Job) -> str:
    """Return a job's log with its error in full."""
    lines = [*job.log]
    if job.outcome and job.outcome.error:
        lines += error_facts(job.outcome.error)
    return "\n".join(lines) or translate("dialogs", "The job left no log.")


def signer_text(trust: TrustView) -> str:
    """Return whose signature a bundle carries, and what is wrong with it."""
    facts = (
        (translate("dialogs", "Verdict"), say(trust["sentence"])),
        (translate("dialogs", "Issuer"), trust["issuer"] or ""),
        (translate("dialogs", "Key"), trust["key_id"] or ""),
        (translate("dialogs", "Trusted until"), date_text(trust["expires_at"])),
    )
    lines = [f"{name}: {value}" for name, value in facts if value]
    if error := trust["error"]:
        lines += ["", error_in_full(error)]
    return "\n".join([*lines, *map(say, trust["warnings"])])
