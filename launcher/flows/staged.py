"""What happens to a staged bundle before it is published: it is tried, and what this machine notes of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from launcher.domain.errors import ProbeFailed
from launcher.domain.progress import Silent
from launcher.store.records import InstallRecord, total_bytes
from launcher.store.tree_check import check_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.bundle import Manifest
    from launcher.domain.index import IndexEntry
    from launcher.flows.session import Session
    from launcher.store.layout import RevisionFolder
    from launcher.store.staging import Staged


def probe_staged(session: Session, staged: Staged) -> str | None:
    """Try the program of a staged bundle as its manifest says; return its first line, or None where it says nothing.

    Raises:
        ProbeFailed: It did not start, or it changed its own bundle.
    """
    return probe_tree(session, staged.trusted.manifest, staged.folder, staged.executable, staged.index)


def probe_tree(
    session: Session, manifest: Manifest, folder: RevisionFolder, executable: str | None, index: Sequence[IndexEntry]
) -> str | None:
    """Try the program of an unpacked bundle; otherwise as `probe_staged`.

    Raises:
        ProbeFailed: It did not start, or it changed its own bundle.
    """
    process = manifest.bundle.process
    if process is None or executable is None or process.probe is None:
        return None
    first_line = session.runtime_probe.probe(folder.payload, executable, process)
    faults = check_tree(folder.payload, index, Silent(), deep=False).faults
    if faults:
        raise ProbeFailed(
            f"`{executable}` changed its own bundle when it was tried. {faults[0].message}",
            expected=faults[0].expected,
            actual=faults[0].actual,
        )
    return first_line


def record_staged(session: Session, source_name: str, staged: Staged, probe: str | None) -> InstallRecord:
    """Return what this machine notes of a staged bundle; ``source_name`` is where its manifest came from."""
    manifest = staged.trusted.manifest
    return InstallRecord(
        installed_at=session.at,
        bundle_id=manifest.bundle.id,
        channel=manifest.channel,
        channel_revision=manifest.channel_revision,
        upstream_version=manifest.release.upstream_version,
        manifest_sha256=manifest.document.sha256,
        document_sha256=hashlib.sha256(manifest.document.raw).hexdigest(),
        size_bytes=total_bytes(staged.index),
        source=source_name,
        probe=probe,
        recorded_index=None if staged.is_index_signed else staged.index,
    )
