"""Serving the sample registry on this machine, for as long as one command needs it."""

from __future__ import annotations

import os
import re
import threading
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from launcher.adapters.sample.layout import SampleRegistry

_CHUNK_BYTES: Final = 256 * 1024
_IDLE_TIMEOUT_S: Final = 10
# "bytes=5-" or "bytes=5-9" (RFC 9110, 14.1.2); other forms may be ignored, and are.
_RANGE: Final = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?", re.ASCII)


class SampleServer:
    """A web server on 127.0.0.1 and a free port, while its ``with`` block runs; only this machine reaches it.

    The files are those that the registry held when the server was made, and nothing else is ever read: a request names
    one of them or gets 404.
    """

    def __init__(self, registry: SampleRegistry, published: Callable[[], int]) -> None:
        """Prepare to serve a registry.

        Args:
            registry: What is served.
            published: Asked at each request of the catalog which stage of it is published, 1 or 2.
        """
        self._registry = registry
        self._published = published
        self._files = {
            f"/{path.relative_to(registry.folder).as_posix()}": path
            for path in registry.folder.rglob("*")
            if path.is_file() and not path.is_symlink()
        }
        self._http: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Start to serve, on a thread of its own."""
        self._http = _QuietServer(("127.0.0.1", 0), partial(_Handler, self.find_file))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="sample", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        if self._http is not None and self._thread is not None:
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()
        self._http = self._thread = None

    @property
    def url(self) -> str:
        """Where the registry is, without a slash at its end.

        Raises:
            RuntimeError: The server does not run.
        """
        if self._http is None:
            message = "the sample server runs inside of its `with` block only"
            raise RuntimeError(message)
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def catalog_url(self) -> str:
        """Where the catalog is; the errors are those of `url`."""
        return f"{self.url}/{self._registry.catalog_name}"

    def find_file(self, url_path: str) -> Path | None:
        """Return the file that a path of a URL names, or None."""
        if url_path == f"/{self._registry.catalog_name}":
            return self._registry.catalog_path(self._published())
        return self._files.get(url_path)


class _QuietServer(ThreadingHTTPServer):
    """Leaves stderr to the command that runs it: a client that went away is no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing; the connection is closed, and the client sees that."""


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, whole or from an offset, with a strong ETag so that a transfer can be resumed."""

    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float | None] = _IDLE_TIMEOUT_S

    def __init__(self, find_file: Callable[[str], Path | None], *args: Any) -> None:  # noqa: ANN401 - of the base class
        self._find_file = find_file
        super().__init__(*args)  # answers the request

    def do_GET(self) -> None:
        """Send a file."""
        self._answer(with_content=True)

    def do_HEAD(self) -> None:
        """Say what sending a file would say."""
        self._answer(with_content=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet, as `_QuietServer` does."""

    def _answer(self, *, with_content: bool) -> None:
        self.close_connection = True
        path = self._find_file(self.path)
        with suppress(ConnectionError, TimeoutError):  # who asked has gone; there is nobody to tell
            if path is None:
                self._send_head(HTTPStatus.NOT_FOUND, {"Content-Length": "0"})
            else:
                self._send_file(path, with_content=with_content)

    def _send_file(self, path: Path, *, with_content: bool) -> None:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            size_bytes = facts.st_size
            # Published files are never changed, so the time of their writing says which one it is.
            etag = f'"{facts.st_mtime_ns:x}-{size_bytes:x}"'
            start, end = self._range(size_bytes, etag)
            if start >= size_bytes > 0:
                headers = {"Content-Range": f"bytes */{size_bytes}", "Content-Length": "0"}
                self._send_head(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
                return
            headers = {"Content-Length": str(end - start), "ETag": etag, "Accept-Ranges": "bytes"}
            if end - start == size_bytes:
                self._send_head(HTTPStatus.OK, headers)
            else:
                headers["Content-Range"] = f"bytes {start}-{end - 1}/{size_bytes}"
                self._send_head(HTTPStatus.PARTIAL_CONTENT, headers)
            file.seek(start)
            while with_content and start < end:
                start += self.wfile.write(file.read(min(_CHUNK_BYTES, end - start)))

    def _range(self, size_bytes: int, etag: str) -> tuple[int, int]:
        """Return the first byte that is asked for, and the one after the last."""
        match = _RANGE.fullmatch(self.headers.get("Range", ""))
        if match is None or self.headers.get("If-Range", etag) != etag:
            return 0, size_bytes
        start, last = int(match[1]), int(match[2] or size_bytes)
        return (start, min(last + 1, size_bytes)) if start <= last else (0, size_bytes)

    def _send_head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
