"""The highest accepted channel revisions outlast crashes and damage (threats A2 to A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import ChannelEquivocation, ChannelRevisionTooLow, DamagedState, NoPermission
from launcher.domain.floor import Floor
from launcher.store.floors import accept, load_floors

if TYPE_CHECKING:
    from pathlib import Path

KEYS = frozenset({"key"})
R1, R2, R3 = (Floor(number, str(number) * 64, KEYS) for number in (1, 2, 3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "channels.json"


def test_nothing_accepted_yet(path: Path) -> None:
    assert load_floors(path) == {}


def test_floors_only_rise_and_come_back_as_they_were(path: Path) -> None:
    accept(path, {"catalog a": R2, "bundle b": R1}, KEYS)
    accept(path, {"catalog a": R3}, KEYS)

    assert load_floors(path) == {"catalog a": R3, "bundle b": R1}
    with pytest.raises(ChannelRevisionTooLow) as caught:
        accept(path, {"catalog a": R2}, KEYS)
    assert (caught.value.expected, caught.value.actual) == ("revision 3 or newer", "revision 2")
    with pytest.raises(ChannelEquivocation):
        accept(path, {"catalog a": Floor(3, "f" * 64, KEYS)}, KEYS)
    assert load_floors(path)["catalog a"] == R3


def test_accepting_the_same_again_writes_nothing(path: Path) -> None:
    accept(path, {"catalog a": R1}, KEYS)
    before = path.stat()

    accept(path, {"catalog a": R1}, KEYS)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_one_refusal_accepts_nothing_of_its_batch(path: Path) -> None:
    accept(path, {"catalog a": R2}, KEYS)
    with pytest.raises(ChannelRevisionTooLow):
        accept(path, {"catalog b": R1, "catalog a": R1}, KEYS)

    assert load_floors(path) == {"catalog a": R2}


@pytest.mark.parametrize("damage", [b"", b"{", b'{"version": 2, "floors": {}}', b'{"version": 1, "floors": {"a": {}}}'])
def test_damaged_floors_fall_back_to_the_ones_before(path: Path, damage: bytes) -> None:
    accept(path, {"catalog a": R1}, KEYS)
    accept(path, {"catalog a": R2}, KEYS)
    path.write_bytes(damage)

    assert load_floors(path) == {"catalog a": R1}
    accept(path, {"catalog a": R3}, KEYS)
    assert load_floors(path) == {"catalog a": R3}
    # The good one before was not given away for the damaged one.
    path.unlink()
    assert load_floors(path) == {"catalog a": R1}


def test_two_damaged_files_fail_closed(path: Path) -> None:
    accept(path, {"catalog a": R1}, KEYS)
    accept(path, {"catalog a": R2}, KEYS)
    path.write_bytes(b"")
    path.with_name("channels.json.prev").write_bytes(b"")

    with pytest.raises(DamagedState) as caught:
        load_floors(path)

    assert caught.value.hint is not None
    assert str(path) in caught.value.hint


def test_floors_that_cannot_be_read_are_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", deny)
    with pytest.raises(NoPermission):
        load_floors(path)
