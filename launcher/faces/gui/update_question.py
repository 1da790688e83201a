"""The calm line that asks whether to look for, fetch or activate updates, where the settings say to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from launcher.domain.update_policy import Deed
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Tone

if TYPE_CHECKING:
    from launcher.domain.update_policy import UpdatePlan
    from launcher.faces.gui.update_keeper import UpdateKeeper


class UpdateQuestion(QWidget):
    """Shows at most one question, above whichever screen is open."""

    def __init__(self, keeper: UpdateKeeper) -> None:
        """Ask what ``keeper`` asks."""
        super().__init__()
        self._keeper = keeper
        self._strip: Strip | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(GAP_L, GAP_L - GAP_S, GAP_L, 0)
        keeper.asked.connect(self.ask)
        self.hide()

    def ask(self, plan: UpdatePlan) -> None:
        """Show another question, or none."""
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
        if plan.deed is not None:
            self._strip = strip = Strip(Tone.ACCENT, "update", "", _question(plan))
            strip.add_button(_yes(plan), lambda: self._keeper.carry_out(plan))
            strip.add_button(translate("updates", "Later"), lambda: self._keeper.put_off(plan))
            self._box.addWidget(strip)
        self._box.setSpacing(GAP_M)
        self.setVisible(plan.deed is not None)


def _question(plan: UpdatePlan) -> str:
    count = len(plan.bundle_ids)
    if plan.deed is Deed.CHECK:
        return translate("updates", "Look for updates now?")
    if plan.deed is Deed.DOWNLOAD:
        return translate("updates", "%n update(s) can be downloaded. What runs now stays as it is.", "", count)
    return translate("updates", "%n update(s) are downloaded and verified. Make them active?", "", count)


def _yes(plan: UpdatePlan) -> str:
    words = {
        Deed.CHECK: translate("updates", "Look now"),
        Deed.DOWNLOAD: translate("updates", "Download"),
        Deed.ACTIVATE: translate("updates", "Activate"),
    }
    return words[plan.deed or Deed.CHECK]
