"""Locks that die with their holder: one writer of a store, many readers, and leases on revisions in use.

Our own few lines and not a library, because we need shared locks, a holder's name in the message, and a
file that is never unlinked (ADR 0002). Threats E11 to E15.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from launcher.domain.errors import StoreLocked
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POLL_S: Final = 0.05


@contextmanager
def locked(
    path: Path,
    purpose: str,
    *,
    shared: bool = False,
    timeout_s: float = 0.0,
    on_wait: Callable[[str], None] | None = None,
    keep_waiting: Callable[[], None] | None = None,
) -> Iterator[None]:
    """Hold the lock of a file for the length of the block.

    Args:
        path: The lock's file; made if it is not there, never removed.
        purpose: What it is held for, shown to whoever waits.
        shared: Hold it together with other shared holders.
        timeout_s: How long to wait for it.
        on_wait: Told who holds it, when there is something to wait for, and again when that is another one.
        keep_waiting: Called every 50 ms while waiting; may raise to give up.

    Raises:
        StoreLocked: Somebody else held it until the time was up.
        StoreError: The file cannot be opened or locked.
    """
    holder = ""
    for attempt in range(int(timeout_s / POLL_S) + 1):
        if attempt:
            time.sleep(POLL_S)
        with ExitStack() as closing:  # closing releases the lock, as dying does
            with named_disk_errors(path):
                file = closing.enter_context(_open(path))
                is_ours = _try_lock(file, shared=shared) and _is_same_file(file, path)
            if is_ours:
                _write_holder(file, purpose)
                yield
                return
            known, holder = holder, _read_holder(file)
        if on_wait is not None and holder != known:
            on_wait(holder)
        if keep_waiting is not None:
            keep_waiting()
    raise StoreLocked("Another process is changing the store.", expected="a free store", actual=holder)


def is_locked(path: Path) -> bool:
    """Tell whether any process holds the lock of a file, shared or not.

    Raises:
        StoreError: The file cannot be opened, or its file system has no locks.
    """
    with named_disk_errors(path):
        try:
            file = _open(path)
        except FileNotFoundError:
            return False
        with file:
            return not _try_lock(file, shared=False)


def find_holder(path: Path) -> str | None:
    """Return who holds the lock of a file alone, or None where nobody does or there is no lock.

    Raises:
        StoreError: The file cannot be opened, or its file system has no locks.
    """
    return (_holder_of(path) if path.exists() and is_locked(path) else None) or None


def _holder_of(path: Path) -> str:
    with named_disk_errors(path), _open(path) as file:
        return _read_holder(file)


def _open(path: Path) -> IO[bytes]:
    # Descriptors of Python are not inherited by children, so a runtime we start cannot keep the lock (threat E14).
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)


def _is_same_file(file: IO[bytes], path: Path) -> bool:
    # A file that somebody removed is no lock any more: opened anew, the one in its place is (threat E15).
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _write_holder(file: IO[bytes], purpose: str) -> None:
    with suppress(OSError):  # on a full disk people do not learn who holds the lock; it holds all the same
        file.seek(_HOLDER_OFFSET)
        file.truncate()
        file.write(json.dumps({"pid": os.getpid(), "purpose": purpose}).encode())


def _read_holder(file: IO[bytes]) -> str:
    try:
        file.seek(_HOLDER_OFFSET)
        holder = json.loads(file.read(4096))
        return f"process {int(holder['pid'])} ({str(holder['purpose'])[:120]})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":  # pragma: no cover - untried; see docs/explanation/platforms.md
    import msvcrt

    _HOLDER_OFFSET: Final = 1  # the first byte is what Windows locks, and nobody else may read a locked byte

    def _try_lock(file: IO[bytes], *, shared: bool) -> bool:
        del shared  # Windows' C library has exclusive locks only: readers then wait for each other
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    _HOLDER_OFFSET: Final = 0

    def _try_lock(file: IO[bytes], *, shared: bool) -> bool:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
