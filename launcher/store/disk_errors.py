"""One place where what the operating system reports about the disk becomes a named failure (threats D15, E2, E20)."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import DiskFailure, DiskFull, NoPermission, StoreError, UnsafeStore

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

# What is not listed here (EIO, ESTALE, a folder that vanished under us, ...) is a failing disk or file system.
_MEANINGS: Final[dict[int, tuple[type[StoreError], str]]] = {
    errno.ENOSPC: (DiskFull, "There is no room left for"),
    errno.EDQUOT: (DiskFull, "Your quota leaves no room for"),
    errno.EFBIG: (DiskFull, "The file system or a limit of this process leaves no room for"),
    errno.EACCES: (NoPermission, "The operating system denied access to"),
    errno.EPERM: (NoPermission, "The operating system denied a change of"),
    errno.EROFS: (NoPermission, "The file system is read-only, so nothing can be written to"),
    errno.ELOOP: (UnsafeStore, "A link stands where there must be none, at"),
    errno.ENOTDIR: (DiskFailure, "A file stands where there must be a folder, on the way to"),
}
_HINTS: Final = {
    errno.EFBIG: "FAT takes no file of 4 GiB or more; exFAT, NTFS and others do.",  # threat E16
    errno.ENOTDIR: "Move that file away, or choose another place.",
}
_UNLISTED: Final[tuple[type[StoreError], str]] = (DiskFailure, "The disk or its file system failed at")


@contextmanager
def named_disk_errors(subject: str | os.PathLike[str]) -> Iterator[None]:
    """Let no `OSError` out of the ``with`` block; every one becomes the failure that it means.

    Where one kind of `OSError` is an answer and not a failure (a file that need not exist), catch it inside.

    Args:
        subject: What the block works on, a path or words, for the message.

    Raises:
        DiskFull: ENOSPC, EDQUOT or EFBIG.
        NoPermission: EACCES, EPERM or EROFS.
        UnsafeStore: ELOOP, a link that a no-follow open met.
        DiskFailure: EIO, ENOTDIR and every other error of the operating system.
    """
    try:
        yield
    except OSError as error:
        raise name_disk_error(error, subject) from error


def name_disk_error(error: OSError, subject: str | os.PathLike[str]) -> StoreError:
    """Return the failure that ``error``, met while working on ``subject``, means; for code that cannot use a block."""
    failure, what = _MEANINGS.get(error.errno or 0, _UNLISTED)
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    actual = f"{error.strerror or error} ({name})"
    return failure(f"{what} `{subject}`.", actual=actual, hint=_HINTS.get(error.errno or 0))
