"""Whatever a document calls a URL: a `Url` that means itself, or `ForbiddenUrl`."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from launcher.domain.errors import ForbiddenUrl
from launcher.domain.url import file_path, parse_source_url, parse_url, resolve_redirect, resolve_url

WORDS = "https: http: file: // / .. . ? # @ : [ ] % %2f \\ ::1 127.0.0.1 0x7f.1 localhost a.example 443 0 x é C:"
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\0"])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
BASE = "https://example.org/a/b"


@given(TEXTS)
@example("https://[::1%25a]/")
@example("http://1.2.3.4.5/")
def test_any_text_is_a_url_or_refused(text: str) -> None:
    try:
        url = parse_url(text)
    except ForbiddenUrl:
        return
    assert parse_url(str(url)) == url
    assert str(url).isascii()
    assert not {" ", "\n", "\\", "#"} & set(str(url))
    assert url.path.startswith("/")
    assert not {".", ".."} & set(url.path.split("/"))
    for is_windows in (False, True):
        with suppress(ForbiddenUrl):
            assert "\0" not in file_path(url, is_windows=is_windows)


@given(TEXTS)
def test_any_reference_stays_on_the_network_or_is_refused(reference: str) -> None:
    with suppress(ForbiddenUrl):
        target = parse_url(resolve_url(BASE, reference))
        assert not target.is_file
        assert not target.is_loopback


@given(TEXTS)
def test_any_redirect_of_https_is_https_or_refused(location: str) -> None:
    with suppress(ForbiddenUrl):
        assert resolve_redirect(parse_url(BASE), location, frozenset({"a.example"})).scheme == "https"


@given(TEXTS)
def test_only_this_machine_is_asked_without_tls(text: str) -> None:
    with suppress(ForbiddenUrl):
        url = parse_source_url(text, frozenset())
        assert url.scheme == "https" or url.host in ("localhost", "::1") or url.host.startswith("127.")
