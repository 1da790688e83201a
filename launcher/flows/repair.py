"""Mending a damaged revision: published anew from sound copies of its files; nothing is ever written into a revision.

What a signed index names may come from anywhere, for it is compared: the revision's own sound files, the shared
contents, other revisions, exports that this machine follows, or at last the network.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import parse_manifest
from launcher.domain.catalog import find_manifest_artifact
from launcher.domain.errors import Cancelled, CannotRepair, DamagedRevision, NothingToDo, NotInstalled, StoreError
from launcher.domain.index import FileEntry
from launcher.domain.progress import Phase
from launcher.domain.trust import prove_installed
from launcher.domain.values import NamedTuple
from launcher.flows.catalogs import list_offers
from launcher.flows.install import InstallOptions, install
from launcher.flows.known import find_same, unpacked_bytes
from launcher.flows.refresh import refresh_catalogs
from launcher.flows.store_access import writing
from launcher.store.activation import activate
from launcher.store.copies import CopyFinder
from launcher.store.installed import read_revision
from launcher.store.leases import is_leased
from launcher.store.manual_edits import find_edits, record_edits
from launcher.store.removal import remove_revision
from launcher.store.revisions import publish_revision, verify_revision
from launcher.store.staging import stage_contents
from launcher.store.states import load_state, save_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.care_views import RepairView
    from launcher.domain.progress import Observer
    from launcher.flows.session import Session
    from launcher.store.cache_file.reading import OpenCache
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import BundleFolder
    from launcher.store.revisions import Intact

MAX_NAMED: Final = 5


class _Mended(NamedTuple):
    whole: Intact
    restored: tuple[str, ...]
    kept_edits: str | None


def repair(
    session: Session,
    bundle_id: str,
    observer: Observer,
    *,
    revision: str | None = None,
    exports: Sequence[OpenCache] = (),
) -> RepairView:
    """Put a sound copy in a damaged revision's place, made from what is on this machine.

    Hand edits are recorded as a revision of their own before the damaged one goes.

    Args:
        session: What to work with.
        bundle_id: The bundle.
        observer: Told of every byte.
        revision: Which of its revisions; the active one by default.
        exports: Where to look for contents that the store has not, of whatever revisions they hold.

    Raises:
        NotInstalled: Nothing of the bundle is active, and no revision is named.
        NoSuchRevision: There is no such revision.
        NothingToDo: It is whole.
        CannotRepair: Some of its contents are nowhere on this machine; they are named.
        DamagedRevision: Its manifest or record cannot be read.
        SignatureError: Its signers do not hold.
        StoreError: The disk refused.
        Cancelled: The observer said so; the damaged revision is as it was.
    """
    folder = session.layout.bundle(bundle_id)
    with writing(session, f"repairing {bundle_id}", observer):
        damaged = _read_damaged(folder, revision, observer)
        mended = _mend(session, folder, damaged, exports, observer)
        state = load_state(folder).state
        observer.phase(Phase.ACTIVATING, bundle_id)
        after = state.repaired(damaged.name, mended.whole.name, session.at)
        if after.active == mended.whole.name:
            activate(folder, mended.whole, after)
        else:
            save_state(folder, after)
        _remove_damaged(session, folder, damaged.name, observer)
    return _view(bundle_id, damaged.name, mended, is_active=after.active == mended.whole.name, from_network=False)


def repair_from_offer(session: Session, bundle_id: str, damaged: str | None, observer: Observer) -> RepairView:
    """Install the very manifest of the damaged active revision again; its files come from where they are offered.

    Raises:
        CannotRepair: Another revision than the active one was asked for, or nobody offers it any more.
        LauncherError: What `install` raises.
    """
    folder = session.layout.bundle(bundle_id)
    active = load_state(folder).state.active
    if active is None or damaged not in (None, active):
        raise CannotRepair(f"Only the active revision of `{bundle_id}` could be fetched again.", actual=damaged)
    offer = list_offers(refresh_catalogs(session, observer), session.channels).get(bundle_id)
    artifact = find_manifest_artifact(offer.bundle) if offer else None
    if offer is None or artifact is None or artifact.sha256 != read_revision(folder, active).record.document_sha256:
        raise CannotRepair(
            f"No catalog offers `{active}` of `{bundle_id}` any more.", hint="Update the bundle instead."
        )
    view = install(session, offer, InstallOptions(force=True), observer)
    with writing(session, f"repairing {bundle_id}", observer):
        whole = verify_revision(folder, view["revision"] or "", observer)
        if active in find_same(session, whole.manifest) and not is_leased(folder, active):
            save_state(folder, load_state(folder).state.repaired(active, whole.name, session.at))
            _remove_damaged(session, folder, active, observer)
    return _view(bundle_id, active, _Mended(whole, (), None), is_active=True, from_network=True)


def _remove_damaged(session: Session, folder: BundleFolder, name: str, observer: Observer) -> None:
    """Delete what is mended, as far as that works: who runs it keeps its files, and `prune` takes what stays."""
    with suppress(StoreError, Cancelled):
        remove_revision(session.layout, folder, name, observer)


def _read_damaged(folder: BundleFolder, asked: str | None, observer: Observer) -> InstalledRevision:
    name = asked or load_state(folder).state.active
    if name is None:
        raise NotInstalled(f"`{folder.bundle_id}` is not installed, so there is nothing to repair.")
    observer.phase(Phase.VERIFYING, folder.bundle_id, read_revision(folder, name).record.size_bytes)
    try:
        verify_revision(folder, name, observer)
    except DamagedRevision as error:
        observer.log(error.message)
        return read_revision(folder, name)
    raise NothingToDo(f"`{name}` of `{folder.bundle_id}` is as it was signed; there is nothing to repair.")


def _mend(
    session: Session,
    folder: BundleFolder,
    damaged: InstalledRevision,
    exports: Sequence[OpenCache],
    observer: Observer,
) -> _Mended:
    manifest = parse_manifest(damaged.document)
    if manifest.files is None or damaged.record.kind != "release":
        raise CannotRepair(f"The publisher signed no list of the files of `{damaged.name}`.")
    trusted = prove_installed(manifest, session.registry, damaged.record.installed_at, session.at)
    finder = CopyFinder(session.layout, damaged, exports, observer)
    files = [entry for entry in manifest.files if isinstance(entry, FileEntry)]
    missing = [entry.path for entry in files if not finder.has(entry)]
    if missing:
        named = ", ".join(missing[:MAX_NAMED]) + (f" and {len(missing) - MAX_NAMED} more" * (len(missing) > MAX_NAMED))
        raise CannotRepair(
            f"`{damaged.name}` of `{folder.bundle_id}` cannot be mended from what is on this machine.",
            expected=f"sound copies of {len(files)} files",
            actual=f"none of {named}",
        )
    kept = _keep_edits(session, damaged, observer)
    observer.phase(Phase.UNPACKING, folder.bundle_id, unpacked_bytes(manifest))
    staged = stage_contents(session.layout, trusted, finder.read, observer)
    observer.phase(Phase.SAVING, folder.bundle_id)
    whole = publish_revision(session.layout, staged, damaged.record, observer)
    return _Mended(whole, tuple(sorted(finder.restored)), kept)


def _keep_edits(session: Session, damaged: InstalledRevision, observer: Observer) -> str | None:
    """Record what hands may have written; a file that only lost bits or is gone has nothing to keep."""
    try:
        if not find_edits(damaged, observer):
            return None
        name = record_edits(session.layout, damaged, session.at, observer)
    except DamagedRevision:
        return None
    observer.log(f"What {damaged.name} held is kept as {name}.")
    return name


def _view(bundle_id: str, damaged: str, mended: _Mended, *, is_active: bool, from_network: bool) -> RepairView:
    return {
        "id": bundle_id,
        "damaged": damaged,
        "revision": mended.whole.name,
        "restored": list(mended.restored),
        "kept_edits": mended.kept_edits,
        "from_network": from_network,
        "is_active": is_active,
        "path": str(mended.whole.folder.payload),
    }
