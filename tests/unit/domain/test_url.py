from __future__ import annotations

import pytest

from launcher.domain.errors import ForbiddenUrl
from launcher.domain.url import Url, file_path, parse_source_url, parse_url, resolve_redirect, resolve_url

LISTED = frozenset({"mirror.example"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", Url("https", "example.org", 443, "/", None)),
        ("HTTPS://Example.ORG/A/b?x=1&y=%2F", Url("https", "example.org", 443, "/A/b", "x=1&y=%2F")),
        ("https://example.org:8443/a/../b/./c", Url("https", "example.org", 8443, "/b/c", None)),
        ("https://[::1]:9/", Url("https", "::1", 9, "/", None)),
        ("https://[0:0::1]/", Url("https", "::1", 443, "/", None)),
        ("http://127.0.0.1:80/a", Url("http", "127.0.0.1", 80, "/a", None)),
        ("file:///srv/a%20b.json", Url("file", "", 0, "/srv/a%20b.json", None)),
        ("file://localhost/srv", Url("file", "", 0, "/srv", None)),
        ("file:///C:/data/x.json", Url("file", "", 0, "/C:/data/x.json", None)),
    ],
)
def test_url_is_taken_apart(text: str, expected: Url) -> None:
    assert parse_url(text) == expected
    assert parse_url(str(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "ftp://example.org/a",
        "data:text/plain,x",
        "javascript:alert(1)",
        "https:example.org",
        "https:///a",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org/#top",
        "https://example.org/a b",
        "https://example.org/a\\b",
        "https://example.org/a\nb",
        "https://example.org/%zz",
        "https://exämple.org/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:/",
        "https://-a.example/",
        "https://a..example/",
        "https://example.org./",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 127 + "example/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://0.0.0.0/",
        "https://169.254.169.254/latest/meta-data/",
        "https://224.0.0.1/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::]/",
        "https://[::1/",
        "file://server/share/x",
        "file:relative",
        "file:///a?b",
        "https://example.org/" + "a" * 8192,
    ],
)
def test_url_of_another_kind_or_with_two_readings_is_refused(text: str) -> None:  # threat A17
    with pytest.raises(ForbiddenUrl) as refusal:
        parse_url(text)

    assert refusal.value.code == "forbidden-url"


def test_message_shows_neither_password_nor_query() -> None:  # threat B17
    with pytest.raises(ForbiddenUrl) as refusal:
        parse_url("https://user:secret@example.org/a?token=secret")

    assert refusal.value.actual == r"'https://\u2026@example.org/a'"


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("https://example.org/", True),
        ("https://10.0.0.5/", True),
        ("http://localhost:8080/", True),
        ("http://127.9.9.9/", True),
        ("http://[::1]/", True),
        ("http://mirror.example/", True),
        ("http://MIRROR.example:81/", True),
        ("http://other.example/", False),
        ("http://sub.mirror.example/", False),
        ("http://10.0.0.5/", False),
        ("http://localhost.example/", False),
        ("http://127.0.0.1.example/", False),
        ("file:///etc/hosts", False),
    ],
)
def test_server_is_asked_without_tls_only_here_or_where_listed(text: str, *, is_allowed: bool) -> None:  # threat A17
    if is_allowed:
        assert parse_source_url(text, LISTED) == parse_url(text)
    else:
        with pytest.raises(ForbiddenUrl):
            parse_source_url(text, LISTED)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [  # RFC 3986, section 5.4, what of it concerns files and servers
        ("g", "https://a/b/c/g"),
        ("./g", "https://a/b/c/g"),
        ("g/", "https://a/b/c/g/"),
        ("/g", "https://a/g"),
        ("//g", "https://g/"),
        ("?y", "https://a/b/c/d;p?y"),
        ("g?y", "https://a/b/c/g?y"),
        ("", "https://a/b/c/d;p?q"),
        (".", "https://a/b/c/"),
        ("..", "https://a/b/"),
        ("../g", "https://a/b/g"),
        ("../../g", "https://a/g"),
        ("../../../g", "https://a/g"),
        ("/./g", "https://a/g"),
        ("/../g", "https://a/g"),
        ("g.", "https://a/b/c/g."),
        ("..g", "https://a/b/c/..g"),
        ("./g/.", "https://a/b/c/g/"),
        ("g/../h", "https://a/b/c/h"),
        ("https://other/x", "https://other/x"),
    ],
)
def test_reference_is_resolved(reference: str, expected: str) -> None:
    assert resolve_url("https://a/b/c/d;p?q", reference) == expected


