"""Threats A17, D10 and D18: redirects, certificates and proxies between us and the server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.http import HttpFetcher, Patience
from launcher.domain.errors import (
    BadAnswer,
    BadProxySettings,
    FetchError,
    ForbiddenUrl,
    NoConnection,
    UntrustedServer,
)
from tests.hostile.certificates import Authority
from tests.hostile.raw_server import Connection, RawServer, answer, cut, honest, raw
from tests.hostile.transfer_bench import CONTENT, HALF, Bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "downloads")


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer([honest(CONTENT)]) as server:
        yield server


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that the environment trusts."""
    authority = Authority(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return authority


def redirect(location: str, status: str = "302 Found") -> Callable[[Connection], None]:
    return answer(status, f"Location: {location}", body=b"moved")


def fetch_through(url: str, *hosts: str) -> bytes:
    return HttpFetcher(user_agent="test/1", allowed_http_hosts=frozenset(hosts)).fetch_document(url, 10)


def tunnel(target: RawServer) -> Callable[[Connection], None]:
    """Let a client through to a server of ours, whatever name it asks for."""

    def connect(connection: Connection) -> None:
        def pump(source: socket.socket, sink: socket.socket) -> None:
            with suppress(OSError):  # the one side may hang up on the other
                while data := source.recv(65536):
                    sink.sendall(data)
                sink.shutdown(socket.SHUT_WR)

        connection.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", target.port)) as upstream:
            up = threading.Thread(target=pump, args=(connection.socket, upstream))
            up.start()
            pump(upstream, connection.socket)
            up.join()

    return connect


# --- redirects (D10) ---------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 A", "302 B", "303 C", "307 D", "308 E"])
def test_redirect_is_followed(bench: Bench, server: RawServer, status: str) -> None:
    server.play(redirect("/there?token=1#top", status), honest(CONTENT))

    bench.assert_whole(bench.fetch(server.url("/here")))

    assert [request.target for request in server.requests] == ["/here", "/there?token=1"]


def test_redirect_to_another_origin_carries_the_range_and_nothing_of_the_first(bench: Bench, server: RawServer) -> None:
    with RawServer([redirect(server.url())]) as first:
        bench.keep(CONTENT[:HALF], first.url())
        bench.assert_whole(bench.fetch(first.url()))

    assert server.requests[0].first == HALF
    assert server.requests[0].headers["host"] == f"127.0.0.1:{server.port}"
    assert set(server.requests[0].headers) == {
        "host", "user-agent", "accept", "accept-encoding", "connection", "range", "if-range",
    }  # fmt: skip


def test_cut_behind_a_redirect_is_continued(bench: Bench, server: RawServer) -> None:
    hop = redirect("/there")
    server.play(hop, cut(CONTENT, HALF, 'ETag: "v1"'), hop, honest(CONTENT))

    bench.assert_whole(bench.fetch(server.url()))

    assert [request.first for request in server.requests] == [None, None, HALF, HALF]


def test_five_redirects_are_the_most(server: RawServer) -> None:
    server.play(*[redirect("/x")] * 5, answer("200 OK", body=b"five"))
    assert fetch_through(server.url()) == b"five"

    server.play(redirect("/x"))
    with pytest.raises(BadAnswer):
        fetch_through(server.url())
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "http://other.example/",
        "ftp://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "http://169.254.169.254/",
        "gopher://x",
        "javascript:alert(1)",
        "http://127.0.0.1\\@evil.example/",
        "/caf\xe9",
        "/" + "x" * 9000,
    ],
)
def test_redirect_elsewhere_is_refused(bench: Bench, server: RawServer, location: str) -> None:
    server.play(redirect(location))

    with pytest.raises(ForbiddenUrl):
        bench.fetch(server.url())

    assert len(server.requests) == 1
    server.play(honest(CONTENT))
    bench.assert_whole(bench.fetch(server.url()))


@pytest.mark.parametrize("headers", [[], ["Location: /a", "Location: /b"]])
def test_redirect_to_nowhere_or_two_places(server: RawServer, headers: list[str]) -> None:
    server.play(answer("302 Found", *headers))

    with pytest.raises(FetchError) as refusal:
        fetch_through(server.url())

    assert refusal.value.code in ("bad-answer", "forbidden-url")
    assert len(server.requests) == 1


def test_https_never_leads_to_http(bench: Bench, server: RawServer, authority: Authority) -> None:
    with RawServer([redirect(server.url())], tls=authority.server_context()) as secure:
        with pytest.raises(ForbiddenUrl) as refusal:
            bench.fetch(secure.url())

        assert refusal.value.expected == "https"
        assert server.requests == []
        secure.play(redirect("/there"), honest(CONTENT))
        bench.assert_whole(bench.fetch(secure.url()))


@pytest.mark.parametrize(
    "url", ["http://example.org/", "file:///etc/passwd", "http://10.0.0.1/", "https://u@h.example/"]
)
def test_server_that_may_not_be_asked(bench: Bench, url: str) -> None:  # threat A17
    with pytest.raises(ForbiddenUrl):
        bench.fetch(url)
    with pytest.raises(ForbiddenUrl):
        fetch_through(url)


