"""Reading ahead in a thread: bounded, ended, and honest about errors."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DamagedArchive, DiskFailure
from launcher.store.archive.read_ahead import ReadAhead

if TYPE_CHECKING:
    from collections.abc import Iterator


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("decompressing")]


def test_pieces_across_chunks() -> None:
    with ReadAhead(iter([b"abc", b"", b"defgh", b"ij"])) as stream:
        assert stream.take(2) == b"ab"
        assert stream.take(3) == b"cde"
        assert [bytes(piece) for piece in stream.slices(4)] == [b"fgh", b"i"]
        assert stream.take(0) == b""
        assert b"".join(stream.remainder()) == b"j"
        assert list(stream.remainder()) == []
    assert threads() == []


def test_the_end_comes_too_early() -> None:
    with ReadAhead(iter([b"abc"])) as stream:
        with pytest.raises(DamagedArchive) as caught:
            stream.take(5)
        assert caught.value.expected == "2 bytes more"
        with pytest.raises(DamagedArchive):
            stream.take(1)


def test_an_error_is_raised_where_it_happened() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"abc"
        raise DiskFailure("the archive cannot be read")

    with ReadAhead(chunks()) as stream:
        assert stream.take(3) == b"abc"
        with pytest.raises(DiskFailure):
            stream.take(1)
    assert threads() == []


def test_it_reads_only_a_little_ahead() -> None:
    produced = 0
    has_produced = threading.Semaphore(0)

    def chunks() -> Iterator[bytes]:
        nonlocal produced
        while True:
            produced += 1
            has_produced.release()
            yield b"x"

    with ReadAhead(chunks()) as stream:
        for _ in range(7):
            has_produced.acquire()
        assert not has_produced.acquire(timeout=0.1), "an eighth chunk although nobody reads"
        stream.take(1)
        assert has_produced.acquire(timeout=5), "no further chunk although one was read"
    assert threads() == []
    assert produced <= 9


def test_leaving_with_an_error_stops_the_thread() -> None:
    with pytest.raises(ZeroDivisionError), ReadAhead(iter(lambda: b"endless", None)) as stream:
        _ = len(stream.take(1)) // 0
    assert threads() == []


def test_leaving_without_reading_stops_the_thread() -> None:
    with ReadAhead(iter(lambda: b"endless", None)):
        pass
    assert threads() == []
