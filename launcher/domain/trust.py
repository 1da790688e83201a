"""Whose word a document is: signatures, checked in the numbered steps of 3-trust, "Verification".

This is the only module that computes or checks a signature. `TrustedManifest` and `TrustedCatalog`
are proofs: they are constructed here and nowhere else, and nothing is fetched, unpacked or activated
without one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from launcher.domain.bundle import parse_signed_channel
from launcher.domain.errors import (
    BadField,
    BadSignature,
    CatalogExpired,
    ExpiredSigner,
    KeyMismatch,
    NotYetIssued,
    SignatureError,
    UnknownSigner,
    Unsigned,
    WrongBundle,
)
from launcher.domain.fields import Fields, format_time
from launcher.domain.signature_report import SignatureFinding, SignatureReport, Standing
from launcher.domain.signers import decode_base64, default_key_id, encode_base64, is_weak_key
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.bundle import Bundle, Manifest
    from launcher.domain.canonical import Document
    from launcher.domain.catalog import Catalog
    from launcher.domain.signers import Signer, SignerRegistry

ALGORITHM: Final = "ed25519"
SIGNATURE_BYTES: Final = 64
CLOCK_SKEW: Final = timedelta(hours=1)
MAX_SIGNATURES: Final = 100
"""No channel demands more; without a limit, checking a hostile document of many signatures would take minutes."""


class TrustedManifest(NamedTuple):
    """Proof: enough trusted signers signed this manifest, for what was asked for."""

    manifest: Manifest
    report: SignatureReport


class TrustedCatalog(NamedTuple):
    """Proof: enough trusted signers signed this catalog, or it lies on the operator's own disk."""

    catalog: Catalog
    report: SignatureReport
    is_local: bool


class Asked(NamedTuple):
    """What a person or a catalog asked for; what was signed must be the same (3-trust, step 6)."""

    bundle_id: str
    channel: str
    bundle: Bundle | None = None


def check_signatures(document: Document, registry: SignerRegistry, channel: str, at: datetime) -> SignatureReport:
    """Judge every signature of a document (3-trust, steps 3 to 5); a bad one is a finding, not an error.

    Raises:
        BadField: ``signatures`` is not an array of objects, or there are more than 100.
    """
    root = Fields(document.root, "")
    entries = root.children("signatures")
    if len(entries) > MAX_SIGNATURES:
        raise root.bad("signatures", f"at most {MAX_SIGNATURES} signatures", len(entries))
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
    document: Document, registry: SignerRegistry, installed_at: datetime, at: datetime
) -> SignatureReport:
    """Judge the signatures of something that was verified when it was installed (threat B8).

    A signer that has expired since does no harm, and nothing else is forgiven: one that was revoked since does
    harm, and so does one that the registry no longer knows. The channel is the signed one.

    Raises:
        BadField: ``signatures`` is malformed, or the document names no channel.
    """
    channel = parse_signed_channel(document)
    now = check_signatures(document, registry, channel, at)
    if not any(isinstance(finding.objection, ExpiredSigner) for finding in now.findings):
        return now
    then = check_signatures(document, registry, channel, min(installed_at, at))
    findings = tuple(
        before if isinstance(finding.objection, ExpiredSigner) else finding
        for finding, before in zip(now.findings, then.findings, strict=True)
    )
    return SignatureReport(channel, now.threshold, findings)


def verify_installed(
    manifest: Manifest, registry: SignerRegistry, installed_at: datetime, at: datetime
) -> SignatureReport:
    """Check that an installed manifest may become active again.

    Raises:
        SignatureError: Its signers do not hold.
        BadField: ``signatures`` is malformed.
    """
    report = report_installed(manifest.document, registry, installed_at, at)
    objection = report.find_objection()
    if objection is not None:
        raise objection
    return report


def prove_installed(
    manifest: Manifest, registry: SignerRegistry, installed_at: datetime, at: datetime
) -> TrustedManifest:
    """Prove an installed manifest, so that what is damaged of it may be made again.

    Raises:
        SignatureError: Its signers do not hold.
        BadField: ``signatures`` is malformed.
    """
    return TrustedManifest(manifest, verify_installed(manifest, registry, installed_at, at))


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
        "public_key_b64": encode_base64(public_key),
        "signature": encode_base64(private_key.sign(document.canonical)),
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
        issuer, objection = signer.issuer, signer.find_objection(channel, at)
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
