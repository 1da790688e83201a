"""What the doctor looks at beside the store: the way to the network, and a move of the store that was interrupted."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from launcher.adapters.http.environment import find_proxy, make_tls_context
from launcher.domain.errors import BadProxySettings, LauncherError, NoConnection
from launcher.domain.url import parse_url
from launcher.flows.doctor import broken, warn, well
from launcher.store.lock import is_locked
from launcher.store.move_note import load_move_note, lock_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from launcher.adapters.places import Places
    from launcher.domain.care_views import CheckView
    from launcher.domain.settings import Settings

NETWORK: Final = "Network"
CERTIFICATES: Final = "Certificates"
_PROXY_WITHIN_S: Final = 3.0
_ANY_SERVER: Final = "https://example.com/"
"""Never asked: which proxy stands before servers depends on the scheme of a URL."""


def check_network(settings: Settings, at: datetime) -> Iterator[CheckView]:
    """Check the proxy and the certificates that transfers would use; no server is asked but the proxy."""
    if settings.offline:
        yield well(NETWORK, "The settings say to stay offline; no server is asked.")
        return
    yield _check_proxy(settings.proxy)
    yield _check_certificates(settings.ca_file, at)


def check_move(places: Places, root: Path) -> Iterator[CheckView]:
    """Check for what a move of the store left that was interrupted."""
    try:
        note = load_move_note(places.store_move)
        if note is None or is_locked(lock_of(places.store_move)):
            return
    except LauncherError as error:
        yield broken("Store", error)
        return
    rest = note.source if root == note.target else note.target
    yield warn(
        "Store",
        f"A move of the store was interrupted; {root} is used, and what is left at {rest} takes room.",
        "Delete what is left: `arw-cli runtime bundles move --clean-up`.",
        ("runtime", "bundles", "move", "--clean-up"),
    )


def _check_proxy(chosen: str | None) -> CheckView:
    reset = ("settings", "reset", "proxy") if chosen is not None else ()
    try:
        proxy = find_proxy(parse_url(_ANY_SERVER), chosen)
        if proxy is None:
            return well(NETWORK, "Servers are asked directly, without a proxy.")
        host, port = proxy.url.host.decode(), proxy.url.port or 80
        _connect(host, port)
    except LauncherError as error:
        return broken(NETWORK, error, reset)
    return well(NETWORK, f"The proxy {host}:{port} answers.")


def _connect(host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), _PROXY_WITHIN_S).close()
    except OSError as error:
        raise NoConnection(
            f"The proxy `{host}:{port}` does not answer.",
            actual=str(error),
            hint="Correct the setting `proxy`, or the variables of the environment; or start the proxy.",
        ) from error


def _check_certificates(ca_file: str | None, at: datetime) -> CheckView:
    reset = ("settings", "reset", "ca_file") if ca_file is not None else ()
    try:
        context = make_tls_context(ca_file)
    except BadProxySettings as error:
        return broken(CERTIFICATES, error, reset)
    if ca_file is None:
        return well(CERTIFICATES, "Servers are proven by the certificates of the system or the environment.")
    ends_at = [_end_of(certificate) for certificate in context.get_ca_certs()]
    if ends_at and max(ends_at) < at:
        return warn(
            CERTIFICATES,
            f"Every certificate in {ca_file} has expired.",
            "Ask who runs the network for a new file.",
            reset,
        )
    return well(CERTIFICATES, f"Servers are proven by the certificates in {ca_file}: {len(ends_at)}.")


def _end_of(certificate: Mapping[str, object]) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
