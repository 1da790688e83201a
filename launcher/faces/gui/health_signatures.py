"""Whose word the installed bundles are, in one sentence, and whether signatures are demanded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from launcher.faces.gui.chips import Chip, Look
from launcher.faces.gui.controls import Card, Text
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, Tone

if TYPE_CHECKING:
    from launcher.domain.views import SignatureSummary
    from launcher.faces.gui.overview import Snapshot


class SignaturesCard(Card):
    """The signature summary with the enforcement badge, and what the catalogs' signers are trusted until."""

    def __init__(self) -> None:
        """Make an empty card."""
        super().__init__(translate("health", "Signatures"))
        self._enforced, self._state = Chip(), Chip()
        chips = QHBoxLayout()
        chips.setSpacing(GAP_M)
        chips.addWidget(self._state)
        chips.addWidget(self._enforced)
        chips.addStretch(1)
        self._sentence = Text(can_be_copied=True)
        self._signers = Text(is_muted=True, can_be_copied=True)
        self.box.addLayout(chips)
        self.box.addWidget(self._sentence)
        self.box.addWidget(self._signers)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a new reading."""
        summary = snapshot.signature_summary
        self.setVisible(bool(summary))
        if not summary:
            return
        self._state.become(_state_look(summary))
        self._enforced.become(_enforcement_look(is_enforced=summary["enforced"]))
        self._sentence.setText(_sentence(summary))
        signers = {
            say(catalog["signature"]["sentence"]) for catalog in snapshot.catalogs if catalog["signature"]["key_id"]
        }
        signers |= {
            say(revision["signature"]["sentence"])
            for entry in snapshot.entries.values()
            for revision in entry.bundle["revisions"]
        }
        self._signers.show_text("\n".join(sorted(signers)))


def _state_look(summary: SignatureSummary) -> Look:
    if not summary["total"]:
        return Look("installed", translate("health", "Nothing installed"), Tone.NEUTRAL)
    if summary["ok"]:
        return Look("trusted", translate("health", "All trusted"), Tone.GOOD)
    return Look("untrusted", translate("health", "Not all trusted"), Tone.WARNING)


def _enforcement_look(*, is_enforced: bool) -> Look:
    if is_enforced:
        return Look("security", translate("health", "Signatures demanded"), Tone.ACCENT)
    return Look("info", translate("health", "Signatures not demanded"), Tone.NEUTRAL)


def _sentence(summary: SignatureSummary) -> str:
    if not summary["total"]:
        return translate("health", "Once a bundle is installed, this tells whose word it is.")
    text = translate(
        "health",
        "{trusted} of %n installed bundle(s) are signed by a key that this machine trusts.",
        "",
        summary["total"],
    )
    facts = [text.format(trusted=summary["trusted"])]
    if summary["missing_signatures"]:
        facts.append(translate("health", "%n carry no signature.", "", summary["missing_signatures"]))
    if summary["rejected"]:
        facts.append(translate("health", "%n were refused.", "", summary["rejected"]))
    return " ".join(facts)
