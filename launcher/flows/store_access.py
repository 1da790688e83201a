"""Getting hold of the store: as its one writer, after mending what a crash left, or as one of many readers."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import NotInstalled, StoreError
from launcher.domain.progress import Phase
from launcher.store.lock import locked
from launcher.store.recovery import empty_stage, open_root, recover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.progress import Observer
    from launcher.flows.session import Session

LOCK_WAIT_S: Final = 30.0


@contextmanager
def writing(session: Session, purpose: str, observer: Observer) -> Iterator[None]:
    """Be the one writer of the store for the length of the block; a crash of the last one is mended first.

    However the block ends, nothing stays in the stage: a failed installation gives its room back at once.

    Raises:
        StoreLocked: Another process kept the store for half a minute.
        StoreError: The store cannot be opened or mended.
        Cancelled: The observer said so while waiting.
    """
    open_root(session.layout)
    with _store_locked(session, purpose, observer, shared=False):
        for problem in recover(session.layout):
            observer.log(problem.message)
        try:
            yield
        finally:
            with suppress(StoreError):  # what failed has its own error; the next writer empties the stage again
                empty_stage(session.layout)


@contextmanager
def reading(session: Session, purpose: str, observer: Observer) -> Iterator[None]:
    """Keep every writer out of the store for the length of the block, and no reader.

    Raises:
        NotInstalled: There is no store yet.
        StoreLocked: Another process kept the store for half a minute.
        StoreError: The store cannot be opened.
        Cancelled: The observer said so while waiting.
    """
    if not session.layout.root.is_dir():
        raise NotInstalled("Nothing is installed on this machine.", actual=f"no folder `{session.layout.root}`")
    with _store_locked(session, purpose, observer, shared=True):
        yield


@contextmanager
def _store_locked(session: Session, purpose: str, observer: Observer, *, shared: bool) -> Iterator[None]:
    def on_wait(holder: str) -> None:
        observer.phase(Phase.QUEUED, holder)
        observer.log(f"Waiting for {holder} to finish with the store.")

    def keep_waiting() -> None:
        observer.advance(0)

    if session.program:
        purpose = f"{session.program}: {purpose}"
    lock = session.layout.lock
    with locked(lock, purpose, shared=shared, timeout_s=LOCK_WAIT_S, on_wait=on_wait, keep_waiting=keep_waiting):
        yield
