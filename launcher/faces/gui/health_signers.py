"""The signer registry: whose keys are trusted, for what, and which of them end soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.chips import Chip, Look
from launcher.faces.gui.controls import Card, Code, Text
from launcher.faces.gui.jobs import Order, Verb
from launcher.faces.gui.quantities import date_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.care_views import SignersView, SignerView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

READ: Final = Order(Verb.READ_SIGNERS, ("runtime", "bundles", "keys", "list"), is_writer=False)


class SignersCard(Card):
    """A line for each key, those that need something first."""

    def __init__(self, desk: Desk) -> None:
        """Read the registry through the queue of ``desk``."""
        super().__init__(translate("health", "Trusted signers"))
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        self._lines = Lines(GAP_M)
        self._path = Code()
        self.box.addWidget(self._answer)
        self.box.addLayout(self._lines)
        self.box.addWidget(self._path)
        self._path.hide()
        self._answer.follow(desk.queue.submit(READ))

    def _on_done(self, job: Job) -> None:
        result = job.outcome.result if job.outcome else None
        if not result or "signers" not in result or not self._lines.is_news(result):
            return
        view = cast("SignersView", result)
        self._path.show_text(view["path"])
        if not view["signers"] and not view["problem"]:
            nobody = Text(is_muted=True)
            nobody.setText(self.tr("Nobody is trusted."))
            self._lines.addWidget(nobody)
        for signer in view["signers"]:
            self._lines.addWidget(_line(signer))


def _line(signer: SignerView) -> QWidget:
    name = Text(Type.STRONG, can_be_copied=True)
    name.setText(signer["key_id"])
    facts = Text(Type.SMALL, is_muted=True)
    facts.setText(" · ".join(filter(None, [signer["issuer"], ", ".join(signer["channels"]), _until(signer)])))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(name)
    words.addWidget(facts)
    chip = Chip(_look(signer))
    line = QWidget()
    box = QHBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GAP_M)
    box.addLayout(words, 1)
    box.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    line.setAccessibleName(f"{name.text()}, {facts.text()}, {chip.accessibleName()}")
    return line


def _until(signer: SignerView) -> str:
    if signer["expires_at"] is None:
        return translate("health", "without an end")
    if signer["state"] == "expired":
        return translate("health", "until {date}").format(date=date_text(signer["expires_at"]))
    days = signer["days_left"] or 0
    text = translate("health", "until {date}, for %n more day(s)", "", days)
    return text.format(date=date_text(signer["expires_at"]))


def _look(signer: SignerView) -> Look:
    return {
        "valid": Look("trusted", translate("health", "Valid"), Tone.GOOD),
        "expiring": Look("warning", translate("health", "Ends soon"), Tone.WARNING),
        "expired": Look("invalid", translate("health", "Expired"), Tone.DANGER),
        "not-yet-valid": Look("info", translate("health", "Not yet valid"), Tone.NEUTRAL),
        "revoked": Look("invalid", translate("health", "Revoked"), Tone.DANGER),
    }[signer["state"]]
