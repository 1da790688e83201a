"""Threats D1 to D9, D11 to D14, D19 and D22: servers that err or lie, one row after the other."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.http import Patience, StallRule
from launcher.domain.errors import (
    BadAnswer,
    FetchError,
    HttpStatus,
    LauncherError,
    NotAnArtifact,
    TooLarge,
    TransferCut,
    TransferStalled,
    WrongHash,
    WrongSize,
)
from tests.hostile.raw_server import Connection, RawServer, answer, cut, head, honest, part, raw, whole
from tests.hostile.transfer_bench import CONTENT, HALF, SHA256, SIZE, Bench, Diary, SkippingClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REST = f"bytes {HALF}-{SIZE - 1}/{SIZE}"
TAG = 'ETag: "v1"'


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "downloads")


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer([honest(CONTENT)]) as server:
        yield server


def refuse(bench: Bench, server: RawServer, error: type[LauncherError]) -> LauncherError:
    """Fetch, see it refused, and see that the next good transfer works all the same (threat A18)."""
    with pytest.raises(error) as refusal:
        bench.fetch(server.url())
    asked = list(server.requests)
    kept_bytes = bench.kept_bytes
    server.play(honest(CONTENT))
    bench.assert_whole(Bench(bench.folder).fetch(server.url()))
    server.requests[:] = asked
    assert type(refusal.value) is error
    refusal.value.args = (*refusal.value.args, kept_bytes)
    return refusal.value


def kept(refusal: LauncherError) -> int:
    kept_bytes: int = refusal.args[-1]
    return kept_bytes


def test_good_server(bench: Bench, server: RawServer) -> None:
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url("/a?b=c"), diary))

    assert diary.done_bytes == SIZE
    assert [request.line for request in server.requests] == ["GET /a?b=c HTTP/1.1"]
    assert server.requests[0].headers == {
        "host": f"127.0.0.1:{server.port}",
        "user-agent": "test/1",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_cut_is_continued_within_one_transfer(bench: Bench, server: RawServer) -> None:  # threat D1
    server.play(cut(CONTENT, HALF, TAG), honest(CONTENT))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert diary.done_bytes == SIZE
    assert min(diary.advances) > 0
    assert "range" not in server.requests[0].headers
    assert server.requests[1].headers["range"] == f"bytes={HALF}-"
    assert server.requests[1].headers["if-range"] == '"v1"'


def test_cut_is_continued_by_the_next_transfer(bench: Bench, server: RawServer) -> None:  # threat D1
    server.play(cut(CONTENT, HALF, TAG))
    bench.attempts = 1
    with pytest.raises(TransferCut):
        bench.fetch(server.url())
    assert bench.kept_bytes == HALF
    server.play(honest(CONTENT))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert diary.done_bytes == SIZE
    assert [request.first for request in server.requests] == [HALF]


def test_cut_again_and_again_ends(bench: Bench, server: RawServer) -> None:  # threat D1
    server.play(cut(CONTENT, HALF))

    refuse(bench, server, TransferCut)

    assert len(server.requests) == 5
    assert sum(bench.clock.slept_s) == pytest.approx(1 + 2 + 4 + 8, abs=0.5)


def test_size_decides_and_not_the_end_of_the_connection(bench: Bench, server: RawServer) -> None:  # threat D2
    server.play(raw(head("200 OK", TAG), CONTENT[:HALF]))
    bench.attempts = 1

    refusal = refuse(bench, server, TransferCut)

    assert kept(refusal) == HALF
    server.play(raw(head("200 OK"), CONTENT))
    (bench.folder / SHA256).unlink()
    bench.assert_whole(bench.fetch(server.url()))


def test_chunked_body_without_its_end_is_enough_if_all_came(bench: Bench, server: RawServer) -> None:  # threat D2
    chunk = b"%x\r\n%b\r\n" % (SIZE, CONTENT)
    server.play(raw(head("200 OK", "Transfer-Encoding: chunked"), chunk))

    bench.assert_whole(bench.fetch(server.url()))

    assert len(server.requests) == 1


@pytest.mark.parametrize("etag", ['W/"v1"', "v1", '"a"b"', "", None], ids=repr)
def test_nothing_is_continued_without_a_strong_validator(  # threat D3
    bench: Bench, server: RawServer, etag: str | None
) -> None:
    server.play(cut(CONTENT, HALF, *([] if etag is None else [f"ETag: {etag}"])), honest(CONTENT))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert [request.first for request in server.requests] == [None, None]
    assert -HALF in diary.advances
    assert diary.done_bytes == SIZE


def test_changed_file_starts_again(bench: Bench, server: RawServer) -> None:  # threat D3
    bench.keep(bytes(HALF), server.url())
    server.play(honest(CONTENT, '"v2"'))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert [request.first for request in server.requests] == [HALF]
    assert diary.advances[:2] == [HALF, -HALF]
    assert diary.done_bytes == SIZE


def test_what_another_source_gave_is_not_continued(bench: Bench, server: RawServer) -> None:  # threat D3
    bench.keep(CONTENT[:HALF], "https://other.example/file")

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [None]


def test_server_that_ignores_the_range(bench: Bench, server: RawServer) -> None:  # threat D4
    bench.keep(CONTENT[:HALF], server.url())
    server.play(whole(CONTENT, TAG))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert diary.advances[:2] == [HALF, -HALF]
    assert diary.done_bytes == SIZE
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("place", "etag"),
    [
        ("bytes 0-9/10", None),
        (None, None),
        (f"bytes {HALF}-{SIZE - 1}/{SIZE + 1}", None),
        (f"bytes {HALF}-{SIZE - 1}/*", None),
        (f"bytes {HALF}-{SIZE - 2}/{SIZE}", None),
        (f"bytes {HALF - 1}-{SIZE - 1}/{SIZE}", None),
        (f"bytes {HALF}-{SIZE - 1}/{SIZE}, bytes 0-1/2", None),
        ("junk", None),
        (REST, '"v2"'),
    ],
)
def test_wrong_part_starts_again_once(  # threat D5
    bench: Bench, server: RawServer, place: str | None, etag: str | None
) -> None:
    bench.keep(CONTENT[:HALF], server.url())
    server.play(part(CONTENT, place, HALF, *([] if etag is None else [f"ETag: {etag}"])))

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [HALF, None]


def test_part_that_nobody_asked_for(bench: Bench, server: RawServer) -> None:  # threat D5
    bench.keep(CONTENT[:HALF], server.url())
    server.play(answer("206 Partial Content", "Content-Range: bytes 0-9/10", body=CONTENT[:10]))

    refuse(bench, server, BadAnswer)

    assert [request.first for request in server.requests] == [HALF, None]


def test_range_not_satisfiable_starts_again(bench: Bench, server: RawServer) -> None:  # threat D6
    bench.keep(CONTENT[:HALF], server.url())
    server.play(answer("416 Range Not Satisfiable", f"Content-Range: bytes */{HALF}"), honest(CONTENT))

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [HALF, None]


def test_range_not_satisfiable_without_a_range(bench: Bench, server: RawServer) -> None:  # threat D6
    server.play(answer("416 Range Not Satisfiable"))

    refuse(bench, server, HttpStatus)

    assert len(server.requests) == 1


def test_all_bytes_kept_are_hashed_and_not_asked_for(bench: Bench, server: RawServer) -> None:  # threat D6
    bench.keep(CONTENT, server.url(), etag=None)
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert server.requests == []
    assert diary.advances == [SIZE]


@pytest.mark.parametrize("kept_bytes", [HALF, SIZE])
def test_corrupt_part_starts_again_once(bench: Bench, server: RawServer, kept_bytes: int) -> None:  # threat D7
    bench.keep(b"x" + CONTENT[1:kept_bytes], server.url())
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert [request.first for request in server.requests][-1] is None
    assert len(server.requests) == (2 if kept_bytes == HALF else 1)
    assert diary.done_bytes == SIZE


def test_wrong_bytes_after_a_clean_start_end_it(bench: Bench, server: RawServer) -> None:  # threat D7
    bench.keep(b"x" + CONTENT[1:HALF], server.url())
    server.play(honest(b"x" + CONTENT[1:]))

    refusal = refuse(bench, server, WrongHash)

    assert refusal.expected == SHA256
    assert kept(refusal) == 0
    assert [request.first for request in server.requests] == [HALF, None]
    assert bench.clock.slept_s == []


@pytest.mark.parametrize("difference", [1, -1, 10**17])
def test_announced_size_is_compared_before_the_body(  # threat D8
    bench: Bench, server: RawServer, difference: int
) -> None:
    server.play(raw(head("200 OK", f"Content-Length: {SIZE + difference}"), CONTENT))

    refusal = refuse(bench, server, WrongSize)

    assert kept(refusal) == 0
    assert (refusal.expected, refusal.actual) == (f"{SIZE} bytes", f"{SIZE + difference} bytes")
    assert len(server.requests) == 1


def test_announced_size_of_a_part_is_compared(bench: Bench, server: RawServer) -> None:  # threat D8
    bench.keep(CONTENT[:HALF], server.url())
    server.play(raw(head("206 Partial Content", f"Content-Range: {REST}", f"Content-Length: {SIZE}"), CONTENT))

    assert kept(refuse(bench, server, WrongSize)) == HALF


def test_endless_body_ends_at_the_first_byte_too_many(bench: Bench, server: RawServer) -> None:  # threat A8
    def flood(connection: Connection) -> None:
        connection.send(head("200 OK", "Transfer-Encoding: chunked"))
        while True:
            connection.send(b"10000\r\n", bytes(65536), b"\r\n")

    server.play(flood)

    refusal = refuse(bench, server, WrongSize)

    assert kept(refusal) == 0
    assert len(server.requests) == 1


def test_endless_document_ends_at_its_limit(bench: Bench, server: RawServer) -> None:  # threat A8
    server.play(raw(head("200 OK"), CONTENT))

    with pytest.raises(TooLarge):
        bench.fetcher().fetch_document(server.url(), SIZE - 1)

    assert bench.fetcher().fetch_document(server.url(), SIZE) == CONTENT


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip", "x"])
def test_encoded_bodies_are_refused(bench: Bench, server: RawServer, encoding: str) -> None:  # threat D9
    body = gzip.compress(CONTENT)
    server.play(answer("200 OK", f"Content-Encoding: {encoding}", body=body))

    with pytest.raises(BadAnswer):
        bench.fetcher().fetch_document(server.url(), SIZE)
    refuse(bench, server, BadAnswer)


def test_encoding_that_is_none(bench: Bench, server: RawServer) -> None:  # threat D9
    server.play(whole(CONTENT, "Content-Encoding: Identity"))

    bench.assert_whole(bench.fetch(server.url()))


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(
    ("retry_after", "waited_s"),
    [
        ("7", 8),
        ("0", 1),
        ("1000000000", 120),
        ("9" * 400, 120),
        ("-5", 1),
        ("junk", 1),
        ("1.5", 1),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 1),
        ("Mon, 01 Jan 9999 00:00:00 GMT", 120),
        ("Mon, 99 Jan 2001", 1),
        (None, 1),
    ],
)
def test_busy_server_is_asked_again_when_it_wants(  # threat D11
    bench: Bench, server: RawServer, status: str, retry_after: str | None, waited_s: int
) -> None:
    more = [] if retry_after is None else [f"Retry-After: {retry_after}"]
    server.play(answer(status, *more), honest(CONTENT))
    diary = Diary()

    bench.assert_whole(bench.fetch(server.url(), diary))

    assert sum(bench.clock.slept_s) == pytest.approx(waited_s, abs=0.5)
    assert f"Trying again in {waited_s} s." in diary.messages[0]


def test_busy_server_is_asked_five_times(bench: Bench, server: RawServer) -> None:  # threat D11
    server.play(answer("503 Service Unavailable", "Retry-After: 2"))

    refusal = refuse(bench, server, HttpStatus)

    assert refusal.actual == "503"
    assert len(server.requests) == 5


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_refusals_are_final(bench: Bench, server: RawServer, status: int) -> None:  # threat D12
    server.play(answer(f"{status} No", "Retry-After: 1"))

    refusal = refuse(bench, server, HttpStatus)

    assert refusal.actual == str(status)
    assert len(server.requests) == 1
    assert bench.clock.slept_s == []


def test_next_source_is_asked_after_one_that_lies_and_one_without_it(bench: Bench, server: RawServer) -> None:  # A16
    server.play(whole(bytes(SIZE)), answer("404 Not Found"), honest(CONTENT))
    with pytest.raises(WrongHash):
        bench.fetch(server.url("/liar"))
    with pytest.raises(HttpStatus):
        bench.fetch(server.url("/lacking"))

    bench.assert_whole(bench.fetch(server.url("/good")))


def test_stall_ends(bench: Bench, server: RawServer) -> None:  # threat D13
    def stall(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}", TAG), CONTENT[:HALF])
        connection.hold()

    server.play(stall)
    bench.attempts = 1
    bench.patience = Patience(stall=StallRule(window_s=0.3))

    refusal = refuse(bench, server, TransferStalled)

    assert kept(refusal) == HALF


def test_drip_ends(bench: Bench, server: RawServer) -> None:  # threats A12 and D13
    def drip(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}", TAG))
        connection.send_slowly((CONTENT[i : i + 1] for i in range(SIZE)), every_s=0.002)

    server.play(drip)
    bench.attempts = 1
    bench.patience = Patience(stall=StallRule(window_s=0.2, min_bytes_per_s=10_000))

    refusal = refuse(bench, server, TransferStalled)

    assert refusal.expected == "10000 bytes a second"
    assert 0 < kept(refusal) < 2000


def test_drip_above_the_floor_ends_with_the_time_for_all(bench: Bench, server: RawServer) -> None:  # threats A12, D13
    def drip(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}"))
        connection.send_slowly((CONTENT[i : i + 1] for i in range(SIZE)), every_s=0.002)

    server.play(drip)
    bench.patience = Patience(artifact_s=0.3)

    refuse(bench, server, TransferStalled)

    assert len(server.requests) == 1
    assert bench.clock.slept_s == []


def test_stall_counts_in_the_time_of_the_transfer(bench: Bench, server: RawServer) -> None:  # threat D13
    def stall(connection: Connection) -> None:
        connection.send(head("200 OK", f"Content-Length: {SIZE}"))
        connection.hold()

    server.play(stall)
    bench.clock = SkippingClock(factor=600)  # the limits as they ship, in a clock that is fast
    bench.attempts = 1

    refuse(bench, server, TransferStalled)


def test_slow_headers_end(bench: Bench, server: RawServer) -> None:  # threat D14
    def drip(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nX: ")
        connection.send_slowly(iter(lambda: b"x", b""), every_s=0.01)

    server.play(drip)
    bench.attempts = 1
    bench.patience = Patience(answer_s=0.3)

    refuse(bench, server, TransferStalled)


def test_early_hints_without_end(bench: Bench, server: RawServer) -> None:  # threats D14 and D22
    def hint(connection: Connection) -> None:
        connection.send_slowly(iter(lambda: head("103 Early Hints", "Link: <a>"), b""), every_s=0.001)

    server.play(hint)
    bench.attempts = 1
    bench.patience = Patience(answer_s=0.3)

    refuse(bench, server, TransferStalled)


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml"])
@pytest.mark.parametrize("has_length", [True, False])
def test_sign_in_page_is_named(  # threat D19
    bench: Bench, server: RawServer, kind: str, *, has_length: bool
) -> None:
    page = b"<html>Sign in</html>"
    length = [f"Content-Length: {len(page)}"] if has_length else []
    server.play(raw(head("200 OK", f"Content-Type: {kind}", *length), page))

    with pytest.raises(NotAnArtifact):
        bench.fetcher().fetch_document(server.url(), SIZE)
    refusal = refuse(bench, server, NotAnArtifact)

    assert "sign-in page" in str(refusal.hint)
    assert kept(refusal) == 0
    assert len(server.requests) == 2


def test_file_under_a_wrong_type_is_judged_by_its_digest(bench: Bench, server: RawServer) -> None:  # threat D19
    server.play(whole(CONTENT, "Content-Type: text/html"))

    bench.assert_whole(bench.fetch(server.url()))


@pytest.mark.parametrize(
    "beginning",
    [
        head("200 OK", "Content-Length: 5", f"Content-Length: {SIZE}"),
        head("200 OK", "Content-Length: -1"),
        head("200 OK", "Content-Length: 0x10"),
        head("200 OK", "X: " + "x" * 300_000, f"Content-Length: {SIZE}"),
        head("200 OK", *(f"X{i}: {i:0100}" for i in range(3000)), f"Content-Length: {SIZE}"),
        head("200 OK", "Transfer-Encoding: gzip, chunked"),
        head("200 OK", " folded: x"),
        head("200 OK", "Name With Space: x"),
        b"ICY 200 OK\r\n\r\n",
        b"\x15\x03\x01\x00\x02\x02\x50" * 20,
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
    ],
    ids=lambda beginning: beginning[:60].decode("latin-1"),
)
def test_headers_that_break_the_rules(bench: Bench, server: RawServer, beginning: bytes) -> None:  # threat D22
    server.play(raw(beginning, CONTENT))

    refuse(bench, server, BadAnswer)

    assert len(server.requests) == 1


def test_length_beside_chunks_leaves_it_to_the_digest(bench: Bench, server: RawServer) -> None:  # threat D22
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (SIZE, CONTENT)
    server.play(raw(head("200 OK", f"Content-Length: {SIZE}", "Transfer-Encoding: chunked"), chunked))

    bench.assert_whole(bench.fetch(server.url()))


def test_broken_chunks_are_a_cut(bench: Bench, server: RawServer) -> None:  # threat D22
    server.play(raw(head("200 OK", "Transfer-Encoding: chunked"), b"zz\r\n", CONTENT))

    refuse(bench, server, TransferCut)


@pytest.mark.parametrize("script", [raw(), raw(b"HTTP/1.1 200 OK\r\nContent-")], ids=["nothing", "half a header"])
def test_server_that_hangs_up(bench: Bench, server: RawServer, script: Callable[[Connection], None]) -> None:
    server.play(script, script, honest(CONTENT))

    bench.assert_whole(bench.fetch(server.url()))

    assert len(server.requests) == 3


def test_nobody_listens(bench: Bench) -> None:
    with RawServer([raw()]) as server:
        url = server.url()

    with pytest.raises(FetchError) as refusal:
        bench.fetch(url)

    assert refusal.value.code == "no-connection"
    assert bench.clock.slept_s == []
    assert bench.names == set()
