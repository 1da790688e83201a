"""Deleting: first out of sight in one rename, then for good; a crash in between leaves only what recovery empties."""

from __future__ import annotations

import uuid
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError
from launcher.store.bundles import list_bundles
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree, rename, retry_on_windows, sync_folder
from launcher.store.installed import read_revision
from launcher.store.leases import drop_lease_file, unleased
from launcher.store.objects import ObjectStore, shared_files
from launcher.store.records import total_bytes
from launcher.store.states import list_revisions

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.store.layout import BundleFolder, StoreLayout


def remove_revision(layout: StoreLayout, bundle: BundleFolder, name: str, observer: Observer) -> bool:
    """Delete a revision, unless it is running; the caller holds the store's lock and knows that nobody else needs it.

    Returns:
        False where it was started meanwhile (threat E11).

    Raises:
        StoreError: The disk refused; the revision is there whole, or gone from the list.
        Cancelled: The observer said so; it is gone, and what is left in the trash the next writer deletes.
    """
    with unleased(bundle, name) as is_free:
        if is_free:
            _discard(layout, bundle.revision(name).path, observer)
            drop_lease_file(bundle, name)
    return is_free


def remove_bundle(layout: StoreLayout, bundle: BundleFolder, observer: Observer) -> None:
    """Delete a bundle with its state and all of its revisions; the caller holds the store's lock.

    Raises:
        StoreError: The disk refused.
        Cancelled: The observer said so; it is gone, and what is left in the trash the next writer deletes.
    """
    _discard(layout, bundle.path, observer)


def collect_objects(layout: StoreLayout) -> int:
    """Delete shared contents that no revision needs; return how many bytes that frees.

    A revision whose index cannot be read might need anything, so then nothing is collected.

    Raises:
        StoreError: The disk refused.
    """
    needed = _needed_objects(layout)
    if needed is None:
        return 0
    freed_bytes = 0
    with named_disk_errors(layout.objects):
        for path in sorted(layout.objects.glob("*/*")):
            if path not in needed:
                freed_bytes += path.stat().st_size
                retry_on_windows(path.unlink)
                checkpoint("object:collected")
    return freed_bytes


def measure_removal(layout: StoreLayout, going: Collection[tuple[str, str]]) -> int:
    """Return how many bytes the disk gets back, at least, when these revisions go; what others share stays.

    Args:
        layout: The store.
        going: The revisions, each by its bundle's id and its name.

    Raises:
        StoreError: The store cannot be read.
    """
    staying = _needed_objects(layout, without=going)
    objects = ObjectStore(layout.objects)
    shared: dict[Path, int] = {}
    freed_bytes = 0
    for bundle_id, name in going:
        with suppress(LauncherError):  # a damaged one frees what nobody knows
            index = read_revision(layout.bundle(bundle_id), name).index
            large = {objects.path_of(entry): entry.size_bytes for entry in shared_files(index)}
            freed_bytes += total_bytes(index) - sum(entry.size_bytes for entry in shared_files(index))
            shared |= large
    if staying is not None:
        freed_bytes += sum(size_bytes for path, size_bytes in shared.items() if path not in staying)
    return freed_bytes


def _discard(layout: StoreLayout, path: Path, observer: Observer) -> None:
    grave = layout.trash / uuid.uuid4().hex
    with named_disk_errors(path):
        rename(path, grave)
        checkpoint("trash:renamed")
        sync_folder(path.parent)
        sync_folder(layout.trash)
        remove_tree(grave, partial(observer.advance, 0))
    checkpoint("trash:emptied")


def _needed_objects(layout: StoreLayout, without: Collection[tuple[str, str]] = ()) -> set[Path] | None:
    objects = ObjectStore(layout.objects)
    needed: set[Path] = set()
    for bundle in list_bundles(layout):
        for name in list_revisions(bundle):
            if (bundle.bundle_id, name) in without:
                continue
            try:
                index = read_revision(bundle, name).index
            except LauncherError:
                return None
            needed.update(objects.path_of(entry) for entry in shared_files(index))
    return needed
