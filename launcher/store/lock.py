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
from itertools import count
from typing import IO, TYPE_CHECKING, Any, Final

from launcher.domain.errors import StoreLocked
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POLL_S: Final = 0.05
NAMED_WITHIN_POLLS: Final = 40
"""Whoever has just taken a lock writes its name a moment later; so long nobody is told of somebody unknown."""
_UNNAMED: Final = "another process, which has not written down its name"


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
        on_wait: Told who holds it, when there is something to wait for, and again when that is another one. Where the
            holder's name cannot be known, that is said instead.
        keep_waiting: Called every 50 ms while waiting; may raise to give up.

    Raises:
        StoreLocked: Somebody else held it until the time was up.
        StoreError: The file cannot be opened or locked.
    """
    told = ""
    for attempt in count():
        with ExitStack() as closing:  # closing releases the lock, as dying does
            with named_disk_errors(path):
                file = closing.enter_context(_open(path))
                is_ours = try_lock(file, shared=shared) and is_same_file(file, path)
            if is_ours:
                _write_holder(file, purpose)
                closing.callback(_forget_holder, file)
                yield
                return
            holder = _name_holder(file)
        is_last = attempt * POLL_S >= timeout_s
        if holder.is_sure or is_last or attempt >= NAMED_WITHIN_POLLS:
            if on_wait is not None and holder.sentence != told:
                on_wait(holder.sentence)
            told = holder.sentence
        if keep_waiting is not None:
            keep_waiting()
        if is_last:
            break
        time.sleep(POLL_S)
    raise StoreLocked("Another process is changing the store.", expected="a free store", actual=told)


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
            return not try_lock(file, shared=False)


def find_holder(path: Path) -> str | None:
    """Return who holds the lock of a file alone, or None where nobody does or there is no lock.

    Raises:
        StoreError: The file cannot be opened, or its file system has no locks.
    """
    return (_holder_of(path) if path.exists() and is_locked(path) else None) or None


def _holder_of(path: Path) -> str:
    with named_disk_errors(path), _open(path) as file:
        return _name_holder(file).sentence


def _open(path: Path) -> IO[bytes]:
    # Descriptors of Python are not inherited by children, so a runtime we start cannot keep the lock (threat E14).
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)


def is_same_file(file: IO[bytes], path: Path) -> bool:
    """Tell whether a path still names the file that was opened by it.

    A file that somebody removed is no lock any more: opened anew, the one in its place is (threat E15).
    """
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _write_holder(file: IO[bytes], purpose: str) -> None:
    with suppress(OSError):  # on a full disk people do not learn who holds the lock; it holds all the same
        holder = {"pid": os.getpid(), "purpose": purpose}
        file.seek(_HOLDER_OFFSET)
        file.write(json.dumps(holder).encode())  # over the last one's in one write, so that no moment is without a name
        file.truncate()


def _forget_holder(file: IO[bytes]) -> None:
    # So that nobody takes this process for the next holder. A name of somebody who shares the lock stays.
    with suppress(OSError):
        if _read_holder(file).get("pid") == os.getpid():
            file.seek(_HOLDER_OFFSET)
            file.truncate()


class _Holder(NamedTuple):
    """Who holds a lock, in words; ``is_sure`` tells whether waiting a moment longer would tell no more."""

    sentence: str
    is_sure: bool


def _name_holder(file: IO[bytes]) -> _Holder:
    holder = _read_holder(file)
    try:
        pid, purpose = int(holder["pid"]), str(holder["purpose"])[:120]
    except (ValueError, KeyError, TypeError):
        return _Holder(_UNNAMED, is_sure=False)
    sentence = f"process {pid} ({purpose})"
    if _is_alive(pid):
        return _Holder(sentence, is_sure=True)
    # It was killed, and its successor is about to write; or it runs on another machine, or in another container.
    return _Holder(f"{sentence}, which cannot be seen from here", is_sure=False)


def _read_holder(file: IO[bytes]) -> dict[str, Any]:
    try:
        file.seek(_HOLDER_OFFSET)
        holder = json.loads(file.read(4096))
    except (OSError, ValueError, RecursionError):
        return {}
    return holder if isinstance(holder, dict) else {}


if sys.platform == "win32":  # pragma: no cover - untried; see docs/explanation/platforms.md
    import msvcrt

    def _is_alive(pid: int) -> bool:
        del pid  # asking with a signal would end it there
        return True

    _HOLDER_OFFSET: Final = 1  # the first byte is what Windows locks, and nobody else may read a locked byte

    def try_lock(file: IO[bytes], *, shared: bool) -> bool:
        """Lock a file without waiting, until it is closed; see the other platforms' below."""
        del shared  # Windows' C library has exclusive locks only: readers then wait for each other
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _is_alive(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return pid > 0

    _HOLDER_OFFSET: Final = 0

    def try_lock(file: IO[bytes], *, shared: bool) -> bool:
        """Lock a file without waiting, until it is closed; False where another process has it.

        Raises:
            OSError: Its file system has no locks.
        """
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
