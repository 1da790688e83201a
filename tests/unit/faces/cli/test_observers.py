from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from launcher.domain.errors import Cancelled
from launcher.domain.progress import Phase
from launcher.faces.cli.cancel import CancelToken
from launcher.faces.cli.events import LEAST_BETWEEN_PROGRESS_S, Events
from launcher.faces.cli.observers import PHASE_WORDS, Lines, Quiet

LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
NOW = datetime(2026, 11, 23, 8, 0, 0, 123_456, tzinfo=UTC)


class _Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class _GonePipe(io.StringIO):
    def write(self, _text: str) -> int:
        raise BrokenPipeError


def _events(stream: io.StringIO, clock: _Clock, token: CancelToken | None = None) -> Events:
    return Events(stream, token or CancelToken(), "job-1", monotonic=clock, now=lambda: NOW)


def _read(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_time_and_job() -> None:
    stream = io.StringIO()

    _events(stream, _Clock()).phase(Phase.DOWNLOADING, LLAMA, 123)

    assert stream.getvalue() == (
        '{"v":1,"t":"2026-11-23T08:00:00.123Z","job":"job-1","type":"phase","phase":"downloading",'
        f'"subject":"{LLAMA}","total_bytes":123}}\n'
    )


def test_progress_is_told_at_most_twenty_times_a_second() -> None:
    stream, clock = io.StringIO(), _Clock()
    events = _events(stream, clock)
    events.phase(Phase.DOWNLOADING, LLAMA, 10_000)

    for _ in range(1000):
        events.advance(10)
        clock.now_s += 0.001

    told = [event for event in _read(stream) if event["type"] == "progress"]
    assert 1 / LEAST_BETWEEN_PROGRESS_S - 2 <= len(told) <= 1 / LEAST_BETWEEN_PROGRESS_S + 1
    done = [event["done_bytes"] for event in told]
    assert done == sorted(done)


def test_the_last_bytes_of_a_phase_are_told_before_the_next_one() -> None:
    stream, clock = io.StringIO(), _Clock()
    events = _events(stream, clock)
    events.phase(Phase.DOWNLOADING, LLAMA, 30)
    events.advance(10)
    events.advance(20)
    events.phase(Phase.VERIFYING, LLAMA)
    events.close()

    told = [(event["type"], event["phase"], event.get("done_bytes")) for event in _read(stream)]
    assert told == [
        ("phase", "downloading", None),
        ("progress", "downloading", 10),
        ("progress", "downloading", 30),
        ("phase", "verifying", None),
    ]


def test_progress_carries_speed_and_time_left() -> None:
    stream, clock = io.StringIO(), _Clock()
    events = _events(stream, clock)
    events.phase(Phase.DOWNLOADING, LLAMA, 4 * 2**32)
    clock.now_s += 2.0
    events.advance(2 * 2**32)

    event = _read(stream)[-1]
    assert (event["done_bytes"], event["total_bytes"]) == (2 * 2**32, 4 * 2**32)
    assert (event["bytes_per_s"], event["remaining_s"]) == (float(2**32), 2)


def test_a_file_name_without_utf8_form_still_makes_a_line() -> None:
    stream = io.StringIO()

    _events(stream, _Clock()).log("lost \udcff name")

    assert _read(stream)[0]["message"] == "lost \udcff name"
    assert stream.getvalue().isascii()


def test_events_of_many_threads_never_mix() -> None:
    stream = io.StringIO()
    events = _events(stream, _Clock())

    def talk() -> None:
        for _ in range(200):
            events.log("x" * 50)

    threads = [threading.Thread(target=talk) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [event["message"] for event in _read(stream)] == ["x" * 50] * 800


def test_nobody_listening_any_more_is_a_cancel() -> None:
    with pytest.raises(Cancelled, match="nobody listens"):
        _events(_GonePipe(), _Clock()).log("hello")


@pytest.mark.parametrize("call", ["phase", "advance", "log"])
@pytest.mark.parametrize("kind", ["quiet", "lines", "events"])
def test_every_observer_hears_a_cancel_in_every_call(kind: str, call: str) -> None:
    token = CancelToken()
    stream = io.StringIO()
    observer = {"quiet": Quiet(token), "lines": Lines(stream, token), "events": _events(stream, _Clock(), token)}[kind]
    calls = {
        "phase": lambda: observer.phase(Phase.UNPACKING, LLAMA),
        "advance": lambda: observer.advance(0),
        "log": lambda: observer.log("x"),
    }
    calls[call]()
    told = stream.getvalue()
    token.cancel("the test")

    with pytest.raises(Cancelled, match="by the test; what was active still is"):
        calls[call]()
    assert stream.getvalue() == told


def test_in_a_pipe_each_phase_is_a_line() -> None:
    stream = io.StringIO()
    lines = Lines(stream, CancelToken())

    lines.phase(Phase.DOWNLOADING, LLAMA, 410_000_000)
    lines.advance(1000)
    lines.log("Waiting for \x1bx.")
    lines.phase(Phase.ACTIVE, LLAMA)
    lines.close()

    assert stream.getvalue().splitlines() == [
        f"Downloading {LLAMA} (410 MB)",
        "  Waiting for \\x1bx.",
        f"Active: {LLAMA}",
    ]


def test_phases_and_messages_are_kept_in_the_log() -> None:
    kept: list[str] = []
    observer = Quiet(CancelToken(), keep_log=kept.append)

    observer.phase(Phase.TESTING, LLAMA)
    observer.advance(10)
    observer.log("started")

    assert kept == [f"testing {LLAMA}", "started"]


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.QUEUED])
def test_every_phase_has_a_line_of_its_own(phase: Phase) -> None:
    stream = io.StringIO()
    Lines(stream, CancelToken()).phase(phase, LLAMA)
    assert stream.getvalue().endswith(f" {LLAMA}\n")
    assert len({PHASE_WORDS[phase] for phase in Phase}) == len(Phase)
