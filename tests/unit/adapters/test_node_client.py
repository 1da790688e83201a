"""What nodes say is read leniently, and never becomes more trusted than it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher.adapters.node_client import parse_overview
from launcher.domain.errors import BadAnswer
from launcher.domain.views import InstallationView, Overview

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=10,
)
# Mostly the right keys with any values, so that the examples get past the first check.
ANSWERS = st.fixed_dictionaries(
    {
        "installations": st.lists(st.fixed_dictionaries({}, optional={"id": st.text(), "signature": JSON}), max_size=3)
        | JSON
    },
    optional={"signature_summary": st.just({"ok": True}) | JSON, "catalogs": JSON, "bundles": JSON, "roots": JSON},
)


def _installation(signature: object) -> dict[str, Any]:
    raw = json.dumps({"installations": [{"id": "a/b", "signature": signature}], "signature_summary": {}}).encode()
    return dict(parse_overview(raw, "node")["installations"][0])


@pytest.mark.parametrize(
    ("signature", "state"),
    [
        (None, "unsigned"),
        ({}, "unsigned"),
        ({"ok": False, "signatures": []}, "unsigned"),
        ({"ok": True, "trusted_signatures": 1, "signatures": [{}]}, "trusted"),
        ({"ok": False, "trusted_signatures": 1, "signatures": [{}]}, "invalid"),
        ({"ok": True, "trusted_signatures": 0, "signatures": [{}]}, "untrusted"),
        ({"ok": False, "rejected_signatures": 1, "signatures": [{}]}, "untrusted"),
        ({"ok": False, "signatures": [{}]}, "invalid"),
        ({"ok": True, "state": "untrusted", "trusted_signatures": 1}, "untrusted"),
    ],
)
def test_a_verdict_of_the_older_servers_becomes_one_of_ours(signature: object, state: str) -> None:
    assert _installation(signature)["signature"]["state"] == state


def test_what_a_node_does_not_say_has_its_most_cautious_value() -> None:
    raw = b'{"installations": [{}], "signature_summary": {}}'

    overview = parse_overview(raw, "node")

    assert overview["signature_summary"]["ok"] is False
    assert overview["installations"][0]["index"] == "recorded"
    assert overview["installations"][0]["signature"]["state"] == "unknown"


@given(ANSWERS)
def test_any_answer_is_read_in_full_or_refused(answer: dict[str, Any]) -> None:
    raw = json.dumps(answer).encode()
    try:
        overview = parse_overview(raw, "node")
    except BadAnswer:
        return
    assert set(overview) == set(Overview.__annotations__)
    assert all(set(row) == set(InstallationView.__annotations__) for row in overview["installations"])


@given(st.binary())
def test_any_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_overview(raw, "node")
