"""What happens when the window itself has a bug: one dialog with the log's path, once, and the window lives on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class BugReporter:
    """Writes every exception that nobody caught to a log, and shows the first one."""

    def __init__(self, log: Path | None = None) -> None:
        """Write to ``log``, or to the usual log of this person."""
        self._log = log
        self._dialog: QMessageBox | None = None

    @property
    def dialog(self) -> QMessageBox | None:
        """The one dialog, once it was shown."""
        return self._dialog

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report an exception; what `sys.excepthook` is called with."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        import traceback  # noqa: PLC0415 - only after a bug

        text = "".join(traceback.format_exception(kind, error, trace))
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
        translate = QCoreApplication.translate
        self._dialog = QMessageBox(QMessageBox.Icon.Warning, translate("bug", "ARW Launcher has a bug"), what)
        place = str(path) if path else translate("bug", "nowhere: the log could not be written")
        self._dialog.setInformativeText(
            translate(
                "bug", "The window goes on; what is installed was not touched. Where it happened is in the log:\n{path}"
            ).format(path=place)
        )
        self._dialog.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._dialog.open()


def report_bugs() -> None:
    """Report exceptions in slots from now on."""
    sys.excepthook = BugReporter()


def _usual_log() -> Path:
    import os  # noqa: PLC0415 - only after a bug

    from launcher.app import open_launcher  # noqa: PLC0415 - heavy, and only after a bug

    return open_launcher(environ=os.environ).places.log.with_name("window.log")
