from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher.faces.gui.events import Logged, Outcome, PhaseBegan, Progressed, Row, Unreadable, parse_event
from tests.gui.scene import WRONG_HASH, event, outcome

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=6,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(["phase", "progress", "log", "row", "outcome"])},
    optional=dict.fromkeys(
        ("phase", "subject", "done_bytes", "kind", "value", "status", "error", "result", "message"), JSON_VALUES
    ),
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            event("phase", phase="downloading", subject="a/b", total_bytes=7),
            PhaseBegan("downloading", "a/b", 7),
        ),
        (
            event("progress", phase="verifying", done_bytes=2**40, total_bytes=None, bytes_per_s=1, remaining_s=None),
            Progressed("verifying", 2**40, None, 1.0, None),
        ),
        (event("log", message="hello"), Logged("hello")),
        (event("row", kind="bundle", value={"id": "x"}), Row("bundle", {"id": "x"})),
        (outcome(result={"a": 1}), Outcome("done", None, {"a": 1})),
        (outcome("failed", error=WRONG_HASH), Outcome("failed", WRONG_HASH, None)),
    ],
)
def test_each_kind_of_line_becomes_its_event(line: str, expected: object) -> None:
    assert parse_event(line.encode()) == expected


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"Traceback (most recent call last):",
        b'{"type": "phase"',
        b"[]",
        b'"outcome"',
        b'{"type": "later version", "x": 1}',
        b'{"type": "outcome", "status": "perhaps"}',
        b'{"type": "outcome", "status": "failed", "error": null}',
        b'{"type": "outcome", "status": "failed", "error": {"code": "x"}}',
        b'{"type": "progress", "phase": "x", "done_bytes": "many"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_event_is_kept_as_text(line: bytes) -> None:
    event = parse_event(line)
    assert isinstance(event, Unreadable)
    assert event.text == line.decode("utf-8", errors="replace").strip()[:2000]


@given(EVENTS)
def test_no_object_of_a_worker_raises(fields: dict[str, object]) -> None:
    parse_event(json.dumps(fields).encode())


@given(st.binary(max_size=200))
def test_no_bytes_of_a_worker_raise(line: bytes) -> None:
    parse_event(line)


def test_only_done_and_nothing_to_do_are_good() -> None:
    assert [Outcome(status).is_good for status in ("done", "nothing-to-do", "failed", "cancelled")] == [
        True,
        True,
        False,
        False,
    ]
