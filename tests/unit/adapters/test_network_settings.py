"""The settings of the way to servers, against a real proxy and a real TLS server with an authority of its own."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.errors import LauncherError, UsageError
from launcher.domain.progress import Silent
from tests.hostile.certificates import Authority
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.app import Launcher
    from launcher.domain.care_views import CheckView, SourceTestView

HOST = "mirror.invalid"  # RFC 6761: no resolver knows it, so that only the proxy can lead there
NODE = {"installations": [], "signature_summary": {"ok": True}}


class Proxy(socketserver.ThreadingTCPServer):
    """A forward proxy that knows tunnels only, and leads all of them to one port of this machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.target = port
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Tunnel(socketserver.BaseRequestHandler):
    server: Proxy  # type: ignore[mutable-override]  # it is made for no other server

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            chunk = self.request.recv(1)
            if not chunk:  # the doctor only looks whether somebody is there
                return
            head += chunk
        self.server.asked.append(head.split(b"\r\n")[0].decode())
        with socket.create_connection(("127.0.0.1", self.server.target)) as other:
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_pump, args=(other, self.request))
            back.start()
            _pump(self.request, other)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class _Files(BaseHTTPRequestHandler):
    root: Path

    def do_GET(self) -> None:
        path = self.root / self.path.lstrip("/")
        is_node = self.path == "/state/runtime/bundles"
        body = json.dumps(NODE).encode() if is_node else path.read_bytes() if path.is_file() else None
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Site:
    """A registry behind TLS that only the proxy reaches."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.authority = Authority(folder / "authority")
        self.registry = Registry(folder / "registry")
        self.registry.publish(Offer(tree=runtime_tree("b1"), version="b1"))
        handler = type("Files", (_Files,), {"root": self.registry.catalog_path.parent})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        context = self.authority.server_context(HOST)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.proxy = Proxy(self.server.server_address[1])
        self.environ = environ | {"ARW_RUNTIME_BUNDLE_SIGNERS": str(self.registry.signers_path)}
        self.base = f"https://{HOST}:{self.server.server_address[1]}"
        self.url = f"{self.base}/{self.registry.catalog_path.name}"

    def launcher(self, **settings: Any) -> Launcher:  # noqa: ANN401 - values of settings
        launcher = open_launcher(environ=self.environ)
        launcher.reset_settings([])
        for name, value in settings.items():
            launcher.set_setting(name, [str(value)])
        return open_launcher(environ=self.environ)

    @property
    def way(self) -> dict[str, str]:
        return {"proxy": self.proxy.url, "ca_file": str(self.authority.file)}

    def test(self, **settings: Any) -> SourceTestView:  # noqa: ANN401 - values of settings
        return self.launcher(**settings).offline.test_source(self.url, Silent())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path, {})
    with serving(site.server), serving(site.proxy):
        yield site


def check(launcher: Launcher, name: str) -> CheckView:
    return next(row for row in launcher.doctor()["checks"] if row["name"] == name)


def test_a_source_works_through_the_proxy_and_by_the_own_authority(site: Site) -> None:
    view = site.test(**site.way)
    assert (view["ok"], view["kind"], view["bundles"], view["problem"]) == (True, "catalog", 1, None)
    assert view["signature"] is not None
    assert view["signature"]["state"] == "trusted"
    port = site.server.server_address[1]
    assert site.proxy.asked == [f"CONNECT {HOST}:{port} HTTP/1.1"]


def test_each_missing_part_is_named(site: Site) -> None:
    def code(**settings: Any) -> str:  # noqa: ANN401 - values of settings
        view = site.test(**settings)
        assert not view["ok"]
        assert view["problem"] is not None
        return view["problem"]["code"]

    assert code(proxy=site.proxy.url) == "untrusted-server"
    assert code(ca_file=site.authority.file) == "no-connection"
    assert code(**site.way, offline="true") == "offline-mode"
    assert code(proxy=site.proxy.url, ca_file=f"{site.authority.file}.gone") == "bad-proxy-settings"


def test_a_whole_way_from_the_source_to_the_active_runtime(site: Site) -> None:
    site.launcher(**site.way, sources=site.url).install([LLAMA], Silent())
    assert open_launcher(environ=site.environ).path(LLAMA).is_dir()


def test_nodes_are_asked_on_the_same_way(site: Site) -> None:
    assert site.launcher(**site.way).remote_overview(site.base)["installations"] == []
    for settings, code in (
        ({"proxy": site.proxy.url}, "untrusted-server"),
        ({"ca_file": site.authority.file}, "no-connection"),
        ({**site.way, "offline": "true"}, "offline-mode"),
    ):
        with pytest.raises(LauncherError) as caught:
            site.launcher(**settings).remote_overview(site.base)
        assert caught.value.code == code


def test_testing_keeps_nothing(site: Site) -> None:
    launcher = site.launcher(**site.way)
    launcher.offline.test_source(site.url, Silent())
    assert not launcher.places.store_root.exists()
    assert launcher.offline.list_sources() == []


def test_a_source_of_somebody_else_is_refused_with_the_reason(site: Site, tmp_path: Path) -> None:
    site.environ["ARW_RUNTIME_BUNDLE_SIGNERS"] = str(Registry(tmp_path / "another").signers_path)
    view = site.test(**site.way)
    assert view["problem"] is not None
    assert view["problem"]["code"] == "key-mismatch"


def test_an_exported_cache_can_be_tested(site: Site, tmp_path: Path) -> None:
    launcher = site.launcher(**site.way, sources=site.url)
    launcher.install([LLAMA], Silent())
    launcher.offline.export([], str(tmp_path / "out.arwcache"), Silent())
    view = launcher.offline.test_source(str(tmp_path / "out.arwcache"), Silent())
    assert (view["ok"], view["kind"], view["bundles"]) == (True, "cache", 1)
    with pytest.raises(UsageError, match="no source"):
        launcher.offline.test_source(str(tmp_path / "none"), Silent())


def test_the_doctor_sees_the_way(site: Site, tmp_path: Path) -> None:
    good = site.launcher(**site.way)
    assert (check(good, "Network")["status"], check(good, "Certificates")["status"]) == ("ok", "ok")
    assert "answers" in check(good, "Network")["sentence"]
    (tmp_path / "empty.pem").write_bytes(b"no certificate")
    found = check(site.launcher(ca_file=tmp_path / "empty.pem"), "Certificates")
    assert (found["status"], found["command"]) == ("broken", ["settings", "reset", "ca_file"])
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        found = check(site.launcher(proxy=f"http://127.0.0.1:{nobody.getsockname()[1]}"), "Network")
    assert (found["status"], found["error"] and found["error"]["code"]) == ("broken", "no-connection")
    assert found["command"] == ["settings", "reset", "proxy"]
    assert "offline" in check(site.launcher(offline="true"), "Network")["sentence"]
