"""`launcher.domain.values`: what `typing.NamedTuple` promises, ours does too."""

from __future__ import annotations

import pickle
import typing
from typing import TYPE_CHECKING, Self

import pytest

from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ours(NamedTuple):
    """A value."""

    name: str
    sizes: Sequence[int] = ()

    @property
    def total(self) -> int:
        """The sum."""
        return sum(self.sizes)

    @classmethod
    def empty(cls) -> Self:
        """Return one without sizes."""
        return cls("empty")

    def __str__(self) -> str:
        return f"{self.name}: {self.total}"


class Theirs(typing.NamedTuple):
    """A value."""

    name: str
    sizes: Sequence[int] = ()


def test_fields_defaults_and_texts_are_those_of_typing() -> None:
    assert (Ours._fields, Ours._field_defaults, Ours.__doc__, Ours.__module__) == (
        Theirs._fields,
        Theirs._field_defaults,
        Theirs.__doc__,
        Theirs.__module__,
    )
    assert list(Ours.__annotations__) == list(Theirs.__annotations__)
    assert repr(Ours("a", (1, 2))) == repr(Theirs("a", (1, 2))).replace("Theirs", "Ours")


def test_methods_work() -> None:
    assert Ours("a", (1, 2)).total == 3
    assert Ours.empty() == Ours("empty", ())
    assert str(Ours("a", (1, 2))) == "a: 3"
    assert Ours("a", (1,))._replace(sizes=(4,)) == Ours("a", (4,))


def test_a_value_cannot_be_changed_and_takes_no_further_attribute() -> None:
    value = Ours("a")
    with pytest.raises(AttributeError):
        value.name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        value.other = 1  # type: ignore[attr-defined]


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(TypeError, match="name"):
        Ours()  # type: ignore[call-arg]


def test_a_field_without_a_default_cannot_follow_one_with() -> None:
    # namedtuple() gives defaults to the last fields: it must not do so silently to others.
    with pytest.raises(TypeError, match="second"):

        class _Wrong(NamedTuple):
            first: int = 1
            second: int  # type: ignore[misc]


def test_it_pickles() -> None:
    assert pickle.loads(pickle.dumps(Ours("a", (1,)))) == Ours("a", (1,))  # noqa: S301 - our own bytes
