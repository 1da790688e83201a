"""Threats D15 to D17, D20 and D21: full disks, kills, several processes at once, cancels, and held files."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.http import HttpFetcher
from launcher.domain.errors import Cancelled
from launcher.store.durable import retry_on_windows
from tests.hostile.raw_server import Connection, RawServer, answer, head, honest
from tests.hostile.transfer_bench import CHECKOUT, CONTENT, HALF, SHA256, SIZE, Bench, Diary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WAIT_S = 30.0


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "downloads")


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer([honest(CONTENT)]) as server:
        yield server


@contextmanager
def child(bench: Bench, url: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Fetch in another process, killed at the end of the block if it still runs."""
    command = [sys.executable, "-m", "tests.hostile.transfer_child", str(bench.folder), url, *options]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(int(WAIT_S / 0.005)):
        if condition():
            return
        pause.wait(0.005)
    raise AssertionError(condition)


# --- full disk (D15) ---------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")
def test_full_disk_is_named_and_given_back(bench: Bench, server: RawServer) -> None:
    with child(bench, server.url(), "small-files") as process:
        assert process.communicate(timeout=WAIT_S)[0].splitlines() == ["disk-full"]

    assert len(server.requests) == 1
    assert bench.names == set()
    bench.assert_whole(bench.fetch(server.url()))


# --- kill -9 (D16) -----------------------------------------------------------------------------


@pytest.mark.parametrize("sent_bytes", [1, HALF, SIZE - 1])
def test_killed_transfer_is_continued(bench: Bench, server: RawServer, sent_bytes: int) -> None:
    def stop_at(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}", 'ETag: "v1"'), CONTENT[:sent_bytes])
        connection.hold()

    server.play(stop_at)
    with child(bench, server.url()) as process:
        wait_for(lambda: bench.kept_bytes == sent_bytes)
        process.kill()
    assert json.loads((bench.folder / f"{SHA256}.part.json").read_text()) == {
        "version": 1,
        "url": server.url(),
        "etag": '"v1"',
        "sha256": SHA256,
        "size_bytes": SIZE,
    }
    assert {path.stat().st_mode & 0o777 for path in bench.folder.iterdir()} == {0o600}
    server.play(honest(CONTENT))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert [request.first for request in server.requests] == [sent_bytes]
    assert diary.advances[0] == sent_bytes
    assert diary.done_bytes == SIZE


@pytest.mark.parametrize(
    "note",
    ["", "{", "[]", '{"version": 1}', '{"url": 1, "etag": "x", "sha256": "x", "size_bytes": 1}', None],
)
def test_damaged_note_costs_the_bytes_and_nothing_else(bench: Bench, server: RawServer, note: str | None) -> None:
    bench.keep(CONTENT[:HALF], server.url())
    if note is None:
        (bench.folder / f"{SHA256}.part.json").unlink()
    else:
        (bench.folder / f"{SHA256}.part.json").write_text(note)

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [None]


def test_part_that_is_too_long_is_dropped(bench: Bench, server: RawServer) -> None:
    bench.keep(CONTENT + b"x", server.url())

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [None]


# --- two processes (D17) -----------------------------------------------------------------------


def test_two_processes_fetch_once(bench: Bench, server: RawServer) -> None:
    may_go_on = threading.Event()

    def serve(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}"), CONTENT[:HALF])
        assert may_go_on.wait(WAIT_S)
        connection.send(CONTENT[HALF:])

    server.play(serve)
    with child(bench, server.url()) as first:
        wait_for(lambda: bench.kept_bytes == HALF)
        with child(bench, server.url()) as second:
            assert second.stdout is not None
            waiting = second.stdout.readline()
            may_go_on.set()
            assert first.communicate(timeout=WAIT_S)[0].splitlines() == [f"done {SHA256}"]
            assert second.communicate(timeout=WAIT_S)[0].splitlines() == [f"done {SHA256}"]

    assert waiting == f"Waiting for process {first.pid} (fetching {SHA256}), which fetches the same file.\n"
    assert len(server.requests) == 1
    assert bench.names == {SHA256}


def test_second_process_takes_over_from_one_that_is_killed(bench: Bench, server: RawServer) -> None:
    def stop(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}", 'ETag: "v1"'), CONTENT[:HALF])
        connection.hold()

    server.play(stop, honest(CONTENT))
    with child(bench, server.url()) as first:
        wait_for(lambda: bench.kept_bytes == HALF)
        with child(bench, server.url()) as second:
            assert second.stdout is not None
            second.stdout.readline()
            first.kill()
            assert second.communicate(timeout=WAIT_S)[0].splitlines() == [f"done {SHA256}"]

    assert [request.first for request in server.requests] == [None, HALF]


@pytest.mark.parametrize("etag", ['"v1"', None])
def test_locks_that_do_not_hold_cost_bandwidth_only(bench: Bench, server: RawServer, etag: str | None) -> None:
    tags = [] if etag is None else [f"ETag: {etag}"]
    both_ask = threading.Barrier(2)

    def serve(connection: Connection) -> None:
        first = connection.request.first or 0
        place = [f"Content-Range: bytes {first}-{SIZE - 1}/{SIZE}"] if first else []
        connection.send(head("206 Part" if first else "200 OK", f"Content-Length: {SIZE - first}", *place, *tags))
        connection.send(CONTENT[first : max(first, HALF)])
        both_ask.wait(WAIT_S)
        connection.send(CONTENT[max(first, HALF) :])

    server.play(serve)
    with (
        child(bench, server.url(), "no-locks") as first_child,
        child(bench, server.url(), "no-locks") as second_child,
    ):
        outcomes = [process.communicate(timeout=WAIT_S)[0].splitlines()[-1] for process in (first_child, second_child)]

    # Without a validator the second drops what the first has, which then may find its file gone; never a wrong one.
    assert f"done {SHA256}" in outcomes
    assert set(outcomes) <= {f"done {SHA256}"} | (set() if etag else {"file-taken"})
    assert len(server.requests) == 2
    assert (bench.folder / SHA256).read_bytes() == CONTENT


