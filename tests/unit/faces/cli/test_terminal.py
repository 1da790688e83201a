from __future__ import annotations

import io

import pytest

from launcher.faces.cli.terminal import (
    Style,
    columns,
    counted,
    fact_lines,
    find_style,
    format_duration,
    format_size,
    printable,
    safe,
    shortened,
    width,
    wrapped,
)

COLOURED = Style(is_coloured=True)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (None, "-"),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (13_577_392, "13.6 MB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (412_000_000, "412 MB"),
        (2**40, "1.1 TB"),
        (5 * 10**15, "5000 TB"),
        (-2048, "-2.0 kB"),
    ],
)
def test_sizes_are_short(size_bytes: int | None, text: str) -> None:
    assert format_size(size_bytes) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (24.4, "24 s"), (59.6, "1 min 0 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")]
)
def test_durations_are_short(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


def test_numbers_have_their_noun() -> None:
    assert [counted(1, "file"), counted(3000, "file"), counted(0, "entry", "entries")] == [
        "1 file",
        "3,000 files",
        "0 entries",
    ]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("two\nlines", "two\\nlines"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x9b31m", "\\x9b31m"),
        ("lone \udc80", "lone \\udc80"),
        ("Größe 漢字", "Größe 漢字"),
    ],
)
def test_no_text_steers_the_terminal(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


def test_a_view_is_made_printable_all_the_way_down() -> None:
    view = {"name": "a\x1bb", "rows": [{"html": "one\ntwo\x07", "n": 1, "none": None}]}

    assert printable(view) == {"name": "a\\x1bb", "rows": [{"html": "one\ntwo\\x07", "n": 1, "none": None}]}


def test_columns_line_up_by_what_is_seen() -> None:
    assert columns([("a", "x"), ("漢字", "y"), ("e\u0301", "z"), ("only",)]) == [
        "a     x",
        "漢字  y",
        "e\u0301     z",
        "only",
    ]


def test_no_line_ends_in_spaces() -> None:
    assert columns([("a", "", ""), ("long", "b", "c"), ("", "", "")]) == ["a", "long  b  c", ""]


def test_colour_does_not_count_as_width() -> None:
    assert columns([("a", "x"), ("long", "y")], colours=[("red", ""), ("", "dim")], style=COLOURED) == [
        "\x1b[31ma\x1b[0m     x",
        "long  \x1b[2my\x1b[0m",
    ]


def test_facts_without_a_value_are_left_out() -> None:
    assert fact_lines([("revision", "rev-1"), ("replaces", None), ("path", "/p")]) == [
        "  revision  rev-1",
        "  path      /p",
    ]


def test_paragraphs_are_broken_between_words() -> None:
    assert wrapped("one two three unbreakable", 9, indent="  ") == ["  one two", "  three", "  unbreakable"]
    assert wrapped("", 9) == []


def test_a_long_name_keeps_its_ends() -> None:
    assert shortened("Downloading linux-x86_64-cuda-12.8", 21) == "Downloadin…-cuda-12.8"
    assert shortened("short", 5) == "short"
    assert shortened("much too narrow", 0) == "mu…ow"


def test_width_counts_columns() -> None:
    assert [width("abc"), width("漢"), width("e\u0301")] == [3, 2, 1]


@pytest.mark.parametrize(
    ("stream", "environ", "is_coloured"),
    [
        (_Terminal(), {}, True),
        (_Terminal(), {"NO_COLOR": "1"}, False),
        (_Terminal(), {"NO_COLOR": ""}, True),
        (_Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    stream: io.StringIO, environ: dict[str, str], *, is_coloured: bool
) -> None:
    assert find_style(stream, environ).is_coloured is is_coloured
