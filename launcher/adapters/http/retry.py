"""When another attempt makes sense, and after how long (threats D11 and D12)."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import HttpStatus, NoConnection, TransferCut, TransferStalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.errors import FetchError

TRANSIENT_STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class RetryRule:
    """How often to ask in all, and how long to wait in between.

    Attributes:
        max_attempts: All requests for one thing that may fail, the first included.
        first_wait_s: The wait before the second; it doubles from then on.
        wait_cap_s: The longest wait, whatever the server asks for.
        jitter: Returns a number from 0 to 1; half of a wait is left to it, so that clients do not come in step.
    """

    max_attempts: int = 5
    first_wait_s: float = 1.0
    wait_cap_s: float = 120.0
    jitter: Callable[[], float] = random.random

    def find_wait_s(self, error: FetchError, attempt: int, now: datetime) -> float | None:
        """Return how long to wait after ``attempt`` (1, 2, …) failed with ``error``; None is never."""
        if attempt >= self.max_attempts or not is_transient(error):
            return None
        if attempt == 1 and isinstance(error, NoConnection):
            return None  # a machine without a network is told so at once
        wait_s = self.first_wait_s * 2 ** (attempt - 1)
        asked_s = parse_retry_after(error.retry_after, now) if isinstance(error, HttpStatus) else None
        return min(wait_s * (1 + self.jitter()) / 2 if asked_s is None else asked_s + self.jitter(), self.wait_cap_s)


def is_transient(error: FetchError) -> bool:
    """Tell whether the same request may succeed a little later; a refusal or a verdict stays what it is."""
    if isinstance(error, HttpStatus):
        return error.status in TRANSIENT_STATUSES
    return isinstance(error, (NoConnection, TransferCut, TransferStalled))


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """Read the header ``Retry-After``, seconds or a date (RFC 9110, section 10.2.3); junk is None, the past 0."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rare

    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