# --- cancel (D20) ------------------------------------------------------------------------------


class Impatient(Diary):
    """Cancels as soon as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.cancel = threading.Event()
        self.cancelled_at_s = 0.0

    def cancel_when(self, condition: Callable[[], bool]) -> None:
        def watch() -> None:
            wait_for(condition)
            self.cancelled_at_s = time.monotonic()
            self.cancel.set()

        threading.Thread(target=watch, daemon=True).start()

    def advance(self, added_bytes: int) -> None:
        super().advance(added_bytes)
        if self.cancel.is_set():
            raise Cancelled("Stopped.")


def assert_cancelled_at_once(bench: Bench, url: str, condition: Callable[[], bool]) -> None:
    observer = Impatient()
    observer.cancel_when(condition)

    with pytest.raises(Cancelled):
        bench.fetch(url, observer)

    assert time.monotonic() - observer.cancelled_at_s < 1.0


def send_half_and_hold(connection: Connection) -> None:
    connection.send(head("200 OK", f"Content-Length: {SIZE}", 'ETag: "v1"'), CONTENT[:HALF])
    connection.hold()


def test_cancel_while_the_body_stands_still(bench: Bench, server: RawServer) -> None:
    server.play(send_half_and_hold)

    assert_cancelled_at_once(bench, server.url(), lambda: bench.kept_bytes == HALF)

    assert bench.kept_bytes == HALF
    server.play(honest(CONTENT))
    bench.assert_whole(bench.fetch(server.url()))
    assert [request.first for request in server.requests] == [HALF]


def test_cancel_while_the_body_flows(bench: Bench, server: RawServer) -> None:
    def flow(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}", 'ETag: "v1"'))
        connection.send_slowly((CONTENT[i : i + 10] for i in range(0, SIZE, 10)), every_s=0.001)

    server.play(flow)

    assert_cancelled_at_once(bench, server.url(), lambda: bench.kept_bytes > 100)

    assert 100 < bench.kept_bytes < SIZE


def test_cancel_while_the_server_thinks(bench: Bench, server: RawServer) -> None:
    server.play(lambda connection: connection.hold())

    assert_cancelled_at_once(bench, server.url(), lambda: bool(server.requests))

    assert bench.names == set()


def test_cancel_while_connecting(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        address = listener.getsockname()
        fillers = [socket.socket() for _ in range(3)]
        try:
            for filler in fillers:  # the queue is full: the next one hears nothing
                filler.settimeout(0)
                filler.connect_ex(address)
            assert_cancelled_at_once(bench, f"http://127.0.0.1:{address[1]}/", lambda: True)
        finally:
            for filler in fillers:
                filler.close()


def test_cancel_while_shaking_hands(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        clients: list[socket.socket] = []
        accepting = threading.Thread(target=lambda: clients.append(listener.accept()[0]), daemon=True)
        accepting.start()

        assert_cancelled_at_once(bench, url, lambda: bool(clients))

        accepting.join(WAIT_S)
        with clients[0] as client:  # the socket was closed, not left to its time-out
            client.settimeout(WAIT_S)
            while client.recv(65536):
                pass


def test_cancel_while_waiting_for_another_attempt(bench: Bench, server: RawServer) -> None:
    server.play(answer("503 Busy", "Retry-After: 100"))
    observer = Impatient()
    observer.cancel_when(lambda: bool(observer.messages))
    fetcher = HttpFetcher(user_agent="test/1")

    with bench.downloads.open_partial(SHA256, SIZE) as partial, pytest.raises(Cancelled):
        fetcher.fetch_artifact(server.url(), partial, observer)

    assert time.monotonic() - observer.cancelled_at_s < 1.0


def test_cancel_while_another_process_fetches(bench: Bench, server: RawServer) -> None:
    with bench.downloads.open_partial(SHA256, SIZE):
        observer = Impatient()
        observer.cancel_when(lambda: bool(observer.messages))

        with pytest.raises(Cancelled):
            bench.fetch(server.url(), observer)

        assert time.monotonic() - observer.cancelled_at_s < 1.0
    assert server.requests == []


# --- a virus scanner holds the file (D21) ------------------------------------------------------


@pytest.mark.parametrize(("refusals", "is_renamed"), [(0, True), (3, True), (10, True), (11, False)])
def test_rename_is_tried_again_while_the_file_is_held(refusals: int, *, is_renamed: bool) -> None:
    waits_s: list[float] = []
    left = [PermissionError("held")] * refusals

    def rename() -> None:
        if left:
            raise left.pop()

    if is_renamed:
        retry_on_windows(rename, is_windows=True, sleep=waits_s.append)
    else:
        with pytest.raises(PermissionError):
            retry_on_windows(rename, is_windows=True, sleep=waits_s.append)

    assert waits_s == [0.01 * 2**i for i in range(min(refusals, 10))]
