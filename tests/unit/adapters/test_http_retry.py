from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launcher.adapters.http.retry import TRANSIENT_STATUSES, RetryRule, is_transient, parse_retry_after
from launcher.domain.errors import (
    BadAnswer,
    BadProxySettings,
    FetchError,
    ForbiddenUrl,
    HttpStatus,
    NoConnection,
    NotAnArtifact,
    TransferCut,
    TransferStalled,
    UntrustedServer,
)

NOW = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)


def status(number: int, retry_after: str | None = None) -> HttpStatus:
    error = HttpStatus("no")
    error.status = number
    error.retry_after = retry_after
    return error


@pytest.mark.parametrize(
    ("text", "wait_s"),
    [
        (None, None),
        ("", None),
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("-1", None),
        ("1e3", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("9" * 5000, 999_999_999_999),
        ("Mon, 23 Nov 2026 08:01:30 GMT", 90),
        ("Mon, 23 Nov 2026 08:01:30 -0000", 90),
        ("Monday, 23-Nov-26 08:00:10 GMT", 10),
        ("Mon, 23 Nov 2026 07:00:00 GMT", 0),
        ("Mon, 23 Nov 99999 08:00:00 GMT", None),
        ("Mon, 32 Nov 2026 08:00:00 GMT", None),
        ("\0", None),
    ],
)
def test_retry_after(text: str | None, wait_s: float | None) -> None:
    assert parse_retry_after(text, NOW) == wait_s


def test_waits_double_up_to_the_cap_and_end() -> None:
    rule = RetryRule(max_attempts=5, first_wait_s=10, wait_cap_s=50, jitter=lambda: 1.0)

    assert [rule.find_wait_s(TransferCut("cut"), attempt, NOW) for attempt in range(1, 6)] == [10, 20, 40, 50, None]


def test_half_of_a_wait_is_left_to_chance() -> None:
    assert RetryRule(first_wait_s=10, jitter=lambda: 0.0).find_wait_s(TransferCut("cut"), 1, NOW) == 5


def test_server_is_never_asked_before_the_time_that_it_named() -> None:
    assert RetryRule(jitter=lambda: 0.25).find_wait_s(status(503, "30"), 1, NOW) == 30.25
    assert RetryRule(jitter=lambda: 0.25).find_wait_s(status(503, "3000"), 1, NOW) == 120


def test_machine_without_a_network_is_told_at_once_but_a_lost_connection_is_sought() -> None:
    rule = RetryRule(jitter=lambda: 1.0)

    assert rule.find_wait_s(NoConnection("no"), 1, NOW) is None
    assert rule.find_wait_s(NoConnection("no"), 2, NOW) == 2


@pytest.mark.parametrize("number", range(400, 600))
def test_statuses(number: int) -> None:
    assert is_transient(status(number)) is (number in TRANSIENT_STATUSES)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (TransferCut, True),
        (TransferStalled, True),
        (NoConnection, True),
        (FetchError, False),
        (BadAnswer, False),
        (NotAnArtifact, False),
        (ForbiddenUrl, False),
        (UntrustedServer, False),
        (BadProxySettings, False),
    ],
)
def test_verdicts_are_final(error: type[FetchError], *, expected: bool) -> None:
    assert is_transient(error("no")) is expected
