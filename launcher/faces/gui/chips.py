"""Chips: a state as icon and word on a soft background, painted alike in rows and on panels; never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from launcher.faces.gui.resources import pixmap
from launcher.faces.gui.texts import state_word, translate, trust_word
from launcher.faces.gui.theme import GAP_M, GAP_S, Tone, Type, colors, font_of, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from launcher.domain.views import BundleView, RevisionView, State, TrustState

ICON_PX: Final = 14
EDGE: Final = 0.25

_STATE_TONES: Final[dict[State, Tone]] = {
    "active": Tone.GOOD,
    "update-available": Tone.ACCENT,
    "installed": Tone.NEUTRAL,
    "not-installed": Tone.NEUTRAL,
    "not-for-this-machine": Tone.NEUTRAL,
}
# What is unsigned or signed by a stranger is a warning; a signature that is wrong is an attack or damage.
_TRUST_TONES: Final[dict[TrustState, Tone]] = {
    "trusted": Tone.GOOD,
    "untrusted": Tone.WARNING,
    "invalid": Tone.DANGER,
    "unsigned": Tone.WARNING,
    "unknown": Tone.NEUTRAL,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a chip shows."""

    icon_name: str
    word: str
    tone: Tone


def state_look(state: State) -> Look:
    """Return the chip that tells where a bundle is."""
    return Look("update" if state == "update-available" else state, state_word(state), _STATE_TONES[state])


def trust_look(state: TrustState) -> Look:
    """Return the chip that tells whose word a bundle is."""
    return Look(state, trust_word(state), _TRUST_TONES[state])


def revision_look(revision: RevisionView) -> Look:
    """Return the chip that tells what a revision is worth: a good signature does not help damaged files."""
    if revision["is_damaged"]:
        return Look("warning", translate("chips", "Damaged"), Tone.DANGER)
    return trust_look(revision["signature"]["state"])


def bundle_trust_look(bundle: BundleView) -> Look:
    """Return the chip that tells what the active revision is worth, or the offer where nothing is active."""
    active = bundle["active"]
    return revision_look(active) if active else trust_look(bundle["signature"]["state"])


def recommended_look() -> Look:
    """Return the chip of the bundle that suits this machine best."""
    return Look("recommended", translate("chips", "Recommended"), Tone.ACCENT)


def chip_size(look: Look) -> QSize:
    """Return how much room a chip needs."""
    metrics = QFontMetrics(font_of(Type.SMALL_STRONG))
    width = GAP_M + scaled(ICON_PX) + GAP_S + metrics.horizontalAdvance(look.word) + GAP_M + 2
    return QSize(width, max(metrics.height(), scaled(ICON_PX)) + GAP_S + 2)


def paint_chip(painter: QPainter, rect: QRect, look: Look, direction: Qt.LayoutDirection) -> None:
    """Paint a chip into a rectangle of its `chip_size`."""
    text, soft = colors().tone(look.tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(text)
    edge.setAlphaF(EDGE)  # some backgrounds alone would vanish on a selected row
    painter.setPen(edge)
    painter.setBrush(soft)
    radius = rect.height() / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    size = scaled(ICON_PX)
    picture = QRect(rect.left() + GAP_M, rect.center().y() - size // 2 + 1, size, size)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QStyle.visualRect(direction, rect, picture), pixmap(look.icon_name, text, size, ratio))
    painter.setPen(text)
    painter.setFont(font_of(Type.SMALL_STRONG))
    words = rect.adjusted(GAP_M + size + GAP_S, 0, -GAP_M, 0)
    alignment = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(QStyle.visualRect(direction, rect, words), alignment, look.word)
    painter.restore()


class Chip(QLabel):
    """A chip as a widget; a label, because that is what screen readers read out."""

    def __init__(self, look: Look | None = None) -> None:
        """Show ``look``, or nothing yet."""
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if look is not None:
            self.setAccessibleName(look.word)

    def become(self, look: Look) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room that the word needs."""
        return chip_size(self._look) if self._look else QSize()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chip."""
        if self._look:
            paint_chip(QPainter(self), self.rect(), self._look, self.layoutDirection())
