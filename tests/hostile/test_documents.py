"""Documents that two readers would read differently: threat rows B11 to B14, and A4 and A11 as far as parsing goes."""

from __future__ import annotations

import time

import pytest

from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_document
from launcher.domain.errors import (
    BadSignerRegistry,
    DuplicateKey,
    LoneSurrogate,
    NotJson,
    NotUtf8,
    ParseError,
    TooDeep,
    TooLarge,
    UnsafeNumber,
)
from launcher.domain.signers import parse_signer_registry

NEVER_LONGER_THAN_S = 20
"""A parser that reads anything twice takes hours for these; an honest one on a slow machine takes two seconds."""


def refusal(raw: bytes) -> type[ParseError]:
    with pytest.raises(ParseError) as caught:
        parse_document(raw)
    return type(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"sha256":"a","sha256":"b"}',
        b'{"sha256":"a","sha256":"a"}',
        b'{"a":{"b":[{"sha256":"a","c":1,"sha256":"b"}]}}',
        b'{"key":1,"k\\u0065y":2}',  # spelled differently, read the same
        b'{"":1,"":2}',
        b'{"signatures":[],"signatures":[{}]}',
        b'{"signatures":[{"alg":"rsa","alg":"ed25519"}]}',
        b'{"x":' * 30 + b'{"y":1,"y":2}' + b"}" * 30,
    ],
)
def test_b11_duplicate_keys(raw: bytes) -> None:
    assert refusal(raw) is DuplicateKey


def test_b11_keys_that_only_look_alike_are_two() -> None:
    assert len(parse_document('{"caf\u00e9":1,"cafe\u0301":2,"A":3,"a":4}'.encode()).root) == 4


@pytest.mark.parametrize(
    "number",
    [
        *("NaN", "Infinity", "-Infinity", "1e400", "1e2", "1E2", "1.0", "0.1", "-0", "-0.0", "5e-324"),
        *("9007199254740992", "-9007199254740992", "18446744073709551616", str(2**60), "9" * 17),
    ],
)
def test_b12_numbers_that_readers_disagree_about(number: str) -> None:
    assert refusal(f'{{"a":{number}}}'.encode()) is UnsafeNumber
    assert refusal(f'{{"signatures":[{{"a":[{number}]}}]}}'.encode()) is UnsafeNumber


@pytest.mark.parametrize("number", ["01", "+1", "0x1", "1_000", "1.", ".5", "--1", "nan", "inf", "１"])  # noqa: RUF001
def test_b12_what_is_no_number_at_all(number: str) -> None:
    assert refusal(f'{{"a":{number}}}'.encode()) is NotJson


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b'{"a":"\\ud800"}', LoneSurrogate),
        (b'{"a":"\\udc00\\ud800"}', LoneSurrogate),
        (b'{"\\udfff":1}', LoneSurrogate),
        (b'{"signatures":[{"issuer":"\\ud83d"}]}', LoneSurrogate),
        (b'{"a":"\xed\xa0\x80"}', NotUtf8),  # a surrogate in UTF-8's clothes
        (b'{"a":"\x00"}', NotJson),
        (b"{}\x00", NotJson),
        (b"\xef\xbb\xbf{}", NotUtf8),
        ('{"a":1}'.encode("utf-16"), NotUtf8),
        ('{"a":1}'.encode("utf-16-le"), NotJson),
        ('{"a":1}'.encode("utf-32"), NotUtf8),
        (b'{"a":"\xff"}', NotUtf8),
        (b'{"a":"\xc0\xaf"}', NotUtf8),  # `/` in two bytes
        (b'{"a":"\xf4\x90\x80\x80"}', NotUtf8),  # beyond U+10FFFF
        (b'{"a":"\xe2\x82"}', NotUtf8),
    ],
)
def test_b13_bytes_that_are_not_strict_utf8(raw: bytes, error: type[ParseError]) -> None:
    assert refusal(raw) is error


def test_b13_a_whole_surrogate_pair_is_one_character() -> None:
    assert parse_document(b'{"a":"\\ud83d\\ude00"}').root == {"a": "😀"}


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"[" * 100_000, TooDeep),
        (b'{"a":' * 100_000, TooDeep),
        (b'{"a":' + b"[" * 32 + b"]" * 32 + b"}", TooDeep),
        (b'{"a":"\\\\"' + b",[[" * 40, TooDeep),  # the text ends, although a backslash stands before its quote
        (b"]" * 100_000 + b"[" * 32, NotJson),
        (b"{}" + b"]" * 99 + b"[" * 99, NotJson),  # what the brackets count together is not what a parser meets
        (b'{"a":' + b"9" * 5000 + b"}", UnsafeNumber),
        (b'{"a":-' + b"9" * 5_000_000 + b"}", UnsafeNumber),
        (b'{"a":1' + b"0" * 5000 + b".5e5000}", UnsafeNumber),
        (b" " * MAX_DOCUMENT_BYTES + b"{}", TooLarge),
    ],
)
def test_b14_deep_nesting_and_huge_numbers(raw: bytes, error: type[ParseError]) -> None:
    assert refusal(raw) is error


@pytest.mark.parametrize(
    "unit",
    [
        *(b'\\"', b'"', b'""', b'"\\', b"\\", b'\\\\"', b'"a', b"[]", b"{}", b'"[', b"]", b"\xf0\x9f\x98\x80"),
        *(b'{"', b'{"a":', b'"a":"', b"9,", b"\n", b"\\u"),
    ],
)
@pytest.mark.parametrize("start", [b"", b'{"', b'{"a":['])
def test_b14_no_bytes_cost_more_than_reading_them(start: bytes, unit: bytes) -> None:
    raw = (start + unit * (MAX_DOCUMENT_BYTES // len(unit)))[:300_000]
    began = time.monotonic()

    with pytest.raises(ParseError):
        parse_document(raw)

    assert time.monotonic() - began < NEVER_LONGER_THAN_S


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"version":1,"signers":[],"signers":[]}',
        b'{"version":1.0}',
        b"\xef\xbb\xbf{}",
        b"[" * 100,
        b'{"version":1,"x":NaN}',
    ],
)
def test_b11_to_b14_hold_for_the_signer_registry(raw: bytes) -> None:
    with pytest.raises(BadSignerRegistry):
        parse_signer_registry(raw)
