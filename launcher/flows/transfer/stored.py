"""Making an imported bundle active where no catalog offers it: its own manifest must do (ADR 0009)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError, NoSuchBundle
from launcher.domain.progress import Phase
from launcher.domain.trust import Asked
from launcher.flows.install import check_wanted, view_install
from launcher.flows.known import activate_known
from launcher.flows.manifests import prove_manifest
from launcher.store.installed import read_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.domain.views import InstallView
    from launcher.flows.install import InstallOptions
    from launcher.flows.session import Session


def has_stored(session: Session, bundle_id: str) -> bool:
    """Tell whether a bundle came to this machine and nothing of it was ever active, as an import leaves it.

    Where something is active, that no catalog offers it any more is worth saying, and `roll_back` goes anywhere.

    Raises:
        StoreError: The store cannot be read.
    """
    folder = session.layout.bundle(bundle_id)
    is_here = bool(list_revisions(folder)) or any(one.bundle_id == bundle_id for one in session.brought.manifests)
    return is_here and load_state(folder).state.active is None


def install_stored(session: Session, bundle_id: str, options: InstallOptions, observer: Observer) -> InstallView:
    """Make the newest stored revision of a bundle active, whose manifest must be trusted here and now.

    Raises:
        NoSuchBundle: No stored revision can be made active; its problem is named.
        LauncherError: As for `launcher.flows.install.install`; nothing is active by it.
    """
    observer.phase(Phase.RESOLVING, bundle_id)
    trusted = _newest_trusted(session, bundle_id)
    check_wanted(session, trusted, options, observer)
    if options.dry_run:
        return view_install(session, trusted, {}, None, None)
    known = activate_known(session, trusted, observer)
    if known is None:
        raise NoSuchBundle(f"What was imported of `{bundle_id}` is damaged, and no catalog offers it.")
    intact, active, replaced = known
    return view_install(session, trusted, {}, active, replaced, intact)


def _newest_trusted(session: Session, bundle_id: str) -> TrustedManifest:
    folder = session.layout.bundle(bundle_id)
    proven: list[TrustedManifest] = []
    problem: LauncherError | None = None
    for name in list_revisions(folder):
        try:
            revision = read_revision(folder, name)
            proven.append(prove_manifest(session, revision.document.raw, Asked(bundle_id, revision.record.channel)))
        except LauncherError as error:
            problem = error
    proven += [  # in a dry run, which has not stored it
        prove_manifest(session, brought.raw, Asked(bundle_id, brought.channel))
        for brought in session.brought.manifests
        if brought.bundle_id == bundle_id
    ]
    if not proven:
        raise problem or NoSuchBundle(f"Nothing of `{bundle_id}` is on this machine.")
    return max(proven, key=lambda trusted: trusted.manifest.channel_revision)
