"""Whose word a document is: signatures, checked in the numbered steps of 3-trust, "Verification".

This is the only module that computes or checks a signature. `TrustedManifest` and `TrustedCatalog`
are proofs: they are constructed here and nowhere else, and nothing is fetched, unpacked or activated
without one.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.errors import (
    BadField,
    BadSignature,
    CatalogExpired,
    ExpiredSigner,
    KeyMismatch,
    NotYetIssued,
    RevokedSigner,
    SignatureError,
    ThresholdNotMet,
    UnknownSigner,
    Unsigned,
    WrongBundle,
)
from launcher.domain.fields import Fields, format_time
from launcher.domain.signers import decode_base64, default_key_id, is_weak_key

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.bundle import Bundle, Manifest
    from launcher.domain.canonical import Document
    from launcher.domain.catalog import Catalog
    from launcher.domain.signers import Signer, SignerRegistry

ALGORITHM: Final = "ed25519"
SIGNATURE_BYTES: Final = 64
CLOCK_SKEW: Final = timedelta(hours=1)


class Standing(StrEnum):
    """What one signature is worth."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """The verdict on one entry of ``signatures``; ``objection`` is None where it is trusted."""

    key_id: str
    issuer: str
    standing: Standing
    objection: SignatureError | None
    signer: Signer | None


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The verdict on all signatures of a document for one channel at one time."""

    channel: str
    threshold: int
    findings: tuple[SignatureFinding, ...]

    @property
    def trusted_key_ids(self) -> frozenset[str]:
        """The keys whose signatures count; each counts once (threat A13)."""
        return frozenset(finding.key_id for finding in self.findings if finding.standing is Standing.TRUSTED)

    @property
    def is_trusted(self) -> bool:
        """Tell whether enough trusted keys signed; a bad signature beside them does no harm (threat A14)."""
        return len(self.trusted_key_ids) >= self.threshold

    @property
    def is_valid(self) -> bool:
        """Tell whether any signature is good, be its signer trusted or not."""
        return any(finding.standing is not Standing.INVALID for finding in self.findings)

    @property
    def signer(self) -> Signer | None:
        """The first signer whose word counts."""
        return next((finding.signer for finding in self.findings if finding.standing is Standing.TRUSTED), None)

    def find_objection(self) -> SignatureError | None:
        """Return why the document is not trusted, or None; the gravest reason first."""
        if self.is_trusted:
            return None
        if not self.findings:
            return Unsigned(
                "The document is not signed.", expected=f"{self.threshold} trusted signature(s)", actual="none"
            )
        objections = [finding.objection for finding in self.findings if finding.objection is not None]
        if self.trusted_key_ids or not objections:
            return ThresholdNotMet(
                f"Too few trusted keys signed for the channel `{self.channel}`.",
                expected=f"{self.threshold} trusted signatures by different keys",
                actual=f"{len(self.trusted_key_ids)}",
            )
        gravity = [KeyMismatch, BadSignature]
        return min(objections, key=lambda error: gravity.index(type(error)) if type(error) in gravity else len(gravity))


@dataclass(frozen=True, slots=True)
class TrustedManifest:
    """Proof: enough trusted signers signed this manifest, for what was asked for."""

    manifest: Manifest
    report: SignatureReport


