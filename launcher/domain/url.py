"""Which URLs are followed, and what a relative one means (3-trust, step 9; threats A17 and D10).

A source is https; http only for this machine and for hosts that the operator listed; ``file`` only where
the document that names it is a local file itself. Anything that two programs could read differently
(another spelling of an address, a backslash, a user name before the host) is refused, never mended.
"""

from __future__ import annotations

import re
from typing import Final

from launcher.domain.errors import ForbiddenUrl
from launcher.domain.values import NamedTuple

MAX_URL_CHARACTERS: Final = 8192
DEFAULT_PORTS: Final = {"https": 443, "http": 80}

# RFC 3986, appendix B, with the scheme's letters in lower case.
_PARTS: Final = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?", re.ASCII
)
_ALLOWED_TEXT: Final = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*", re.ASCII)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_AUTHORITY: Final = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_MAX_HOST_CHARACTERS: Final = 253
_MAX_PORT: Final = 65535
_DRIVE_PATH: Final = re.compile(r"/[A-Za-z]:/.*", re.ASCII | re.DOTALL)


class Url(NamedTuple):
    """An absolute URL in its parts.

    Attributes:
        scheme: ``https``, ``http`` or ``file``.
        host: In lower case, without the brackets of an IPv6 address; empty for ``file``.
        port: The port, given or usual for the scheme; 0 for ``file``.
        path: Begins with ``/``; percent signs as they came.
        query: What follows ``?``, or None.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str | None

    def __str__(self) -> str:
        """Write the URL."""
        return self.public + ("" if self.query is None else f"?{self.query}")

    @property
    def public(self) -> str:
        """The URL without its query, which may hold a secret, for messages and logs (threat B17)."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the usual one, port: what the header `Host` holds."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS.get(self.scheme, 0) else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """Path and query: what a request asks its server for."""
        return self.path + ("" if self.query is None else f"?{self.query}")

    @property
    def is_file(self) -> bool:
        """Tell whether it names a file of this machine."""
        return self.scheme == "file"

    @property
    def is_loopback(self) -> bool:
        """Tell whether it leads to this machine by the network."""
        return self.host in ("localhost", "::1") or (
            self.host.startswith("127.") and _NUMBER.fullmatch(self.host.rpartition(".")[2]) is not None
        )


def parse_url(text: str) -> Url:
    """Parse an absolute URL of an allowed kind.

    Raises:
        ForbiddenUrl: It is malformed, of another scheme, carries a user name or a fragment, or its host is
            not a plain name or address that a server can have.
    """
    match = _split(text)
    scheme = match["scheme"]
    if scheme not in ("https", "http", "file"):
        raise _forbidden(text, "https, http or file")
    if match["authority"] is None:
        raise _forbidden(text, f"{scheme}://")
    path = _without_dots(match["path"] or "/")
    if scheme == "file":
        if match["authority"] not in ("", "localhost") or match["query"] is not None:
            raise _forbidden(text, "a file of this machine")
        return Url(scheme, "", 0, path, None)
    host, port = _parse_authority(text, match["authority"])
    return Url(scheme, host, port or DEFAULT_PORTS[scheme], path, match["query"])


def parse_source_url(text: str, allowed_http_hosts: frozenset[str]) -> Url:
    """Parse the URL of a server that may be asked.

    Args:
        text: The URL.
        allowed_http_hosts: Hosts, in lower case, that the operator listed to be asked without TLS.

    Raises:
        ForbiddenUrl: As `parse_url`; or it is not https, nor http to this machine or a listed host.
    """
    return _check_transport(parse_url(text), allowed_http_hosts)


def resolve_url(base: str, reference: str) -> str:
    """Return what ``reference`` means in the document that came from ``base`` (RFC 3986, section 5.2).

    Raises:
        ForbiddenUrl: One of them is malformed or of another scheme; or a document of the network points to a
            file, or to a server, of this machine (threat A17).
    """
    return str(_resolve(parse_url(base), reference))


def resolve_redirect(current: Url, location: str, allowed_http_hosts: frozenset[str]) -> Url:
    """Return where a redirect leads, if it may be followed (threat D10).

    Raises:
        ForbiddenUrl: It leads from https to http, from the network to this machine, to a file, or to what may
            not be asked in the first place.
    """
    target = _check_transport(_resolve(current, location), allowed_http_hosts)
    if current.scheme == "https" and target.scheme != "https":
        raise ForbiddenUrl(f"`{current.public}` redirects to http.", expected="https", actual=target.public)
    return target


