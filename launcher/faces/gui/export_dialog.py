"""What to export: bundles, and of each which revisions, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from launcher.faces.gui.bundle_view import EmptyState
from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.dialogs import take_size
from launcher.faces.gui.jobs import Order, Verb
from launcher.faces.gui.quantities import date_text, size_text
from launcher.faces.gui.texts import version_of
from launcher.faces.gui.theme import GAP_L, GAP_M
from launcher.faces.gui.transfer import SUFFIX, TransferDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.domain.views import BundleView, RevisionView
    from launcher.faces.gui.screens import Desk


class ExportDialog(QDialog):
    """A tree of bundles with their revisions; at first the active ones are chosen."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export bundles"))
        take_size(self, 600, 460)
        self._desk = desk
        self._leaves: list[tuple[QTreeWidgetItem, str, RevisionView]] = []
        about = Text(is_muted=True)
        about.setText(self.tr("One file with all that proves the bundles, for machines without a network."))
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Bundles and revisions"))
        self.tree.setHeaderLabels([self.tr("Bundle"), self.tr("Installed"), self.tr("Size")])
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        bundles = self._installed()
        for bundle in bundles:
            self._add(bundle)
        self.tree.expandAll()
        self._sum = Text(is_muted=True)
        self._save = Button(self.tr("Export…"), "export", "primary")
        self._save.clicked.connect(self._ask_where_to)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addWidget(self._sum, 1)
        buttons.addWidget(close)
        buttons.addWidget(self._save)
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        box.setSpacing(GAP_M)
        box.addWidget(about)
        nothing = EmptyState("installed", self.tr("Nothing to export"), self.tr("Install a bundle first."))
        box.addWidget(self.tree if bundles else nothing, 1)
        box.addLayout(buttons)
        self.tree.itemChanged.connect(self._on_choice)
        self._on_choice()

    def chosen(self) -> list[tuple[str, RevisionView]]:
        """Return the revisions that are chosen, each with the id of its bundle."""
        checked = Qt.CheckState.Checked
        return [(bundle_id, revision) for leaf, bundle_id, revision in self._leaves if leaf.checkState(0) is checked]

    def export_to(self, path: str) -> None:
        """Export what is chosen to a file."""
        target = path if path.endswith(SUFFIX) else path + SUFFIX
        chosen = self.chosen()
        bundle_ids = list(dict.fromkeys(bundle_id for bundle_id, _ in chosen))
        is_usual = all(revision["is_active"] for _, revision in chosen)
        names = [] if is_usual else [f"--revision={bundle_id}@{revision['revision']}" for bundle_id, revision in chosen]
        words = ("runtime", "bundles", "export", *bundle_ids, "--output", target, *names)
        order = Order(Verb.EXPORT, words, about=Path(target).name)
        parent = self.parentWidget()
        if parent is not None:
            TransferDialog(self.tr("Export"), self._desk.queue.submit(order), parent).open()
        self.close()

    def _installed(self) -> list[BundleView]:
        snapshot = self._desk.reader.snapshot
        bundles = [entry.bundle for entry in snapshot.entries.values()] if snapshot else []
        return [bundle for bundle in bundles if bundle["revisions"]]

    def _add(self, bundle: BundleView) -> None:
        row = QTreeWidgetItem(self.tree, [bundle["name"]])
        row.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        usual = bundle["active"] or bundle["revisions"][0]
        for revision in sorted(bundle["revisions"], key=lambda revision: revision["revision"], reverse=True):
            facts = [self._title(revision), date_text(revision["installed_at"]), size_text(revision["size_bytes"])]
            leaf = QTreeWidgetItem(row, facts)
            self._leaves.append((leaf, bundle["id"], revision))
            # What nobody signed, or is not what was signed, proves nothing elsewhere.
            can_travel = revision["kind"] == "release" and not revision["is_damaged"]
            is_usual = revision["revision"] == usual["revision"]
            leaf.setCheckState(0, Qt.CheckState.Checked if is_usual and can_travel else Qt.CheckState.Unchecked)
            leaf.setDisabled(not can_travel)

    def _title(self, revision: RevisionView) -> str:
        version = version_of(revision)
        if revision["is_active"]:
            return self.tr("{version}, active").format(version=version)
        if revision["is_damaged"]:
            return self.tr("{version}, damaged").format(version=version)
        if revision["kind"] != "release":
            return self.tr("{version}, edited by hand").format(version=version)
        return version

    def _on_choice(self) -> None:
        chosen = self.chosen()
        self._save.setEnabled(bool(chosen))
        size_bytes = sum(revision["size_bytes"] for _, revision in chosen)
        text = self.tr("%n revision(s), at most {size}", "", len(chosen)).format(size=size_text(size_bytes))
        self._sum.show_text(text if chosen else "")

    def _ask_where_to(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(f"runtimes{SUFFIX}")
        dialog.fileSelected.connect(self.export_to)
        dialog.open()
