"""An application whose event loop meets one kind of bug: `python -m tests.gui.app_with_bugs KIND LOG`.

It prints how many dialogs were opened, and what the first one says. An event loop of its own is needed: what fails
while Python waits for Qt, as a test does, comes out of that call and not out of `sys.excepthook`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QWidget

from launcher.faces.gui.bug_dialog import BugDialog, BugReporter


class Fragile(QStringListModel):
    """A model whose texts cannot be had."""

    def data(self, index: Any, role: int = 0) -> Any:  # noqa: ANN401, ARG002 - Qt's signature
        """Fail."""
        raise RuntimeError("in a model")


class Unpaintable(QWidget):
    """A widget that cannot be painted."""

    def paintEvent(self, event: object) -> None:  # noqa: ARG002, N802 - Qt's name
        """Fail."""
        raise RuntimeError("in painting")


def fail() -> None:
    """Fail."""
    raise RuntimeError("in a slot")


def main() -> None:
    """Run the event loop until what fails has failed three times."""
    kind, log = sys.argv[1], Path(sys.argv[2])
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    sys.excepthook = reporter = BugReporter(log)
    view, widget, button, often = QListView(), Unpaintable(), QPushButton(), QTimer(interval=20)
    view.setModel(Fragile(["one", "two"], view))
    button.clicked.connect(fail)
    if kind == "timer":
        often.timeout.connect(fail)
    else:
        shown: QWidget = {"slot": button, "model": view, "painting": widget}[kind]
        shown.resize(200, 100)
        QTimer.singleShot(0, shown.show)
        often.timeout.connect(button.click if kind == "slot" else shown.update)
    often.start()
    QTimer.singleShot(1000, lambda: tell(app, reporter))
    app.exec()


def tell(app: QApplication, reporter: BugReporter) -> None:
    """Say what is on the screen, and end."""
    dialogs = [window for window in app.topLevelWidgets() if isinstance(window, BugDialog) and window.isVisible()]
    dialog = reporter.dialog
    print(json.dumps([len(dialogs), dialog and dialog.what, dialog and dialog.place]))
    app.quit()


if __name__ == "__main__":
    main()
