"""One question and its answer: the connection, the redirects on the way, and what httpcore reports, in our words."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import httpcore
import httpx

from launcher.adapters.http.environment import USUAL_ROUTE, find_proxy, make_tls_context
from launcher.adapters.http.network import WatchedBackend
from launcher.adapters.http.transport import PoolTransport
from launcher.domain.errors import BadAnswer, NoConnection, TransferCut
from launcher.domain.url import resolve_redirect

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping

    from launcher.adapters.http.environment import Route
    from launcher.adapters.http.patience import Watch
    from launcher.domain.url import Url

MAX_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, its body not read yet.

    Attributes:
        url: Who answered, after redirects.
        status: The status.
        headers: By name in lower case; of one that came twice, both values, with a comma in between.
        chunks: The body as it comes, undecoded.
    """

    url: Url
    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Exchange:
    """Asks servers; one connection for each question, all with the same settings."""

    def __init__(
        self, user_agent: str, allowed_http_hosts: frozenset[str], connect_s: float, route: Route = USUAL_ROUTE
    ) -> None:
        """Say who we are, who may be asked without TLS, and what the settings say of the way."""
        # `identity`: the bytes are to be the signed ones, and no bomb is unpacked on the way (threat D9).
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        self._allowed_http_hosts = allowed_http_hosts
        self._connect_s = connect_s
        self._route = route

    @contextmanager
    def ask(
        self, url: Url, headers: dict[str, str], watch: Watch, *, follows_redirects: bool = True
    ) -> Iterator[Answer]:
        """Ask for a URL, follow up to five redirects, and hold the answer open for the length of the block.

        Headers that hold a secret need ``follows_redirects=False``: a new origin would get them too (threat D10).

        Raises:
            FetchError: There is no answer, a forbidden redirect, or one that breaks the rules of HTTP.
            Cancelled: The observer said so.
        """
        for _ in range(MAX_REDIRECTS + 1):
            watch.await_answer()
            with self._ask_once(url, headers, watch) as answer:
                if answer.status not in _REDIRECTS or not follows_redirects:
                    watch.await_body()
                    yield answer
                    return
            url = resolve_redirect(url, _location_of(answer), self._allowed_http_hosts)
        raise BadAnswer("The server redirects in a circle.", expected=f"at most {MAX_REDIRECTS} redirects")

    @cached_property
    def _tls_context(self) -> ssl.SSLContext:
        return make_tls_context(self._route.ca_file)

    @contextmanager
    def _ask_once(self, url: Url, headers: dict[str, str], watch: Watch) -> Iterator[Answer]:
        # The transport and not a client: a client reads the environment and redirects, and both have rules of our own.
        with self._transport(url, watch) as transport:
            with _named_errors(url, watch):
                response = transport.handle_request(self._request(url, headers))
            try:
                pairs = response.headers.raw
                yield Answer(url, response.status_code, _join_headers(pairs), _read_body(response, url, watch))
            finally:
                response.close()

    def _request(self, url: Url, headers: dict[str, str]) -> httpx.Request:
        timeout = {"connect": self._connect_s, "read": None, "write": self._connect_s, "pool": None}
        all_headers = {**self._headers, "Host": url.authority, **headers}
        return httpx.Request("GET", str(url), headers=all_headers, extensions={"timeout": timeout})

    def _transport(self, url: Url, watch: Watch) -> PoolTransport:
        tls_context = self._tls_context if url.scheme == "https" else None
        return PoolTransport(
            httpcore.ConnectionPool(
                ssl_context=tls_context,
                proxy=find_proxy(url, self._route.proxy),
                network_backend=WatchedBackend(watch),
            )
        )


def _read_body(response: httpx.Response, url: Url, watch: Watch) -> Iterator[bytes]:
    with _named_errors(url, watch):
        yield from response.iter_raw()


@contextmanager
def _named_errors(url: Url, watch: Watch) -> Iterator[None]:
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        raise NoConnection(f"`{url.authority}` cannot be reached.", actual=str(error) or "no answer") from error
    except httpcore.ProxyError as error:
        raise NoConnection(
            f"The proxy does not let us through to `{url.authority}`.", actual=str(error), hint="Look at HTTPS_PROXY."
        ) from error
    except httpcore.RemoteProtocolError as error:
        if watch.is_awaiting_answer:  # threat D22
            raise BadAnswer(f"`{url.authority}` does not speak HTTP.", actual=str(error)) from error
        raise TransferCut(f"`{url.authority}` ended before all had come.", actual=str(error)) from error
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise TransferCut(f"The connection to `{url.authority}` broke.", actual=str(error)) from error


def _join_headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.decode("ascii").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _location_of(answer: Answer) -> str:
    location = answer.headers.get("location")
    if location is None:
        raise BadAnswer(f"`{answer.url.authority}` redirects to nowhere.", expected="a Location")
    return location.partition("#")[0]  # a fragment is for browsers
