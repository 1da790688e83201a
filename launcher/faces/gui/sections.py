"""The sections of the details panel; each shows one side of a bundle and keeps its widgets while bundles change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.domain.reason import BLOCKING, ReasonCode
from launcher.faces.gui.chips import Chip, trust_look
from launcher.faces.gui.controls import Button, Card, Code, Pictogram, Text
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.quantities import size_text
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, ReasonView


class Lines(QVBoxLayout):
    """Lines that are made anew when what they show has changed, and only then, so that the focus stays."""

    def __init__(self, gap: int = GAP_S) -> None:
        """Make no lines."""
        super().__init__()
        self.setSpacing(gap)
        self._shown: object = None

    def is_news(self, shown: object) -> bool:
        """Remove the lines and return True if ``shown`` is not what they were made of."""
        if shown == self._shown:
            return False
        self._shown = shown
        while (item := self.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        return True


class FitSection(Card):
    """Why the bundle fits this machine or does not, and what would help."""

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("On this machine"))
        self._lines = Lines(GAP_M)
        self.box.addLayout(self._lines)

    def show_bundle(self, bundle: BundleView) -> None:
        """Show the reasons of a bundle."""
        if self._lines.is_news(bundle["reasons"]):
            for reason in bundle["reasons"]:
                self._lines.addWidget(_reason_line(reason))


class SignatureSection(Card):
    """Whose word the bundle is."""

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("Signature"))
        self._chip = Chip()
        self._sentence = Text(can_be_copied=True)
        self._warnings = Text(is_muted=True, can_be_copied=True)
        self._key = Code()
        for widget in (self._chip, self._sentence, self._key, self._warnings):
            self.box.addWidget(widget)

    def show_bundle(self, bundle: BundleView) -> None:
        """Show the signature of what is active, or of the offer."""
        trust = bundle["signature"]
        self._chip.become(trust_look(trust["state"]))
        self._sentence.show_text(say(trust["sentence"]))
        self._key.show_text(trust["key_id"] or "")
        error = trust["error"]
        self._warnings.show_text("\n".join([*([say_error(error)] if error else []), *map(say, trust["warnings"])]))


class FilesSection(Card):
    """Where the files are and what they take."""

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("Files and disk"))
        self._use = Text()
        self._index = Text(is_muted=True)
        self._path = Code()
        self._folder = ""
        self._open = Button(self.tr("Open folder"), "folder")
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        buttons = FlowLayout()
        buttons.addWidget(self._open)
        for widget in (self._use, self._index, self._path):
            self.box.addWidget(widget)
        self.box.addLayout(buttons)

    def show_bundle(self, bundle: BundleView) -> None:
        """Show the disk use of a bundle, or what its download would be."""
        active = bundle["active"]
        self._open.setVisible(active is not None)
        if active is None:
            size = bundle["download_bytes"]
            self._use.show_text(self.tr("Download: {size}").format(size=size_text(size)) if size else "")
            self._index.show_text("")
            self._path.show_text("")
            self.setVisible(bool(size))
            return
        self.show()
        self._folder = active["path"]
        total = size_text(sum(revision["size_bytes"] for revision in bundle["revisions"]))
        count = len(bundle["revisions"])
        text = self.tr("Active revision: {active}.")
        if count > 1:
            text += " " + self.tr(
                "All %n revision(s): {total}; large files that they share are on the disk once.", "", count
            )
        self._use.show_text(text.format(active=size_text(active["size_bytes"]), total=total))
        self._index.show_text(
            self.tr("The list of files was signed by the publisher.")
            if active["index"] == "signed"
            else self.tr("The list of files was recorded when the signed archive was unpacked.")
        )
        self._path.show_text(active["path"])


class AboutSection(Card):
    """What the publisher says about the bundle."""

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("About"))
        self._description = Text(can_be_copied=True)
        self._notes = Text(can_be_copied=True)
        self._facts = Text(is_muted=True, can_be_copied=True)
        for widget in (self._description, self._notes, self._facts):
            self.box.addWidget(widget)

    def show_bundle(self, bundle: BundleView) -> None:
        """Show description, notes, licence and platforms."""
        self._description.show_text(bundle["description"])
        self._notes.show_text("\n".join(f"•  {note}" for note in bundle["notes"]))
        facts = (
            (self.tr("Licence"), bundle["license"] or ""),
            (self.tr("Made for"), ", ".join(bundle["platforms"])),
            (self.tr("Works with"), ", ".join(bundle["modalities"])),
        )
        self._facts.show_text("\n".join(f"{name}: {value}" for name, value in facts if value))


def _reason_line(reason: ReasonView) -> QWidget:
    line = QWidget()
    is_blocking = reason["code"] in BLOCKING
    look = {
        ReasonCode.RECOMMENDED: ("recommended", Tone.ACCENT),
        ReasonCode.UPDATE_AVAILABLE: ("update", Tone.ACCENT),
        ReasonCode.LOW_MEMORY: ("warning", Tone.WARNING),
    }
    usual = ("not-for-this-machine", Tone.NEUTRAL) if is_blocking else ("check", Tone.GOOD)
    icon_name, tone = next((found for code, found in look.items() if code == reason["code"]), usual)
    sentence = Text(can_be_copied=True)
    sentence.setText(say(reason["sentence"]))
    act = Text(is_muted=True, can_be_copied=True)
    act.show_text(say(reason["act"] or ""))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(sentence)
    words.addWidget(act)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP_M)
    row.addWidget(Pictogram(icon_name, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    line.setAccessibleName(sentence.text())
    return line
