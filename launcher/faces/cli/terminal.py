"""Text for terminals: colours where they help, columns that line up, and sizes that people read."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TextIO

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")
_UNIT_STEP: Final = 1000


_T = TypeVar("_T")


class Style:
    """Puts colour around words, or leaves them plain."""

    __slots__ = ("is_coloured",)

    def __init__(self, *, is_coloured: bool) -> None:
        self.is_coloured = is_coloured

    def paint(self, text: str, colour: str) -> str:
        """Return ``text`` in a colour or weight of `_CODES`; an empty ``colour`` changes nothing."""
        if not self.is_coloured or not colour or not text:
            return text
        return f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


PLAIN: Final = Style(is_coloured=False)


def find_style(stream: TextIO, environ: Mapping[str, str]) -> Style:
    """Return the style for a stream: coloured on a terminal that did not ask for plain text (https://no-color.org)."""
    return Style(is_coloured=stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb")


def safe(text: str) -> str:
    r"""Return text that cannot steer the terminal: what is not printable is spelled out (``\x1b``).

    Names and sentences of catalogs come from others, and an escape sequence could rewrite what was printed before;
    the direction marks of Unicode could turn a line around (threat C12, on a screen instead of a disk).
    """
    return text if text.isprintable() else "".join(_spelled(character) for character in text)


def safe_lines(text: str) -> str:
    """Return text of several lines that cannot steer the terminal."""
    return "\n".join(safe(line) for line in text.splitlines())


def printable(view: _T) -> _T:
    """Return a view (an object of JSON) all of whose texts are `safe`; ``html`` alone keeps its lines."""
    return _printable(view)  # type: ignore[no-any-return]  # the same shape as came in


def width(text: str) -> int:
    """Return how many columns a text takes: wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    combining = sum(unicodedata.combining(character) > 0 for character in text)
    return len(text) + wide - combining


def columns(
    rows: Iterable[Sequence[str]], *, colours: Sequence[Sequence[str]] = (), style: Style = PLAIN, gap: int = 2
) -> list[str]:
    """Lay rows out in columns that line up; a row may be shorter than others, and no line ends in spaces.

    Args:
        rows: The cells, without colour.
        colours: The colour of each cell, in the shape of ``rows``; empty for none.
        style: Whether colours are put in.
        gap: Spaces between columns.
    """
    table = [list(row) for row in rows]
    widths = [max(width(row[i]) for row in table if len(row) > i) for i in range(max(map(len, table), default=0))]
    lines = []
    for number, row in enumerate(table):
        shown = max((i + 1 for i, cell in enumerate(row) if cell), default=0)
        line = ""
        for i, cell in enumerate(row[:shown]):
            colour = colours[number][i] if number < len(colours) and i < len(colours[number]) else ""
            padding = " " * (widths[i] - width(cell) + gap) if i + 1 < shown else ""
            line += style.paint(cell, colour) + padding
        lines.append(line)
    return lines


def shortened(text: str, available: int) -> str:
    """Return a text that takes at most ``available`` columns: the middle goes, as names differ at their ends."""
    if width(text) <= available:
        return text
    half = max(2, (available - 1) // 2)
    return f"{text[:half]}…{text[-half:]}"


def wrapped(text: str, available: int, *, indent: str = "") -> list[str]:
    """Break a paragraph into lines of at most ``available`` columns, each after ``indent``; words stay whole."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(indent) + width(longer) > available:
            lines.append(indent + line)
            line = word
        else:
            line = longer
    return [*lines, indent + line] if line else lines


def format_size(size_bytes: int | None) -> str:
    """Return a size as people read it, ``13.6 MB``, in steps of a thousand; a dash where it is not known."""
    if size_bytes is None:
        return "-"
    size = float(size_bytes)
    for unit in _UNITS:
        if abs(round(size)) < _UNIT_STEP or unit == _UNITS[-1]:
            break
        size /= _UNIT_STEP
    digits = 0 if unit == "B" or abs(size) >= 100 else 1  # noqa: PLR2004 - three digits say enough
    return f"{size:.{digits}f} {unit}"


def format_duration(seconds: float) -> str:
    """Return a duration as people read it: ``24 s``, ``3 min 5 s``, ``2 h 10 min``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun: ``1 file``, ``3 files``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def fact_lines(facts: Iterable[tuple[str, str | None]], *, style: Style = PLAIN, indent: int = 2) -> list[str]:
    """Lay facts out as ``name  value``, values below each other; facts without a value are left out."""
    known = [(name, value) for name, value in facts if value]
    lines = columns(known, colours=[("dim", "")] * len(known), style=style)
    return [" " * indent + line for line in lines]


def _printable(value: Any, key: object = None) -> Any:  # noqa: ANN401 - any value of JSON
    if isinstance(value, str):
        return safe_lines(value) if key == "html" else safe(value)
    if isinstance(value, dict):
        return {name: _printable(item, name) for name, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _spelled(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]
