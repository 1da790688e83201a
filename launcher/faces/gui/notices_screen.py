"""The Notices screen: what the operators tell, and what was dismissed (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from launcher.faces.gui.banner_text import Severity, rich_text, severity_look
from launcher.faces.gui.bundle_view import EmptyState
from launcher.faces.gui.controls import Text
from launcher.faces.gui.jobs import Order, Verb
from launcher.faces.gui.page import Page
from launcher.faces.gui.quantities import date_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.views import BannerView
    from launcher.faces.gui.screens import Desk

SEVERITIES: Final[tuple[Severity, ...]] = ("security", "action", "info")


class NoticesScreen(Page):
    """All notices that concern this machine, then those that were dismissed here."""

    def __init__(self, desk: Desk) -> None:
        """Show what ``desk`` reads."""
        super().__init__(
            translate("notices", "Notices"),
            translate("notices", "What the operators of your sources say about the bundles of this machine."),
        )
        self._desk = desk
        self.severity = QComboBox()
        self.severity.setAccessibleName(self.tr("Kind of notice"))
        self.severity.addItem(self.tr("All kinds"), "")
        for severity in SEVERITIES:
            self.severity.addItem(severity_look(severity)[2], severity)
        self.severity.currentIndexChanged.connect(self._show)
        self.add_head(self.severity)
        self._empty = EmptyState(
            "notices", self.tr("No notices"), self.tr("Nothing concerns this machine at the moment.")
        )
        self._lines, self._past = Lines(GAP_M), Lines(GAP_M)
        self._heading = Text(Type.HEADING)
        self._heading.setText(self.tr("Dismissed"))
        self.body.addWidget(self._empty)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._past)
        desk.reader.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        snapshot = self._desk.reader.snapshot
        wanted = self.severity.currentData()
        current = list(snapshot.banners) if snapshot else []
        keys = {banner["key"] for banner in current}
        past = [banner for banner in self._desk.remembered.dismissed if banner["key"] not in keys]
        shown = [banner for banner in current if wanted in {"", banner["severity"]}]
        shown_past = [banner for banner in past if wanted in {"", banner["severity"]}]
        self._empty.setVisible(not shown and not shown_past)
        self._heading.setVisible(bool(shown_past))
        if self._lines.is_news(shown):
            for banner in shown:
                self._lines.addWidget(self._strip(banner))
        if self._past.is_news(shown_past):
            for banner in shown_past:
                self._past.addWidget(self._past_strip(banner))

    def _strip(self, banner: BannerView) -> Strip:
        tone, icon_name, word = severity_look(banner["severity"])
        strip = Strip(tone, icon_name, word, _title(banner))
        strip.add_below(self._text(banner))
        if banner["is_dismissible"]:
            strip.add_button(self.tr("Dismiss"), lambda: self._dismiss(banner))
        return strip

    def _past_strip(self, banner: BannerView) -> Strip:
        _, icon_name, word = severity_look(banner["severity"])
        strip = Strip(Tone.NEUTRAL, icon_name, word, _title(banner))
        strip.add_more(self.tr("What changed"), self._text(banner))
        strip.add_button(self.tr("Restore"), lambda: self._restore(banner), "undo")
        return strip

    def _text(self, banner: BannerView) -> QWidget:
        facts = Text(Type.SMALL, is_muted=True, can_be_copied=True)
        day = date_text(f"{banner['date']}T12:00:00Z")
        facts.setText(" · ".join([day, banner["channel"], *banner["bundles"]]))
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, GAP_S)
        box.setSpacing(GAP_S)
        box.addWidget(rich_text(banner["html"], self))
        box.addWidget(facts)
        return both

    def _dismiss(self, banner: BannerView) -> None:
        self._desk.queue.submit(Order(Verb.DISMISS, ("runtime", "bundles", "notices", "--dismiss", banner["key"])))

    def _restore(self, banner: BannerView) -> None:
        self._desk.queue.submit(Order(Verb.RESTORE, ("runtime", "bundles", "notices", "--restore", banner["key"])))


def _title(banner: BannerView) -> str:
    if banner["is_signed"]:
        return banner["title"]
    return translate("notices", "{title} (unsigned)").format(title=banner["title"])