@dataclass(frozen=True, slots=True)
class TrustedCatalog:
    """Proof: enough trusted signers signed this catalog, or it lies on the operator's own disk."""

    catalog: Catalog
    report: SignatureReport
    is_local: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person or a catalog asked for; what was signed must be the same (3-trust, step 6)."""

    bundle_id: str
    channel: str
    bundle: Bundle | None = None


def check_signatures(document: Document, registry: SignerRegistry, channel: str, at: datetime) -> SignatureReport:
    """Judge every signature of a document (3-trust, steps 3 to 5); a bad one is a finding, not an error.

    Raises:
        BadField: ``signatures`` is not an array of objects.
    """
    entries = Fields(document.root, "").children("signatures")
    findings = tuple(_judge(entry, document, registry, channel, at) for entry in entries)
    return SignatureReport(channel, registry.threshold(channel), findings)


def verify_manifest(manifest: Manifest, registry: SignerRegistry, asked: Asked, at: datetime) -> TrustedManifest:
    """Prove that a manifest is signed by those we trust, for what was asked for.

    Raises:
        SignatureError: Unsigned, wrongly signed, or by signers that do not hold here and now.
        WrongBundle: It is validly signed for something else (threat A10).
        NotYetIssued: It claims to be from the future (threat A7).
        BadField: ``signatures`` is malformed.
    """
    report = check_signatures(manifest.document, registry, manifest.channel, at)
    objection = report.find_objection()
    if objection is not None:
        raise objection
    _check_asked(manifest, asked)
    _check_issued(manifest.release.issued_at, at)
    return TrustedManifest(manifest, report)


def verify_catalog(catalog: Catalog, registry: SignerRegistry, at: datetime, *, is_local: bool) -> TrustedCatalog:
    """Prove a catalog. One on the operator's own disk need not be signed: the manifests are.

    A catalog that is signed must be signed well, wherever it lies. Expiry is not judged here, because
    an expired catalog may still be shown; `check_not_expired` is asked before anything is activated.

    Raises:
        SignatureError: As for `verify_manifest`.
        NotYetIssued: It claims to be from the future.
        BadField: ``signatures`` is malformed.
    """
    report = check_signatures(catalog.document, registry, catalog.channel, at)
    objection = report.find_objection()
    if objection is not None and not (is_local and isinstance(objection, Unsigned)):
        raise objection
    _check_issued(catalog.issued_at, at)
    return TrustedCatalog(catalog, report, is_local)


def report_installed(
    document: Document, registry: SignerRegistry, channel: str, installed_at: datetime, at: datetime
) -> SignatureReport:
    """Judge the signatures of something that was verified when it was installed (threat B8).

    A signer that has expired since does no harm; one that was revoked since does, and so does one that
    the registry no longer knows.

    Raises:
        BadField: ``signatures`` is malformed.
    """
    now = check_signatures(document, registry, channel, at)
    if now.is_trusted or not any(isinstance(finding.objection, ExpiredSigner) for finding in now.findings):
        return now
    then = check_signatures(document, registry, channel, min(installed_at, at))
    revoked = {finding.key_id for finding in now.findings if isinstance(finding.objection, RevokedSigner)}
    return then if then.is_trusted and revoked.isdisjoint(then.trusted_key_ids) else now


def verify_installed(
    manifest: Manifest, registry: SignerRegistry, installed_at: datetime, at: datetime
) -> SignatureReport:
    """Check that an installed manifest may become active again.

    Raises:
        SignatureError: Its signers do not hold.
        BadField: ``signatures`` is malformed.
    """
    report = report_installed(manifest.document, registry, manifest.channel, installed_at, at)
    objection = report.find_objection()
    if objection is not None:
        raise objection
    return report


def check_not_expired(catalog: Catalog, at: datetime) -> None:
    """Refuse to activate anything new from an expired catalog (3-trust, step 8; threat A5).

    Raises:
        CatalogExpired: It has expired.
    """
    if catalog.expires_at is not None and at > catalog.expires_at:
        raise CatalogExpired(
            f"The catalog of the channel `{catalog.channel}` has expired.",
            expected=f"one that is valid on {format_time(at)}",
            actual=f"expired {format_time(catalog.expires_at)}",
        )


def sign(
    document: Document, secret_key: bytes, *, at: datetime, issuer: str | None, key_id: str | None
) -> dict[str, Any]:
    """Return a signature entry over a document's canonical bytes.

    Args:
        document: What is signed.
        secret_key: The 32 secret bytes of an ed25519 key.
        at: When it is signed.
        issuer: Who signs, for people to read.
        key_id: The key's id in the registries; None for the default one.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - start-up time

    private_key = Ed25519PrivateKey.from_private_bytes(secret_key)
    public_key = private_key.public_key().public_bytes_raw()
    entry = {
        "alg": ALGORITHM,
        "key_id": key_id or default_key_id(public_key),
        "public_key_b64": base64.b64encode(public_key).decode(),
        "signature": base64.b64encode(private_key.sign(document.canonical)).decode(),
        "manifest_sha256": f"sha256:{document.sha256}",
        "issued_at": format_time(at),
    }
    return entry | ({"issuer": issuer} if issuer else {})


def new_secret_key() -> bytes:
    """Return the 32 secret bytes of a new ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - start-up time

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key_of(secret_key: bytes) -> bytes:
    """Return the 32 public bytes that belong to a secret key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - start-up time

    return Ed25519PrivateKey.from_private_bytes(secret_key).public_key().public_bytes_raw()


