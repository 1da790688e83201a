"""What a screen reader says by itself, wherever the focus is: jobs, errors, notices (7-screens, rule 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


def announce(source: QObject, text: str) -> None:
    """Let a screen reader say what just happened; nobody hears anything where none runs."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