def file_path(url: Url, *, is_windows: bool) -> str:
    """Return the path that a ``file`` URL names; ``file:///C:/x`` is ``C:/x`` on Windows.

    Raises:
        ForbiddenUrl: It is no ``file`` URL, or its path has no one meaning.
    """
    if not url.is_file:
        raise _forbidden(url.public, "file://")
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), url.path.encode("ascii"))
    try:
        path = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _forbidden(url.public, "a path in UTF-8") from None
    if "\0" in path or path.count("/") != url.path.count("/") or (is_windows and "\\" in path):
        raise _forbidden(url.public, "a path without encoded separators")
    if not is_windows:
        return path
    if not _DRIVE_PATH.fullmatch(path):
        raise _forbidden(url.public, "a path that begins with a drive, file:///C:/…")
    return path[1:]


def _resolve(base: Url, reference: str) -> Url:
    if _SCHEME.match(reference):
        target = parse_url(reference)
    elif reference.startswith("//"):
        target = parse_url(f"{base.scheme}:{reference}")
    else:
        target = _merge(base, _split(reference))
    if target.is_file and not base.is_file:
        raise _forbidden(target.public, "a URL of the network, as the document's own")
    if target.is_loopback and not (base.is_loopback or base.is_file):
        raise _forbidden(target.public, "a host of the network, as the document's own")
    return target


def _merge(base: Url, reference: re.Match[str]) -> Url:
    path, query = reference["path"], reference["query"]
    if base.is_file and query is not None:
        raise _forbidden(base.public, "a file without a query")
    if not path:
        return base._replace(query=base.query if query is None else query)
    if not path.startswith("/"):
        path = base.path.rpartition("/")[0] + "/" + path
    return base._replace(path=_without_dots(path), query=query)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    *folders, last = path.split("/")[1:]
    for segment in folders:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        del kept[-1:]
    kept.append("" if last in (".", "..") else last)
    return "/" + "/".join(kept)


def _check_transport(url: Url, allowed_http_hosts: frozenset[str]) -> Url:
    is_allowed = url.scheme == "https" or (
        url.scheme == "http" and (url.is_loopback or url.host in allowed_http_hosts)
    )  # threat A17
    if not is_allowed:
        raise _forbidden(url.public, "https, or http to a host that you listed")
    return url


def _split(text: str) -> re.Match[str]:
    if len(text) > MAX_URL_CHARACTERS or not _ALLOWED_TEXT.fullmatch(text):
        raise _forbidden(text, f"at most {MAX_URL_CHARACTERS} characters, none of them unusual")
    scheme = _SCHEME.match(text)
    if scheme:
        text = scheme[0].lower() + text[scheme.end() :]
    match = _PARTS.fullmatch(text)
    if match is None:  # the parts take everything but a fragment
        raise _forbidden(text, "a URL without a fragment")
    return match


def _parse_authority(text: str, authority: str) -> tuple[str, int | None]:
    if "@" in authority:
        raise _forbidden(text, "a URL without a user name")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise _forbidden(text, "a host and a port")
    port = None if match["port"] is None else int(match["port"])
    if port is not None and not 0 < port <= _MAX_PORT:
        raise _forbidden(text, f"a port from 1 to {_MAX_PORT}")
    host = match["host"].lower()
    if host.startswith("["):
        return _parse_address(text, host[1:-1]), port
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # as every resolver sees it: 127.1, 2130706433, 0x7f.1
        return _parse_address(text, host), port
    if len(host) > _MAX_HOST_CHARACTERS or not all(map(_LABEL.fullmatch, labels)):
        raise _forbidden(text, "a host name")
    return host, port


def _parse_address(text: str, host: str) -> str:
    """Return an address in its one spelling; link-local ones are where clouds keep their secrets."""
    from ipaddress import IPv6Address, ip_address  # noqa: PLC0415 - start-up time; few URLs hold an address

    try:
        address = ip_address(host)
    except ValueError:
        raise _forbidden(text, "an address in its usual spelling") from None
    is_mapped = isinstance(address, IPv6Address) and address.ipv4_mapped is not None
    if is_mapped or address.is_link_local or address.is_multicast or address.is_unspecified:
        raise _forbidden(text, "an address that a server can have")
    return str(address)


def _forbidden(text: str, expected: str) -> ForbiddenUrl:
    # No query and no user name: either may hold a secret (threat B17).
    shown = re.sub(r"//[^/]*@", "//…@", text.partition("?")[0])
    return ForbiddenUrl("A URL is of a kind that is never followed.", expected=expected, actual=ascii(shown[:200]))
