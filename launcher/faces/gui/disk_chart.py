"""How much of the disk each bundle takes, as bars of its revisions; painted, with the same in words beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from launcher.faces.gui.texts import translate, version_of
from launcher.faces.gui.theme import colors, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.views import RevisionView

HEIGHT_PX: Final = 14
GAP_PX: Final = 2


class DiskBar(QWidget):
    """One bundle's bar: the active revision in the accent colour, the others beside it."""

    def __init__(self, revisions: Sequence[RevisionView], most_bytes: int) -> None:
        """Make a bar.

        Args:
            revisions: The revisions, the active one first.
            most_bytes: What a bar over the whole width would be.
        """
        super().__init__()
        self._revisions, self._most_bytes = revisions, max(1, most_bytes)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            translate("disk", "Revisions: {names}").format(names=", ".join(map(version_of, revisions)))
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a low and wide size."""
        return QSize(scaled(200), scaled(HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a part for each revision, on a track of the full width."""
        scheme = colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        radius = self.height() / 2
        track = QPainterPath()
        track.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(track)
        painter.fillPath(track, QColor(scheme.neutral_soft))
        left = 0.0
        for revision in self._revisions:
            width = self.width() * revision["size_bytes"] / self._most_bytes
            color = scheme.accent if revision["is_active"] else scheme.neutral
            painter.fillRect(QRectF(left, 0, max(1.0, width - GAP_PX), self.height()), QColor(color))
            left += width
