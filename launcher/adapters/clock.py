"""The time of day."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """This machine's clock; a `launcher.flows.ports.Clock`."""

    def now(self) -> datetime:
        """Return the time as an aware UTC datetime."""
        return datetime.now(UTC)
