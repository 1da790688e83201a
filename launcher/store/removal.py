"""Deleting: first out of sight in one rename, then for good; a crash in between leaves only what recovery empties."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError
from launcher.store.bundles import list_bundles
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree, rename, retry_on_windows, sync_folder
from launcher.store.installed import read_revision
from launcher.store.leases import drop_lease_file, unleased
from launcher.store.objects import ObjectStore, shared_files
from launcher.store.states import list_revisions

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.store.layout import BundleFolder, StoreLayout


def remove_revision(layout: StoreLayout, bundle: BundleFolder, name: str) -> bool:
    """Delete a revision, unless it is running; the caller holds the store's lock and knows that nobody else needs it.

    Returns:
        False where it was started meanwhile (threat E11).

    Raises:
        StoreError: The disk refused; the revision is there whole, or gone from the list.
    """
    with unleased(bundle, name) as is_free:
        if is_free:
            _discard(layout, bundle.revision(name).path)
            drop_lease_file(bundle, name)
    return is_free


def remove_bundle(layout: StoreLayout, bundle: BundleFolder) -> None:
    """Delete a bundle with its state and all of its revisions; the caller holds the store's lock.

    Raises:
        StoreError: The disk refused.
    """
    _discard(layout, bundle.path)


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


def _discard(layout: StoreLayout, path: Path) -> None:
    grave = layout.trash / uuid.uuid4().hex
    with named_disk_errors(path):
        rename(path, grave)
        checkpoint("trash:renamed")
        sync_folder(path.parent)
        sync_folder(layout.trash)
        remove_tree(grave)
    checkpoint("trash:emptied")


def _needed_objects(layout: StoreLayout) -> set[Path] | None:
    objects = ObjectStore(layout.objects)
    needed: set[Path] = set()
    for bundle in list_bundles(layout):
        for name in list_revisions(bundle):
            try:
                index = read_revision(bundle, name).index
            except LauncherError:
                return None
            needed.update(objects.path_of(entry) for entry in shared_files(index))
    return needed
