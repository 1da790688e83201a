"""Revisions that are on this machine already: finding those of one manifest, and making one active."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, DamagedRevision, NoSuchRevision
from launcher.domain.index import FileEntry
from launcher.domain.progress import Phase
from launcher.flows.manifests import floor_of
from launcher.flows.staged import probe_tree
from launcher.flows.store_access import writing
from launcher.store.activation import activate
from launcher.store.floors import accept
from launcher.store.health import load_health, note_damage
from launcher.store.installed import read_revision
from launcher.store.revisions import verify_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from launcher.domain.bundle import Manifest
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.flows.session import Session
    from launcher.store.activation import Active
    from launcher.store.revisions import Intact


def find_same(session: Session, manifest: Manifest) -> tuple[str, ...]:
    """Return the installed revisions that came from the very same manifest, oldest first."""
    folder = session.layout.bundle(manifest.bundle.id)
    names = []
    for name in list_revisions(folder):
        # A damaged one is as good as none: it is installed anew. Without the lock, one may go while we look.
        with suppress(DamagedRevision, NoSuchRevision):
            revision = read_revision(folder, name)
            if revision.record.kind == "release" and revision.document.raw == manifest.document.raw:
                names.append(name)
    return tuple(names)


def find_whole(session: Session, manifest: Manifest, observer: Observer, only: str | None = None) -> Intact | None:
    """Return the newest of the same revisions, or that one, where it is whole; None where it must be installed anew."""
    folder = session.layout.bundle(manifest.bundle.id)
    for name in reversed(find_same(session, manifest) if only is None else (only,)):
        observer.phase(Phase.VERIFYING, folder.bundle_id, unpacked_bytes(manifest))
        try:
            return verify_revision(folder, name, observer)
        except DamagedRevision as error:
            observer.log(f"{error.message} It is installed anew.")
            note_damage(folder, name, is_damaged=True)
        except NoSuchRevision:  # deleted meanwhile by another process
            continue
    return None


def find_sound(session: Session, manifest: Manifest, observer: Observer) -> str | None:
    """Return the name of the newest of the same revisions that is whole; unlike `find_whole` this writes nothing.

    Raises:
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    folder = session.layout.bundle(manifest.bundle.id)
    for name in reversed(find_same(session, manifest)):
        try:
            return verify_revision(folder, name, observer).name
        except DamagedRevision as error:
            observer.log(error.message)
        except NoSuchRevision:  # deleted meanwhile by another process
            continue
    return None


def activate_known(
    session: Session, trusted: TrustedManifest, observer: Observer
) -> tuple[Intact, Active, str | None] | None:
    """Make a revision active that is on this machine already and has proven to be whole; None where there is none.

    Returns:
        The revision, the proof that it is active, and what was active before.

    Raises:
        TrustError: The channel is known to be newer by now.
        ProbeFailed: It was imported untried, and does not start.
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    manifest = trusted.manifest
    if not find_same(session, manifest):
        return None
    with writing(session, f"activating {manifest.bundle.id}", observer):
        intact = find_whole(session, manifest, observer)
        if intact is None:
            return None
        accept(session.layout.floors, floor_of(trusted), session.registry.standing_keys(session.at))
        if intact.record.probe is None:
            observer.phase(Phase.TESTING, manifest.bundle.id)
            index = manifest.files or intact.record.recorded_index or ()
            probe_tree(session, manifest, intact.folder, intact.executable, index)
        active, replaced = activate_intact(session, intact, observer)
    return intact, active, replaced


def activate_intact(session: Session, intact: Intact, observer: Observer) -> tuple[Active, str | None]:
    """Make a proven revision active; return the proof and what was active before. The caller holds the store's lock.

    Raises:
        StoreError: The disk refused; what was active still is.
        Cancelled: The observer said so before it was done.
    """
    bundle_id = intact.manifest.bundle.id
    observer.phase(Phase.ACTIVATING, bundle_id)
    folder = session.layout.bundle(bundle_id)
    before = load_state(folder).state
    state = before.activated(intact.name, intact.manifest.document.sha256, session.at)
    if before.active != intact.name and before.active in load_health(folder).damaged:
        # The way back leads where it led before, not to what would be refused (threat E7).
        state = state._replace(previous=None if before.previous == intact.name else before.previous)
    active = activate(folder, intact, state)
    with suppress(Cancelled):  # too late: it is done
        observer.phase(Phase.ACTIVE, bundle_id)
    return active, before.active


def unpacked_bytes(manifest: Manifest) -> int | None:
    """Return the sum of a manifest's files, or None where it signs its archives only."""
    if manifest.files is None:
        return None
    return sum(entry.size_bytes for entry in manifest.files if isinstance(entry, FileEntry))
