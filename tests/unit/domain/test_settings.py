from __future__ import annotations

import json

import pytest

from launcher.domain.errors import ParseError
from launcher.domain.settings import Settings, is_enforced, parse_settings


def test_no_settings_are_the_defaults() -> None:
    assert parse_settings(b"{}") == Settings() == Settings(("preview", "stable"), (), ())


def test_settings_are_read() -> None:
    raw = json.dumps({"channels": ["stable"], "sources": ["https://e.org/c.json"], "http_hosts": ["mirror"]}).encode()

    assert parse_settings(raw) == Settings(("stable",), ("https://e.org/c.json",), ("mirror",))


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"channels":["*"]}', b'{"channels":"stable"}', b'{"sources":[1]}'])
def test_what_is_no_settings_file_is_refused(raw: bytes) -> None:
    with pytest.raises(ParseError):
        parse_settings(raw)


@pytest.mark.parametrize("word", ["1", "true", "yes", "on", "TRUE", "Yes", "oN", " 1 ", "on\n"])
def test_enforcement_has_four_words(word: str) -> None:
    assert is_enforced({"ARW_REQUIRE_SIGNED_BUNDLES": word})


@pytest.mark.parametrize("word", ["", "0", "false", "no", "off", "2"])
def test_other_words_do_not_enforce(word: str) -> None:
    assert not is_enforced({"ARW_REQUIRE_SIGNED_BUNDLES": word})
    assert not is_enforced({})
