"""What the faces show and ``--json`` prints: plain JSON objects with types.

They are typed dictionaries on purpose: the same object is what a flow returns, what stdout carries,
what a worker process tells the window, and what a remote node answers. Times are UTC texts, byte
counts are integers, and a key that does not apply is null. `docs/reference/json.md` is generated
from here.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

State = Literal["active", "update-available", "installed", "not-installed", "not-for-this-machine"]
TrustState = Literal["trusted", "untrusted", "invalid", "unsigned", "unknown"]
IndexKind = Literal["signed", "recorded"]
ImportResult = Literal["accepted", "already-here", "skipped", "refused"]
SkipReason = Literal["up-to-date", "held", "failed"]
Severity = Literal["info", "action", "security"]


class ErrorView(TypedDict):
    """A named failure, as `launcher.domain.errors.LauncherError.as_json` writes it."""

    code: str
    message: str
    expected: NotRequired[str]
    actual: NotRequired[str]
    hint: NotRequired[str]


class TrustView(TypedDict):
    """Whose word a bundle is: ``ok`` is what the older tools read, ``state`` and ``sentence`` what people read."""

    ok: bool
    state: TrustState
    sentence: str
    key_id: str | None
    issuer: str | None
    expires_at: str | None
    error: ErrorView | None
    warnings: list[str]


class ReasonView(TypedDict):
    """Why a bundle fits this machine or not; ``act`` is what helps."""

    code: str
    sentence: str
    act: str | None
    have: str | None
    need: str | None


class RevisionView(TypedDict):
    """One installed revision of a bundle.

    ``is_damaged`` tells that its files were not what its index says when they were last compared.
    """

    revision: str
    upstream_version: str | None
    channel_revision: int
    installed_at: str | None
    size_bytes: int
    is_active: bool
    is_previous: bool
    is_held: bool
    is_pinned: bool
    is_damaged: bool
    kind: Literal["release", "manual-edit"]
    index: IndexKind
    signature: TrustView
    path: str


class ChangeView(TypedDict):
    """One entry of a change log about a channel revision that an update passes. ``html`` is sanitised."""

    channel_revision: int
    date: str
    severity: Severity
    title: str
    html: str
    is_signed: bool


class BundleView(TypedDict):
    """One bundle: what the catalogs offer of it, and what of it is on this machine.

    ``offered_*`` describe what the newest accepted catalog offers and are null for a bundle that is
    only installed. ``rollback_target`` is what one click goes back to. ``signature`` is that of the active
    revision, or of the offer where nothing is installed (``unknown`` until its manifest is here). ``changes`` is what
    an update brings, newest first; `notes_url` is where the upstream tells what is offered.
    """

    id: str
    runtime: str
    name: str
    description: str
    accelerator: str
    channel: str
    state: State
    is_recommended: bool
    fits: bool
    rank: int
    reasons: list[ReasonView]
    signature: TrustView
    offered_channel_revision: int | None
    offered_upstream_version: str | None
    download_bytes: int | None
    active: RevisionView | None
    rollback_target: RevisionView | None
    revisions: list[RevisionView]
    is_update_held: bool
    changes: list[ChangeView]
    notes_url: str | None
    problem: ErrorView | None
    license: str | None
    notes: list[str]
    platforms: list[str]
    modalities: list[str]
    executable: str | None
    catalog: str | None


class CatalogView(TypedDict):
    """One catalog and what is wrong with it, if anything."""

    path: str
    channel: str | None
    revision: int | None
    bundles: int
    signature: TrustView
    issued_at: str | None
    expires_at: str | None
    fetched_at: str | None
    is_expired: bool
    problem: ErrorView | None


class BannerView(TypedDict):
    """One notice that concerns this machine. ``html`` is sanitised; ``key`` is what dismissing stores.

    ``standing`` tells why it is shown no more: it was dismissed, its time has passed, or what it asks for is done.
    """

    id: str
    key: str
    severity: Severity
    is_signed: bool
    is_dismissible: bool
    date: str
    channel: str
    title: str
    html: str
    bundles: list[str]
    until: str | None
    action: Literal["update", "rollback", "none"]
    standing: Literal["current", "dismissed", "over", "done"]


class SignatureSummary(TypedDict):
    """The totals that dashboards read (3-trust, end of "Verification")."""

    total: int
    with_manifest: int
    verified: int
    failed: int
    warnings: int
    missing_signatures: int
    trusted: int
    rejected: int
    trust_shortfall: int
    ok: bool
    enforced: bool


class InstallationView(TypedDict):
    """One installed bundle in the shape that the older tools read."""

    id: str
    name: str
    channel: str
    revision: str
    channel_revision: int
    adapter: str
    accelerator: str
    installed_at: str | None
    path: str
    index: IndexKind
    signature: TrustView


class Overview(TypedDict):
    """The whole state: what ``list --json`` prints and ``GET /state/runtime/bundles`` answers."""

    generated: str
    generated_ms: int
    roots: list[str]
    catalogs: list[CatalogView]
    bundles: list[BundleView]
    installations: list[InstallationView]
    signature_summary: SignatureSummary
    banners: list[BannerView]
    machine: str
    problems: list[ErrorView]


class InstallView(TypedDict):
    """What an install or update did, or in a dry run would do."""

    id: str
    revision: str | None
    replaces: str | None
    channel_revision: int
    upstream_version: str | None
    fetch_bytes: int
    store_bytes: int | None
    index: IndexKind
    signature: TrustView
    probe: str | None
    path: str | None
    dry_run: bool


class SkippedView(TypedDict):
    """A bundle that an update passed over, and why."""

    id: str
    reason: SkipReason
    sentence: str
    error: ErrorView | None


class UpdateView(TypedDict):
    """What an update did for each bundle that it looked at."""

    updated: list[InstallView]
    skipped: list[SkippedView]


class RollbackView(TypedDict):
    """What a rollback did, or in a dry run would do."""

    id: str
    revision: str
    upstream_version: str | None
    replaces: str
    replaces_upstream_version: str | None
    is_held: bool
    verified_files: int
    verified_bytes: int
    signature: TrustView
    path: str
    dry_run: bool


class AuditItem(TypedDict):
    """The audit of one installed revision; ``faults`` name each file that is not as signed."""

    id: str
    revision: str
    is_active: bool
    ok: bool
    index: IndexKind
    signature: TrustView
    checked_files: int
    checked_bytes: int
    faults: list[ErrorView]


class AuditView(TypedDict):
    """The audit of a store; ``ok`` decides the exit status."""

    dest: str
    deep: bool
    require_signed: bool
    ok: bool
    items: list[AuditItem]
    signature_summary: SignatureSummary


class ManifestVerdict(TypedDict):
    """What ``manifest verify`` found."""

    path: str
    ok: bool
    trusted: bool
    channel: str | None
    threshold: int
    canonical_sha256: str
    signatures: list[SignatureVerdict]
    error: ErrorView | None


class SignatureVerdict(TypedDict):
    """What one signature of a document is worth."""

    key_id: str
    issuer: str
    standing: Literal["trusted", "untrusted", "invalid"]
    error: ErrorView | None


class ExportItem(TypedDict):
    """One revision that was to be exported; ``error`` says why it was left out."""

    id: str
    revision: str
    channel_revision: int | None
    upstream_version: str | None
    size_bytes: int | None
    index: IndexKind | None
    signature: TrustView
    ok: bool
    error: ErrorView | None


class ExportView(TypedDict):
    """What an export wrote: one file or a folder; ``catalogs`` are the sources whose catalogs came along."""

    output: str
    form: Literal["file", "folder"]
    ok: bool
    members: int
    size_bytes: int
    items: list[ExportItem]
    catalogs: list[str]


class ImportItem(TypedDict):
    """What became of one bundle of an import; ``revision`` is its name on this machine, if it is here now."""

    id: str
    revision: str | None
    channel: str | None
    channel_revision: int | None
    upstream_version: str | None
    platforms: list[str]
    size_bytes: int | None
    result: ImportResult
    sentence: str
    error: ErrorView | None


class ImportedCatalog(TypedDict):
    """What became of one catalog of an import."""

    source: str
    channel: str | None
    revision: int | None
    has_change_log: bool
    result: ImportResult
    sentence: str
    error: ErrorView | None


class ImportView(TypedDict):
    """What an import did, or in a dry run would do; nothing of it is active by that."""

    ok: bool
    dry_run: bool
    items: list[ImportItem]
    catalogs: list[ImportedCatalog]


class SourceView(TypedDict):
    """A source of the settings; ``kind`` is an exported cache on this machine, or a catalog."""

    url: str
    kind: Literal["catalog", "cache"]
