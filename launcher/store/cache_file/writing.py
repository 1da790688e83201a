"""What both forms of an exported cache are written through (docs/reference/cache-file.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.store.cache_file.listing import Pin

PART_SUFFIX: Final = ".part"


class CacheWriter(Protocol):
    """Takes the members of a cache; when the ``with`` block ends well, the cache is there."""

    @property
    def damaged(self) -> str | None:
        """The member whose source was found not to be what its pin says; the cache must be given up."""

    def add(self, path: str, pin: Pin, source: Path | bytes) -> None:
        """Write one member.

        Raises:
            DamagedRevision: Its source, or that of a member before it, is not what the pin says (see `damaged`).
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """
