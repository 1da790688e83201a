"""A choice among several whose name reaches every screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel


class NamedChoice(QComboBox):
    """A combo box that says what it is for, and not only what is chosen.

    On Linux Qt tells what is chosen as the name of a combo box, whatever its accessible name is, and leaves the rest to
    the label beside it. So there is one, which nobody sees.
    """

    def __init__(self, name: str) -> None:
        """Make an empty one; ``name`` says what is chosen here."""
        super().__init__()
        self.setAccessibleName(name)
        label = QLabel(name, self)
        label.setBuddy(self)
        label.hide()
