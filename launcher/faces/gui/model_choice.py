"""Which model to start a runtime with: recent ones, those of a folder, or any file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QDirIterator
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from launcher.faces.gui.choice import NamedChoice
from launcher.faces.gui.controls import Button
from launcher.faces.gui.theme import GAP_M, scaled

if TYPE_CHECKING:
    from launcher.faces.gui.remembered import Remembered

MODEL_SUFFIXES: Final = frozenset({".gguf", ".ggml", ".bin"})
# A folder of models is read in the window's own process, so that only so much of it is looked at.
MAX_LOOKED_AT: Final = 2000
MAX_OFFERED: Final = 200


class ModelChoice(QWidget):
    """The choice, with the ways to add to it."""

    def __init__(self, remembered: Remembered) -> None:
        """Offer what ``remembered`` knows."""
        super().__init__()
        self._remembered = remembered
        self.combo = NamedChoice(self.tr("Model"))
        self.combo.setMinimumWidth(scaled(120))
        self.combo.setSizeAdjustPolicy(NamedChoice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._file = Button(self.tr("Choose…"), "model")
        self._file.setAccessibleName(self.tr("Choose a model file"))
        self._file.clicked.connect(self._ask_for_file)
        self._folder = Button(self.tr("Folder…"), "folder")
        self._folder.setAccessibleName(self.tr("Choose a folder of models"))
        self._folder.clicked.connect(self._ask_for_folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self.combo, 1)
        row.addWidget(self._file)
        row.addWidget(self._folder)
        self._offer()

    @property
    def path(self) -> str:
        """The chosen model; empty for none."""
        return str(self.combo.currentData() or "")

    def take_file(self, path: str) -> None:
        """Offer a model file first, from now on."""
        self._remembered.add_model(path)
        self._offer()

    def take_folder(self, path: str) -> None:
        """Offer the models of a folder, from now on."""
        self._remembered.model_folder = path
        self._offer()

    def _offer(self) -> None:
        recent = self._remembered.models
        self.combo.clear()
        for path in recent:
            self.combo.addItem(Path(path).name, path)
        found = [path for path in find_models(self._remembered.model_folder) if path not in recent]
        if recent and found:
            self.combo.insertSeparator(self.combo.count())
        for path in found:
            self.combo.addItem(Path(path).name, path)
        self.combo.addItem(self.tr("No model"), "")
        self.combo.setCurrentIndex(0)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{suffix}" for suffix in sorted(MODEL_SUFFIXES))
        dialog.setNameFilters([self.tr("Models ({endings})").format(endings=endings), self.tr("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder of models"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()


def find_models(folder: str) -> list[str]:
    """Return the model files in a folder and below it, by name; none where there is no such folder."""
    if not folder:
        return []
    flags = QDirIterator.IteratorFlag.Subdirectories
    files = QDirIterator(folder, QDir.Filter.Files | QDir.Filter.Readable, flags)
    found = []
    for _ in range(MAX_LOOKED_AT):
        if not files.hasNext():
            break
        path = Path(files.next())
        if path.suffix.lower() in MODEL_SUFFIXES:
            found.append(str(path))
    return sorted(found, key=lambda path: Path(path).name.casefold())[:MAX_OFFERED]
