"""Pages of which one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class Stack(QWidget):
    """What `QStackedWidget` is, without its role: screen readers say "layered pane" before all that is in one."""

    def __init__(self) -> None:
        """Make an empty stack."""
        super().__init__()
        self._pages = QStackedLayout(self)

    def addWidget(self, page: QWidget) -> int:  # noqa: N802 - Qt's name
        """Add a page; the first one is shown."""
        return self._pages.addWidget(page)

    def currentWidget(self) -> QWidget | None:  # noqa: N802 - Qt's name
        """Return the page that is shown."""
        return self._pages.currentWidget()

    def setCurrentWidget(self, page: QWidget) -> None:  # noqa: N802 - Qt's name
        """Show a page."""
        self._pages.setCurrentWidget(page)