def test_reference_of_a_local_document_may_be_local() -> None:
    assert resolve_url("file:///srv/catalog/bundles.json", "../a.tar.zst") == "file:///srv/a.tar.zst"
    assert resolve_url("file:///srv/bundles.json", "file:///mnt/a.zip") == "file:///mnt/a.zip"
    assert resolve_url("file:///srv/bundles.json", "https://example.org/a") == "https://example.org/a"
    assert resolve_url("file:///srv/bundles.json", "http://127.0.0.1:1/a") == "http://127.0.0.1:1/a"
    assert resolve_url("http://localhost/bundles.json", "http://127.0.0.1:1/a") == "http://127.0.0.1:1/a"


@pytest.mark.parametrize(
    "reference", ["file:///etc/passwd", "http://127.0.0.1/a", "https://localhost/a", "a#b", "ftp://x/y", "a b"]
)
def test_document_of_the_network_never_points_into_this_machine(reference: str) -> None:  # threat A17
    with pytest.raises(ForbiddenUrl):
        resolve_url("https://example.org/bundles.json", reference)


def test_query_of_a_file_is_refused() -> None:
    with pytest.raises(ForbiddenUrl):
        resolve_url("file:///srv/bundles.json", "a?b")


@pytest.mark.parametrize(
    ("current", "location", "expected"),
    [
        ("https://a.example/x", "/y", "https://a.example/y"),
        ("https://a.example/x", "https://b.example/y?z", "https://b.example/y?z"),
        ("http://mirror.example/x", "https://b.example/", "https://b.example/"),
        ("http://mirror.example/x", "http://mirror.example/y", "http://mirror.example/y"),
        ("http://127.0.0.1:1/x", "http://localhost:2/y", "http://localhost:2/y"),
        ("https://a.example/x", "http://a.example/y", None),
        ("https://a.example/x", "http://mirror.example/y", None),
        ("https://localhost/x", "http://localhost/y", None),
        ("http://mirror.example/x", "http://other.example/", None),
        ("https://a.example/x", "https://127.0.0.1/y", None),
        ("https://a.example/x", "file:///etc/passwd", None),
        ("http://127.0.0.1/x", "file:///etc/passwd", None),
        ("https://a.example/x", "gopher://b/", None),
    ],
)
def test_redirect_is_followed_where_it_is_safe(current: str, location: str, expected: str | None) -> None:  # D10
    if expected is None:
        with pytest.raises(ForbiddenUrl):
            resolve_redirect(parse_url(current), location, LISTED)
    else:
        assert str(resolve_redirect(parse_url(current), location, LISTED)) == expected


@pytest.mark.parametrize(
    ("url", "is_windows", "path"),
    [
        ("file:///srv/a%20b.json", False, "/srv/a b.json"),
        ("file:///srv/%C3%A4", False, "/srv/ä"),
        ("file:///C:/data/a%20b", True, "C:/data/a b"),
        ("file:///c:/", True, "c:/"),
        ("file:///srv/a", True, None),
        ("file:///C:relative", True, None),
        ("file:///C:/a%5Cb", True, None),
        ("file:///srv/a%5Cb", False, "/srv/a\\b"),
        ("file:///srv/a%2Fb", False, None),
        ("file:///srv/a%00", False, None),
        ("file:///srv/%FF", False, None),
        ("https://example.org/a", False, None),
    ],
)
def test_file_url_names_one_path(url: str, *, is_windows: bool, path: str | None) -> None:
    if path is None:
        with pytest.raises(ForbiddenUrl):
            file_path(parse_url(url), is_windows=is_windows)
    else:
        assert file_path(parse_url(url), is_windows=is_windows) == path


def test_parts_for_a_request() -> None:
    url = parse_url("https://[::1]:8443/a?b")

    assert (url.authority, url.target, url.public) == ("[::1]:8443", "/a?b", "https://[::1]:8443/a")
    assert parse_url("https://example.org:443/").authority == "example.org"
