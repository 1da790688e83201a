"""Installing a bundle, from an offer to the active revision (docs/explanation/life-of-an-install.md).

Read it top to bottom: each step takes the proof that the step before it gave, so leaving one out does
not type-check. Fetching happens before the store is locked, so that a long transfer keeps nobody from
rolling back; everything after it happens under the lock.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.choose import assess_bundle
from launcher.domain.errors import (
    ArchiveError,
    ArtifactError,
    Cancelled,
    FileTaken,
    MachineError,
    NoSuchRevision,
    NothingToDo,
    ParseError,
    StoreError,
    UsageError,
)
from launcher.domain.floor import raise_floor
from launcher.domain.progress import Phase
from launcher.domain.trust import check_not_expired
from launcher.domain.url import resolve_url
from launcher.flows.collect import prune_under_pressure
from launcher.flows.known import activate_intact, activate_known, find_same, find_sound, find_whole, unpacked_bytes
from launcher.flows.manifests import archives_of, fetch_manifest, floor_of, manifest_url
from launcher.flows.staged import probe_staged, record_staged
from launcher.flows.store_access import writing
from launcher.flows.trust_view import view_trust
from launcher.store.artifacts import verify_artifacts
from launcher.store.downloads import Downloads
from launcher.store.floors import accept, load_floors
from launcher.store.recovery import open_root
from launcher.store.revisions import publish_revision
from launcher.store.space import find_volume, require_space
from launcher.store.staging import stage
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.domain.bundle import Artifact
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.domain.views import InstallView
    from launcher.flows.catalogs import Offer
    from launcher.flows.session import Session
    from launcher.store.activation import Active
    from launcher.store.downloads import Downloaded
    from launcher.store.revisions import Intact

UNPACKED_RATIO_GUESS: Final = 4
"""How much larger an archive of unknown contents may unpack; only for asking for room beforehand."""
MAX_TAKEN: Final = 4
"""How often an archive may be taken away by others that install the very same, before that is a failure."""


@dataclass(frozen=True, slots=True)
class InstallOptions:
    """What a person may ask of an installation.

    Attributes:
        force: Install although it is active already, or does not fit this machine.
        dry_run: Say what would be done, and do nothing.
        artifact_kind: Refuse a bundle whose archives are of another kind.
        artifact_format: Refuse a bundle whose archives are of another format.
        fetch_only: Fetch and prove its archives, and leave them for a later installation; nothing becomes active.
    """

    force: bool = False
    dry_run: bool = False
    artifact_kind: str | None = None
    artifact_format: str | None = None
    fetch_only: bool = False


def install(session: Session, offer: Offer, options: InstallOptions, observer: Observer) -> InstallView:
    """Install what is offered and make it active; until the last step nothing that is active is touched.

    Raises:
        LauncherError: One of the named failures; what was active still is.
    """
    observer.phase(Phase.RESOLVING, offer.bundle.id)
    check_not_expired(offer.catalog.catalog, session.at)
    trusted = fetch_manifest(session, offer)
    check_wanted(session, trusted, options, observer)
    archives = archives_of(trusted.manifest)
    if options.dry_run:
        to_fetch = {} if not options.force and _is_here(session, trusted, observer) else archives
        _require_room(session, trusted, to_fetch)
        return view_install(session, trusted, to_fetch, None, None)
    if options.fetch_only:
        if _is_here(session, trusted, observer):
            return {**view_install(session, trusted, {}, None, None), "dry_run": False}
    elif not options.force and (known := activate_known(session, trusted, observer)):
        intact, active, replaced = known
        return view_install(session, trusted, {}, active, replaced, intact)
    open_root(session.layout)
    _require_room(session, trusted, archives)
    for _ in range(MAX_TAKEN):
        try:
            return _fetch_and_activate(session, offer, trusted, options, observer)
        except FileTaken as error:  # whoever installed the same was faster, and deleted what both had waited for
            observer.log(f"{error.message} It is fetched again.")
    return _fetch_and_activate(session, offer, trusted, options, observer)


def _fetch_and_activate(
    session: Session, offer: Offer, trusted: TrustedManifest, options: InstallOptions, observer: Observer
) -> InstallView:
    archives = archives_of(trusted.manifest)
    downloaded = _download(session, offer, archives, observer)
    if options.fetch_only:
        return {**view_install(session, trusted, archives, None, None), "dry_run": False}
    with writing(session, f"installing {offer.bundle.id}", observer):
        accept(session.layout.floors, floor_of(trusted), session.registry.standing_keys(session.at))
        # While this one waited for the lock, another process may have installed the very same.
        whole = None if options.force else find_whole(session, trusted.manifest, observer)
        intact = whole or _unpack_and_publish(session, offer, trusted, downloaded, observer)
        active, replaced = activate_intact(session, intact, observer)
        with suppress(StoreError, Cancelled):  # it is active; what is left over here, the next one clears away
            prune_under_pressure(session, observer)  # now and not before: deleting much slows what is written next
            if trusted.manifest.files is not None:  # else its archives are what an export has to prove it by
                _discard(session, downloaded)
    return view_install(session, trusted, archives, active, replaced, intact)


def check_wanted(session: Session, trusted: TrustedManifest, options: InstallOptions, observer: Observer) -> None:
    """Check that a proven manifest is what was asked for, and can work here.

    Raises:
        TrustError: The channel is known to be newer by now.
        UsageError: It is packed in another way.
        MachineError: It cannot work on this machine.
        NothingToDo: It is active already, and whole.
        StoreError: The store cannot be read.
    """
    bundle = trusted.manifest.bundle
    for subject, floor in floor_of(trusted).items():
        known = load_floors(session.layout.floors).get(subject)
        raise_floor(subject, known, floor, session.registry.standing_keys(session.at))
    for artifact in archives_of(trusted.manifest).values():
        for wanted, actual in ((options.artifact_kind, artifact.kind), (options.artifact_format, artifact.format)):
            if wanted is not None and wanted != actual:
                raise UsageError(f"`{bundle.id}` is not packed that way.", expected=wanted, actual=actual)
    if options.force:
        return
    fit = assess_bundle(bundle, session.machine_probe.survey())
    if not fit.fits:
        reason = fit.reasons[0]
        raise MachineError(
            f"`{bundle.id}` cannot work on this machine. {reason.sentence}",
            expected=reason.need,
            actual=reason.have,
            hint=reason.act,
        )
    active = load_state(session.layout.bundle(bundle.id)).state.active
    if active in find_same(session, trusted.manifest) and find_whole(session, trusted.manifest, observer, active):
        raise NothingToDo(f"`{bundle.id}` is active in this very version already.")


def _is_here(session: Session, trusted: TrustedManifest, observer: Observer) -> bool:
    """Tell whether nothing has to be fetched: it was stored before and is whole, or a followed cache has it."""
    manifest = trusted.manifest
    return bool(session.brought.find_same(manifest) or find_sound(session, manifest, observer))


def _require_room(session: Session, trusted: TrustedManifest, archives: Mapping[int, Artifact]) -> None:
    """Ask for room for the archives and what they unpack to, before the first byte (threat D15)."""
    fetch_bytes = sum(artifact.require_proof()[1] for artifact in archives.values())
    store_bytes = unpacked_bytes(trusted.manifest)
    require_space(
        find_volume(session.layout.root),
        fetch_bytes + (fetch_bytes * UNPACKED_RATIO_GUESS if store_bytes is None else store_bytes),
    )


def _download(
    session: Session, offer: Offer, archives: Mapping[int, Artifact], observer: Observer
) -> dict[int, Downloaded]:
    downloads = Downloads(session.layout.downloads)
    proofs = {number: artifact.require_proof() for number, artifact in archives.items()}
    observer.phase(Phase.DOWNLOADING, offer.bundle.id, sum(size_bytes for _, size_bytes in proofs.values()))
    downloaded = {}
    for number, artifact in archives.items():
        sha256, size_bytes = proofs[number]
        if artifact.url is None:
            known = downloads.find(sha256, size_bytes)
            if known is None:
                raise NoSuchRevision(f"`{offer.bundle.id}` says not where an archive is.", hint="Import it instead.")
            downloaded[number] = known
            continue
        url = resolve_url(manifest_url(offer), artifact.url)
        with downloads.open_partial(sha256, size_bytes, observer) as partial:
            session.fetcher.fetch_artifact(url, partial, observer)
            downloaded[number] = partial.finish()
    return downloaded


def _unpack_and_publish(
    session: Session, offer: Offer, trusted: TrustedManifest, downloaded: Mapping[int, Downloaded], observer: Observer
) -> Intact:
    bundle_id = offer.bundle.id
    observer.phase(Phase.VERIFYING, bundle_id, sum(transfer.size_bytes for transfer in downloaded.values()))
    try:
        with verify_artifacts(trusted, downloaded, observer) as verified:
            observer.phase(Phase.UNPACKING, bundle_id, unpacked_bytes(trusted.manifest))
            staged = stage(session.layout, verified, observer)
    except (ArchiveError, ArtifactError, ParseError):
        _discard(session, downloaded)  # kept, a damaged one would be found again and again
        raise
    observer.phase(Phase.TESTING, bundle_id)
    probe = probe_staged(session, staged)
    observer.phase(Phase.SAVING, bundle_id)
    if staged.is_index_signed:  # before the sync, which would write to the disk what is deleted a moment later
        with suppress(StoreError):  # it is only left over
            _discard(session, downloaded)
    record = record_staged(session, offer.source.name, staged, probe)
    return publish_revision(session.layout, staged, record, observer)


def _discard(session: Session, downloaded: Mapping[int, Downloaded]) -> None:
    downloads = Downloads(session.layout.downloads)
    for transfer in downloaded.values():
        downloads.discard(transfer)


def view_install(
    session: Session,
    trusted: TrustedManifest,
    archives: Mapping[int, Artifact],
    active: Active | None,
    replaced: str | None,
    intact: Intact | None = None,
) -> InstallView:
    """Return what an installation did, or in a dry run would do.

    Args:
        session: What the operation works with.
        trusted: The proven manifest.
        archives: What was or would be fetched.
        active: The proof that it is active; None in a dry run.
        replaced: What was active before.
        intact: The revision that it became; None in a dry run.
    """
    manifest = trusted.manifest
    folder = session.layout.bundle(manifest.bundle.id)
    brought = session.brought.find_same(manifest)
    fetched_before = brought.fetch_bytes if brought else 0
    return {
        "id": manifest.bundle.id,
        "revision": active.revision if active else None,
        "replaces": replaced if active else load_state(folder).state.active,
        "channel_revision": manifest.channel_revision,
        "upstream_version": manifest.release.upstream_version,
        "fetch_bytes": fetched_before + sum(artifact.require_proof()[1] for artifact in archives.values()),
        "store_bytes": intact.record.size_bytes if intact else unpacked_bytes(manifest),
        "index": "signed" if manifest.files is not None else "recorded",
        "signature": view_trust(trusted.report, session.at),
        "probe": intact.record.probe if intact else None,
        "path": str(active.payload) if active else None,
        "dry_run": active is None,
    }
