from __future__ import annotations

import http.client
import os
import socket
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.sample import SampleRegistry, SampleServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PAYLOAD = bytes(range(256)) * 3000
PAYLOAD_PATH = "/whisper.cpp-preview/linux-x86_64-cpu/r1/payload.tar.zst"


@pytest.fixture
def registry(tmp_path: Path) -> SampleRegistry:
    (tmp_path / "signing.key").write_text("secret")
    registry = SampleRegistry(tmp_path / "generation-0001", tmp_path / "bundle_signers.json")
    payload = registry.folder / PAYLOAD_PATH[1:]
    payload.parent.mkdir(parents=True)
    payload.write_bytes(PAYLOAD)
    (registry.folder / "empty").write_bytes(b"")
    for stage in (1, 2):
        registry.catalog_path(stage).write_text(f"stage {stage}")
    return registry


@pytest.fixture
def server(registry: SampleRegistry) -> Iterator[SampleServer]:
    with SampleServer(registry, lambda: 1) as server:
        yield server


def ask(
    server: SampleServer, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_file_comes_whole_with_a_strong_etag(server: SampleServer) -> None:
    status, headers, body = ask(server, PAYLOAD_PATH)

    assert (status, body) == (200, PAYLOAD)
    assert (headers["Content-Length"], headers["Accept-Ranges"]) == (str(len(PAYLOAD)), "bytes")
    assert headers["ETag"].startswith('"')


def test_head_says_the_same_without_the_bytes(server: SampleServer) -> None:
    status, headers, body = ask(server, PAYLOAD_PATH, method="HEAD")

    assert (status, headers["Content-Length"], body) == (200, str(len(PAYLOAD)), b"")


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=5-", 5, len(PAYLOAD)), ("bytes=5-9", 5, 10), ("bytes=5-9999999", 5, len(PAYLOAD))],
)
def test_range_comes_from_its_offset(wanted: str, start: int, end: int, server: SampleServer) -> None:
    etag = ask(server, PAYLOAD_PATH, method="HEAD")[1]["ETag"]

    status, headers, body = ask(server, PAYLOAD_PATH, headers={"Range": wanted, "If-Range": etag})

    assert (status, body) == (206, PAYLOAD[start:end])
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(PAYLOAD)}"


@pytest.mark.parametrize(
    "headers", [{"Range": "bytes=5-", "If-Range": '"another"'}, {"Range": "bytes=-5"}, {"Range": "bytes=9-5"}]
)
def test_whole_file_comes_where_a_range_makes_no_sense(headers: Mapping[str, str], server: SampleServer) -> None:
    status, _, body = ask(server, PAYLOAD_PATH, headers=headers)

    assert (status, body) == (200, PAYLOAD)


def test_range_behind_the_end_is_refused(server: SampleServer) -> None:
    status, headers, body = ask(server, PAYLOAD_PATH, headers={"Range": f"bytes={len(PAYLOAD)}-"})

    assert (status, headers["Content-Range"], body) == (416, f"bytes */{len(PAYLOAD)}", b"")


def test_empty_file_is_a_file(server: SampleServer) -> None:
    assert ask(server, "/empty")[::2] == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../signing.key",
        "/..%2fsigning.key",
        "/%2e%2e/signing.key",
        "//signing.key",
        "/whisper.cpp-preview/../../signing.key",
        "/",
        "/whisper.cpp-preview",
        "/absent",
        "http://127.0.0.1/absent",
    ],
)
def test_nothing_else_is_found(path: str, server: SampleServer) -> None:
    assert ask(server, path)[::2] == (404, b"")


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_link_is_not_served(registry: SampleRegistry) -> None:
    (registry.folder / "link").symlink_to("../signing.key")

    with SampleServer(registry, lambda: 1) as server:
        assert ask(server, "/link")[0] == 404


def test_catalog_is_that_of_the_stage_at_the_time_of_the_request(registry: SampleRegistry) -> None:
    stages = iter([1, 2, 2])
    with SampleServer(registry, lambda: next(stages)) as server:
        path = server.catalog_url.removeprefix(server.url)
        bodies = [ask(server, path)[2] for _ in range(3)]

    assert bodies == [b"stage 1", b"stage 2", b"stage 2"]


def test_only_this_machine_is_listened_to(server: SampleServer) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_nobody_answers_after_the_block(registry: SampleRegistry) -> None:
    with SampleServer(registry, lambda: 1) as server:
        port = int(server.url.rsplit(":", 1)[1])

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    with pytest.raises(RuntimeError, match="with"):
        _ = server.url


def test_client_that_leaves_and_nonsense_make_no_noise(server: SampleServer, capfd: pytest.CaptureFixture[str]) -> None:
    port = int(server.url.rsplit(":", 1)[1])
    for words in (b"GET " + PAYLOAD_PATH.encode() + b" HTTP/1.1\r\n\r\n", b"nonsense\r\n\r\n", b""):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(words)

    assert ask(server, PAYLOAD_PATH)[0] == 200
    assert capfd.readouterr() == ("", "")
