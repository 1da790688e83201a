"""Looking at everything that is installed: whose word it is, and whether it is still what was signed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import DamagedRevision, LauncherError, NotInstalled, StoreError
from launcher.domain.progress import Phase
from launcher.flows.audit_view import judged, new_item, view_audit
from launcher.flows.trust_view import view_error, view_installed
from launcher.store.bundles import list_bundles
from launcher.store.cache_file.reading import is_cache
from launcher.store.health import note_damage
from launcher.store.installed import read_revision
from launcher.store.revisions import check_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.progress import Observer
    from launcher.domain.views import AuditItem, AuditView
    from launcher.flows.session import Session
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import BundleFolder


def audit(
    session: Session,
    observer: Observer,
    *,
    require_signed: bool = False,
    deep: bool = False,
    bundle_id: str | None = None,
) -> AuditView:
    """Check every installed revision; what is wrong is in the result, so that one fault hides no other.

    An exported cache in the store's place (``audit --dest FILE``) is checked without being imported.

    Args:
        session: What to work with.
        observer: Told of every byte that is hashed.
        require_signed: Fail for unsigned bundles too, as enforcement does; otherwise they are reported.
        deep: Hash every file; otherwise sizes, modes and links are compared.
        bundle_id: Only this bundle.

    Raises:
        NotInstalled: There is nothing of the named bundle.
        StoreError: The store cannot be read.
        Cancelled: The observer said so.
    """
    if is_cache(session.layout.root):
        from launcher.flows.transfer.cache_audit import audit_cache  # noqa: PLC0415 - start-up time

        return audit_cache(session, observer, require_signed=require_signed, deep=deep, bundle_id=bundle_id)
    enforced = require_signed or session.is_enforced
    folders = [folder for folder in list_bundles(session.layout) if bundle_id in (None, folder.bundle_id)]
    if bundle_id is not None and not folders:
        raise NotInstalled(f"`{bundle_id}` is not installed, so there is nothing to audit.")
    items = [
        item for folder in folders for item in _audit_bundle(session, folder, observer, deep=deep, enforced=enforced)
    ]
    return view_audit(session.layout.root, items, deep=deep, is_enforced=enforced)


def _audit_bundle(
    session: Session, folder: BundleFolder, observer: Observer, *, deep: bool, enforced: bool
) -> Iterator[AuditItem]:
    loaded = load_state(folder)
    state, problem = loaded.state, loaded.problem
    for name in list_revisions(folder):
        item = new_item(folder.bundle_id, name, is_active=name == state.active)
        if item["is_active"] and problem is not None:  # which one is active is as important as what it holds
            item["faults"].append(view_error(problem))
        item = _audit_revision(session, folder, item, observer, deep=deep, enforced=enforced)
        if item["ok"] or not _is_collected(folder, name):
            yield item
    if state.active is None and problem is not None:
        yield {**new_item(folder.bundle_id, ""), "faults": [view_error(problem)]}


def _is_collected(folder: BundleFolder, name: str) -> bool:
    # An audit takes no lock, so another process may delete an old revision meanwhile; that is no damage. A state that
    # still names what is gone is (threat E5).
    return not folder.revision(name).path.is_dir() and load_state(folder).problem is None


def _audit_revision(
    session: Session, folder: BundleFolder, item: AuditItem, observer: Observer, *, deep: bool, enforced: bool
) -> AuditItem:
    try:
        revision = read_revision(folder, item["revision"])
        _audit_contents(session, folder, revision, item, observer, deep=deep)
    except LauncherError as error:
        if error.code == "cancelled":
            raise
        item["faults"].append(view_error(error))
    return judged(item, is_enforced=enforced)


def _audit_contents(
    session: Session,
    folder: BundleFolder,
    revision: InstalledRevision,
    item: AuditItem,
    observer: Observer,
    *,
    deep: bool,
) -> None:
    record = revision.record
    item["index"] = "signed" if record.recorded_index is None else "recorded"
    item["signature"] = view_installed(revision, session.registry, session.at)
    observer.phase(Phase.VERIFYING, f"{item['id']} {revision.name}", record.size_bytes if deep else None)
    if item["is_active"] and record.kind == "manual-edit":  # no way of ours leads there
        item["faults"].append(view_error(DamagedRevision("Hand edits that nobody signed are active.")))
    findings = check_revision(revision, observer, deep=deep)
    item["checked_files"], item["checked_bytes"] = findings.checked_files, findings.checked_bytes
    item["faults"] += [view_error(fault) for fault in findings.faults]
    if findings.faults or deep:  # a shallow look at a sound tree clears nobody
        with suppress(StoreError):  # an audit of a store that cannot be written is an audit all the same
            note_damage(folder, revision.name, is_damaged=bool(findings.faults))
