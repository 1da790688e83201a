"""A server on 127.0.0.1 that sends exactly the bytes it is told to, however wrong: `sock` of the threat table."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from typing import Self

_RANGE = re.compile(r"bytes=(\d+)-", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for; header names in lower case."""

    line: str
    headers: dict[str, str]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    @property
    def first(self) -> int | None:
        """The first byte that a Range asks for."""
        match = _RANGE.fullmatch(self.headers.get("range", ""))
        return int(match[1]) if match else None


@dataclass(slots=True)
class Connection:
    """One client's connection, its request read."""

    socket: socket.socket
    request: Request
    closing: threading.Event

    def send(self, *parts: bytes) -> None:
        self.socket.sendall(b"".join(parts))

    def send_slowly(self, pieces: Iterable[bytes], every_s: float) -> None:
        """Send piece by piece until the client or the server has enough."""
        for piece in pieces:
            self.socket.sendall(piece)
            if self.closing.wait(every_s):
                return

    def hold(self) -> None:
        """Say nothing more until the server closes."""
        self.closing.wait(30)


@dataclass(slots=True)
class RawServer:
    """Plays one script for each connection, the last of them again and again.

    Attributes:
        requests: What was asked, in order.
    """

    scripts: list[Callable[[Connection], None]]
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    _listener: socket.socket = field(init=False)
    _closing: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    def url(self, path: str = "/file") -> str:
        scheme = "http" if self.tls is None else "https"
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def play(self, *scripts: Callable[[Connection], None]) -> None:
        """Replace the scripts, from the next connection on, and forget what was asked."""
        self.scripts = list(scripts)
        self.requests.clear()

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError, ValueError):  # clients hang up; that is what is tested
            if self.tls is not None:
                client = self.tls.wrap_socket(client, server_side=True)
            with client:
                request = _read_request(client)
                self.requests.append(request)
                script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
                script(Connection(client, request, self._closing))
                if not self._closing.is_set():
                    with suppress(OSError):
                        client.shutdown(socket.SHUT_WR)


def raw(*parts: bytes) -> Callable[[Connection], None]:
    """Send these bytes and hang up."""
    return lambda connection: connection.send(*parts)


def head(status: str = "200 OK", *headers: str) -> bytes:
    """Write the beginning of an answer."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode("latin-1")


def answer(status: str, *headers: str, body: bytes = b"") -> Callable[[Connection], None]:
    """Send an answer with a length that is true."""
    return raw(head(status, f"Content-Length: {len(body)}", *headers), body)


def whole(content: bytes, *headers: str) -> Callable[[Connection], None]:
    """Send a file with 200, whatever was asked."""
    return answer("200 OK", *headers, body=content)


def cut(content: bytes, at: int, *headers: str) -> Callable[[Connection], None]:
    """Announce a whole file and send its beginning only."""
    return raw(head("200 OK", f"Content-Length: {len(content)}", *headers), content[:at])


def honest(content: bytes, etag: str | None = '"v1"') -> Callable[[Connection], None]:
    """Serve a file as RFC 9110 says, parts included."""

    def serve(connection: Connection) -> None:
        request, tag = connection.request, [] if etag is None else [f"ETag: {etag}"]
        first = request.first
        if first is None or request.headers.get("if-range", etag) != etag:
            answer("200 OK", *tag, body=content)(connection)
        elif first >= len(content):
            answer("416 Range Not Satisfiable", f"Content-Range: bytes */{len(content)}")(connection)
        else:
            place = f"Content-Range: bytes {first}-{len(content) - 1}/{len(content)}"
            answer("206 Partial Content", place, *tag, body=content[first:])(connection)

    return serve


def part(content: bytes, place: str | None, first: int, *headers: str) -> Callable[[Connection], None]:
    """Send a 206 with any Content-Range to whoever asks for a part, and the whole to everybody else."""

    def serve(connection: Connection) -> None:
        if connection.request.first is None:
            return whole(content)(connection)
        more = headers if place is None else (f"Content-Range: {place}", *headers)
        return answer("206 Partial Content", *more, body=content[first:])(connection)

    return serve


def _read_request(client: socket.socket) -> Request:
    client.settimeout(30)
    received = b""
    while b"\r\n\r\n" not in received:
        piece = client.recv(65536)
        if not piece:
            raise ValueError(received)
        received += piece
    line, *rest = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return Request(line, {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rest)})
