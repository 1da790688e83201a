"""What of a bundle is on the disk, and everything that one can do with each revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.actions import Action
from launcher.faces.gui.chips import Chip, revision_look
from launcher.faces.gui.controls import Button, Card, Pictogram, Text, plain_inset
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.page import Head
from launcher.faces.gui.quantities import date_text, size_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.texts import rollback_text, rollback_word, version_of
from launcher.faces.gui.theme import GAP_M, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.views import BundleView, RevisionView


class RevisionsSection(Card):
    """The revisions, newest first.

    Signals:
        wanted: Make a revision active, mend it, or keep it for good or no longer; carries the `Action` and its name.
        comparison_asked: Show what changed between two revisions; carries the earlier and the later name.
    """

    wanted = Signal(object, object)
    comparison_asked = Signal(str, str)

    def __init__(self) -> None:
        """Make an empty section."""
        super().__init__(self.tr("Revisions on this machine"))
        self._lines = Lines(GAP_M)
        self.box.addLayout(self._lines)

    def show_bundle(self, bundle: BundleView, *, is_busy: bool) -> None:
        """Show the revisions of a bundle; while a job about it runs none can be chosen."""
        self.setVisible(bool(bundle["revisions"]))
        if self._lines.is_news((bundle["id"], bundle["revisions"], is_busy)):
            for revision in sorted(bundle["revisions"], key=lambda revision: revision["revision"], reverse=True):
                self._lines.addWidget(self._line(revision, bundle, is_busy=is_busy))
            if any(revision["is_held"] for revision in bundle["revisions"]):
                note = Text(Type.SMALL, is_muted=True)
                note.setText(
                    self.tr("Held: updates do not bring it back by themselves, because you rolled back from it.")
                )
                self._lines.addWidget(note)

    def _line(self, revision: RevisionView, bundle: BundleView, *, is_busy: bool) -> QWidget:
        line = QWidget()
        name = Text(Type.STRONG)
        name.setText(version_of(revision))
        facts = Text(Type.SMALL, is_muted=True, can_be_copied=True)
        facts.setText(" · ".join(self._facts(revision)))
        top = Head(name, facts)
        top.add(Chip(revision_look(revision)))
        main = self._main(revision, bundle, is_busy=is_busy)
        if main is not None:
            top.add(main)
        acts = FlowLayout(outdent=plain_inset())
        for button in self._acts(revision, bundle, is_busy=is_busy):
            acts.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(top)
        column.addLayout(acts)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        icon_name, tone = ("active", Tone.GOOD) if revision["is_active"] else ("installed", Tone.NEUTRAL)
        row.addWidget(Pictogram(icon_name, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        line.setAccessibleName(f"{name.text()}, {facts.text()}")
        return line

    def _main(self, revision: RevisionView, bundle: BundleView, *, is_busy: bool) -> Button | None:
        """Return the button that makes a revision active, or mends it; None for the active one that is sound."""
        if revision["is_damaged"] and revision["kind"] == "release":
            button, action = Button(self.tr("Repair"), "repair"), Action.REPAIR
            button.setAccessibleName(self.tr("Repair {version}").format(version=version_of(revision)))
        elif revision["is_active"] or revision["is_damaged"] or revision["kind"] != "release":
            return None
        else:
            button, action = Button(rollback_word(revision, bundle), "roll-back"), Action.ROLL_BACK
            button.setAccessibleName(rollback_text(revision, bundle))
        button.setEnabled(not is_busy)
        button.clicked.connect(lambda: self.wanted.emit(action, revision["revision"]))
        return button

    def _acts(self, revision: RevisionView, bundle: BundleView, *, is_busy: bool) -> list[Button]:
        version = version_of(revision)
        compare = Button(self.tr("Compare"), "compare", "plain")
        other = _compared_with(revision, bundle)
        if other is not None:
            sides = sorted((revision["revision"], other["revision"]))
            form = self.tr("Compare {version} with {other}")
            compare.setAccessibleName(form.format(version=version, other=version_of(other)))
            compare.setToolTip(compare.accessibleName())
            compare.clicked.connect(lambda: self.comparison_asked.emit(*sides))
        folder = Button(self.tr("Open folder"), "folder", "plain")
        folder.setAccessibleName(self.tr("Open the folder of {version}").format(version=version))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(revision["path"])))
        pin = self._pin(revision, is_busy=is_busy)
        return [compare, pin, folder] if other is not None else [pin, folder]

    def _pin(self, revision: RevisionView, *, is_busy: bool) -> Button:
        is_pinned = revision["is_pinned"]
        button = Button(self.tr("Unpin") if is_pinned else self.tr("Pin"), "pin", "plain")
        form = self.tr("Keep {version} no longer") if is_pinned else self.tr("Keep {version} for good")
        button.setAccessibleName(form.format(version=version_of(revision)))
        button.setToolTip(button.accessibleName())
        button.setEnabled(not is_busy)
        action = Action.UNPIN if is_pinned else Action.PIN
        button.clicked.connect(lambda: self.wanted.emit(action, revision["revision"]))
        return button

    def _facts(self, revision: RevisionView) -> list[str]:
        facts = [
            self.tr("active") if revision["is_active"] else "",
            f"r{revision['channel_revision']}",
            date_text(revision["installed_at"]),
            size_text(revision["size_bytes"]),
            self.tr("held") if revision["is_held"] else "",
            self.tr("kept for good") if revision["is_pinned"] else "",
            self.tr("edited by hand") if revision["kind"] == "manual-edit" else "",
        ]
        return [fact for fact in facts if fact]


def _compared_with(revision: RevisionView, bundle: BundleView) -> RevisionView | None:
    """Return what a revision is compared with: the active one, and for that itself the one before it."""
    if not revision["is_active"]:
        return bundle["active"]
    earlier = [other for other in bundle["revisions"] if other["revision"] < revision["revision"]]
    return max(earlier, key=lambda other: other["revision"], default=None)
