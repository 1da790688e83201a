from __future__ import annotations

import pytest

from launcher.domain.errors import UnsafePath
from launcher.domain.member_path import collision_key, parse_member_path


@pytest.mark.parametrize(
    "path",
    [
        "llama-server",
        "lib/libllama.so.0.0.1",
        ".config/a b",
        "..a/...b",  # dots in front are a name
        "café/日本語.txt",
        "console/com10/nullable.txt",
        "/".join("a" * 24),
        "a" * 200,
        f"{'a' * 119}/{'b' * 120}",
    ],
)
def test_plain_path_is_returned_unchanged(path: str) -> None:
    assert parse_member_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            ".",
            "..",
            "../x",
            "a/../../x",
            "a/./b",
            "/x",
            "//x",
            "a//b",
            "a/",
            "C:/x",
            "C:x",
            "\\\\?\\x",
            "a\\b",
        ),  # C1
        *("/".join("a" * 25), "a" * 201, "é" * 101, f"{'a' * 120}/{'b' * 120}"),  # C3
        *("CON", "nul.txt", "aux", "COM1", "com¹.log", "LPT9", "x/prn.a.b", "nul .txt", "CONIN$", "clock$"),  # C11
        *("a:ads", "a.", "a ", " a", "a/b. ", "a<", "a>", 'a"', "a|", "a?", "a*"),  # C11
        *("a\x00b", "a\nb", "a\x7f", "a\u202eb", "a\u200d", "a\ufeff", "a\ud800", "a\ue000", "a\u0378"),  # C12, C13
    ],
)
def test_unsafe_path_is_refused(path: str) -> None:
    with pytest.raises(UnsafePath) as caught:
        parse_member_path(path)
    assert caught.value.actual is not None
    assert caught.value.actual.isascii()


@pytest.mark.parametrize(
    ("path", "other"),
    [("F", "f"), ("caf\u00e9", "cafe\u0301"), ("ß", "ss"), ("ﬁ", "FI"), ("\u212a", "k"), ("Ⅳ", "iv"), ("ﬀ/a", "ff/A")],
)
def test_names_that_some_system_takes_for_one_share_their_key(path: str, other: str) -> None:
    assert collision_key(path) == collision_key(other)


def test_other_names_do_not_share_their_key() -> None:
    assert len({collision_key(path) for path in ("a", "b", "a/b", "a.b", "ä", "ab")}) == 6
