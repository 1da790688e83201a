"""A static HTTP file server on 127.0.0.1 that can be told to lie: the transport half of `tests.registry`."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_CHUNK_BYTES = 256 * 1024
_RANGE = re.compile(r"bytes=(\d+)-", re.ASCII)


@dataclass(frozen=True, slots=True)
class Lie:
    """What the server does instead of sending a file as it is.

    Attributes:
        status: Answer with this status and a short text instead of the file.
        body: Send these bytes instead of the file's, under a status of 200.
        content_type: What the body claims to be.
        flip_at: Invert this byte of the file.
        cut_at: Announce the whole file, send this many bytes of it, and close the connection.
        hold_at: Send this many bytes, then nothing until the server is closed or `LyingServer.release` is called.
        redirect_to: Answer 302 with this location.
        times: Lie so many times, then tell the truth; None lies for ever.
    """

    status: int | None = None
    body: bytes | None = None
    content_type: str = "application/octet-stream"
    flip_at: int | None = None
    cut_at: int | None = None
    hold_at: int | None = None
    redirect_to: str | None = None
    times: int | None = None


NOT_FOUND = Lie(status=404)
SIGN_IN_PAGE = Lie(body=b"<!doctype html><title>Sign in to the Wi-Fi</title>", content_type="text/html")


@dataclass(slots=True)
class LyingServer:
    """Serves the files below a folder; ``with`` starts and ends it.

    Attributes:
        root: The folder that is served.
        requests: The paths that were asked for, in order, with ``(from N)`` where a range was asked for.
        headers: The headers of each of them.
        holding: Set while a request is being held (`Lie.hold_at`).
    """

    root: Path
    requests: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    holding: threading.Event = field(default_factory=threading.Event)
    _lies: dict[str, Lie] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)
    _released: threading.Event = field(default_factory=threading.Event)
    _http: ThreadingHTTPServer | None = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Listen on a free port of 127.0.0.1 and serve in a thread."""
        self._http = _Http(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of what is held, and stop."""
        self._released.set()
        assert self._http is not None
        assert self._thread is not None
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where the folder is served, without a slash at the end."""
        assert self._http is not None, "the server runs only inside `with`"
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def lie(self, path: str | Path, lie: Lie) -> None:
        """From now on lie about one file: a path below the folder, absolute or relative to it."""
        relative = str(path if isinstance(path, str) else path.relative_to(self.root)).replace("\\", "/")
        self._lies[f"/{relative.lstrip('/')}"] = lie

    def tell_the_truth(self) -> None:
        """Forget all lies and let go of what is held."""
        self._lies.clear()
        self._told.clear()
        self.release()

    def release(self) -> None:
        """Let the requests that are held go on to the end of their file."""
        self._released.set()
        self._released = threading.Event()
        self.holding.clear()

    def find_lie(self, path: str) -> Lie | None:
        """Return what to do instead of sending the file at a URL path; counts `Lie.times`."""
        lie = self._lies.get(path)
        if lie is None or lie.times is None:
            return lie
        self._told[path] = self._told.get(path, 0) + 1
        return lie if self._told[path] <= lie.times else None

    def hold(self) -> None:
        """Wait, on a request's thread, until `release`."""
        released = self._released
        self.holding.set()
        released.wait(60)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a held request ends with its client; nothing waits for it
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away in mid-transfer are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: LyingServer

    def do_GET(self) -> None:
        """Send a file, from the asked byte on, or lie."""
        path = unquote(urlsplit(self.path).path)
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        self.owner.requests.append(f"{path} (from {asked.group(1)})" if asked else path)
        self.owner.headers.append(dict(self.headers))
        lie = self.owner.find_lie(path) or Lie()
        if lie.redirect_to is not None:
            self._answer(HTTPStatus.FOUND, b"", {"Location": lie.redirect_to})
        elif lie.status is not None:
            self._answer(lie.status, b"no\n", {"Content-Type": "text/plain"})
        elif lie.body is not None:
            self._answer(HTTPStatus.OK, lie.body, {"Content-Type": lie.content_type})
        elif ".." in path or not (file := self.owner.root / path.lstrip("/")).is_file():
            self._answer(HTTPStatus.NOT_FOUND, b"no\n", {"Content-Type": "text/plain"})
        else:
            self._send_file(file, lie, int(asked.group(1)) if asked else None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Keep the tests' output clean; `LyingServer.requests` is the log."""

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_file(self, file: Path, lie: Lie, first: int | None) -> None:
        size = file.stat().st_size
        etag = f'"{_digest_name(file)}"'
        if first is not None and (first >= size or self.headers.get("If-Range", etag) != etag):
            first = None
        self.send_response(HTTPStatus.OK if first is None else HTTPStatus.PARTIAL_CONTENT)
        if first is not None:
            self.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
        self.send_header("ETag", etag)
        self.send_header("Content-Type", lie.content_type)
        self.send_header("Content-Length", str(size - (first or 0)))
        self.end_headers()
        self._send_bytes(file, first or 0, lie)

    def _send_bytes(self, file: Path, first: int, lie: Lie) -> None:
        stops = sorted({stop for stop in (lie.cut_at, lie.hold_at) if stop is not None and stop >= first})
        with file.open("rb") as stream:
            position = stream.seek(first)
            while True:
                stop = next((stop for stop in stops if stop >= position), None)
                if position == stop == lie.cut_at:
                    self.close_connection = True
                    return
                if position == stop == lie.hold_at:
                    self.owner.hold()
                    stops.remove(position)
                    continue
                chunk = stream.read(min(_CHUNK_BYTES, stop - position) if stop is not None else _CHUNK_BYTES)
                if not chunk:
                    return
                self.wfile.write(_flipped(chunk, lie.flip_at, position))
                position += len(chunk)


def _flipped(chunk: bytes, flip_at: int | None, position: int) -> bytes:
    if flip_at is None or not position <= flip_at < position + len(chunk):
        return chunk
    changed = bytearray(chunk)
    changed[flip_at - position] ^= 0xFF
    return bytes(changed)


def _digest_name(file: Path) -> str:
    # Strong: another content never has it. A file that is replaced has another inode or time.
    facts = file.stat()
    return hashlib.sha256(f"{facts.st_ino} {facts.st_size} {facts.st_mtime_ns}".encode()).hexdigest()[:32]
