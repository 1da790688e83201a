"""The one way to bytes from elsewhere: files of this machine, and servers once there is something to ask them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from launcher import __version__
from launcher.adapters.local_files import LocalFiles
from launcher.domain.errors import OfflineMode
from launcher.domain.url import parse_url

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.flows.ports import Fetcher
    from launcher.store.downloads import PartialDownload


class UrlFetcher:
    """`launcher.flows.ports.Fetcher` that looks at the scheme."""

    def __init__(
        self,
        *,
        user_agent: str = f"arw-launcher/{__version__}",
        allowed_http_hosts: frozenset[str] = frozenset(),
        proxy: str | None = None,
        ca_file: str | None = None,
        is_offline: bool = False,
    ) -> None:
        """Say who we are, and what the settings say of the way to servers.

        Args:
            user_agent: Who we are.
            allowed_http_hosts: Hosts that may be asked without TLS.
            proxy: The proxy to use instead of the system's.
            ca_file: Certificates to prove servers by, instead of the system's.
            is_offline: Ask no server at all.
        """
        self._user_agent = user_agent
        self._allowed_http_hosts = allowed_http_hosts
        self._proxy = proxy
        self._ca_file = ca_file
        self._is_offline = is_offline
        self._files: Fetcher = LocalFiles()

    @cached_property
    def _servers(self) -> Fetcher:
        # Here and not above: httpcore and ssl cost a command that asks no server more than all the rest of it.
        from launcher.adapters.http import HttpFetcher, Route  # noqa: PLC0415

        return HttpFetcher(
            user_agent=self._user_agent,
            allowed_http_hosts=self._allowed_http_hosts,
            route=Route(self._proxy, self._ca_file),
        )

    def fetch_document(self, url: str, max_bytes: int) -> bytes:
        """Return a small document whole.

        Raises:
            FetchError: The transfer did not happen, or the settings say to stay offline.
            TooLarge: It is longer than ``max_bytes``.
            StoreError: A local file cannot be read.
        """
        return self._for(url).fetch_document(url, max_bytes)

    def fetch_artifact(self, url: str, partial: PartialDownload, observer: Observer) -> None:
        """Bring the rest of a partial download.

        Raises:
            FetchError: The transfer did not happen; what came is kept in ``partial``.
            WrongSize: The source offers another size than was signed.
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """
        self._for(url).fetch_artifact(url, partial, observer)

    def _for(self, url: str) -> Fetcher:
        parsed = parse_url(url)
        if parsed.is_file:
            return self._files
        if self._is_offline:
            raise OfflineMode(f"`{parsed.authority}` is not asked, because the settings say to stay offline.")
        return self._servers
