"""However servers behave, one after the other: the right file, or a named error; and then the next transfer works."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from launcher.domain.errors import LauncherError
from tests.hostile.raw_server import Connection, RawServer, answer, cut, head, honest, part, raw, whole
from tests.hostile.transfer_bench import CONTENT, HALF, SIZE, Bench, Diary

if TYPE_CHECKING:
    from collections.abc import Callable

TAG = 'ETag: "v1"'
PLACES = st.integers(0, SIZE)
SCRIPTS = st.one_of(
    st.just(honest(CONTENT)),
    st.builds(lambda at: cut(CONTENT, at, TAG), PLACES),
    st.builds(lambda at: cut(CONTENT, at), PLACES),
    st.builds(lambda at: raw(head("200 OK", TAG), CONTENT[:at]), PLACES),
    st.builds(lambda at: raw(head("200 OK", f"Content-Length: {SIZE}")[:at]), st.integers(0, 40)),
    st.builds(lambda at: part(CONTENT, f"bytes {at}-{SIZE - 1}/{SIZE}", at, TAG), PLACES),
    st.builds(lambda at: cut(bytes(SIZE), at, TAG), PLACES),
    st.sampled_from(
        [
            answer("416 Range Not Satisfiable", f"Content-Range: bytes */{HALF}"),
            answer("503 Service Unavailable", "Retry-After: 1"),
            answer("404 Not Found"),
            answer("302 Found", "Location: /elsewhere"),
            answer("206 Partial Content", f"Content-Range: bytes 0-{SIZE - 1}/{SIZE}", body=CONTENT),
            whole(CONTENT + b"x", TAG),
            whole(bytes(SIZE)),
            whole(b"<html>", "Content-Type: text/html"),
            raw(b"\0\0\r\n\r\n"),
        ]
    ),
)


@settings(max_examples=60)
@given(st.lists(SCRIPTS, min_size=1, max_size=8))
def test_any_servers_give_the_file_or_a_named_error(scripts: list[Callable[[Connection], None]]) -> None:
    with TemporaryDirectory() as folder, RawServer(scripts) as server:
        bench = Bench(Path(folder) / "downloads")
        diary = Diary()
        try:
            bench.assert_whole(bench.fetch(server.url(), diary))
        except LauncherError:
            assert bench.kept_bytes <= SIZE
        else:
            assert diary.done_bytes == SIZE
        assert len(server.requests) <= 5 * 6 * 2  # attempts, each with redirects; once more from the start
        server.play(honest(CONTENT))

        bench.assert_whole(bench.fetch(server.url()))
