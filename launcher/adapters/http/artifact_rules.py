"""What an answer must be before a byte of it counts as part of an artifact. Pure: no network in here."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import BadAnswer, HttpStatus, NotAnArtifact, WrongSize

if TYPE_CHECKING:
    from launcher.adapters.http.exchange import Answer

_STRONG_ETAG: Final = re.compile(r'"[\x21\x23-\x7e]*"', re.ASCII)
_LENGTH: Final = re.compile(r"[0-9]{1,18}", re.ASCII)

OK: Final = 200
PARTIAL_CONTENT: Final = 206
RANGE_NOT_SATISFIABLE: Final = 416


class Use(Enum):
    """What an answer's body is good for."""

    FROM_START = auto()
    CONTINUES = auto()
    NOTHING = auto()
    """Ask again, from the start."""


def judge_artifact(answer: Answer, offset: int, size_bytes: int, etag: str | None) -> Use:
    """Decide by the headers alone, before the body.

    Args:
        answer: What came.
        offset: How many bytes we have, and from where on we asked; 0 asked for all.
        size_bytes: The signed size.
        etag: The strong validator that we sent.

    Raises:
        HttpStatus: An error status.
        NotAnArtifact: A web page (threat D19).
        WrongSize: The server announces another size than was signed (threat D8).
        BadAnswer: An encoding, or a part that nobody asked for.
    """
    if offset and answer.status == RANGE_NOT_SATISFIABLE:
        # Never "complete": with all bytes here nothing is asked (threat D6).
        return Use.NOTHING
    check_status(answer, {OK, PARTIAL_CONTENT})
    check_encoding(answer)
    if answer.status == OK:
        _check_length(answer, size_bytes)
        return Use.FROM_START
    if not offset:
        raise BadAnswer(f"`{answer.url.authority}` sends a part of a file that we asked for all of.")
    # Threats D3 and D5: the part that we asked for, to the end, of a file of this size and with the same validator.
    is_rest = answer.headers.get("content-range") == f"bytes {offset}-{size_bytes - 1}/{size_bytes}"
    if not is_rest or answer.headers.get("etag", etag) != etag:
        return Use.NOTHING
    _check_length(answer, size_bytes - offset)
    return Use.CONTINUES


def check_status(answer: Answer, wanted: set[int]) -> None:
    """Refuse every other status.

    Raises:
        HttpStatus: With the server's wish for a wait, if it has one.
    """
    if answer.status in wanted:
        return
    error = HttpStatus(
        f"`{answer.url.public}` answered {answer.status}.", expected="status 200", actual=str(answer.status)
    )
    error.status = answer.status
    error.retry_after = answer.headers.get("retry-after")
    raise error


def check_encoding(answer: Answer) -> None:
    """Refuse bytes that are not the file's own (threat D9).

    Raises:
        BadAnswer: The server encoded them although we asked it not to.
    """
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise BadAnswer(f"`{answer.url.authority}` encodes what it sends.", expected="identity", actual=encoding[:40])


def is_web_page(answer: Answer) -> bool:
    """Tell whether the body claims to be a web page, as the sign-in page of a network does (threat D19)."""
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower() in (
        "text/html",
        "application/xhtml+xml",
    )


def not_an_artifact(answer: Answer) -> NotAnArtifact:
    """Return the error for a web page."""
    return NotAnArtifact(
        f"`{answer.url.public}` answered with a web page.",
        expected="the file that was asked for",
        actual=answer.headers.get("content-type"),
    )


def find_strong_etag(answer: Answer) -> str | None:
    """Return the validator that a later request may continue by; a weak one promises nothing (threat D3)."""
    etag = answer.headers.get("etag", "")
    return etag if _STRONG_ETAG.fullmatch(etag) else None


def _check_length(answer: Answer, expected_bytes: int) -> None:
    length = answer.headers.get("content-length")
    if length is not None and _LENGTH.fullmatch(length) and int(length) == expected_bytes:
        return
    if is_web_page(answer):
        raise not_an_artifact(answer)
    if length is not None:
        raise WrongSize(
            f"`{answer.url.public}` is not of the signed size.",
            expected=f"{expected_bytes} bytes",
            actual=f"{length[:40]} bytes",
        )
