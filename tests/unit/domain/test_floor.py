from __future__ import annotations

import pytest

from launcher.domain.errors import ChannelEquivocation, ChannelRevisionTooLow, LauncherError
from launcher.domain.floor import MAX_JUMP, Floor, raise_floor

ALICE, BOB = frozenset({"alice"}), frozenset({"bob"})
FLOOR = Floor(42, "aa" * 32, ALICE)


def offer(revision: int, sha256: str = "bb" * 32, keys: frozenset[str] = ALICE) -> Floor:
    return Floor(revision, sha256, keys)


@pytest.mark.parametrize("offered", [offer(43), offer(42 + MAX_JUMP), FLOOR, offer(43, keys=BOB)])
def test_newer_or_the_same_is_accepted_and_is_the_new_floor(offered: Floor) -> None:
    assert raise_floor("x", FLOOR, offered, ALICE | BOB) == offered


def test_first_contact_is_accepted() -> None:
    assert raise_floor("x", None, offer(2**53 - 1), ALICE) == offer(2**53 - 1)


@pytest.mark.parametrize(
    ("offered", "error", "expected"),
    [
        (offer(41), ChannelRevisionTooLow, "revision 42 or newer"),
        (offer(0), ChannelRevisionTooLow, "revision 42 or newer"),
        (offer(43 + MAX_JUMP), ChannelRevisionTooLow, f"at most {42 + MAX_JUMP}"),
        (offer(42), ChannelEquivocation, "aa" * 32),
    ],
)
@pytest.mark.parametrize("keys", [ALICE, BOB, ALICE | BOB])
def test_below_beside_and_far_above_the_floor_is_refused_whoever_signed(
    offered: Floor, error: type[LauncherError], expected: str, keys: frozenset[str]
) -> None:
    with pytest.raises(error) as caught:
        raise_floor("x", FLOOR, Floor(offered.revision, offered.sha256, keys), ALICE | BOB)
    assert caught.value.expected == expected


@pytest.mark.parametrize("offered", [offer(1, keys=BOB), offer(42, keys=BOB), offer(2**40, keys=BOB)])
def test_rotation_in_the_registry_starts_anew(offered: Floor) -> None:
    assert raise_floor("x", FLOOR, offered, BOB) == offered


def test_floor_of_several_keys_holds_while_one_of_them_stands() -> None:
    both = Floor(42, "aa" * 32, ALICE | BOB)

    with pytest.raises(ChannelRevisionTooLow):
        raise_floor("x", both, offer(6, keys=BOB), BOB)
