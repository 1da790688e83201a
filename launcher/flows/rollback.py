"""Going back to an earlier revision: one pointer write, after the target has proven to be whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, DamagedRevision, LauncherError, Unsigned
from launcher.domain.history import Hold, plan_rollback
from launcher.domain.index import FileEntry
from launcher.domain.progress import Phase
from launcher.domain.trust import verify_installed
from launcher.flows.snapshot import keep_edits
from launcher.flows.store_access import writing
from launcher.flows.trust_view import view_trust
from launcher.store.activation import activate
from launcher.store.installed import read_revision
from launcher.store.revisions import verify_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from launcher.domain.history import BundleState
    from launcher.domain.progress import Observer
    from launcher.domain.signature_report import SignatureReport
    from launcher.domain.views import RollbackView
    from launcher.flows.session import Session
    from launcher.store.records import InstallRecord
    from launcher.store.revisions import Intact


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a rollback goes, proven; ``left`` is the record of what it leaves, where that can be read."""

    state: BundleState
    intact: Intact
    report: SignatureReport
    left: InstallRecord | None


def roll_back(
    session: Session, bundle_id: str, observer: Observer, *, revision: str | None = None, dry_run: bool = False
) -> RollbackView:
    """Make an earlier revision active again; without ``revision`` the previous one. It needs no network.

    What is left becomes held: an update does not bring it back by itself. A signer that expired after the target was
    installed does no harm; a revoked one does.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        NoSuchRevision: There is no such target.
        NothingToDo: The target is active already.
        DamagedRevision: The target is not what was signed.
        SignatureError: The target's signers do not hold.
        StoreError: The store cannot be read or written.
        Cancelled: The observer said so; what was active still is.
    """
    if dry_run:
        return _view(session, bundle_id, _verify_target(session, bundle_id, revision, observer), dry_run=True)
    with writing(session, f"rolling back {bundle_id}", observer):
        target = _verify_target(session, bundle_id, revision, observer)
        keep_edits(session, bundle_id, observer)
        observer.phase(Phase.ACTIVATING, bundle_id)
        state = target.state.rolled_back(target.intact.name, _hold_on_left(target), session.at)
        activate(session.layout.bundle(bundle_id), target.intact, state)
        with suppress(Cancelled):  # too late: it is done
            observer.phase(Phase.ACTIVE, bundle_id)
    return _view(session, bundle_id, target, dry_run=False)


def _verify_target(session: Session, bundle_id: str, revision: str | None, observer: Observer) -> _Target:
    folder = session.layout.bundle(bundle_id)
    state = load_state(folder).state
    name = plan_rollback(state, revision, list_revisions(folder), bundle_id)
    record = read_revision(folder, name).record
    if record.kind == "manual-edit":
        raise Unsigned(f"`{name}` holds hand edits that nobody signed.", actual=str(folder.revision(name).payload))
    observer.phase(Phase.VERIFYING, bundle_id, record.size_bytes)
    try:
        intact = verify_revision(folder, name, observer)
    except DamagedRevision as error:
        error.hint = f"`repair {bundle_id} --revision {name}` mends it; then roll back to it again."
        raise
    report = verify_installed(intact.manifest, session.registry, record.installed_at, session.at)
    try:
        left = read_revision(folder, state.active).record if state.active else None
    except LauncherError:  # a damaged revision is what people roll back from
        left = None
    return _Target(state, intact, report, left)


def _hold_on_left(target: _Target) -> Hold | None:
    """Hold what is left if it is newer: going forward again must not hold the older one."""
    left, record = target.left, target.intact.record
    if left is None or target.state.active is None:
        return None
    if (left.channel_revision, left.installed_at) <= (record.channel_revision, record.installed_at):
        return None
    return Hold(target.state.active, left.manifest_sha256, left.channel_revision)


def _view(session: Session, bundle_id: str, target: _Target, *, dry_run: bool) -> RollbackView:
    record = target.intact.record
    files = target.intact.manifest.files or record.recorded_index or ()
    return {
        "id": bundle_id,
        "revision": target.intact.name,
        "upstream_version": record.upstream_version,
        "replaces": target.state.active or "",
        "replaces_upstream_version": target.left.upstream_version if target.left else None,
        "is_held": _hold_on_left(target) is not None,
        "verified_files": len(files),
        "verified_bytes": sum(entry.size_bytes for entry in files if isinstance(entry, FileEntry)),
        "signature": view_trust(target.report, session.at),
        "path": str(target.intact.folder.payload),
        "dry_run": dry_run,
    }
