"""The sources that a person follows: each can be tested and removed, and another one added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from launcher.faces.gui.answer import Answer
from launcher.faces.gui.controls import Button, Code, Text
from launcher.faces.gui.jobs import JobState, Order, Verb
from launcher.faces.gui.phrasebook import say
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone, Type

if TYPE_CHECKING:
    from launcher.domain.care_views import SettingView, SourceTestView
    from launcher.faces.gui.jobs import Job, JobQueue

_SOURCE: Final = ("runtime", "bundles", "source")


class SourceEditor(QWidget):
    """A line for each source, and one for a new one.

    Signals:
        wanted: Add or remove a source; carries the words of the `arw-cli` command.
    """

    wanted = Signal(list)

    def __init__(self, setting: SettingView, queue: JobQueue) -> None:
        """Show the sources of a setting, and test them through ``queue``."""
        super().__init__()
        self._queue = queue
        box = QVBoxLayout(self)
        box.setContentsMargins(0, GAP_S, 0, 0)
        box.setSpacing(GAP_M)
        urls = [str(url) for url in setting["value"]] if isinstance(setting["value"], list) else []
        if not urls:
            none = Text(Type.SMALL, is_muted=True)
            none.setText(self.tr("None besides the shipped catalogs."))
            box.addWidget(none)
        for url in urls:
            line = _SourceLine(url, queue)
            line.removed.connect(lambda url: self.wanted.emit([*_SOURCE, "remove", url]))
            box.addWidget(line)
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("https://…/bundles.json, https://…/folder/, or a file or folder"))
        self.address.setAccessibleName(self.tr("New source"))
        self.address.setAccessibleDescription(say(setting["sentence"]))
        self.address.textChanged.connect(self._on_typed)
        self.address.returnPressed.connect(self._add)
        self._choose = Button(self.tr("Choose…"), "folder")
        self._choose.setAccessibleName(self.tr("Choose an exported file or a catalog"))
        self._choose.clicked.connect(self._ask_for_file)
        self._test, self._save = Button(self.tr("Test"), "verify"), Button(self.tr("Add"), "check", "primary")
        self._test.clicked.connect(self._try_out)
        self._save.clicked.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(self.address, 1)
        for button in (self._choose, self._test, self._save):
            row.addWidget(button)
        self._answer = _TestAnswer()
        box.addLayout(row)
        box.addWidget(self._answer)
        self._on_typed()

    def _on_typed(self) -> None:
        for button in (self._test, self._save):
            button.setEnabled(bool(self.address.text().strip()))

    def _add(self) -> None:
        if url := self.address.text().strip():
            self.wanted.emit([*_SOURCE, "add", url])

    def _try_out(self) -> None:
        self._answer.try_out(self._queue, self.address.text().strip())

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a source"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Exported bundles and catalogs (*.arwcache *.json)"))
        dialog.fileSelected.connect(self.address.setText)
        dialog.open()


class _SourceLine(QWidget):
    """One source.

    Signals:
        removed: Follow it no longer; carries its URL.
    """

    removed = Signal(str)

    def __init__(self, url: str, queue: JobQueue) -> None:
        super().__init__()
        address = Code()
        test = Button(self.tr("Test"), "verify")
        test.setAccessibleName(self.tr("Test {source}").format(source=url))
        remove = Button(self.tr("Remove"), "remove")
        remove.setAccessibleName(self.tr("Remove {source}").format(source=url))
        answer = _TestAnswer()
        test.clicked.connect(lambda: answer.try_out(queue, url))
        remove.clicked.connect(lambda: self.removed.emit(url))
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(address, 1)
        row.addWidget(test)
        row.addWidget(remove)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP_S)
        box.addLayout(row)
        box.addWidget(answer)
        address.show_text(url)  # only now: shown before it has a place, it would be a window of its own
        self.setAccessibleName(url)


class _TestAnswer(Answer):
    """What came of testing a source."""

    def __init__(self) -> None:
        super().__init__()
        self.done.connect(self._on_tested)

    def try_out(self, queue: JobQueue, url: str) -> None:
        """Test a source."""
        if url and not self.is_busy:
            self.follow(queue.submit(Order(Verb.TEST_SOURCE, (*_SOURCE, "test", url), is_writer=False, about=url)))

    def _on_tested(self, job: Job) -> None:
        result = job.outcome.result if job.outcome else None
        if job.state is not JobState.DONE or not result:
            return
        view = cast("SourceTestView", result)
        signature = say(view["signature"]["sentence"]) if view["signature"] else ""
        facts = "\n".join(filter(None, [say(view["sentence"]), signature]))
        self.tell(Tone.GOOD, "check", translate("settings", "The source works"), facts)
