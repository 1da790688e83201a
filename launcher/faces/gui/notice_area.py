"""The strips above the list: operators' banners, problems of sources and trust, the sample's note, and the undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from launcher.faces.gui.announce import announce
from launcher.faces.gui.banner_text import rich_text, severity_look
from launcher.faces.gui.controls import Text
from launcher.faces.gui.notice_acts import add_acts, find_acts
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.quantities import age_text
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.texts import error_in_full
from launcher.faces.gui.theme import GAP_M, Tone

if TYPE_CHECKING:
    from launcher.domain.views import BannerView, CatalogView, ErrorView
    from launcher.faces.gui.events import Outcome
    from launcher.faces.gui.overview import Snapshot

# "Banners are calm: at most two on screen, the rest counted" (7-screens, rule 8).
MAX_BANNERS: Final = 2
_NETWORK_CODES: Final = frozenset(
    {"bad-proxy-settings", "fetch-failed", "http-status", "no-connection", "transfer-cut", "transfer-stalled"}
)
_REGISTRY_CODES: Final = frozenset({"bad-signer-registry", "no-signer-registry"})


class NoticeArea(QWidget):
    """All strips, the most urgent on top.

    Signals:
        refresh_asked: Ask the sources again.
        undo_asked: Take the rollback back.
        dismissed: Never show this banner again; carries its key.
        ordered: Do what a banner asks for; carries the `Order`.
        bundle_asked: Show the bundle that a banner is about; carries its id.
        more_asked: Show all notices.
    """

    refresh_asked = Signal()
    undo_asked = Signal()
    dismissed = Signal(str)
    ordered = Signal(object)
    bundle_asked = Signal(str)
    more_asked = Signal()

    def __init__(self) -> None:
        """Make an empty area."""
        super().__init__()
        self._later: set[str] = set()
        self._most = MAX_BANNERS
        self._snapshot: Snapshot | None = None
        self._asked: list[CatalogView] = []
        self._failure: ErrorView | None = None
        self._shown: object = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP_M)
        self._undo: Strip | None = None
        self._sample: Strip | None = None
        self._strips: list[Strip] = []
        self._take_room()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what a new reading says."""
        self._snapshot = snapshot
        self._show()

    def show_refresh(self, outcome: Outcome) -> None:
        """Show what came of asking the sources; the next answer replaces it."""
        self._asked = list((outcome.result or {}).get("catalogs") or [])
        is_explained = any(catalog["problem"] for catalog in self._asked)
        self._failure = None if is_explained or outcome.status != "failed" else outcome.error
        self._show()

    def show_sample(self) -> None:
        """Say in one line what the sample registry is."""
        text = self.tr(
            "A test registry on this machine, with its own key and folders. Your own runtimes are not touched."
        )
        self._sample = Strip(Tone.NEUTRAL, "sample", self.tr("Sample registry"), text)
        self._box.addWidget(self._sample)
        self._take_room()

    def show_undo(self, text: str) -> None:
        """Offer to take a rollback back; the strip stays until it is used, closed, or something else changes."""
        self.hide_undo()
        self._undo = Strip(Tone.GOOD, "roll-back", "", text)
        self._undo.add_button(self.tr("Undo"), self.undo_asked.emit, "undo")
        self._undo.add_button(self.tr("Close"), self.hide_undo)
        self._box.insertWidget(0, self._undo)
        self._take_room()

    def hide_undo(self) -> None:
        """Take the undo strip away."""
        if self._undo is not None:
            _remove(self._undo)
            self._undo = None
            self._take_room()

    def save_height(self, *, is_low: bool) -> None:
        """Show one banner only where there is little height, and count the rest."""
        self._most = 1 if is_low else MAX_BANNERS
        self._show()

    def _show(self) -> None:
        """Make the strips anew if they say something else; otherwise they stay as they are, with their focus."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        # What the sources said a moment ago is newer than what the last reading found of them on the disk.
        catalogs = list({catalog["path"]: catalog for catalog in (*snapshot.catalogs, *self._asked)}.values())
        explained = [catalog["problem"] for catalog in catalogs]
        problems = [problem for problem in (*snapshot.problems, self._failure) if problem and problem not in explained]
        acts = [find_acts(banner, snapshot) for banner in snapshot.banners]
        shown = (snapshot.banners, acts, problems, catalogs, snapshot.more_banners, sorted(self._later), self._most)
        if shown == self._shown:
            return
        self._shown = shown
        known = {strip.accessibleName() for strip in self._strips}
        for strip in self._strips:
            _remove(strip)
        self._strips = [*self._problems(problems, catalogs), *self._banners(snapshot)]
        for strip in self._strips:
            self._box.addWidget(strip)
        self._take_room()
        for strip in self._strips:
            if strip.accessibleName() not in known:
                announce(strip, strip.accessibleName())

    def _take_room(self) -> None:
        """Take room, and the gap below, only where there is something to say."""
        self.setVisible(any((self._undo, self._sample, self._strips)))

    def _problems(self, problems: list[ErrorView], catalogs: list[CatalogView]) -> list[Strip]:
        strips = [self._problem(error) for error in problems]
        failed = [catalog for catalog in catalogs if catalog["problem"]]
        offline = [catalog for catalog in failed if _code(catalog) in _NETWORK_CODES]
        refused = [catalog for catalog in failed if _code(catalog) not in _NETWORK_CODES]
        if refused:
            strips.append(self._refused(refused))
        if offline:
            strips.append(self._offline(offline))
        return strips

    def _problem(self, error: ErrorView) -> Strip:
        if error["code"] in _REGISTRY_CODES:
            strip = Strip(Tone.DANGER, "security", self.tr("Nothing is trusted"), say_error(error))
        else:
            strip = Strip(Tone.WARNING, "warning", self.tr("Problem"), say_error(error))
        strip.add_more(self.tr("Details"), _facts([error]))
        strip.add_button(self.tr("Try again"), self.refresh_asked.emit)
        return strip

    def _refused(self, catalogs: list[CatalogView]) -> Strip:
        first = catalogs[0]["problem"]
        message = say_error(first) if first else ""
        text = (
            message
            if len(catalogs) == 1
            else self.tr("%n catalog(s) were refused. {message}", "", len(catalogs)).format(message=message)
        )
        strip = Strip(Tone.WARNING, "warning", self.tr("Catalog refused"), text)
        strip.add_more(self.tr("Details"), _facts([catalog["problem"] for catalog in catalogs if catalog["problem"]]))
        strip.add_button(self.tr("Try again"), self.refresh_asked.emit)
        return strip

    def _offline(self, catalogs: list[CatalogView]) -> Strip:
        verified = max(catalog["fetched_at"] or "" for catalog in catalogs)
        text = (
            self.tr("The sources cannot be reached. What is shown was verified {age}; all that is installed works.")
            if verified
            else self.tr("The sources cannot be reached. All that is installed works.")
        )
        strip = Strip(Tone.NEUTRAL, "offline", self.tr("Offline"), text.format(age=age_text(verified)))
        strip.add_more(self.tr("Details"), _facts([catalog["problem"] for catalog in catalogs if catalog["problem"]]))
        strip.add_button(self.tr("Try again"), self.refresh_asked.emit)
        return strip

    def _banners(self, snapshot: Snapshot) -> list[Strip]:
        waiting = [banner for banner in snapshot.banners if banner["key"] not in self._later]
        strips = [self._banner(banner, snapshot) for banner in waiting[: self._most]]
        more = len(waiting) - len(strips) + snapshot.more_banners
        if more and strips:
            strips[-1].add_button(self.tr("%n more", "", more), self.more_asked.emit, "notices")
        return strips

    def _banner(self, banner: BannerView, snapshot: Snapshot) -> Strip:
        tone, icon_name, word = severity_look(banner["severity"])
        title = banner["title"] if banner["is_signed"] else self.tr("{title} (unsigned)").format(title=banner["title"])
        strip = Strip(tone, icon_name, word, title)
        strip.add_more(self.tr("What changed"), rich_text(banner["html"], self))
        add_acts(strip, banner, snapshot, self.ordered.emit, self.bundle_asked.emit)
        strip.add_button(self.tr("Later"), lambda: self._put_off(banner["key"]))
        if banner["is_dismissible"]:
            strip.add_button(self.tr("Dismiss"), lambda: self.dismissed.emit(banner["key"]))
        return strip

    def _put_off(self, key: str) -> None:
        self._later.add(key)
        self._show()


def _code(catalog: CatalogView) -> str:
    return catalog["problem"]["code"] if catalog["problem"] else ""


def _facts(errors: list[ErrorView]) -> QLabel:
    """Return errors in full: what was expected, what was there, what helps."""
    text = Text(can_be_copied=True)
    text.setText("\n\n".join(map(error_in_full, errors)))
    return text


def _remove(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
