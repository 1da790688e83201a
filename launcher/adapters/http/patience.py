"""How long a transfer may take, as a whole and in its parts, and who may end it before (threats A12, D13, D14, D20)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import TransferStalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.progress import Observer

ASK_EVERY_S: Final = 0.2
"""How long a cancel may go unheard."""


@dataclass(frozen=True, slots=True)
class StallRule:
    """The lowest speed, as curl's ``--speed-limit`` and ``--speed-time`` have it."""

    min_bytes_per_s: int = 1024
    window_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """The limits of one transfer.

    Attributes:
        connect_s: For reaching one address, and again for the TLS handshake.
        answer_s: From asking to the end of the answer's headers, connecting included; anew for each redirect.
        document_s: For a whole document, further attempts included.
        artifact_s: For a whole artifact, further attempts included.
        stall: The lowest speed of a body.
    """

    connect_s: float = 15.0
    answer_s: float = 45.0
    document_s: float = 180.0
    artifact_s: float = 24 * 3600.0
    stall: StallRule = StallRule()


class Watch:
    """Asked again and again during a transfer whether it may go on; says no by raising.

    Invariant: whatever the transfer waits for, `check` is called at least every `ASK_EVERY_S`.
    """

    def __init__(
        self,
        patience: Patience,
        total_s: float,
        observer: Observer,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        """Begin the time of the whole transfer."""
        self._patience = patience
        self._observer = observer
        self._monotonic = monotonic
        self._sleep = sleep
        self._ends_at_s = monotonic() + total_s
        self._asked_at_s = -math.inf
        self._answer_until_s: float | None = None
        self._window_began_at_s = 0.0
        self._window_bytes = 0

    @property
    def is_awaiting_answer(self) -> bool:
        """Tell whether the headers have not come yet."""
        return self._answer_until_s is not None

    def await_answer(self) -> None:
        """A request begins."""
        self._answer_until_s = self._monotonic() + self._patience.answer_s

    def await_body(self) -> None:
        """The headers have come."""
        self._answer_until_s = None
        self._window_began_at_s = self._monotonic()
        self._window_bytes = 0

    def count(self, size_bytes: int) -> None:
        """Bytes have come."""
        self._window_bytes += size_bytes
        self.check()

    def check(self) -> None:
        """Say whether the transfer may go on.

        Raises:
            TransferStalled: It has taken too long for what came of it.
            Cancelled: The observer said so.
        """
        now_s = self._monotonic()
        self._ask(now_s)
        if now_s >= self._ends_at_s:
            raise _too_long()
        if self._answer_until_s is None:
            self._check_speed(now_s)
        elif now_s >= self._answer_until_s:
            raise TransferStalled(
                "The server did not answer in time.", expected=f"within {self._patience.answer_s:g} s"
            )

    def pause(self, wait_s: float, reason: str) -> None:
        """Let time pass before another attempt, and say so.

        Raises:
            TransferStalled: That would take longer than the whole transfer may.
            Cancelled: The observer said so.
        """
        until_s = self._monotonic() + wait_s
        if until_s >= self._ends_at_s:
            raise _too_long()
        self._observer.log(f"{reason} Trying again in {wait_s:.0f} s.")
        while (rest_s := until_s - self._monotonic()) > 0:
            self._sleep(min(rest_s, ASK_EVERY_S))
            self._ask(self._monotonic())

    def _ask(self, now_s: float) -> None:
        if now_s - self._asked_at_s >= ASK_EVERY_S:
            self._asked_at_s = now_s
            self._observer.advance(0)

    def _check_speed(self, now_s: float) -> None:
        rule = self._patience.stall
        if now_s - self._window_began_at_s < rule.window_s:
            return
        if self._window_bytes < rule.min_bytes_per_s * rule.window_s:
            raise TransferStalled(
                "The server sends too slowly.",
                expected=f"{rule.min_bytes_per_s} bytes a second",
                actual=f"{self._window_bytes} bytes in {now_s - self._window_began_at_s:.3g} s",
            )
        self._window_began_at_s = now_s
        self._window_bytes = 0


def _too_long() -> TransferStalled:
    return TransferStalled("The transfer took too long as a whole.")
