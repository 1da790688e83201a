"""What happens when the window itself has a bug: one dialog with the log's path, once, and the window lives on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


WIDTH_PX: Final = 520
translate = QCoreApplication.translate


class BugDialog(QDialog):
    """What went wrong, in the program's own words, and where it is written down."""

    def __init__(self, what: str, place: str) -> None:
        """Make the dialog; `open` shows it.

        Args:
            what: The exception.
            place: The path of the log, or why there is none.
        """
        from launcher.faces.gui.controls import Button, Code, Pictogram, Text  # noqa: PLC0415 - only after a bug
        from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type, scaled  # noqa: PLC0415 - the same

        super().__init__()
        self.what, self.place = what, place
        title = translate("bug", "ARW Launcher has a bug")
        self.setWindowTitle(title)
        self.setMinimumWidth(scaled(WIDTH_PX))
        heading, calm = Text(Type.HEADING), Text()
        heading.setText(title)
        calm.setText(
            translate("bug", "The window goes on; what is installed was not touched. Where it happened is in the log:")
        )
        close = Button(translate("bug", "Close"))
        close.clicked.connect(self.close)
        words = QVBoxLayout()
        words.setSpacing(GAP_M)
        for widget, text in ((heading, ""), (Code(), what), (calm, ""), (Code(), place)):
            if isinstance(widget, Code):
                widget.show_text(text)
            words.addWidget(widget)
        words.addSpacing(GAP_M)
        words.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        row.setSpacing(GAP_L)
        row.addWidget(Pictogram("warning", Tone.WARNING, 24), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class BugReporter:
    """Writes every exception that nobody caught to a log, each once, and shows the first one."""

    def __init__(self, log: Path | None = None) -> None:
        """Write to ``log``, or to the usual log of this person."""
        self._log = log
        self._told: set[str] = set()
        self._dialog: BugDialog | None = None

    @property
    def dialog(self) -> BugDialog | None:
        """The one dialog, once it was shown."""
        return self._dialog

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report an exception; what `sys.excepthook` is called with."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        import traceback  # noqa: PLC0415 - only after a bug

        text = "".join(traceback.format_exception(kind, error, trace))
        if text in self._told:  # what fails while it is painted fails with every frame
            return
        self._told.add(text)
        path = self._append(text)
        sys.__excepthook__(kind, error, trace)
        if self._dialog is None and QApplication.instance() is not None:
            self._show(f"{kind.__name__}: {error}", path)

    def _append(self, text: str) -> Path | None:
        try:
            path = self._log or _usual_log()
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        except OSError:  # a full disk must not hide the bug itself
            return None
        return path

    def _show(self, what: str, path: Path | None) -> None:
        place = str(path) if path else translate("bug", "nowhere: the log could not be written")
        self._dialog = BugDialog(what, place)
        self._dialog.open()


def report_bugs() -> None:
    """Report exceptions in slots from now on."""
    sys.excepthook = BugReporter()


def _usual_log() -> Path:
    import os  # noqa: PLC0415 - only after a bug

    from launcher.app import open_launcher  # noqa: PLC0415 - heavy, and only after a bug

    return open_launcher(environ=os.environ).places.log.with_name("window.log")
