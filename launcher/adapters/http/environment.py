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


def find_proxy(url: Url) -> httpcore.Proxy | None:
    """Return the proxy that the environment, or the system's settings, put before a URL's host; None is none.

    This machine is always asked directly.

    Raises:
        BadProxySettings: The proxy is malformed or of a kind that is not supported; a password is not shown.
    """
    if url.is_loopback:
        return None
    proxies = getproxies()
    text = proxies.get(url.scheme) or proxies.get("all")
    if not text or proxy_bypass(f"{url.host}:{url.port}"):
        return None
    variable = f"{url.scheme.upper()}_PROXY" if proxies.get(url.scheme) else "ALL_PROXY"
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


def make_tls_context() -> ssl.SSLContext:
    """Return what proves servers: the operating system's certificates, or those of SSL_CERT_FILE and SSL_CERT_DIR.

    Raises:
        BadProxySettings: One of the two variables names nothing that can be read.
    """
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        import truststore  # noqa: PLC0415 - not needed where the environment brings certificates

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if folder and not os.path.isdir(folder):  # noqa: PTH112 - ssl takes texts
        raise BadProxySettings("`SSL_CERT_DIR` names no folder.", actual=folder)
    try:
        return ssl.create_default_context(cafile=file or None, capath=folder or None)
    except OSError as error:  # an ssl.SSLError too
        raise BadProxySettings(
            "`SSL_CERT_FILE` names no file of certificates.", actual=f"{file} ({error.strerror or error})"
        ) from error
