"""The one-file form goes on from what an earlier export to the same name had left, and believes nothing of it (E18)."""

from __future__ import annotations

import hashlib
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launcher.domain.errors import Cancelled, DamagedRevision
from launcher.domain.progress import Silent
from launcher.store.cache_file.file_writing import writing_file
from launcher.store.cache_file.listing import Pin

LISTING = b'{"type": "runtime-cache", "created_at": "2026-11-23T08:00:00Z"}\n'
LATER = LISTING.replace(b"08:00", b"09:30")
SOURCE = random.Random(1)  # noqa: S311 - the same every time
CONTENTS = {f"objects/{size}": SOURCE.randbytes(size) for size in (0, 700, 512, 200_000, 3_000_000, 5)}
PINS = {name: Pin(hashlib.sha256(content).hexdigest(), len(content)) for name, content in CONTENTS.items()}
LEFT = f"x.arwcache.{'1' * 32}.part"


class Telling(Silent):
    """Keeps what it was told; stops once so many bytes came."""

    def __init__(self, stop_after_bytes: int = 2**60) -> None:
        self.done_bytes = 0
        self.messages: list[str] = []
        self._stop_after_bytes = stop_after_bytes

    def advance(self, added_bytes: int) -> None:
        self.done_bytes += added_bytes
        if self.done_bytes > self._stop_after_bytes:
            raise Cancelled("Stopped.")

    def log(self, message: str) -> None:
        self.messages.append(message)


def export(path: Path, observer: Telling, listing: bytes = LISTING, gone: frozenset[str] = frozenset()) -> None:
    """Write everything; the sources of what is ``gone`` can be read no more."""
    with writing_file(path, listing, PINS, observer) as writer:
        for name, content in CONTENTS.items():
            writer.add(name, PINS[name], path.with_name("gone") if name in gone else content)


def caches(folder: Path) -> list[Path]:
    return list(folder.glob("x.arwcache*"))


def whole(listing: bytes = LISTING) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.arwcache"
        export(path, Telling(), listing)
        return path.read_bytes()


WHOLE = whole()


def test_a_cancelled_export_is_kept_and_the_next_one_goes_on_from_it(tmp_path: Path) -> None:
    path = tmp_path / "x.arwcache"
    with pytest.raises(Cancelled) as caught:
        export(path, Telling(stop_after_bytes=250_000))
    (left,) = caches(tmp_path)
    inode = left.stat().st_ino
    assert caught.value.hint == f"The same export goes on from `{left.name}`; delete that file if you do not need it."

    told = Telling()
    written_before = frozenset(list(CONTENTS)[:4])
    export(path, told, LATER, gone=written_before)  # they are not read again from where they came

    assert path.read_bytes() == whole(LATER)
    assert path.stat().st_ino == inode
    assert told.done_bytes == sum(len(content) for content in CONTENTS.values())
    assert told.messages == [f"Going on with `{left.name}`, which an export that was stopped had left."]
    assert caches(tmp_path) == [path]


@given(
    cut_at=st.integers(0, len(WHOLE)),
    flips=st.lists(st.integers(0, len(WHOLE) - 1), max_size=3),
    more=st.sampled_from([b"", b"x" * 2000, bytes(5000)]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_was_left_the_file_becomes_the_same(cut_at: int, flips: list[int], more: bytes) -> None:
    left = bytearray(WHOLE[:cut_at] + more)
    for place in flips:
        if place < len(left):
            left[place] ^= 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.arwcache"
        path.with_name(LEFT).write_bytes(left)
        told = Telling()
        export(path, told)
        assert path.read_bytes() == WHOLE
        assert told.done_bytes == sum(len(content) for content in CONTENTS.values())
        assert caches(Path(folder)) == [path]


def test_two_exports_to_one_name_do_not_meet(tmp_path: Path) -> None:
    path = tmp_path / "x.arwcache"
    with writing_file(path, LISTING, PINS, Telling()) as writer:
        (first,) = caches(tmp_path)
        export(path, Telling())
        assert path.read_bytes() == WHOLE
        assert set(caches(tmp_path)) == {path, first}
        for name, content in CONTENTS.items():
            writer.add(name, PINS[name], content)
    assert path.read_bytes() == WHOLE
    assert caches(tmp_path) == [path]


def test_of_several_that_were_left_one_is_used_and_none_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.arwcache"
    for digit in "123":
        (tmp_path / f"x.arwcache.{digit * 32}.part").write_bytes(WHOLE[: int(digit) * 1000])
    export(path, Telling())
    assert path.read_bytes() == WHOLE
    assert caches(tmp_path) == [path]


def test_a_link_that_was_planted_is_neither_followed_nor_removed(tmp_path: Path) -> None:
    path, other = tmp_path / "x.arwcache", tmp_path / "other"
    other.write_bytes(WHOLE[:4096])
    path.with_name(LEFT).symlink_to(other)
    export(path, Telling())
    assert path.read_bytes() == WHOLE
    assert other.read_bytes() == WHOLE[:4096]
    assert path.with_name(LEFT).is_symlink()


def test_a_failure_leaves_nothing_even_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.arwcache"
    path.with_name(LEFT).write_bytes(WHOLE[:4096])
    with pytest.raises(DamagedRevision):
        export(path, Telling(), gone=frozenset(CONTENTS))
    assert caches(tmp_path) == []
