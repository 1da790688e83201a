"""``install.json``: what this machine noted when it installed a revision; it proves nothing to anybody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from launcher.domain.canonical import MAX_INTEGER, parse_document
from launcher.domain.errors import DamagedRevision, ParseError
from launcher.domain.fields import Fields, format_time
from launcher.domain.index import FileEntry, LinkEntry, parse_index
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from launcher.domain.index import IndexEntry
    from launcher.store.layout import RevisionFolder

RevisionKind = Literal["release", "manual-edit"]
MAX_ARTIFACTS = 100


class InstallRecord(NamedTuple):
    """How and when a revision came to this machine.

    Attributes:
        manifest_sha256: Digest of the manifest's canonical bytes.
        document_sha256: Digest of the manifest file as it came, what a catalog pins.
        size_bytes: Sum of the payload's files.
        source: Where the manifest came from.
        probe: First line that the staged runtime printed.
        recorded_index: The files as unpacked, where the manifest signs the archives only.
    """

    installed_at: datetime
    bundle_id: str
    channel: str
    channel_revision: int
    upstream_version: str | None
    manifest_sha256: str
    document_sha256: str
    size_bytes: int
    source: str
    probe: str | None = None
    kind: RevisionKind = "release"
    recorded_index: tuple[IndexEntry, ...] | None = None


def record_as_bytes(record: InstallRecord) -> bytes:
    """Return what ``install.json`` holds."""
    content: dict[str, object] = {
        "version": 1,
        "installed_at": format_time(record.installed_at),
        "bundle_id": record.bundle_id,
        "channel": record.channel,
        "channel_revision": record.channel_revision,
        "upstream_version": record.upstream_version,
        "manifest_sha256": record.manifest_sha256,
        "document_sha256": record.document_sha256,
        "size_bytes": record.size_bytes,
        "source": record.source,
        "probe": record.probe,
        "kind": record.kind,
    }
    if record.recorded_index is not None:
        content["files"] = [entry_as_json(entry) for entry in record.recorded_index]
    # An index of 20,000 files with long names is only just small enough to be read again, and not when indented.
    return json.dumps(content, ensure_ascii=False, indent=None if record.recorded_index else 1).encode()


def load_record(folder: RevisionFolder) -> InstallRecord:
    """Read a revision's record.

    Raises:
        DamagedRevision: It is missing or malformed.
        StoreError: It cannot be read.
    """
    with named_disk_errors(folder.record):
        try:
            raw = folder.record.read_bytes()
        except FileNotFoundError:
            raise DamagedRevision(f"`{folder.path.name}` has no `{folder.record.name}`.") from None
    try:
        return _parse_record(Fields(parse_document(raw).root, ""))
    except ParseError as error:
        raise DamagedRevision(
            f"`{folder.record.name}` of `{folder.path.name}` is damaged. {error.message}",
            expected=error.expected,
            actual=error.actual,
        ) from error


def entry_as_json(entry: IndexEntry) -> Mapping[str, object]:
    """Return an index entry as manifests and records write it."""
    if isinstance(entry, LinkEntry):
        return {"path": entry.path, "link": entry.target}
    return {
        "path": entry.path,
        "artifact": entry.artifact,
        "size_bytes": entry.size_bytes,
        "sha256": entry.sha256,
        "executable": entry.executable,
    }


def total_bytes(index: tuple[IndexEntry, ...]) -> int:
    """Return the sum of all files of an index."""
    return sum(entry.size_bytes for entry in index if isinstance(entry, FileEntry))


def _parse_record(fields: Fields) -> InstallRecord:
    kind = fields.text("kind")
    if kind not in ("release", "manual-edit"):
        raise fields.bad("kind", "release or manual-edit", kind)
    return InstallRecord(
        installed_at=fields.time("installed_at"),
        bundle_id=fields.text("bundle_id"),
        channel=fields.text("channel"),
        channel_revision=fields.integer("channel_revision"),
        upstream_version=fields.find_text("upstream_version"),
        manifest_sha256=fields.sha256("manifest_sha256"),
        document_sha256=fields.sha256("document_sha256"),
        size_bytes=fields.integer("size_bytes", maximum=MAX_INTEGER),
        source=fields.text("source"),
        probe=fields.find_text("probe"),
        kind=kind,  # type: ignore[arg-type]  # narrowed just above
        recorded_index=parse_index(fields.children("files"), MAX_ARTIFACTS) if "files" in fields else None,
    )
