"""What the environment says about the way to the network: proxies and certificates (threat D18)."""

from __future__ import annotations

import os
import re
import ssl
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import httpcore

from launcher.domain.errors import BadProxySettings
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from launcher.domain.url import Url

# The scheme may be left out, as curl allows; a proxy's user name and password stand before its host.
_PROXY: Final = re.compile(
    r"(?:(?P<scheme>[a-z0-9+.-]+)://)?(?:(?P<user>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?/?",
    re.ASCII,
)
_DEFAULT_PROXY_PORT: Final = 80
_MAX_PORT: Final = 65535


class Route(NamedTuple):
    """What the settings say of the way to servers; None leaves it to the environment and the system."""

    proxy: str | None = None
    ca_file: str | None = None


USUAL_ROUTE: Final = Route()


def find_proxy(url: Url, chosen: str | None = None) -> httpcore.Proxy | None:
    """Return the proxy before a URL's host: the ``chosen`` one, or that of the environment or system; None is none.

    This machine is always asked directly.

    Raises:
        BadProxySettings: The proxy is malformed or of a kind that is not supported; a password is not shown.
    """
    if url.is_loopback:
        return None
    if chosen is not None:
        return _parse_proxy(chosen, "the setting proxy")
    proxies = getproxies()
    text = proxies.get(url.scheme) or proxies.get("all")
    if not text or proxy_bypass(f"{url.host}:{url.port}"):
        return None
    return _parse_proxy(text, f"{url.scheme.upper()}_PROXY" if proxies.get(url.scheme) else "ALL_PROXY")


def _parse_proxy(text: str, variable: str) -> httpcore.Proxy:
    match = _PROXY.fullmatch(text.strip())
    port = int((match and match["port"]) or _DEFAULT_PROXY_PORT)
    if match is None or not 0 < port <= _MAX_PORT:
        raise BadProxySettings(f"`{variable}` is no proxy's address.", expected="http://host:port")
    if match["scheme"] not in (None, "http"):
        raise BadProxySettings(
            f"`{variable}` names a kind of proxy that is not supported.",
            expected="http://host:port",
            actual=f"{match['scheme']}://",
        )
    auth = None if match["user"] is None else (unquote(match["user"]), unquote(match["password"] or ""))
    return httpcore.Proxy(httpcore.URL(scheme="http", host=match["host"].strip("[]"), port=port, target="/"), auth=auth)


def make_tls_context(ca_file: str | None = None) -> ssl.SSLContext:
    """Return what proves servers: the operating system's certificates, or those that the person names.

    Args:
        ca_file: The file of the settings; without it SSL_CERT_FILE and SSL_CERT_DIR count.

    Raises:
        BadProxySettings: What is named cannot be read.
    """
    if ca_file is not None:
        return _load_certificates("the setting ca_file", ca_file, None)
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        import truststore  # noqa: PLC0415 - not needed where the environment brings certificates

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if folder and not os.path.isdir(folder):  # noqa: PTH112 - ssl takes texts
        raise BadProxySettings("`SSL_CERT_DIR` names no folder.", actual=folder)
    return _load_certificates("SSL_CERT_FILE", file or None, folder or None)


def _load_certificates(name: str, file: str | None, folder: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=file, capath=folder)
    except OSError as error:  # an ssl.SSLError too
        raise BadProxySettings(
            f"`{name}` names no file of certificates.", actual=f"{file} ({error.strerror or error})"
        ) from error
