"""httpx over connections that a `Watch` may end: its transport, and httpcore's network below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore
import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator


class PoolTransport(httpx.BaseTransport):
    """Hands httpx's requests to a connection pool that was made with a network of our own.

    httpx's own transport makes its pool itself and takes no network; both sides of this class are public interfaces.
    What goes wrong is raised as httpcore raises it.
    """

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        """Ask through ``pool``, which is closed with this transport."""
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return the answer, its body not read yet."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
