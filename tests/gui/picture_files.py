"""Pictures on the disk, in as few colours as nobody sees, and what is between two of them.

Text and round corners have softened edges, and how soft may differ from one FreeType or processor to the next. So two
pixels are alike if each channel is within `SHADES`, or if each lies between the darkest and the lightest of the nine
pixels around the other, with `SLACK` of the contrast there on both sides: that is an edge drawn by another hand, or
moved by a part of a pixel. Everything else is a difference, and `STRAYS` of them are let pass.

`SHADES` is 4 of 255: nobody sees it, and the two closest backgrounds of the schemes are 9 apart in one channel
(``accent_soft`` and ``neutral_soft`` of the light one). `SLACK` is 0.4: an edge that moved by a fifth of a pixel lost a
fifth of its contrast, a stroke that is gone all of it. `STRAYS` is 6: another digit in a line leaves more, an equal
rendering none, as `save_small` makes sure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHADES: Final = 4
SLACK: Final = 0.4
STRAYS: Final = 6
# A difference that fills the picture need not be counted to its end.
ENOUGH: Final = 5_000
# A saved picture has its backgrounds as they are, and of the rest colours that are so far apart in one channel: the
# first of these distances that leaves no difference.
BACKGROUNDS: Final = 24
DISTANCES: Final = (28, 20, 10, SHADES)
MAX_COLORS: Final = 256
_CHANNELS: Final = (16, 8, 0)


def save_small(picture: QImage, path: Path) -> None:
    """Save a picture in as few of its colours as leave no difference.

    Raises:
        OSError: It cannot be written.
    """
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    frequent = [color for color, _ in Counter(_pixels(plain)).most_common()]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = plain
    for distance in DISTANCES:
        small = plain.convertToFormat(QImage.Format.Format_Indexed8, _apart(frequent, distance), flags)
        if not differences(small, plain):
            break
    save(small, path)


def save(picture: QImage, path: Path) -> None:
    """Save a picture as it is.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(picture):
        raise OSError(writer.errorString())


def is_alike(expected: QImage, actual: QImage) -> bool:
    """Tell whether a person would see no difference."""
    return expected.size() == actual.size() and len(differences(expected, actual)) <= STRAYS


def differences(expected: QImage, actual: QImage) -> list[int]:
    """Return the places of pixels that differ by more than an edge may, `ENOUGH` of them at most.

    Args:
        expected: One picture.
        actual: Another one of the same size; a place is ``y * width + x``.
    """
    one, other = (picture.convertToFormat(QImage.Format.Format_RGB32) for picture in (expected, actual))
    width, first, second = one.width(), _pixels(one), _pixels(other)
    found = []
    for place in _unlike(first, second):
        if not _is_edge(first, second, place, width):
            found.append(place)
            if len(found) >= ENOUGH:
                break
    return found


def difference_picture(expected: QImage, actual: QImage) -> QImage:
    """Return the actual picture, pale, with what differs in red."""
    size = actual.size()
    result = actual.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(result)
    painter.fillRect(result.rect(), QColor(255, 255, 255, 200))
    painter.setPen(QColor("red"))
    if expected.size() == size:
        for place in differences(expected, actual):
            painter.drawPoint(place % size.width(), place // size.width())
    else:
        painter.drawRect(0, 0, min(expected.width(), size.width()) - 1, min(expected.height(), size.height()) - 1)
    painter.end()
    return result


def _pixels(picture: QImage) -> memoryview:
    return memoryview(picture.constBits()).cast("I")


def _apart(colors: list[int], distance: int) -> list[int]:
    """Return the first colours of a list, and of the others those that are far enough from each other."""
    table: list[tuple[int, int, int]] = []
    for color in colors:
        red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
        if len(table) < BACKGROUNDS or all(
            max(abs(red - r), abs(green - g), abs(blue - b)) > distance for r, g, b in table
        ):
            table.append((red, green, blue))
    return [255 << 24 | red << 16 | green << 8 | blue for red, green, blue in table[:MAX_COLORS]]


def _unlike(first: memoryview, second: memoryview) -> Iterator[int]:
    """Yield the places at which a channel differs by more than `SHADES`."""
    known: dict[tuple[int, int], bool] = {}
    for place, pair in enumerate(zip(first, second, strict=True)):
        one, other = pair
        if one == other:
            continue
        if pair not in known:
            known[pair] = any(abs((one >> shift & 255) - (other >> shift & 255)) > SHADES for shift in _CHANNELS)
        if known[pair]:
            yield place


def _is_edge(first: memoryview, second: memoryview, place: int, width: int) -> bool:
    """Tell whether each of two pixels could be a neighbour of the other."""
    spots = [spot for row in (place - width, place, place + width) for spot in (row - 1, row, row + 1)]
    spots = [spot for spot in spots if 0 <= spot < len(first)]
    for shift in _CHANNELS:
        ones, others = ([pixels[spot] >> shift & 255 for spot in spots] for pixels in (first, second))
        slack = SHADES + SLACK * (max(*ones, *others) - min(*ones, *others))
        for color, near in ((second[place], ones), (first[place], others)):
            if not min(near) - slack <= color >> shift & 255 <= max(near) + slack:
                return False
    return True
