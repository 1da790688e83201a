"""Where icons and styles lie, and icons in the colours of the scheme."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

_PACKAGE: Final = Path(__file__).resolve().parents[2]


@cache
def _root() -> Path:
    """Return the folder ``resources``: beside the package in a checkout, inside it in a wheel or a frozen app.

    The rule is that of `launcher.adapters.shipped`, which a face may not import and whose imports it need not pay for.
    """
    unpacked_to = getattr(sys, "_MEIPASS", None)
    shipped = (Path(unpacked_to) / "launcher" if unpacked_to else _PACKAGE) / "_shipped"
    return (shipped if shipped.is_dir() else _PACKAGE.parent) / "resources"


def resource_path(relative: str) -> Path:
    """Return the path of a file in ``resources/``."""
    return _root() / relative


def pixmap(name: str, color: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon of ours in one colour.

    Args:
        name: Its file in ``resources/icons``, without the ending.
        color: What its strokes are drawn in.
        size: Its side, in device-independent pixels.
        ratio: How many pixels of the screen that is.
    """
    return _pixmap(name, color.name(QColor.NameFormat.HexArgb), size, ratio)


def icon(name: str, size: QSize, color: str, disabled: str = "") -> QIcon:
    """Return an icon of ours as widgets take it, sharp on plain and on dense screens.

    Args:
        name: Its file in ``resources/icons``, without the ending.
        size: Its height, and a width that may leave air at both sides: buttons have no setting for that gap.
        color: What its strokes are drawn in.
        disabled: The same for a widget that is disabled.
    """
    return _icon(name, size.width(), size.height(), color, disabled)


@cache
def _icon(name: str, width: int, height: int, color: str, disabled: str) -> QIcon:
    result = QIcon()
    size = QSize(width, height)
    for ratio in (1.0, 2.0):
        result.addPixmap(_framed(pixmap(name, QColor(color), height, ratio), size))
        if disabled:
            result.addPixmap(_framed(pixmap(name, QColor(disabled), height, ratio), size), QIcon.Mode.Disabled)
    return result


def _framed(picture: QPixmap, size: QSize) -> QPixmap:
    ratio = picture.devicePixelRatio()
    result = QPixmap(size * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.drawPixmap((size.width() - size.height()) // 2, 0, picture)
    painter.end()
    return result


@cache
def _svg(name: str) -> str:
    return resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - start-up time: after the window has its first events

    opaque = QColor(color)
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", opaque.name()).encode()))
    result = QPixmap(QSize(size, size) * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setOpacity(opaque.alphaF())
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result
