"""What the tray says: one of four states, in words and as a badge on the app's icon."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from launcher.faces.gui.resources import pixmap, resource_path
from launcher.faces.gui.texts import job_text, job_title, translate
from launcher.faces.gui.theme import DARK, LIGHT, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import Snapshot


class TrayState(StrEnum):
    """The states, the one that matters most first."""

    PROBLEM = "problem"
    WORKING = "working"
    UPDATE = "update"
    IDLE = "idle"


ICON_PX: Final = (22, 32, 44, 64)
_BADGES: Final = {
    TrayState.PROBLEM: ("warning", Tone.DANGER),
    TrayState.WORKING: ("refresh", Tone.ACCENT),
    TrayState.UPDATE: ("update", Tone.GOOD),
}


def tray_state(snapshot: Snapshot | None, running: Sequence[Job], *, has_failed: bool) -> TrayState:
    """Return the state.

    Args:
        snapshot: The last reading of the store.
        running: The jobs that a person asked for and that have a worker.
        has_failed: Whether a job or the reading failed and nobody has looked since.
    """
    if has_failed or (snapshot is not None and snapshot.problems):
        return TrayState.PROBLEM
    if running:
        return TrayState.WORKING
    return TrayState.UPDATE if snapshot is not None and updates_of(snapshot) else TrayState.IDLE


def updates_of(snapshot: Snapshot) -> list[str]:
    """Return the names of the bundles for which there is an update."""
    entries = snapshot.entries.values()
    return [entry.bundle["name"] for entry in entries if entry.bundle["state"] == "update-available"]


def tray_text(state: TrayState, snapshot: Snapshot | None, running: Sequence[Job]) -> str:
    """Return the state in words, for the tooltip and the menu."""
    match state:
        case TrayState.PROBLEM:
            return translate("tray", "There is a problem to look at")
        case TrayState.WORKING if running:
            form = translate("tray", "{job}: {state}")
            return form.format(job=job_title(running[0].order.verb), state=job_text(running[0]))
        case TrayState.UPDATE if snapshot is not None:
            return translate("tray", "Update for {names}").format(names=", ".join(updates_of(snapshot)))
        case _:
            return translate("tray", "Nothing to do")


def tray_icon(state: TrayState) -> QIcon:
    """Return the app's icon with the badge of a state; its shape tells the states apart, not its colour alone."""
    icon = QIcon()
    for size_px in ICON_PX:
        icon.addPixmap(_draw(state, size_px))
    return icon


def _draw(state: TrayState, size_px: int) -> QPixmap:
    picture = QIcon(str(resource_path("icons/app.svg"))).pixmap(size_px, size_px)
    if state not in _BADGES:
        return picture
    icon_name, tone = _BADGES[state]
    side = round(size_px * 0.62)
    corner = size_px - side
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    gap = size_px / 16
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.drawEllipse(QRectF(corner, corner, side, side).adjusted(-gap, -gap, gap, gap))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setBrush(LIGHT.tone(tone)[0])  # panels are light or dark, whatever the window is
    painter.drawEllipse(QRectF(corner, corner, side, side))
    inner = round(side * 0.74)
    place = corner + (side - inner) // 2
    painter.drawPixmap(place, place, pixmap(icon_name, QColor(DARK.text), inner, 1.0))
    painter.end()
    return picture
