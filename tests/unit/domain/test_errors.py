from __future__ import annotations

import re
from collections import Counter

import pytest

from launcher.domain import errors
from launcher.domain.errors import LauncherError, WrongHash


def tree(kind: type[LauncherError]) -> list[type[LauncherError]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in tree(child))]


def ours() -> list[type[LauncherError]]:
    return [kind for kind in tree(LauncherError) if kind.__module__ == errors.__name__]


def test_every_failure_has_a_code_of_its_own() -> None:
    counts = Counter(kind.__dict__.get("code") for kind in ours())

    assert {code: count for code, count in counts.items() if count > 1 or code is None} == {}


@pytest.mark.parametrize("kind", ours())
def test_failure_is_named_and_explained(kind: type[LauncherError]) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.code)
    assert kind.__doc__
    assert kind.exit_status in {1, 2, 3, 130}
    assert kind("What.").as_json()["code"] == kind.code


def test_error_carries_its_facts() -> None:
    error = WrongHash("The file is wrong.", expected=1, actual="b", hint="Look.")

    assert str(error) == "The file is wrong."
    assert error.as_json() == {
        "code": "wrong-hash",
        "message": "The file is wrong.",
        "expected": "1",
        "actual": "b",
        "hint": "Look.",
    }


def test_absent_facts_are_left_out_and_the_usual_hint_stands_in() -> None:
    assert WrongHash("W.").as_json() == {"code": "wrong-hash", "message": "W.", "hint": WrongHash.usual_hint}
    assert WrongHash("W.", hint="").as_json() == {"code": "wrong-hash", "message": "W."}
