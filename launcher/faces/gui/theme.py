"""Colours, type and spacing of the window, in a light and a dark scheme that follow the system's.

All pairs of text and background reach the contrast of WCAG AA (4.5 : 1); a test measures them.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette

from launcher.faces.gui.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Everything stands on a grid of 4 px.
GAP_S: Final = 4
GAP_M: Final = 8
GAP_L: Final = 16
GAP_XL: Final = 24


class Tone(StrEnum):
    """What a chip, strip or icon says by its colour, always beside a word and an icon."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"


class Type(StrEnum):
    """The type scale."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    SMALL_STRONG = "small-strong"


_USUAL_LINE_PX: Final = 17
# In the style sheet: pixels that grow with the text, e.g. those of ticks and arrows.
_TEXT_SIZE: Final = re.compile(r"\b(\d+)tx\b")
_APPEARANCE: Final = "appearance"
_line_heights: dict[str, int] = {}
_SIZES: Final = {
    Type.TITLE: (1.5, QFont.Weight.DemiBold),
    Type.HEADING: (1.15, QFont.Weight.DemiBold),
    Type.BODY: (1.0, QFont.Weight.Normal),
    Type.STRONG: (1.0, QFont.Weight.DemiBold),
    Type.SMALL: (0.9, QFont.Weight.Normal),
    Type.SMALL_STRONG: (0.9, QFont.Weight.DemiBold),
}


@dataclass(frozen=True, slots=True)
class Colors:
    """One scheme. ``x_soft`` is the background of a chip or strip whose text is ``x``; ``field`` frames input."""

    window: str
    surface: str
    raised: str
    hover: str
    selected: str
    border: str
    field: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    neutral: str
    neutral_soft: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Return text and background of a tone."""
        named = asdict(self)
        return QColor(named[tone.value]), QColor(named[f"{tone.value}_soft"])


LIGHT: Final = Colors(
    window="#f4f5f7",
    surface="#ffffff",
    raised="#f8f9fb",
    hover="#f1f3f6",
    selected="#e9f0fd",
    border="#dce0e6",
    field="#868e99",
    text="#1a1f26",
    muted="#58616d",
    accent="#2558c7",
    accent_hover="#1d49a9",
    on_accent="#ffffff",
    accent_soft="#e4edfd",
    neutral="#4d5661",
    neutral_soft="#edeff2",
    good="#17663a",
    good_soft="#e1f3e8",
    warning="#7c4a03",
    warning_soft="#fdf0d7",
    danger="#a4242c",
    danger_soft="#fce9e9",
)
DARK: Final = Colors(
    window="#14171b",
    surface="#1b1f24",
    raised="#21262c",
    hover="#242a31",
    selected="#1f2d47",
    border="#323942",
    field="#737c88",
    text="#e6e9ed",
    muted="#a2abb6",
    accent="#8cb0ff",
    accent_hover="#a9c4ff",
    on_accent="#0d1a33",
    accent_soft="#1f2f50",
    neutral="#b4bcc6",
    neutral_soft="#2b3138",
    good="#7fd3a1",
    good_soft="#17352a",
    warning="#eebf6d",
    warning_soft="#3a2e16",
    danger="#f59a9c",
    danger_soft="#351d23",
)


def colors() -> Colors:
    """Return the scheme in force. Widgets that paint by themselves ask again at each `QEvent.Type.PaletteChange`."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window) else LIGHT


def follow_system(app: QApplication) -> None:
    """Use the system's scheme, now and whenever it changes, unless `wear` says otherwise."""
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _dress(app))
    _dress(app)


def wear(app: QApplication, appearance: str) -> None:
    """Use the scheme ``light`` or ``dark``, or with any other word the system's; takes effect at once."""
    app.setProperty(_APPEARANCE, appearance)
    _dress(app)


def _dress(app: QApplication) -> None:
    """Colour the application as was asked for, unless it is coloured so already."""
    is_dark_outside = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    is_dark = {"light": False, "dark": True}.get(app.property(_APPEARANCE), is_dark_outside)
    if (colors() is DARK) is not is_dark or not app.styleSheet():
        apply_scheme(app, is_dark=is_dark)


def apply_scheme(app: QApplication, *, is_dark: bool) -> None:
    """Colour the whole application."""
    scheme = DARK if is_dark else LIGHT
    app.setPalette(_palette(scheme))
    style = resource_path("styles/window.qss").read_text(encoding="utf-8")
    is_reversed = app.layoutDirection() is Qt.LayoutDirection.RightToLeft
    pictures = {
        "chevron": "chevron-down",
        "chevron_closed": "chevron-left" if is_reversed else "chevron-right",
        "tick": "tick-dark" if is_dark else "tick-light",
        "partly": "partly-dark" if is_dark else "partly-light",
    }
    paths = {name: resource_path(f"icons/{file}.svg").as_posix() for name, file in pictures.items()}
    values = {**asdict(scheme), **paths}
    for name, value in values.items():
        style = style.replace(f"${{{name}}}", value)
    app.setStyleSheet(_TEXT_SIZE.sub(lambda found: f"{scaled(int(found[1]))}px", style))


def scaled(size_px: int) -> int:
    """Return a size that grows with the person's text size; it is as given where a line of text is 17 px high."""
    return max(size_px, round(size_px * _line_height(QGuiApplication.font()) / _USUAL_LINE_PX))


def _line_height(font: QFont) -> int:
    key = font.key()
    if key not in _line_heights:  # measuring takes as long as making a widget
        _line_heights[key] = QFontMetrics(font).height()
    return _line_heights[key]


def font_of(kind: Type) -> QFont:
    """Return a font of the type scale, relative to the size that the person has set for the desktop."""
    factor, weight = _SIZES[kind]
    font = QFont(QGuiApplication.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setWeight(weight)
    return font


def monospace() -> QFont:
    """Return the font of paths, digests and command lines."""
    font = font_of(Type.SMALL)
    font.setFamilies(["ui-monospace", "Cascadia Mono", "Menlo", "DejaVu Sans Mono", "monospace"])
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colors.window,
        QPalette.ColorRole.WindowText: colors.text,
        QPalette.ColorRole.Base: colors.surface,
        QPalette.ColorRole.AlternateBase: colors.raised,
        QPalette.ColorRole.Text: colors.text,
        QPalette.ColorRole.PlaceholderText: colors.muted,
        QPalette.ColorRole.Button: colors.surface,
        QPalette.ColorRole.ButtonText: colors.text,
        QPalette.ColorRole.ToolTipBase: colors.raised,
        QPalette.ColorRole.ToolTipText: colors.text,
        QPalette.ColorRole.Highlight: colors.accent,
        QPalette.ColorRole.HighlightedText: colors.on_accent,
        QPalette.ColorRole.Accent: colors.accent,
        QPalette.ColorRole.Link: colors.accent,
        QPalette.ColorRole.LinkVisited: colors.accent,
        QPalette.ColorRole.Light: colors.raised,
        QPalette.ColorRole.Midlight: colors.hover,
        QPalette.ColorRole.Mid: colors.border,
        QPalette.ColorRole.Dark: colors.border,
        QPalette.ColorRole.Shadow: colors.border,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colors.muted))
    return palette
