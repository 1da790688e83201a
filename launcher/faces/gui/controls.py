"""The small widgets that everything else is made of: texts, buttons with icons, pictures, cards."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from launcher.faces.gui.resources import icon, pixmap
from launcher.faces.gui.texts import quoted
from launcher.faces.gui.theme import GAP_L, GAP_M, Tone, Type, colors, font_of, monospace, scaled

Variant = Literal["primary", "secondary", "plain"]
ENTER_KEYS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Text(QLabel):
    """A label of the type scale that wraps, and whose text can be selected where that helps."""

    def __init__(self, kind: Type = Type.BODY, *, is_muted: bool = False, can_be_copied: bool = False) -> None:
        """Make an empty text."""
        super().__init__()
        self.setFont(font_of(kind))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("muted", is_muted)
        self._take_side()
        if can_be_copied:
            # Not by keyboard as well: that would put twenty texts between one button and the next.
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show a text; names in backticks get quotation marks."""
        super().setText(quoted(text))

    def show_text(self, text: str) -> None:
        """Show a text, or nothing at all where it is empty."""
        self.setText(text)
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at the other side when the direction changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._take_side()

    def _take_side(self) -> None:
        """Begin where the window's language begins; Qt itself looks at the words, and names are in Latin letters."""
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        is_reversed = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_reversed else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class Code(QPlainTextEdit):
    """A path, digest or command line: as high as it needs, broken anywhere, and copied exactly as it is."""

    def __init__(self) -> None:
        """Make an empty one."""
        super().__init__(readOnly=True)
        self.setFont(monospace())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.document().setDocumentMargin(0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text, or nothing at all where it is empty."""
        self.setVisible(bool(text))
        if text != self.toPlainText():
            self.setPlainText(text)
            self.setAccessibleName(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Become as high as the text is at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))  # a plain text document counts its height in lines
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2)


class Button(QPushButton):
    """A button with one of our icons, in the colours of its variant.

    A text that has no room goes on in further lines where the layout gives them, and else ends in an ellipsis.
    """

    def __init__(self, text: str = "", icon_name: str = "", variant: Variant = "secondary") -> None:
        """Make a button; one without a text needs an accessible name."""
        super().__init__()
        self._icon_name = icon_name
        self._full_text = ""
        self.setProperty("variant", variant)
        self.setIconSize(QSize(scaled(22), scaled(16)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self._draw_icon()

    @property
    def full_text(self) -> str:
        """The text, also where there is no room for all of it."""
        return self._full_text

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Change the text."""
        self._full_text = text
        self.setAccessibleName(text)
        super().setText(text)
        self._elide()

    def become(self, text: str, icon_name: str, variant: Variant) -> None:
        """Turn into another button, without losing the focus."""
        if text != self._full_text:
            self.setText(text)
        if (icon_name, variant) != (self._icon_name, self.property("variant")):
            self._icon_name = icon_name
            self.setProperty("variant", variant)
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_icon()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for all of the text, whatever of it is shown now."""
        shown = self.text().split("\n")
        missing = self._width_of(self._full_text) - max(map(self._width_of, shown))
        return super().sizeHint() + QSize(missing, -(len(shown) - 1) * self.fontMetrics().lineSpacing())

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height for all of the text at a width; only layouts that ask for it give more than one line."""
        return self.sizeHint().height() + (len(self._lines(width)) - 1) * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for a few letters of it."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(120)), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter press the button, as it does in dialogs; Qt itself knows only Space here."""
        if event.key() in ENTER_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as much of the text as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the scheme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _elide(self) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return
        lines = self._lines(self.width())
        has_all = len(lines) == 1 or self.height() >= self.heightForWidth(self.width())
        if not has_all:
            lines = [
                self.fontMetrics().elidedText(self._full_text, Qt.TextElideMode.ElideRight, self._room(self.width()))
            ]
        shown = "\n".join(lines)
        if shown != self.text():
            super().setText(shown)
            self.setToolTip("" if has_all else self._full_text)

    def _room(self, width: int) -> int:
        """Return what of a width is for the text."""
        return width - self.sizeHint().width() + self._width_of(self._full_text)

    def _lines(self, width: int) -> list[str]:
        """Return the text in lines that fit into a width, as far as its words do."""
        room = self._room(width)
        lines = [""]
        for word in self._full_text.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if not lines[-1] or self._width_of(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    def _draw_icon(self) -> None:
        if self._icon_name:
            scheme = colors()
            color = {"primary": scheme.on_accent, "plain": scheme.accent}.get(self.property("variant"), scheme.text)
            self.setIcon(icon(self._icon_name, self.iconSize(), color, scheme.muted))


def plain_inset() -> int:
    """Return how far inside of a plain button its icon begins: padding, border, and the air around the icon."""
    return GAP_M + 1 + (scaled(22) - scaled(16)) // 2


class Pictogram(QLabel):
    """One of our icons as a picture; what it means must stand beside it in words."""

    def __init__(self, icon_name: str = "", tone: Tone = Tone.NEUTRAL, size: int = 16) -> None:
        """Make a picture of so many pixels, at the usual text size."""
        super().__init__()
        self._size = scaled(size)
        self._icon_name, self._tone = icon_name, tone
        self.setFixedSize(self._size, self._size)
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
