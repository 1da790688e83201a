"""What the faces show of looking after an installation, in the manner of `launcher.domain.views`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView, TrustView


class CheckView(TypedDict):
    """One check of the doctor; ``act`` is what helps, ``error`` what is broken.

    ``command`` is the words of the one `arw-cli` command that helps; null where a person has to do it.
    ``path`` is the file that this person should look at; null where it is not one file, or none is amiss.
    """

    name: str
    status: Literal["ok", "warning", "broken"]
    sentence: str
    act: str | None
    command: list[str] | None
    path: str | None
    error: ErrorView | None


class DoctorView(TypedDict):
    """All checks of the doctor; ``ok`` tells that nothing is broken."""

    ok: bool
    checks: list[CheckView]


class FileChangeView(TypedDict):
    """A path that is not the same in two revisions; its bytes are null for a link, and where it is not there."""

    path: str
    before_bytes: int | None
    after_bytes: int | None


class ComparisonView(TypedDict):
    """What two revisions of a bundle differ in; ``is_signed`` tells that publishers signed both lists of files."""

    id: str
    before: str
    before_upstream_version: str | None
    after: str
    after_upstream_version: str | None
    is_signed: bool
    added: list[FileChangeView]
    removed: list[FileChangeView]
    changed: list[FileChangeView]
    unchanged_count: int


class ConsentView(TypedDict):
    """What the manifest asks consent for, and whether it was given on this machine."""

    note: str
    modalities: list[str]
    is_given: bool


class RunPlanView(TypedDict):
    """How a runtime would be started; ``command`` begins with its program, ``url`` is null where it has no probe."""

    id: str
    revision: str
    command: list[str]
    env: dict[str, str]
    port: int
    url: str | None
    consent: ConsentView | None
    is_running: bool
    dry_run: bool


class RunView(TypedDict):
    """A run that has ended because somebody stopped it."""

    id: str
    revision: str
    port: int
    url: str | None
    was_healthy: bool
    exit_status: int


class StopView(TypedDict):
    """A runtime that was ended; ``was_killed`` tells that it did not end when it was asked to."""

    id: str
    revision: str
    pid: int
    was_killed: bool


class SmokeView(TypedDict):
    """What a smoke test saw of the active revision."""

    id: str
    revision: str
    command: str
    first_line: str
    health_status: int | None


class RepairView(TypedDict):
    """What a repair did: ``revision`` is whole and stands where ``damaged`` stood; ``restored`` names its mended files.

    ``kept_edits`` is the revision that keeps what hands had written into the damaged one.
    """

    id: str
    damaged: str
    revision: str
    restored: list[str]
    kept_edits: str | None
    from_network: bool
    is_active: bool
    path: str


class MoveView(TypedDict):
    """A move of the store, done or, with ``dry_run``, planned; ``free_bytes`` was free at the target before it.

    On the same volume it takes one rename and no room. ``is_source_gone`` tells that nothing is left at the old place.
    """

    source: str
    target: str
    is_same_volume: bool
    files: int
    size_bytes: int
    free_bytes: int
    is_source_gone: bool
    dry_run: bool


SignerState = Literal["valid", "expiring", "expired", "not-yet-valid", "revoked"]


class SignerView(TypedDict):
    """A key of the registry: ``expiring`` is one that ends within 30 days; ``days_left`` is negative after it."""

    key_id: str
    issuer: str
    channels: list[str]
    state: SignerState
    not_before: str | None
    expires_at: str | None
    days_left: int | None


class SignersView(TypedDict):
    """The signer registry at ``path``; ``problem`` tells why it trusts nobody."""

    path: str
    signers: list[SignerView]
    problem: ErrorView | None


class SourceTestView(TypedDict):
    """What trying a source came to: ``ok`` tells that it can be used, ``problem`` why it cannot."""

    url: str
    kind: Literal["catalog", "cache"]
    ok: bool
    sentence: str
    bundles: int
    signature: TrustView | None
    problem: ErrorView | None


class SettingView(TypedDict):
    """A setting: ``ruled_by`` names what decides it instead of the file, for example a variable of the environment."""

    name: str
    value: str | int | bool | list[str] | None
    default: str | int | bool | list[str] | None
    is_default: bool
    kind: Literal["channels", "urls", "hosts", "proxy", "path", "integer", "flag", "choice"]
    allowed: str
    choices: list[str]
    ruled_by: str | None
    sentence: str


class KeptView(TypedDict):
    """One revision that stays, and why."""

    id: str
    revision: str
    reason: Literal["active", "previous", "running", "pinned", "held", "newest"]


class RemovedView(TypedDict):
    """One revision that was or would be deleted. ``size_bytes`` counts contents that it shares with others too."""

    id: str
    revision: str
    size_bytes: int


class DownloadView(TypedDict):
    """What came of one file and was or would be deleted, because nobody needs it."""

    sha256: str
    size_bytes: int


class PruneView(TypedDict):
    """What a collection deleted, or in a dry run would; ``freed_bytes`` is what the disk gets back, at least."""

    removed: list[RemovedView]
    kept: list[KeptView]
    downloads: list[DownloadView]
    freed_bytes: int
    dry_run: bool
