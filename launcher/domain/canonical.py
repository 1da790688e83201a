"""Strict JSON and the canonical bytes that are signed (3-trust, "Canonical form").

Two readers must never see two documents in the same bytes, so everything that JSON readers
disagree about is refused before anything else happens: threat rows B11 to B14.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final

from launcher.domain.errors import (
    DuplicateKey,
    LoneSurrogate,
    NotJson,
    NotUtf8,
    TooDeep,
    TooLarge,
    UnsafeNumber,
)
from launcher.domain.values import NamedTuple

MAX_DOCUMENT_BYTES: Final = 8 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_INTEGER: Final = 2**53 - 1

# Possessive, and an unclosed text runs to the end: nothing is ever read twice, whatever the bytes (threat B14).
_ALL_BUT_BRACKETS = re.compile(r'(?:"(?:[^"\\]++|\\.)*+"?|[^"\[\]{}]++)++', re.DOTALL)


class Document(NamedTuple):
    """A strictly parsed JSON object with the bytes that its signatures cover.

    Attributes:
        raw: The bytes as they came; these are stored, never a re-serialisation.
        root: The parsed object.
        canonical: The signed bytes: ``root`` without its top-level ``signatures``.
    """

    raw: bytes
    root: dict[str, Any]
    canonical: bytes

    @property
    def sha256(self) -> str:
        """Hex digest of the canonical bytes, what ``manifest_sha256`` holds after its prefix."""
        return hashlib.sha256(self.canonical).hexdigest()


def parse_document(raw: bytes) -> Document:
    """Parse one JSON object strictly.

    Raises:
        TooLarge: More than 8 MiB.
        NotUtf8: Not UTF-8, or a byte order mark.
        NotJson: Not exactly one JSON object.
        DuplicateKey: A key stands twice in one object.
        UnsafeNumber: A number that is not an integer within ±(2^53-1).
        TooDeep: Nested deeper than 32.
        LoneSurrogate: A text with half of a surrogate pair.
    """
    root = parse_strict_json(raw)
    if not isinstance(root, dict):
        raise NotJson("The document is not a JSON object.", expected="an object", actual=type(root).__name__)
    signed = {key: value for key, value in root.items() if key != "signatures"}
    canonical_bytes(root.get("signatures"))  # not signed, but must be encodable all the same
    return Document(raw=raw, root=root, canonical=canonical_bytes(signed))


def parse_strict_json(raw: bytes) -> Any:  # noqa: ANN401 - a JSON value is any of six types
    """Parse bytes as strict JSON; the errors are those of `parse_document`."""
    if len(raw) > MAX_DOCUMENT_BYTES:
        raise TooLarge(
            "The document is too large.", expected=f"at most {MAX_DOCUMENT_BYTES} bytes", actual=f"{len(raw)} bytes"
        )
    text = _decode(raw)
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object_without_duplicates,
            parse_int=_safe_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"The document is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from None


def canonical_bytes(value: object) -> bytes:
    r"""Serialise a parsed value into its one canonical form.

    Keys are sorted by code point at every level, there is no white space, and only ``"``, ``\``
    and U+0000 to U+001F are escaped; nothing is normalised.

    Raises:
        LoneSurrogate: A text has no UTF-8 form.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise LoneSurrogate("A text in the document holds half of a surrogate pair.") from None


def _decode(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise NotUtf8("The document begins with a byte order mark.", expected="UTF-8 without a mark")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(f"Byte {error.start} of the document is not UTF-8.", expected="UTF-8") from None


def _check_depth(text: str) -> None:
    # Counted before parsing, so that no parser is ever handed a bomb (threat B14).
    depth = 0
    for bracket in _ALL_BUT_BRACKETS.sub("", text):
        if bracket in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise TooDeep("The document is nested too deeply.", expected=f"at most {MAX_DEPTH}", actual="deeper")
        else:
            depth -= 1


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise DuplicateKey(f"The key {twice!r} stands twice in one object.", expected="each key once")
    return result


def _safe_integer(literal: str) -> int:
    # Length first: int() of thousands of digits is slow, and refuses with a ValueError of its own.
    if literal == "-0" or len(literal) > len(str(-MAX_INTEGER)) or abs(int(literal)) > MAX_INTEGER:
        _refuse_number(literal)
    return int(literal)


def _refuse_number(literal: str) -> None:
    raise UnsafeNumber(
        "A number in the document is not an integer that every reader agrees on.",
        expected=f"an integer from -{MAX_INTEGER} to {MAX_INTEGER}",
        actual=literal[:40],
    )
