"""Published revisions: how a stage becomes one, and how one is proven whole again: the proof `Intact`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.errors import DamagedRevision, ParseError
from launcher.domain.history import new_revision_name
from launcher.domain.index import find_executable
from launcher.domain.values import NamedTuple
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import rename, sync_folder, sync_tree
from launcher.store.installed import InstalledRevision, damaged, read_revision
from launcher.store.objects import ObjectStore
from launcher.store.records import InstallRecord, record_as_bytes
from launcher.store.states import list_revisions, load_state
from launcher.store.tree_check import TreeFindings, check_tree

if TYPE_CHECKING:
    from launcher.domain.bundle import Manifest
    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer
    from launcher.store.layout import BundleFolder, RevisionFolder, StoreLayout
    from launcher.store.staging import Staged


class Intact(NamedTuple):
    """Proof: a published revision whose tree was compared with its index, byte by byte."""

    name: str
    folder: RevisionFolder
    manifest: Manifest
    record: InstallRecord
    executable: str | None


def publish_revision(layout: StoreLayout, staged: Staged, record: InstallRecord, observer: Observer) -> Intact:
    """Make a staged bundle durable and give it its name among the revisions; nothing becomes active by it.

    The caller holds the store's lock.

    Raises:
        StoreError: The disk refused; the stage is left for recovery.
        Cancelled: The observer said so.
    """
    manifest = staged.trusted.manifest
    name = publish_folder(layout, staged.folder, manifest.document.raw, record, staged.index, observer)
    return Intact(name, layout.bundle(manifest.bundle.id).revision(name), manifest, record, staged.executable)


def publish_folder(
    layout: StoreLayout,
    stage: RevisionFolder,
    manifest: bytes,
    record: InstallRecord,
    index: tuple[IndexEntry, ...],
    observer: Observer,
) -> str:
    """Complete a stage, make it durable, and rename it to a revision, whose name is returned.

    Raises:
        StoreError: The disk refused; the stage is left for recovery.
        Cancelled: The observer said so.
    """
    bundle = layout.bundle(record.bundle_id)
    objects = ObjectStore(layout.objects)
    name = new_revision_name(record.installed_at, (*list_revisions(bundle), *load_state(bundle).state.named))
    target = bundle.revision(name)
    with named_disk_errors(target.path):
        stage.manifest.write_bytes(manifest)
        stage.record.write_bytes(record_as_bytes(record))
        objects.reuse(stage, index, observer)
        checkpoint("stage:complete")
        sync_tree(stage.path)
        checkpoint("stage:synced")
        observer.advance(0)  # the sync may have taken long, and nothing could ask meanwhile
        objects.keep(stage, index)
        bundle.revisions.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (layout.root, bundle.path.parent, bundle.path):
            sync_folder(folder)
        rename(stage.path, target.path)
        checkpoint("revision:renamed")
        sync_folder(bundle.revisions)
        sync_folder(layout.stages)
    checkpoint("revision:published")
    return name


def check_revision(revision: InstalledRevision, observer: Observer, *, deep: bool) -> TreeFindings:
    """Compare a revision's payload with its index.

    Raises:
        DamagedRevision: It has no index.
        ParseError: Its manifest is malformed.
        Cancelled: The observer said so.
    """
    return check_tree(revision.folder.payload, revision.index, observer, deep=deep)


def verify_revision(bundle: BundleFolder, name: str, observer: Observer) -> Intact:
    """Prove that a published revision is still, byte for byte, what was signed.

    Raises:
        NoSuchRevision: There is none of that name.
        DamagedRevision: A file is missing, changed or too many, or hands changed it all (threat E7).
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    revision = read_revision(bundle, name)
    if revision.record.kind == "manual-edit":  # whole by its own index, which nobody signed
        raise DamagedRevision(f"`{name}` of `{bundle.bundle_id}` holds hand edits that nobody signed.")
    try:
        manifest = parse_manifest(revision.document)
        findings = check_revision(revision, observer, deep=True)
    except ParseError as error:
        raise damaged(bundle, name, error) from error
    if manifest.bundle.id != bundle.bundle_id:  # threat A10: a signed bundle that somebody put here
        raise DamagedRevision(
            f"`{name}` of `{bundle.bundle_id}` is another bundle.", expected=bundle.bundle_id, actual=manifest.bundle.id
        )
    if findings.faults:
        first, count = findings.faults[0], len(findings.faults)
        raise DamagedRevision(
            f"`{name}` of `{bundle.bundle_id}` is damaged in {count} place{'s' if count > 1 else ''}. {first.message}",
            expected=first.expected,
            actual=first.actual,
        )
    process = manifest.bundle.process
    executable = find_executable(process.command, revision.index) if process else None
    return Intact(name, revision.folder, manifest, revision.record, executable)
