"""Typed reading of parsed JSON: one place that says what is missing or wrong, and where."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.canonical import MAX_INTEGER
from launcher.domain.errors import BadField

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NO_DEFAULT: Final = object()


class Fields:
    """The fields of one JSON object, read by type; unknown ones are ignored (threat B16).

    Every reader takes the key and raises `BadField` with the place, the expected and the actual
    type. Readers called ``find_…`` return None where the key is absent or null.
    """

    __slots__ = ("_object", "place")

    def __init__(self, value: object, place: str) -> None:
        """Wrap ``value``, which stands at ``place`` (``bundle.artifacts[0]``) in its document.

        Raises:
            BadField: ``value`` is not an object.
        """
        if not isinstance(value, dict):
            raise BadField(f"`{place}` is not an object.", expected="an object", actual=_type_name(value))
        self._object: dict[str, Any] = value
        self.place = place

    def __iter__(self) -> Iterator[str]:
        """Walk over the keys."""
        return iter(self._object)

    def __contains__(self, key: str) -> bool:
        """Tell whether the key is there and not null."""
        return self._object.get(key) is not None

    def text(self, key: str, default: object = _NO_DEFAULT) -> str:
        """Read a string."""
        return self._typed(key, str, "a string", default)  # type: ignore[no-any-return]

    def find_text(self, key: str) -> str | None:
        """Read a string that may be absent."""
        return self.text(key) if key in self else None

    def name(self, key: str) -> str:
        """Read a string that is not empty and holds no control characters."""
        text = self.text(key)
        if not text or not text.isprintable():
            raise self.bad(key, "a printable, non-empty string", repr(text[:60]))
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """Read an array of strings; absent is empty."""
        values = self._typed(key, list, "an array of strings", [])
        if any(not isinstance(value, str) for value in values):
            raise self.bad(key, "an array of strings", "another element")
        return tuple(values)

    def find_integer(self, key: str, minimum: int = 0, maximum: int = MAX_INTEGER) -> int | None:
        """Read an integer within a range that may be absent."""
        return self.integer(key, minimum, maximum) if key in self else None

    def integer(self, key: str, minimum: int = 0, maximum: int = MAX_INTEGER, default: object = _NO_DEFAULT) -> int:
        """Read an integer within a range."""
        value: int = self._typed(key, int, "an integer", default)
        if isinstance(value, bool) or not minimum <= value <= maximum:
            raise self.bad(key, f"an integer from {minimum} to {maximum}", value)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false; absent is ``default``."""
        return self._typed(key, bool, "true or false", default)  # type: ignore[no-any-return]

    def sha256(self, key: str) -> str:
        """Read a sha256 as 64 lower-case hex digits."""
        text = self.text(key)
        if not _SHA256.fullmatch(text):
            raise self.bad(key, "64 lower-case hex digits", repr(text[:80]))
        return text

    def find_sha256(self, key: str) -> str | None:
        """Read a sha256 that may be absent."""
        return self.sha256(key) if key in self else None

    def time(self, key: str) -> datetime:
        """Read an aware UTC time (threat B9)."""
        text = self.text(key)
        moment = find_time(text)
        if moment is None:
            raise self.bad(key, "a UTC time like 2026-11-23T08:00:00Z", repr(text[:60]))
        return moment

    def find_time(self, key: str) -> datetime | None:
        """Read an aware UTC time that may be absent; null is malformed, not "never"."""
        return self.time(key) if key in self._object else None

    def child(self, key: str) -> Fields:
        """Read an object; absent is an empty one."""
        return Fields(self._object.get(key, {}), f"{self.place}.{key}".removeprefix("."))

    def children(self, key: str) -> tuple[Fields, ...]:
        """Read an array of objects; absent is empty."""
        values = self._typed(key, list, "an array of objects", [])
        return tuple(Fields(value, f"{self.place}.{key}[{i}]".removeprefix(".")) for i, value in enumerate(values))

    def text_map(self, key: str) -> dict[str, str]:
        """Read an object whose values are all strings; absent is empty."""
        values = self._typed(key, dict, "an object of strings", {})
        if any(not isinstance(value, str) for value in values.values()):
            raise self.bad(key, "an object of strings", "another value")
        return dict(values)

    def bad(self, key: str, expected: str, actual: object) -> BadField:
        """Return the error for a field, for rules that go beyond a type."""
        place = f"{self.place}.{key}".removeprefix(".")
        return BadField(f"`{place}` is not what it must be.", expected=expected, actual=actual)

    def _typed(self, key: str, kind: type, expected: str, default: object) -> Any:  # noqa: ANN401 - as `kind` says
        value = self._object.get(key)
        if value is None:
            if default is _NO_DEFAULT:
                raise self.bad(key, expected, "nothing")
            return default
        if not isinstance(value, kind):
            raise self.bad(key, expected, _type_name(value))
        return value


def find_time(text: str) -> datetime | None:
    """Parse a UTC time in the one accepted form, or return None.

    Only ``Z`` or ``+00:00`` is a zone here, and there is no 60th second (threat B9).
    """
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    *numbers, fraction = match.groups()
    try:
        moment = datetime(*map(int, numbers), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return moment.replace(microsecond=int((fraction or "").ljust(6, "0")[:6]))


def format_time(moment: datetime) -> str:
    """Write an aware time as we write all of them: UTC, whole seconds, ``Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _type_name(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", int: "an integer"}
    return names.get(type(value), "null")
