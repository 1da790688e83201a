"""Fields with their names beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QLabel

from launcher.faces.gui.theme import GAP_L, GAP_M

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Form(QFormLayout):
    """Fields below each other that take all of the width, each name in line with the middle of its field."""

    def __init__(self) -> None:
        """Make an empty form."""
        super().__init__()
        self.setHorizontalSpacing(GAP_L)
        self.setVerticalSpacing(GAP_M)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, name: str, field: QWidget) -> None:
        """Add a field."""
        label = QLabel(name)
        label.setMinimumHeight(field.sizeHint().height())  # Qt itself puts the names too high beside styled fields
        self.addRow(label, field)
        label.setBuddy(field)