def _judge(entry: Fields, document: Document, registry: SignerRegistry, channel: str, at: datetime) -> SignatureFinding:
    key_id, issuer = "?", ""
    try:
        key_id, issuer = entry.text("key_id", "?"), entry.text("issuer", "")
        signer, objection = _verify_entry(entry, document, registry)
    except BadField as error:
        bad = BadSignature(f"A signature is malformed. {error.message}", expected=error.expected, actual=error.actual)
        return SignatureFinding(key_id, issuer, Standing.INVALID, bad, None)
    except (BadSignature, KeyMismatch) as error:
        return SignatureFinding(key_id, issuer, Standing.INVALID, error, None)
    if signer is not None:
        objection = signer.find_objection(channel, at)
    standing = Standing.UNTRUSTED if objection else Standing.TRUSTED
    return SignatureFinding(key_id, issuer, standing, objection, signer)


def _verify_entry(
    entry: Fields, document: Document, registry: SignerRegistry
) -> tuple[Signer | None, SignatureError | None]:
    """Check one signature; return its signer, or the objection that nobody here knows the key."""
    if entry.text("alg") != ALGORITHM:
        raise entry.bad("alg", ALGORITHM, entry.text("alg"))
    if entry.text("manifest_sha256") != f"sha256:{document.sha256}":
        raise BadSignature(
            "The document is not the one that was signed.",
            expected=entry.text("manifest_sha256"),
            actual=f"sha256:{document.sha256}",
        )
    key_id = entry.text("key_id")
    embedded_key = _find_embedded_key(entry)
    signer = registry.find_by_key_id(key_id)
    if signer is None:
        return None, _judge_unknown(entry, document, registry, key_id, embedded_key)
    if embedded_key is not None and embedded_key != signer.public_key:  # threat B1
        raise KeyMismatch(
            f"The signature carries the key id `{key_id}` with another key.",
            expected=default_key_id(signer.public_key),
            actual=default_key_id(embedded_key),
        )
    _verify_bytes(entry, document, signer.public_key)  # the registry's key, never the embedded one
    return signer, None


def _judge_unknown(
    entry: Fields, document: Document, registry: SignerRegistry, key_id: str, embedded_key: bytes | None
) -> UnknownSigner:
    if embedded_key is None or is_weak_key(embedded_key):
        raise BadSignature(
            f"The key `{key_id}` is not in the signer registry, and the signature carries no usable key."
        )
    known = registry.find_by_key(embedded_key)
    if known is not None:  # threat B2
        raise KeyMismatch(
            "The signature carries a trusted key under another key id.",
            expected=f"`{known.key_id}`",
            actual=f"`{key_id}`",
        )
    _verify_bytes(entry, document, embedded_key)
    return UnknownSigner(
        f"The key `{key_id}` is not in the signer registry.",
        expected="a signer of the registry",
        actual=default_key_id(embedded_key),
    )


def _find_embedded_key(entry: Fields) -> bytes | None:
    # `public_key` is what the first tools wrote for `public_key_b64`.
    name = next((name for name in ("public_key_b64", "public_key") if name in entry), None)
    if name is None:
        return None
    key = decode_base64(entry.text(name))
    if key is None or len(key) != 32:  # noqa: PLR2004 - an ed25519 key
        raise entry.bad(name, "32 bytes in canonical base64", ascii(entry.text(name)[:60]))
    return key


def _verify_bytes(entry: Fields, document: Document, public_key: bytes) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - start-up time
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - start-up time

    signature = decode_base64(entry.text("signature"))
    if signature is None or len(signature) != SIGNATURE_BYTES:
        raise entry.bad("signature", f"{SIGNATURE_BYTES} bytes in canonical base64", "another text")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, document.canonical)
    except InvalidSignature:
        raise BadSignature(
            "A signature does not belong to this document.",
            expected=f"a signature by {default_key_id(public_key)}",
            actual="a signature of something else",
        ) from None


def _check_asked(manifest: Manifest, asked: Asked) -> None:
    pairs: list[tuple[str, object, object]] = [
        ("bundle", asked.bundle_id, manifest.bundle.id),
        ("channel", asked.channel, manifest.channel),
    ]
    if asked.bundle is not None:
        pairs.append(("accelerator", asked.bundle.accelerator, manifest.bundle.accelerator))
        pairs.append(("platforms", _platforms(asked.bundle), _platforms(manifest.bundle)))
    for what, expected, actual in pairs:
        if expected != actual:
            raise WrongBundle(f"The manifest is signed for another {what}.", expected=expected, actual=actual)


def _platforms(bundle: Bundle) -> str:
    return ", ".join(sorted(f"{platform.os}-{platform.arch}" for platform in bundle.platforms))


def _check_issued(issued_at: datetime | None, at: datetime) -> None:
    if issued_at is not None and issued_at > at + CLOCK_SKEW:
        raise NotYetIssued(
            "The document is from the future.",
            expected=f"issued by {format_time(at)}",
            actual=f"issued {format_time(issued_at)}",
        )
