"""The doctor's list: what installations depend on, what is wrong with it, and what helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Card, Pictogram, Text
from launcher.faces.gui.file_watch import nearest_folder
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.phrasebook import say, say_error
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.store_mover import ask_where_to
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.care_views import CheckView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.screens import Desk

DOCTOR: Final = Order(Verb.DOCTOR, ("runtime", "bundles", "doctor"), is_writer=False)
_BUNDLES: Final = ("runtime", "bundles")
REFRESH, PRUNE, REPAIR = (*_BUNDLES, "refresh"), (*_BUNDLES, "prune"), (*_BUNDLES, "repair")
MOVE: Final = (*_BUNDLES, "move")
CLEAN_UP: Final = (*MOVE, "--clean-up")
RESET: Final = ("settings", "reset")
# The commands that this window carries out; of two that begin alike the longer one comes first.
REMEDIES: Final = {
    REFRESH: ("refresh", Verb.REFRESH),
    PRUNE: ("search", Verb.PREVIEW),
    REPAIR: ("repair", Verb.REPAIR),
    CLEAN_UP: ("remove", Verb.MOVE),
    MOVE: ("folder", Verb.MOVE),
    RESET: ("undo", Verb.SET),
}
_LOOKS: Final = {"ok": ("check", Tone.GOOD), "warning": ("warning", Tone.WARNING), "broken": ("warning", Tone.DANGER)}


class DoctorCard(Card):
    """A button, then a line for each check, those that need something first.

    Signals:
        prune_asked: Show which old revisions could go.
    """

    prune_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        """Check through the queue of ``desk``."""
        super().__init__(translate("health", "Doctor"))
        self._queue = desk.queue
        self._desk = desk
        self._is_remedy = False
        self._again = Button()
        about = Text(is_muted=True)
        about.setText(
            self.tr("Looks at settings, network, signers, catalogs, store, disk and graphics; says what helps.")
        )
        self._button = Button(self.tr("Check this machine"), "health")
        self._button.clicked.connect(self._on_check)
        buttons = FlowLayout()
        buttons.addWidget(self._button)
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        self._lines = Lines(GAP_M + 4)
        self.box.addWidget(about)
        self.box.addLayout(buttons)
        self.box.addWidget(self._answer)
        self.box.addLayout(self._lines)

    def _on_check(self) -> None:
        if not self._answer.is_busy:
            self._button.setEnabled(False)
            self._answer.follow(self._queue.submit(DOCTOR))

    def _on_done(self, job: Job) -> None:
        if self._is_remedy:  # whatever came of it, only another look tells how it is now
            self._is_remedy = False
            if job.state is JobState.FAILED:
                self._again.setEnabled(True)
            else:
                self._on_check()
            return
        self._button.setEnabled(True)
        result: dict[str, Any] = (job.outcome.result if job.outcome else None) or {}
        checks: list[CheckView] | None = result.get("checks")
        if checks is None or not self._lines.is_news(job):
            return
        self._answer.hide()  # what is broken stands in the list
        order = ("broken", "warning", "ok")
        for check in sorted(checks, key=lambda check: order.index(check["status"])):
            self._lines.addWidget(self._line(check))

    def _line(self, check: CheckView) -> QWidget:
        icon_name, tone = _LOOKS[check["status"]]
        words = {
            "ok": translate("health", "{name}: fine"),
            "warning": translate("health", "{name}: look at this"),
            "broken": translate("health", "{name}: broken"),
        }
        said = say_error(check["error"]) if check["error"] else say(check["sentence"])
        name = Text(Type.STRONG)
        name.setText(words[check["status"]].format(name=_check_word(check["name"])))
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(name)
        for sentence, is_muted in ((said, False), (say(check["act"] or ""), True)):
            if sentence:
                line = Text(is_muted=is_muted, can_be_copied=True)
                line.setText(sentence)
                text.addWidget(line)
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_M)
        box.addWidget(Pictogram(icon_name, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(text, 1)
        if check["status"] != "ok":
            box.addWidget(self._button_of(check), 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{name.text()}. {said}")
        return row

    def _button_of(self, check: CheckView) -> Button:
        """Return the button of what helps; where that needs a person, it leads there or looks whether it was done."""
        words = tuple(check["command"] or ())
        remedy = next((known for known in REMEDIES if words[: len(known)] == known), None)
        if remedy is not None:
            icon_name, verb = REMEDIES[remedy]
            button = Button(_remedy_text(remedy), icon_name)
            button.clicked.connect(lambda: self._carry_out(words, verb, button))
        elif path := check["path"]:
            button = Button(translate("health", "Open its folder"), "folder")
            button.clicked.connect(lambda: _open_folder(Path(path)))
        else:
            button = Button(translate("health", "Check again"), "refresh")
            button.clicked.connect(self._on_check)
        return button

    def _carry_out(self, words: tuple[str, ...], verb: Verb, button: Button) -> None:
        if words == MOVE:
            ask_where_to(self, self._desk, self._on_check)
            return
        if words == PRUNE:  # nothing is deleted unseen
            self.prune_asked.emit()
            return
        if self._answer.is_busy:
            return
        button.setEnabled(False)
        self._again, self._is_remedy = button, True
        bundle_id = words[-1] if verb is Verb.REPAIR else None
        self._answer.follow(self._queue.submit(Order(verb, words, bundle_id, about=" ".join(words[-2:]))))


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(nearest_folder(path))))


def _remedy_text(remedy: tuple[str, ...]) -> str:
    return {
        REFRESH: translate("health", "Ask the sources again"),
        PRUNE: translate("health", "Show what could go"),
        REPAIR: translate("health", "Repair it"),
        CLEAN_UP: translate("health", "Delete what is left"),
        MOVE: translate("health", "Move the store…"),
        RESET: translate("health", "Reset the setting"),
    }[remedy]


def _check_word(name: str) -> str:
    words = {
        "Settings": translate("health", "Settings"),
        "Signers": translate("health", "Signers"),
        "Catalogs": translate("health", "Catalogs"),
        "Store": translate("health", "Store"),
        "Disk": translate("health", "Disk"),
        "Locks": translate("health", "Locks"),
        "Installed": translate("health", "Installed"),
        "Graphics": translate("health", "Graphics"),
        "Network": translate("health", "Network"),
        "Certificates": translate("health", "Certificates"),
    }
    return words.get(name, name)
