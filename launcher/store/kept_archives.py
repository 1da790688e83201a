"""Archives that stay after an installation, because only they are signed: an export has nothing else to prove it by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.errors import LauncherError
from launcher.store.bundles import list_bundles
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import retry_on_windows
from launcher.store.installed import read_revision
from launcher.store.states import list_revisions

if TYPE_CHECKING:
    from collections.abc import Collection

    from launcher.store.layout import StoreLayout


def list_kept_archives(layout: StoreLayout, without: Collection[tuple[str, str]] = ()) -> frozenset[str] | None:
    """Return the digests of all archives that installed revisions need; None where one of them cannot be read.

    Args:
        layout: The store.
        without: Revisions that do not count, each by its bundle's id and its name.

    Raises:
        StoreError: The store cannot be read.
    """
    needed: set[str] = set()
    for bundle in list_bundles(layout):
        for name in list_revisions(bundle):
            if (bundle.bundle_id, name) in without:
                continue
            try:
                revision = read_revision(bundle, name)
                if revision.record.recorded_index is not None:
                    artifacts = parse_manifest(revision.document).bundle.artifacts
                    needed.update(artifact.sha256 for artifact in artifacts if artifact.sha256)
            except LauncherError:
                return None
    return frozenset(needed)


def drop_archives(layout: StoreLayout, before: Collection[str] | None) -> None:
    """Delete those of the archives that were needed ``before`` and are no more; the caller holds the store's lock.

    Only those: a transfer that has just ended is needed by nobody yet.

    Raises:
        StoreError: The disk refused.
    """
    needed = list_kept_archives(layout)
    if before is None or needed is None:
        return
    for sha256 in set(before) - needed:
        path = layout.downloads / sha256
        with named_disk_errors(path):
            retry_on_windows(partial(path.unlink, missing_ok=True))