# --- certificates (D18) ------------------------------------------------------------------------


def test_certificates_of_the_environment(bench: Bench, authority: Authority) -> None:
    with RawServer([cut(CONTENT, HALF, 'ETag: "v1"'), honest(CONTENT)], tls=authority.server_context()) as server:
        bench.assert_whole(bench.fetch(server.url()))

        assert [request.first for request in server.requests] == [None, HALF]


def test_folder_of_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with RawServer([answer("200 OK", body=b"here")], tls=authority.server_context()) as server:
        assert fetch_through(server.url()) == b"here"


@pytest.mark.parametrize("fault", ["another name", "expired", "another authority", "no authority"])
def test_server_that_is_not_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority, fault: str
) -> None:
    name = "other.example" if fault == "another name" else None
    context = authority.server_context(name, is_expired=fault == "expired")
    if fault == "another authority":
        monkeypatch.setenv("SSL_CERT_FILE", str(Authority(tmp_path / "other").file))
    elif fault == "no authority":
        for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):  # what the operating system trusts
            monkeypatch.delenv(variable, raising=False)
    with RawServer([honest(CONTENT)], tls=context) as server:
        with pytest.raises(UntrustedServer) as refusal:
            fetch_through(server.url())

        assert refusal.value.actual
        assert server.requests == []


def test_server_without_tls_behind_https(bench: Bench, server: RawServer) -> None:
    bench.patience = Patience(connect_s=0.2)
    with pytest.raises(NoConnection):
        bench.fetch(server.url().replace("http:", "https:"))

    assert bench.clock.slept_s == []


@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_file_of_certificates_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    file = tmp_path / "certificates.pem"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with pytest.raises(BadProxySettings) as refusal:
        fetch_through("https://127.0.0.1:1/")

    assert "SSL_CERT_FILE" in refusal.value.message
    assert str(file) in str(refusal.value.actual)


def test_folder_of_certificates_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "missing"))

    with pytest.raises(BadProxySettings):
        fetch_through("https://127.0.0.1:1/")


# --- proxies (D18) -----------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_proxy_for_http(server: RawServer, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, f"http://name:p%40ss@127.0.0.1:{server.port}")
    server.play(answer("200 OK", body=b"through"))

    assert fetch_through("http://mirror.example/a?b", "mirror.example") == b"through"

    assert server.requests[0].line == "GET http://mirror.example/a?b HTTP/1.1"
    assert server.requests[0].headers["host"] == "mirror.example"
    assert server.requests[0].headers["proxy-authorization"] == "Basic bmFtZTpwQHNz"


def test_proxy_for_https_sees_no_more_than_the_name(
    server: RawServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = authority.server_context("mirror.example")
    with RawServer([answer("200 OK", body=b"through")], tls=context) as secure:
        server.play(tunnel(secure))
        monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{server.port}")

        assert fetch_through("https://mirror.example/secret") == b"through"

        assert [request.line for request in server.requests] == ["CONNECT mirror.example:443 HTTP/1.1"]
        assert [request.target for request in secure.requests] == ["/secret"]


@pytest.mark.parametrize(
    "script",
    [answer("407 Proxy Authentication Required"), answer("403 Forbidden"), answer("502 Bad Gateway")],
    ids=["407", "403", "502"],
)
def test_proxy_that_refuses(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, script: Callable[[Connection], None]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    server.play(script)

    with pytest.raises(NoConnection) as refusal:
        fetch_through("https://mirror.example/")

    assert "HTTPS_PROXY" in str(refusal.value.hint)


def test_proxy_that_talks_nonsense(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    server.play(raw(b"\0\1\2\r\n\r\n"))

    with pytest.raises(BadAnswer):
        fetch_through("https://mirror.example/")


@pytest.mark.parametrize("no_proxy", ["mirror.example", ".example", "*", "other, mirror.example:80"])
def test_hosts_without_a_proxy(server: RawServer, monkeypatch: pytest.MonkeyPatch, no_proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("NO_PROXY", no_proxy)

    with pytest.raises(NoConnection):  # there is no such host
        fetch_through("http://mirror.example/", "mirror.example")

    assert server.requests == []


def test_this_machine_is_asked_without_a_proxy(server: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.play(answer("200 OK", body=b"direct"))

    assert fetch_through(server.url()) == b"direct"


@pytest.mark.parametrize(
    "value",
    [
        "socks5://127.0.0.1:1080",
        "socks5h://user:secret@127.0.0.1:1080",
        "https://proxy.example:443",
        "http://user:secret@:8080",
        "http://proxy.example:99999",
        "http://proxy.example:port",
        "http://proxy.example:0",
        "http://proxy.example/path",
        "::::",
        "http://",
    ],
)
def test_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)

    with pytest.raises(BadProxySettings) as refusal:
        fetch_through("https://mirror.example/")

    assert "`HTTPS_PROXY`" in refusal.value.message
    assert "secret" not in str(refusal.value.as_json())
