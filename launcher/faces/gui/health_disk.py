"""What the bundles take on the disk, and the way to have less of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Card, Text
from launcher.faces.gui.disk_chart import DiskBar
from launcher.faces.gui.flow_layout import FlowLayout
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.quantities import size_text
from launcher.faces.gui.sections import Lines
from launcher.faces.gui.texts import translate, version_of
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.views import BundleView
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import Snapshot
    from launcher.faces.gui.screens import Desk

_PRUNE = ("runtime", "bundles", "prune")
PREVIEW = Order(Verb.PREVIEW, (*_PRUNE, "--dry-run"), is_writer=False)
PRUNE = Order(Verb.PRUNE, _PRUNE)


class DiskCard(Card):
    """A bar for each bundle, and what could go: first shown, then done."""

    def __init__(self, desk: Desk) -> None:
        """Make an empty card that works with the queue of ``desk``."""
        super().__init__(translate("health", "Disk use"))
        self._queue = desk.queue
        self._lines = Lines(GAP_M + GAP_S)
        self._total = Text(is_muted=True)
        self._preview = Button(self.tr("What could go?"), "search")
        self._preview.clicked.connect(self.preview)
        self._prune = Button(self.tr("Remove these"), "remove", "primary")
        self._prune.clicked.connect(lambda: self._order(PRUNE))
        self._prune.hide()
        self._answer = Answer()
        self._answer.done.connect(self._on_done)
        buttons = FlowLayout()
        buttons.addWidget(self._preview)
        buttons.addWidget(self._prune)
        self.box.addWidget(self._total)
        self.box.addLayout(self._lines)
        self.box.addLayout(buttons)
        self.box.addWidget(self._answer)

    def preview(self) -> None:
        """Show which revisions and downloads could go, without deleting any."""
        self._order(PREVIEW)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a new reading."""
        bundles = [entry.bundle for entry in snapshot.entries.values() if entry.bundle["revisions"]]
        sizes = {bundle["id"]: sum(revision["size_bytes"] for revision in bundle["revisions"]) for bundle in bundles}
        bundles.sort(key=lambda bundle: -sizes[bundle["id"]])
        total = sum(sizes.values())
        text = self.tr(
            "{size} in %n bundle(s); large files that revisions share are on the disk once.", "", len(bundles)
        )
        nothing = self.tr("Nothing is installed.")
        self._total.setText(text.format(size=size_text(total)) if bundles else nothing)
        self._preview.setVisible(bool(bundles))
        if self._lines.is_news([(bundle["id"], bundle["revisions"]) for bundle in bundles]):
            most = max(sizes.values(), default=0)
            for bundle in bundles:
                self._lines.addWidget(_line(bundle, sizes[bundle["id"]], most))

    def _order(self, order: Order) -> None:
        if not self._answer.is_busy:
            self._answer.follow(self._queue.submit(order))
            self._prune.hide()

    def _on_done(self, job: Job) -> None:
        result: dict[str, Any] | None = job.outcome.result if job.outcome else None
        if result is None or job.state not in {JobState.DONE, JobState.NOTHING_TO_DO}:
            if job.state is JobState.NOTHING_TO_DO:
                self._answer.tell(Tone.NEUTRAL, "check", self.tr("Nothing can go"))
            return
        freed, names = size_text(int(result.get("freed_bytes") or 0)), self._list_going(result)
        if not names:
            text = self.tr("Everything that is here is active, needed to go back, or among the newest.")
            self._answer.tell(Tone.NEUTRAL, "check", self.tr("Nothing can go"), text)
        elif job.order.verb is Verb.PREVIEW:
            self._answer.tell(Tone.NEUTRAL, "info", self.tr("{size} can go").format(size=freed), names)
            self._prune.show()
        else:
            self._answer.tell(Tone.GOOD, "check", self.tr("{size} are free again").format(size=freed), names)

    def _list_going(self, prune: dict[str, Any]) -> str:
        """Return a line for each revision that goes, and one for all downloads that nobody needs."""
        lines = [
            f"{row['id']}, {row['revision']}, {size_text(row['size_bytes'])}" for row in prune.get("removed") or []
        ]
        downloads = prune.get("downloads") or []
        if downloads:
            text = self.tr("%n download(s) that nobody needs any more, {size}", "", len(downloads))
            lines.append(text.format(size=size_text(sum(row["size_bytes"] for row in downloads))))
        return "\n".join(lines)


def _line(bundle: BundleView, size_bytes: int, most_bytes: int) -> QWidget:
    revisions = sorted(bundle["revisions"], key=lambda revision: not revision["is_active"])
    name = Text(Type.STRONG)
    name.setText(bundle["name"])
    size = Text()
    size.setWordWrap(False)
    size.setText(size_text(size_bytes))
    head = QHBoxLayout()
    head.setSpacing(GAP_M)
    head.addWidget(name, 1)
    head.addWidget(size)
    words = Text(Type.SMALL, is_muted=True)
    form = translate("disk", "{version} {size}")
    active = translate("disk", "{version} (active) {size}")
    words.setText(
        "  ·  ".join(
            (active if revision["is_active"] else form).format(
                version=version_of(revision), size=size_text(revision["size_bytes"])
            )
            for revision in revisions
        )
    )
    line = QWidget()
    box = QVBoxLayout(line)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(GAP_S)
    box.addLayout(head)
    box.addWidget(DiskBar(revisions, most_bytes))
    box.addWidget(words)
    line.setAccessibleName(f"{name.text()}, {size.text()}: {words.text()}")
    return line
