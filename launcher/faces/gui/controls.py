"""The small widgets that everything else is made of: texts, buttons with icons, pictures, cards."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from launcher.faces.gui.resources import ICON_SIZE, icon, pixmap
from launcher.faces.gui.texts import quoted
from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type, colors, font_of, monospace

Variant = Literal["primary", "secondary", "plain"]


class Text(QLabel):
    """A label of the type scale that wraps, and whose text can be selected by mouse and keyboard where that helps."""

    def __init__(self, kind: Type = Type.BODY, *, is_muted: bool = False, can_be_copied: bool = False) -> None:
        """Make an empty text."""
        super().__init__()
        self.setFont(font_of(kind))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", is_muted)
        if can_be_copied:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a text; names in backticks get quotation marks."""
        super().setText(quoted(text))

    def show_text(self, text: str) -> None:
        """Show a text, or nothing at all where it is empty."""
        self.setText(text)
        self.setVisible(bool(text))


class Code(Text):
    """A path, digest or command line; breaks anywhere, and can be copied."""

    def __init__(self) -> None:
        """Make an empty one."""
        super().__init__(can_be_copied=True)
        self.setFont(monospace())

    def show_text(self, text: str) -> None:
        """Show a text that may be broken after each part of a path."""
        self.setAccessibleName(text)
        super().show_text(text.replace("/", "/\u200b"))


class Button(QPushButton):
    """A button with one of our icons, in the colours of its variant."""

    def __init__(self, text: str = "", icon_name: str = "", variant: Variant = "secondary") -> None:
        """Make a button; one without a text needs an accessible name."""
        super().__init__(text)
        self._icon_name = icon_name
        self.setProperty("variant", variant)
        self.setIconSize(ICON_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._draw_icon()

    def become(self, text: str, icon_name: str, variant: Variant) -> None:
        """Turn into another button, without losing the focus."""
        self.setText(text)
        self.setAccessibleName(text)
        if (icon_name, variant) != (self._icon_name, self.property("variant")):
            self._icon_name = icon_name
            self.setProperty("variant", variant)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the scheme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon_name:
            scheme = colors()
            color = {"primary": scheme.on_accent, "plain": scheme.accent}.get(self.property("variant"), scheme.text)
            self.setIcon(icon(self._icon_name, QColor(color), QColor(scheme.muted)))


class Pictogram(QLabel):
    """One of our icons as a picture; what it means must stand beside it in words."""

    def __init__(self, icon_name: str = "", tone: Tone = Tone.NEUTRAL, size: int = 16) -> None:
        """Make a picture of so many pixels."""
        super().__init__()
        self._size = size
        self._icon_name, self._tone = icon_name, tone
        self.setFixedSize(size, size)
        self._draw()

    def become(self, icon_name: str, tone: Tone) -> None:
        """Show another icon."""
        self._icon_name, self._tone = icon_name, tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again when the scheme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        if self._icon_name:
            color, _ = colors().tone(self._tone)
            self.setPixmap(pixmap(self._icon_name, color, self._size, self.devicePixelRatioF()))


class Card(QFrame):
    """A box with a border; its `box` is laid out from top to bottom."""

    def __init__(self, title: str = "") -> None:
        """Make a box with a heading, where there is one."""
        super().__init__()
        self.setObjectName("card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(GAP_L, GAP_L - 4, GAP_L, GAP_L - 4)
        self.box.setSpacing(GAP_M)
        if title:
            heading = Text(Type.STRONG)
            heading.setText(title)
            self.box.addWidget(heading)
            self.setAccessibleName(title)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give a frame the background of a tone."""
    if widget.property("tone") != tone.value:
        widget.setProperty("tone", tone.value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
