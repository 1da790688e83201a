"""The threat table says where each row is tested; this keeps it from saying so of files that do not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ROW = re.compile(r"^\| ([A-F]\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)
ROWS = dict(ROW.findall((CHECKOUT / "docs/explanation/threats.md").read_text(encoding="utf-8")))
SIZES = {"A": 18, "B": 17, "C": 28, "D": 22, "E": 21, "F": 10}
TESTED = [(row, name) for row, tested_in in ROWS.items() for name in re.findall(r"`([^`]+)`", tested_in)]


def test_no_row_was_lost() -> None:
    assert list(ROWS) == [f"{section}{number}" for section, size in SIZES.items() for number in range(1, size + 1)]


@pytest.mark.parametrize("row", ROWS)
def test_row_says_where_it_is_tested_or_that_it_is_not(row: str) -> None:
    assert re.fullmatch(r"—|`[a-z0-9_/]+\.py`(?: `[a-z0-9_/]+\.py`)*", ROWS[row])


@pytest.mark.parametrize(("row", "name"), TESTED)
def test_named_file_is_about_the_row(row: str, name: str) -> None:
    source = (CHECKOUT / "tests" / name).read_text(encoding="utf-8")
    assert re.search(rf"\b{row}\b|\btest_{row.lower()}_", source)
