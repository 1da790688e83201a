"""Leases: whoever runs a revision holds one, and no collection takes the revision away meanwhile (threat E11)."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import NoSuchRevision, StoreLocked
from launcher.store.disk_errors import named_disk_errors
from launcher.store.lock import is_locked, locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.store.layout import BundleFolder

_LOOK_S: Final = 0.25


@contextmanager
def leased(bundle: BundleFolder, revision: str) -> Iterator[None]:
    """Keep a revision on disk for the length of the block; any number of processes may.

    Raises:
        StoreLocked: The revision is being deleted right now.
        NoSuchRevision: It was deleted.
        StoreError: The lease cannot be taken.
    """
    path = _path(bundle, revision)
    with named_disk_errors(path):
        path.parent.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as stack:
        try:  # for a moment: whoever only looks whether it is leased holds the lock, too
            stack.enter_context(locked(path, f"running {revision}", shared=True, timeout_s=_LOOK_S))
        except StoreLocked as error:
            raise StoreLocked(f"`{revision}` of `{bundle.bundle_id}` is being deleted.", actual=error.actual) from error
        if not bundle.revision(revision).path.is_dir():  # deleted before the lease was taken
            raise NoSuchRevision(f"`{bundle.bundle_id}` has no revision `{revision}` any more.")
        yield


@contextmanager
def unleased(bundle: BundleFolder, revision: str) -> Iterator[bool]:
    """Keep everybody from taking a lease for the length of the block; gives False where somebody has one.

    Raises:
        StoreError: The lease cannot be looked at.
    """
    path = _path(bundle, revision)
    with named_disk_errors(path):
        path.parent.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(path, f"deleting {revision}"))
        except StoreLocked:
            yield False
            return
        yield True


def is_leased(bundle: BundleFolder, revision: str) -> bool:
    """Tell whether any process runs a revision; one that was killed holds nothing."""
    path = _path(bundle, revision)
    return path.exists() and is_locked(path)


def drop_lease_file(bundle: BundleFolder, revision: str) -> None:
    """Remove what is left of the leases on a revision that is gone.

    Raises:
        StoreError: The disk refused.
    """
    path = _path(bundle, revision)
    with named_disk_errors(path):
        path.unlink(missing_ok=True)


def _path(bundle: BundleFolder, revision: str) -> Path:
    return bundle.path / ".leases" / revision
