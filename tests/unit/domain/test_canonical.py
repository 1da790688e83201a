from __future__ import annotations

import hashlib
import json
import re

import pytest

from launcher.domain.canonical import MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_INTEGER, canonical_bytes, parse_document
from launcher.domain.errors import (
    DuplicateKey,
    LoneSurrogate,
    NotJson,
    NotUtf8,
    ParseError,
    TooDeep,
    TooLarge,
    UnsafeNumber,
)


def nested(depth: int, opening: str = "[", closing: str = "]") -> bytes:
    """Return an object that is nested this deep, itself included."""
    return b'{"a":' + (opening * (depth - 1) + "1" + closing * (depth - 1)).encode() + b"}"


def test_document_keeps_its_bytes_and_signs_all_but_its_signatures() -> None:
    raw = b' {"b": [1, {"signatures": 2}], "signatures": [{"key_id": "x"}], "a": null}\r\n'

    document = parse_document(raw)

    assert document.raw == raw
    assert document.root["signatures"] == [{"key_id": "x"}]
    assert document.canonical == b'{"a":null,"b":[1,{"signatures":2}]}'
    assert document.sha256 == hashlib.sha256(document.canonical).hexdigest()


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('"\\u0000\\u0001\\b\\t\\n\\f\\r\\u001f"', b'"\\u0000\\u0001\\b\\t\\n\\f\\r\\u001f"'),
        ('"\\/ \\" \\\\ \\u007f\\u0080"', b'"/ \\" \\\\ \x7f\xc2\x80"'),
        ('"\\u2028\\u2029"', '"\u2028\u2029"'.encode()),
        ('"\\ud83d\\ude00"', '"😀"'.encode()),
        ('"caf\\u00e9 cafe\\u0301"', '"caf\u00e9 cafe\u0301"'.encode()),  # nothing is normalised
        (
            '{"\\uff5e":1,"\\ud83d\\ude00":2,"b":3,"B":4}',
            '{"B":4,"b":3,"\uff5e":1,"😀":2}'.encode(),
        ),  # not as UTF-16 sorts
        ("[true,false,null,-7,0]", b"[true,false,null,-7,0]"),
        ("{}", b"{}"),
    ],
)
def test_canonical_form_is_exact(text: str, canonical: bytes) -> None:
    assert canonical_bytes(json.loads(text)) == canonical
    assert parse_document(b'{"v": ' + text.encode() + b"}").canonical == b'{"v":' + canonical + b"}"


@pytest.mark.parametrize(
    "raw", [b"", b" ", b"[]", b'"a"', b"1", b"null", b"{", b"{}}", b"{} {}", b"{'a':1}", b'{"a":1,}']
)
def test_what_is_not_one_object_is_not_json(raw: bytes) -> None:
    with pytest.raises(NotJson):
        parse_document(raw)


def test_a_document_may_have_the_greatest_size_and_not_a_byte_more() -> None:
    raw = b'{"a":"' + b"x" * (MAX_DOCUMENT_BYTES - 8) + b'"}'

    assert len(parse_document(raw).root["a"]) == MAX_DOCUMENT_BYTES - 8
    with pytest.raises(TooLarge) as caught:
        parse_document(raw + b" ")
    assert (caught.value.expected, caught.value.actual) == ("at most 8388608 bytes", "8388609 bytes")


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_a_document_may_be_32_deep(opening: str, closing: str) -> None:
    assert parse_document(nested(MAX_DEPTH, opening, closing)).canonical == nested(MAX_DEPTH, opening, closing)
    with pytest.raises(TooDeep):
        parse_document(nested(MAX_DEPTH + 1, opening, closing))


def test_brackets_in_texts_are_not_depth() -> None:
    text = '[[{{\\"' * 20

    assert parse_document(f'{{"a":"{text}"}}'.encode()).root == {"a": text.replace('\\"', '"')}


@pytest.mark.parametrize("integer", [MAX_INTEGER, -MAX_INTEGER, 0, -1])
def test_integers_that_every_reader_agrees_on_are_read(integer: int) -> None:
    assert parse_document(f'{{"a":{integer}}}'.encode()).root == {"a": integer}


@pytest.mark.parametrize(
    ("raw", "error", "message"),
    [
        (b'{"a":1,"b":2,"a":3}', DuplicateKey, "The key 'a' stands twice in one object."),
        (b'{"a":9007199254740992}', UnsafeNumber, "not an integer that every reader agrees on"),
        (b"\xef\xbb\xbf{}", NotUtf8, "begins with a byte order mark"),
        (b'{"a":"\xff"}', NotUtf8, "Byte 6 of the document"),
        (b'{"a":"\\ud800"}', LoneSurrogate, "half of a surrogate pair"),
        (b'{"signatures":["\\ud800"]}', LoneSurrogate, "half of a surrogate pair"),
        (b'{"a":\n  b}', NotJson, "Expecting value at line 2, column 3"),
    ],
)
def test_refusal_says_what_and_where(raw: bytes, error: type[ParseError], message: str) -> None:
    with pytest.raises(error, match=re.escape(message)):
        parse_document(raw)
