"""The Notices screen: what the operators tell, what can be done about it, and what is past (7-screens)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from launcher.faces.gui.banner_text import Severity, rich_text, severity_look
from launcher.faces.gui.bundle_view import EmptyState
from launcher.faces.gui.choice import NamedChoice
from launcher.faces.gui.controls import Text
from launcher.faces.gui.events import Row
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.notice_acts import add_acts, find_acts
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.overview import Snapshot
from launcher.faces.gui.page import Page
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.quantities import age_text, date_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.views import BannerView
    from launcher.faces.gui.events import Event, Outcome
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

SEVERITIES: Final[tuple[Severity, ...]] = ("security", "action", "info")
NOW: Final = "now"
PAST: Final = "past"
_WORDS: Final = ("runtime", "bundles", "notices")


class NoticesScreen(Page):
    """All notices that concern this machine, then the archive: those that were dismissed, are over or are done.

    Signals:
        bundle_asked: Show the bundle that a notice is about; carries its id.
    """

    bundle_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Show what ``desk`` reads."""
        super().__init__(
            translate("notices", "Notices"),
            translate("notices", "What the operators of your sources say about the bundles of this machine."),
        )
        self._desk = desk
        self._archive: list[BannerView] = []
        self._coming: list[BannerView] = []
        self._reading: Job | None = None
        self._failure = ""
        self.time = self._choice(self.tr("Which notices"), [(self.tr("Now and past"), "")])
        for title, value in ((self.tr("Only now"), NOW), (self.tr("Only past"), PAST)):
            self.time.addItem(title, value)
        self.severity = self._choice(self.tr("Kind of notice"), [(self.tr("All kinds"), "")])
        for severity in SEVERITIES:
            self.severity.addItem(severity_look(severity)[2], severity)
        self._empty = EmptyState("notices", self.tr("No notices"), "", self.tr("Check now"), desk.reader.refresh)
        self._no_match = EmptyState(
            "search",
            self.tr("No notice of this kind"),
            self.tr("There are notices, but the choices above hide them all."),
            self.tr("Show all notices"),
            self._show_all,
        )
        self._lines, self._past = Lines(GAP_M), Lines(GAP_M)
        self._heading = Text(Type.HEADING)
        self._heading.setText(self.tr("Past"))
        self.body.addWidget(self._empty)
        self.body.addWidget(self._no_match)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._heading)
        self.body.addLayout(self._past)
        desk.reader.changed.connect(self._on_changed)
        desk.reader.busy.connect(lambda _is_busy: self._say_when())
        desk.reader.refreshed.connect(self._on_refreshed)
        self._on_changed()

    def _choice(self, name: str, first: list[tuple[str, str]]) -> NamedChoice:
        choice = NamedChoice(name)
        for title, value in first:
            choice.addItem(title, value)
        choice.currentIndexChanged.connect(self._show)
        self.add_head(choice)
        return choice

    def _on_changed(self) -> None:
        """Read the archive too, which is not part of the overview."""
        self._show()
        self._coming = []
        self._reading = self._desk.queue.submit(Order(Verb.NOTICES, (*_WORDS, "--all"), is_writer=False))
        self._reading.told.connect(self._on_told)
        self._reading.ended.connect(self._on_read)

    def _on_told(self, event: Event) -> None:
        if isinstance(event, Row) and event.kind == "banner":
            self._coming.append(cast("BannerView", event.value))

    def _on_read(self, job: Job) -> None:
        if job is self._reading and job.state is JobState.DONE:
            self._archive = [banner for banner in self._coming if banner["standing"] != "current"]
            self._show()

    def _show(self) -> None:
        snapshot = self._desk.reader.snapshot or Snapshot()
        kind, time = self.severity.currentData(), self.time.currentData()
        keys = {banner["key"] for banner in snapshot.banners}
        archive = [banner for banner in self._archive if banner["key"] not in keys]
        now = [banner for banner in snapshot.banners if kind in {"", banner["severity"]} and time != PAST]
        past = [banner for banner in archive if kind in {"", banner["severity"]} and time != NOW]
        is_empty, has_any = not now and not past, bool(snapshot.banners or archive)
        self._empty.setVisible(is_empty and not has_any)
        self._no_match.setVisible(is_empty and has_any)
        self._say_when()
        self._heading.setVisible(bool(past))
        if self._lines.is_news([(banner, find_acts(banner, snapshot)) for banner in now]):
            for banner in now:
                self._lines.addWidget(self._strip(banner, snapshot))
        if self._past.is_news(past):
            for banner in past:
                self._past.addWidget(self._past_strip(banner))

    def _say_when(self) -> None:
        """Say what appears here, and how old the sources' word is that there is nothing."""
        reader = self._desk.reader
        catalogs = reader.snapshot.catalogs if reader.snapshot else []
        asked_at = max((catalog["fetched_at"] or "" for catalog in catalogs), default="")
        when = self.tr("Your sources were asked {age}.").format(age=age_text(asked_at))
        sentences = (
            self.tr("Warnings, necessary steps and news about the bundles of this machine appear here."),
            self.tr("Your sources are being asked.") if reader.is_refreshing else when if asked_at else "",
            "" if reader.is_refreshing else self._failure,
        )
        self._empty.words.setText("\n".join(filter(None, sentences)))
        self._empty.button.setEnabled(not reader.is_refreshing)

    def _on_refreshed(self, outcome: Outcome) -> None:
        self._failure = say_error(outcome.error) if outcome.error else ""
        self._say_when()

    def _show_all(self) -> None:
        for choice in (self.time, self.severity):
            choice.setCurrentIndex(0)

    def _strip(self, banner: BannerView, snapshot: Snapshot) -> Strip:
        tone, icon_name, word = severity_look(banner["severity"])
        strip = Strip(tone, icon_name, word, _title(banner))
        strip.add_below(self._text(banner))
        add_acts(strip, banner, snapshot, self._desk.queue.submit, self.bundle_asked.emit)
        if banner["is_dismissible"]:
            strip.add_button(self.tr("Dismiss"), lambda: self._submit(Verb.DISMISS, banner))
        return strip

    def _past_strip(self, banner: BannerView) -> Strip:
        _, icon_name, word = severity_look(banner["severity"])
        strip = Strip(Tone.NEUTRAL, icon_name, word, _title(banner))
        strip.add_more(self.tr("What changed"), self._text(banner))
        why = Text(Type.SMALL, is_muted=True)
        why.setText(
            {
                "over": self.tr("Its time has passed."),
                "done": self.tr("What it asks for is done."),
                "dismissed": self.tr("You dismissed it."),
            }.get(banner["standing"], "")
        )
        why.setContentsMargins(0, 0, 0, GAP_S)
        strip.add_below(why)
        if banner["standing"] == "dismissed":
            strip.add_button(self.tr("Restore"), lambda: self._submit(Verb.RESTORE, banner), "undo")
        return strip

    def _text(self, banner: BannerView) -> QWidget:
        facts = Text(Type.SMALL, is_muted=True, can_be_copied=True)
        day = date_text(f"{banner['date']}T12:00:00Z")
        until = self.tr("until {date}").format(date=date_text(banner["until"])) if banner["until"] else ""
        facts.setText(" · ".join(filter(None, [day, until, banner["channel"], *banner["bundles"]])))
        both = QWidget()
        box = QVBoxLayout(both)
        box.setContentsMargins(0, 0, 0, GAP_S)
        box.setSpacing(GAP_S)
        if banner["html"]:
            box.addWidget(rich_text(banner["html"], self))
        box.addWidget(facts)
        return both

    def _submit(self, verb: Verb, banner: BannerView) -> None:
        flag = "--dismiss" if verb is Verb.DISMISS else "--restore"
        self._desk.queue.submit(Order(verb, (*_WORDS, flag, banner["key"])))


def _title(banner: BannerView) -> str:
    if banner["is_signed"]:
        return banner["title"]
    return translate("notices", "{title} (unsigned)").format(title=banner["title"])
