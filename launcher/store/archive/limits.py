"""How much an archive may unpack to, whatever it says of itself (threats C19, C20, C24)."""

from __future__ import annotations

from dataclasses import dataclass

from launcher.domain.errors import ArchiveTooBig
from launcher.domain.index import MAX_FILES


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """Caps that hold with a signed index and without one.

    Attributes:
        max_files: Members of one archive, folders and links included.
        max_total_bytes: Unpacked bytes of one archive, a tar archive's headers included.
        max_ratio: Unpacked bytes for each byte of the archive.
        ratio_free_bytes: So much may unpack from an archive however small; a tar archive of one short file is
            10 KiB, mostly zeros.
    """

    max_files: int = MAX_FILES
    max_total_bytes: int = 16 * 1024**3
    max_ratio: int = 200
    ratio_free_bytes: int = 1024**2

    def unpacked_cap(self, archive_bytes: int) -> int:
        """Return how many bytes an archive of ``archive_bytes`` may unpack to."""
        return min(self.max_total_bytes, max(self.ratio_free_bytes, self.max_ratio * archive_bytes))

    def check_count(self, members: int) -> None:
        """Check the number of members met so far.

        Raises:
            ArchiveTooBig: There are too many.
        """
        if members > self.max_files:
            raise ArchiveTooBig(
                "The archive holds too many members.", expected=f"at most {self.max_files}", actual=f"{members} or more"
            )


def check_unpacked(unpacked_bytes: int, cap_bytes: int) -> None:
    """Check the bytes unpacked so far, or announced, against an archive's cap.

    Raises:
        ArchiveTooBig: They exceed it.
    """
    if unpacked_bytes > cap_bytes:
        raise ArchiveTooBig(
            "The archive unpacks to far more than an honest one of its size.",
            expected=f"at most {cap_bytes} bytes",
            actual=f"{unpacked_bytes} bytes or more",
        )
