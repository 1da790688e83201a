from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import BadField
from launcher.domain.fields import Fields, find_time, format_time

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = {
    "text": "a",
    "empty": "",
    "control": "a\x1b[31m",
    "null": None,
    "list": ["a", "b"],
    "mixed": ["a", 1],
    "int": 7,
    "true": True,
    "map": {"a": "b"},
    "bad_map": {"a": 1},
    "rows": [{"x": 1}, {"x": 2}],
    "digest": "ab" * 32,
    "upper": "AB" * 32,
    "time": "2026-11-23T08:00:00.5Z",
}
FIELDS = Fields(ROOT, "root")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda f: f.text("text"), "a"),
        (lambda f: f.text("absent", "x"), "x"),
        (lambda f: f.text("null", "x"), "x"),
        (lambda f: f.find_text("null"), None),
        (lambda f: f.find_text("absent"), None),
        (lambda f: f.name("text"), "a"),
        (lambda f: f.texts("list"), ("a", "b")),
        (lambda f: f.texts("absent"), ()),
        (lambda f: f.integer("int"), 7),
        (lambda f: f.integer("int", 7, 7), 7),
        (lambda f: f.integer("absent", default=3), 3),
        (lambda f: f.find_integer("absent"), None),
        (lambda f: f.flag("true"), True),
        (lambda f: f.flag("absent"), False),
        (lambda f: f.sha256("digest"), "ab" * 32),
        (lambda f: f.find_sha256("absent"), None),
        (lambda f: f.time("time"), datetime(2026, 11, 23, 8, microsecond=500_000, tzinfo=UTC)),
        (lambda f: f.find_time("absent"), None),
        (lambda f: f.child("map").text("a"), "b"),
        (lambda f: list(f.child("absent")), []),
        (lambda f: [row.integer("x") for row in f.children("rows")], [1, 2]),
        (lambda f: f.children("absent"), ()),
        (lambda f: f.text_map("map"), {"a": "b"}),
        (lambda f: "null" in f, False),
        (lambda f: "empty" in f, True),
        (lambda f: list(f)[:2], ["text", "empty"]),
    ],
)
def test_field_is_read(read: Callable[[Fields], object], value: object) -> None:
    assert read(FIELDS) == value


@pytest.mark.parametrize(
    ("read", "place", "expected", "actual"),
    [
        (lambda f: f.text("absent"), "absent", "a string", "nothing"),
        (lambda f: f.text("int"), "int", "a string", "an integer"),
        (lambda f: f.name("empty"), "empty", "a printable, non-empty string", "''"),
        (lambda f: f.name("control"), "control", "a printable, non-empty string", "'a\\x1b[31m'"),
        (lambda f: f.texts("text"), "text", "an array of strings", "a string"),
        (lambda f: f.texts("mixed"), "mixed", "an array of strings", "another element"),
        (lambda f: f.integer("true"), "true", "an integer from 0 to 9007199254740991", "True"),
        (lambda f: f.integer("int", 8), "int", "an integer from 8 to 9007199254740991", "7"),
        (lambda f: f.integer("int", 0, 6), "int", "an integer from 0 to 6", "7"),
        (lambda f: f.flag("int"), "int", "true or false", "an integer"),
        (lambda f: f.sha256("upper"), "upper", "64 lower-case hex digits", f"'{'AB' * 32}'"),
        (lambda f: f.find_time("null"), "null", "a string", "nothing"),
        (lambda f: f.time("text"), "text", "a UTC time like 2026-11-23T08:00:00Z", "'a'"),
        (lambda f: f.children("list"), "list[0]", "an object", "a string"),
        (lambda f: f.children("map"), "map", "an array of objects", "an object"),
        (lambda f: f.child("list"), "list", "an object", "an array"),
        (lambda f: f.child("null"), "null", "an object", "null"),
        (lambda f: f.text_map("bad_map"), "bad_map", "an object of strings", "another value"),
        (lambda f: f.children("rows")[1].text("y"), "rows[1].y", "a string", "nothing"),
    ],
)
def test_error_says_where_and_what(read: Callable[[Fields], object], place: str, expected: str, actual: str) -> None:
    with pytest.raises(BadField) as caught:
        read(FIELDS)

    assert f"`root.{place}`" in caught.value.message
    assert (caught.value.expected, caught.value.actual) == (expected, actual)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-23T08:00:00+00:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-11-23T08:00:00.123456789Z", datetime(2026, 11, 23, 8, microsecond=123_456, tzinfo=UTC)),
        ("2024-02-29T23:59:59Z", datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_time_is_read(text: str, moment: datetime) -> None:
    assert find_time(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026-11-23T08:00Z",
        "2026-11-23 08:00:00Z",
        "2026-11-23t08:00:00z",
        "2026-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T08:00:00.Z",
        "\uff12026-11-23T08:00:00Z",
        "2026-11-23T08:00:00Z\n",
        " 2026-11-23T08:00:00Z",
        "2026-11-23T08:00:00-00:00",
    ],
)
def test_other_spellings_are_no_time(text: str) -> None:
    assert find_time(text) is None


def test_time_is_written_in_utc_and_whole_seconds() -> None:
    east = timezone(timedelta(hours=5, minutes=30))

    assert format_time(datetime(2026, 11, 23, 8, 0, 1, 999_999, tzinfo=east)) == "2026-11-23T02:30:01Z"
    assert format_time(datetime(9, 1, 2, tzinfo=UTC)) == "0009-01-02T00:00:00Z"


def test_what_is_no_object_has_no_fields() -> None:
    with pytest.raises(BadField, match=r"`bundle` is not an object\."):
        Fields([], "bundle")
