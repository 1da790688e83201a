"""Letting old revisions go: never one that is needed, and never unseen (docs/explanation/store.md, step 9)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.catalog import MANIFEST_KIND
from launcher.domain.errors import Cancelled, LauncherError, NotInstalled, StoreLocked
from launcher.domain.progress import Phase
from launcher.domain.retention import Candidate, is_under_pressure, plan_retention
from launcher.flows.catalogs import read_catalogs
from launcher.flows.store_access import writing
from launcher.store.bundles import list_bundles
from launcher.store.installed import read_revision
from launcher.store.kept_archives import drop_archives, list_kept_archives
from launcher.store.leases import is_leased
from launcher.store.old_downloads import drop_old_downloads, find_old_downloads
from launcher.store.removal import collect_objects, measure_removal, remove_bundle, remove_revision
from launcher.store.space import find_space
from launcher.store.states import list_revisions, load_state, save_state

if TYPE_CHECKING:
    from collections.abc import Collection

    from launcher.domain.care_views import DownloadView, PruneView
    from launcher.domain.progress import Observer
    from launcher.flows.session import Session
    from launcher.store.layout import BundleFolder
    from launcher.store.old_downloads import OldDownload


def prune(session: Session, observer: Observer, *, dry_run: bool = False) -> PruneView:
    """Delete what no retention rule keeps, of all bundles, and the shared contents and downloads that nobody needs.

    Raises:
        StoreError: The disk refused.
        Cancelled: The observer said so; what was deleted is gone whole.
    """
    if dry_run:
        return _plan(session)
    with writing(session, "deleting old revisions", observer):
        return _prune(session, observer)


def prune_under_pressure(session: Session, observer: Observer) -> PruneView | None:
    """Delete old revisions if the store's volume is nearly full; the caller holds the store's lock.

    Raises:
        StoreError: The disk refused.
    """
    space = find_space(session.layout.root)
    if not is_under_pressure(
        free_bytes=space.free,
        total_bytes=space.total,
        min_free_bytes=session.disk_limits.min_free_bytes,
        min_free_percent=session.disk_limits.min_free_percent,
    ):
        return None
    return _prune(session, observer)


def remove(session: Session, bundle_id: str, observer: Observer) -> int:
    """Uninstall a bundle with all of its revisions; return how many bytes its revisions had.

    Raises:
        NotInstalled: There is nothing of it.
        StoreLocked: One of its revisions is running.
        StoreError: The disk refused.
        Cancelled: The observer said so before it was gone.
    """
    with writing(session, f"removing {bundle_id}", observer):
        folder = session.layout.bundle(bundle_id)
        revisions = list_revisions(folder)
        if not folder.path.is_dir():
            raise NotInstalled(f"`{bundle_id}` is not installed, so there is nothing to remove.")
        running = next((name for name in revisions if is_leased(folder, name)), None)
        if running is not None:
            raise StoreLocked(f"`{running}` of `{bundle_id}` is running.", hint="Stop it first.")
        size_bytes = sum(_size_bytes(folder, name) for name in revisions)
        archives = list_kept_archives(session.layout)
        observer.phase(Phase.REMOVING, bundle_id)  # the last moment at which a cancel stops it
        with suppress(Cancelled):  # it is gone; what is left of it, the next one clears away
            remove_bundle(session.layout, folder, observer)
            collect_objects(session.layout)
            drop_archives(session.layout, archives)
    return size_bytes


def pin(session: Session, bundle_id: str, revision: str, observer: Observer, *, pinned: bool) -> None:
    """Keep a revision from ever being collected, or no longer.

    Raises:
        NoSuchRevision: The bundle has no such revision.
        StoreError: The disk refused.
    """
    with writing(session, f"pinning {revision}", observer):
        folder = session.layout.bundle(bundle_id)
        read_revision(folder, revision)
        save_state(folder, load_state(folder).state.pinned_as(revision, pinned=pinned))


def _plan(session: Session) -> PruneView:
    view: PruneView = {"removed": [], "kept": [], "downloads": [], "freed_bytes": 0, "dry_run": True}
    for folder in list_bundles(session.layout):
        retention = plan_retention(_candidates(folder), keep_newest=session.keep_newest)
        view["kept"] += [
            {"id": folder.bundle_id, "revision": candidate.name, "reason": reason.value}
            for candidate, reason in retention.kept
        ]
        view["removed"] += [
            {"id": folder.bundle_id, "revision": candidate.name, "size_bytes": candidate.size_bytes}
            for candidate in retention.removable
        ]
    going = {(row["id"], row["revision"]) for row in view["removed"]}
    old = find_old_downloads(session.layout, _needed_archives(session, going), session.at)
    view["downloads"] = [_view_download(download) for download in old]
    view["freed_bytes"] = measure_removal(session.layout, going) + sum(download.size_bytes for download in old)
    return view


def _prune(session: Session, observer: Observer) -> PruneView:
    view = _plan(session)
    before = find_space(session.layout.root).free
    planned, view["removed"] = view["removed"], []
    for row in planned:
        observer.phase(Phase.REMOVING, row["revision"])
        if remove_revision(session.layout, session.layout.bundle(row["id"]), row["revision"], observer):
            view["removed"].append(row)
            observer.log(f"Deleted {row['revision']} of {row['id']}.")
        else:
            view["kept"].append({"id": row["id"], "revision": row["revision"], "reason": "running"})
    collect_objects(session.layout)
    dropped = drop_old_downloads(session.layout, _needed_archives(session), session.at)
    view["downloads"] = [_view_download(download) for download in dropped]
    for download in dropped:
        observer.log(f"Deleted the download {download.sha256}, which nobody needs any more.")
    view["freed_bytes"] = max(0, find_space(session.layout.root).free - before)
    view["dry_run"] = False
    return view


def _needed_archives(session: Session, without: Collection[tuple[str, str]] = ()) -> frozenset[str] | None:
    """Return what an installed revision is proven by or a catalog offers; None where one of them cannot be read."""
    needed = list_kept_archives(session.layout, without)
    for reading in read_catalogs(session):
        if needed is None or reading.trusted is None:
            return None
        for bundle in reading.trusted.catalog.bundles:
            archives = {one.sha256 for one in bundle.artifacts if one.kind != MANIFEST_KIND}
            if not archives or None in archives:  # only its manifest says what it is made of
                return None
            needed |= {sha256 for sha256 in archives if sha256}
    return needed


def _view_download(download: OldDownload) -> DownloadView:
    return {"sha256": download.sha256, "size_bytes": download.size_bytes}


def _candidates(folder: BundleFolder) -> list[Candidate]:
    state = load_state(folder).state
    held = {hold.revision for hold in state.held}
    return [
        Candidate(
            name,
            _size_bytes(folder, name),
            is_active=name == state.active,
            is_previous=name == state.previous,
            is_running=is_leased(folder, name),
            is_pinned=name in state.pinned,
            is_held=name in held,
        )
        for name in list_revisions(folder)
    ]


def _size_bytes(folder: BundleFolder, name: str) -> int:
    try:
        return read_revision(folder, name).record.size_bytes
    except LauncherError:  # damaged; it may go all the same
        return 0
