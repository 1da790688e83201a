"""Letting old revisions go: never one that is needed, and never unseen (docs/explanation/store.md, step 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError, NotInstalled, StoreLocked
from launcher.domain.retention import Candidate, is_under_pressure, plan_retention
from launcher.flows.store_access import writing
from launcher.store.bundles import list_bundles
from launcher.store.installed import read_revision
from launcher.store.kept_archives import drop_archives, list_kept_archives
from launcher.store.leases import is_leased
from launcher.store.removal import collect_objects, remove_bundle, remove_revision
from launcher.store.space import find_space
from launcher.store.states import list_revisions, load_state, save_state

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.domain.views import PruneView
    from launcher.flows.session import Session
    from launcher.store.layout import BundleFolder


def prune(session: Session, observer: Observer, *, dry_run: bool = False) -> PruneView:
    """Delete what no retention rule keeps, of all bundles, and the shared contents that nobody needs any more.

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
        remove_bundle(session.layout, folder)
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
    view: PruneView = {"removed": [], "kept": [], "freed_bytes": 0, "dry_run": True}
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
    return view


def _prune(session: Session, observer: Observer) -> PruneView:
    view = _plan(session)
    before = find_space(session.layout.root).free
    archives = list_kept_archives(session.layout)
    planned, view["removed"] = view["removed"], []
    for row in planned:
        observer.advance(0)  # a chance to cancel between two
        if remove_revision(session.layout, session.layout.bundle(row["id"]), row["revision"]):
            view["removed"].append(row)
            observer.log(f"Deleted {row['revision']} of {row['id']}.")
        else:
            view["kept"].append({"id": row["id"], "revision": row["revision"], "reason": "running"})
    collect_objects(session.layout)
    drop_archives(session.layout, archives)
    view["freed_bytes"] = max(0, find_space(session.layout.root).free - before)
    view["dry_run"] = False
    return view


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
