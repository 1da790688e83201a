"""Documents and artifacts from servers: `launcher.flows.ports.Fetcher` for https and http."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from launcher.adapters.http.artifact_rules import (
    OK,
    Use,
    check_encoding,
    check_status,
    find_strong_etag,
    is_web_page,
    judge_artifact,
    not_an_artifact,
)
from launcher.adapters.http.environment import USUAL_ROUTE
from launcher.adapters.http.exchange import Exchange
from launcher.adapters.http.patience import Patience, Watch
from launcher.adapters.http.retry import RetryRule
from launcher.domain.errors import FetchError, TooLarge, TransferCut
from launcher.domain.progress import Silent
from launcher.domain.url import parse_source_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from launcher.adapters.http.environment import Route
    from launcher.adapters.http.exchange import Answer
    from launcher.domain.progress import Observer
    from launcher.domain.url import Url
    from launcher.store.downloads import PartialDownload

    _T = TypeVar("_T")


class HttpFetcher:
    """Fetches over HTTP/1.1, with limits in time and size for everything."""

    def __init__(  # noqa: PLR0913 - all by name, and all but the first optional
        self,
        *,
        user_agent: str,
        allowed_http_hosts: frozenset[str] = frozenset(),
        route: Route = USUAL_ROUTE,
        patience: Patience | None = None,
        retry: RetryRule | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Say who we are and whom we may ask without TLS; the rest has sensible limits already."""
        self._patience = patience or Patience()
        self._retry = retry or RetryRule()
        self._allowed_http_hosts = allowed_http_hosts
        self._monotonic = monotonic
        self._sleep = sleep
        self._exchange = Exchange(user_agent, allowed_http_hosts, self._patience.connect_s, route)

    def fetch_document(self, url: str, max_bytes: int) -> bytes:
        """Return a small document whole.

        Raises:
            FetchError: The transfer did not happen.
            TooLarge: It is longer than ``max_bytes`` (threat A8).
        """
        source = parse_source_url(url, self._allowed_http_hosts)
        watch = self._watch(self._patience.document_s, Silent())
        return self._persist(lambda: self._fetch_document_once(source, max_bytes, watch), watch)

    def fetch_artifact(self, url: str, partial: PartialDownload, observer: Observer) -> None:
        """Bring the rest of a partial download, whose kept bytes count as progress too.

        What a resumed transfer ends in may turn out to be wrong: then it starts again, once (threat D7).

        Raises:
            FetchError: The transfer did not happen; what came is kept in ``partial``.
            WrongSize: The server offers another size than was signed.
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """
        source = parse_source_url(url, self._allowed_http_hosts)
        watch = self._watch(self._patience.artifact_s, observer)
        observer.advance(partial.offset)
        self._persist(lambda: self._fetch_rest_once(source, partial, observer, watch), watch)
        if partial.is_resumed and not partial.is_intact:
            _restart(partial, observer, "What was kept and what came do not belong together.")
            self._persist(lambda: self._fetch_rest_once(source, partial, observer, watch), watch)

    def _fetch_document_once(self, source: Url, max_bytes: int, watch: Watch) -> bytes:
        with self._exchange.ask(source, {}, watch) as answer:
            check_status(answer, {OK})
            check_encoding(answer)
            if is_web_page(answer):
                raise not_an_artifact(answer)
            content = bytearray()
            for chunk in answer.chunks:
                content += chunk
                if len(content) > max_bytes:
                    raise TooLarge(f"`{source.public}` is too large.", expected=f"at most {max_bytes} bytes")
        return bytes(content)

    def _fetch_rest_once(self, source: Url, partial: PartialDownload, observer: Observer, watch: Watch) -> None:
        if partial.offset and not partial.is_complete and not _can_resume(partial, source):  # threat D3
            _restart(partial, observer, "There is nothing to continue what was kept by.")
        while not partial.is_complete and not self._take_answer(source, partial, observer, watch):
            _restart(partial, observer, "The server does not continue where it was.")  # once: all is always an answer

    def _take_answer(self, source: Url, partial: PartialDownload, observer: Observer, watch: Watch) -> bool:
        """Ask for what is missing and add it; False means that the server can give nothing but the whole."""
        etag = partial.origin.etag if partial.origin and partial.offset else None
        headers = {"Range": f"bytes={partial.offset}-", "If-Range": etag} if etag else {}
        with self._exchange.ask(source, headers, watch) as answer:
            use = judge_artifact(answer, partial.offset, partial.size_bytes, etag)
            if use is Use.NOTHING:
                return False
            if use is Use.CONTINUES:
                partial.resume()
            else:
                if partial.offset:  # threat D4
                    _restart(partial, observer, "The server sends all of it again.")
                partial.begin(str(source), find_strong_etag(answer))
            _take_body(answer, partial, observer)
        return True

    def _persist(self, attempt: Callable[[], _T], watch: Watch) -> _T:
        """Make attempts until one succeeds, fails for good, or was the last (threats D11, D12)."""
        number = 1
        while True:
            try:
                return attempt()
            except FetchError as error:
                wait_s = self._retry.find_wait_s(error, number, datetime.now(UTC))
                if wait_s is None:
                    raise
                reason = error.message
            watch.pause(wait_s, reason)
            number += 1

    def _watch(self, total_s: float, observer: Observer) -> Watch:
        return Watch(self._patience, total_s, observer, self._monotonic, self._sleep)


def _can_resume(partial: PartialDownload, source: Url) -> bool:
    return partial.origin is not None and partial.origin.etag is not None and partial.origin.url == str(source)


def _take_body(answer: Answer, partial: PartialDownload, observer: Observer) -> None:
    try:
        for chunk in answer.chunks:
            partial.write(chunk)
            observer.advance(len(chunk))
    except TransferCut as error:
        if not partial.is_complete:
            expected, actual = f"{partial.size_bytes} bytes", f"{partial.offset} bytes"
            raise TransferCut(error.message, expected=expected, actual=actual) from error
    if not partial.is_complete:  # the signed size decides, whatever HTTP calls complete (threat D2)
        raise TransferCut(
            f"`{answer.url.authority}` ended before all had come.",
            expected=f"{partial.size_bytes} bytes",
            actual=f"{partial.offset} bytes",
        )


def _restart(partial: PartialDownload, observer: Observer, reason: str) -> None:
    observer.log(f"{reason} Starting again from the first byte.")
    observer.advance(-partial.offset)
    partial.restart()
