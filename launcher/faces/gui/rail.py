"""The navigation rail at the window's side: one entry for each screen, icon and word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from launcher.faces.gui.resources import icon
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, colors, font_of, scaled

if TYPE_CHECKING:
    from launcher.faces.gui.screens import Spec

ICON_PX: Final = 22
MIN_WIDTH: Final = 76
MAX_BADGE: Final = 99
HELP_KEYS: Final = ("F1", "?")


class Rail(QFrame):
    """All entries.

    Signals:
        chosen: The person wants to see a screen; carries its key.
        help_asked: The person wants to know the keys, or what this program is.
    """

    chosen = Signal(str)
    help_asked = Signal()

    def __init__(self, specs: tuple[Spec, ...]) -> None:
        """Make an entry for each screen; Ctrl+1 is the first."""
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Screens"))
        self._entries: dict[str, RailButton] = {}
        self._open = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_S, GAP_L - GAP_S, GAP_S, GAP_L)
        box.setSpacing(GAP_S)
        for number, spec in enumerate(specs, start=1):
            button = RailButton(spec.title(), spec.icon_name, translate("rail", "Ctrl+{number}").format(number=number))
            # Not only by a click: a screen reader may switch an entry on.
            button.toggled.connect(lambda is_on, key=spec.key: self._on_toggled(key, is_on=is_on))
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(
                lambda key=spec.key: self.chosen.emit(key)
            )
            box.addWidget(button)
            self._entries[spec.key] = button
        box.addStretch(1)
        help_button = RailButton(self.tr("Help"), "help", "F1")
        help_button.setCheckable(False)
        help_button.clicked.connect(self.help_asked)
        for keys in HELP_KEYS:
            QShortcut(QKeySequence(keys), self).activated.connect(self.help_asked)
        box.addWidget(help_button)
        self._buttons = [*self._entries.values(), help_button]

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the icons; the words are in tool tips then."""
        return QSize(super().minimumSizeHint().width(), len(self._buttons) * scaled(ICON_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the words out where there is no height for them."""
        super().resizeEvent(event)
        wanted = sum(button.full_height + GAP_S for button in self._buttons) + 2 * GAP_L
        for button in self._buttons:
            button.show_word(is_shown=wanted <= self.height())

    def mark(self, key: str) -> None:
        """Show which screen is open."""
        self._open = key
        self._entries[key].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """Show how much waits on a screen; 0 takes the badge away."""
        self._entries[key].count(number)

    def entry(self, key: str) -> RailButton:
        """Return an entry."""
        return self._entries[key]

    def _on_toggled(self, key: str, *, is_on: bool) -> None:
        if is_on and key != self._open:
            self.chosen.emit(key)


class RailButton(QToolButton):
    """One entry, with a badge for what waits there.

    Attributes:
        full_height: How high it is with its title.
    """

    def __init__(self, title: str, icon_name: str, keys: str) -> None:
        """Make an entry; ``keys`` says which keys do the same."""
        super().__init__()
        self._title, self._icon_name, self._count = title, icon_name, 0
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(keys)
        self.setToolTip(translate("rail", "{title} ({keys})").format(title=title, keys=keys))
        self.setObjectName("rail-entry")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(font_of(Type.SMALL))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(scaled(ICON_PX), scaled(ICON_PX)))
        self.setMinimumWidth(scaled(MIN_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.full_height = self.sizeHint().height()
        self.toggled.connect(self._draw_icon)
        self._draw_icon()

    def count(self, number: int) -> None:
        """Show a badge."""
        if number != self._count:
            self._count = number
            waiting = translate("rail", "{title}, {count} waiting").format(title=self._title, count=number)
            self.setAccessibleName(waiting if number else self._title)
            self.update()

    def show_word(self, *, is_shown: bool) -> None:
        """Show the title below the icon, or only the icon; both say what it is to screen readers, and to the mouse."""
        style = Qt.ToolButtonStyle.ToolButtonTextUnderIcon if is_shown else Qt.ToolButtonStyle.ToolButtonIconOnly
        if style is not self.toolButtonStyle():
            self.setToolButtonStyle(style)
            self.setMinimumWidth(scaled(MIN_WIDTH) if is_shown else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the whole title, which Qt would cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icon again when the scheme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the entry and its badge."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(Type.SMALL_STRONG))
        text = str(self._count) if self._count <= MAX_BADGE else f"{MAX_BADGE}+"
        height = painter.fontMetrics().height()
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + GAP_M)
        side = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        middle = self.width() // 2 + side * scaled(ICON_PX) * 3 // 4
        left = min(max(middle - width // 2, 0), self.width() - width)  # whole, also in a narrow rail
        badge = QRect(left, GAP_S, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors().accent))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(QColor(colors().on_accent))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_icon(self) -> None:
        scheme = colors()
        self.setIcon(icon(self._icon_name, self.iconSize(), scheme.accent if self.isChecked() else scheme.muted))
