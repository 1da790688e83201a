"""How trust is put into words, once for all faces (7-screens, rule 3: fail closed, with exact words)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from launcher.domain.errors import LauncherError, Unsigned
from launcher.domain.fields import format_time
from launcher.domain.signature_report import SignatureFinding, SignatureReport, Standing
from launcher.domain.trust import report_installed

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.signers import Signer, SignerRegistry
    from launcher.domain.views import ErrorView, SignatureSummary, SignatureVerdict, TrustState, TrustView
    from launcher.store.installed import InstalledRevision


def view_error(error: LauncherError) -> ErrorView:
    """Return a failure as the faces show it."""
    return cast("ErrorView", error.as_json())


def view_trust(report: SignatureReport, at: datetime) -> TrustView:
    """Put the verdict on a document's signatures into words."""
    objection = report.find_objection()
    signer = report.signer
    first = report.findings[0] if report.findings else None
    if objection is None and signer is not None:
        sentence, state = _trusted_sentence(signer, report), "trusted"
    elif isinstance(objection, Unsigned):
        sentence, state = "Not signed by anybody.", "unsigned"
    else:
        sentence = objection.message if objection else "Nobody signed."
        state = "untrusted" if report.is_valid else "invalid"
    expires_at = signer.expires_at if signer else None
    return {
        "ok": report.is_trusted,
        "state": cast("TrustState", state),
        "sentence": sentence,
        "key_id": signer.key_id if signer else first.key_id if first else None,
        "issuer": (signer.issuer or None) if signer else None,
        "expires_at": format_time(expires_at) if expires_at else None,
        "error": view_error(objection) if objection else None,
        "warnings": _warnings(report, signer, at),
    }


def view_installed(revision: InstalledRevision, registry: SignerRegistry, at: datetime) -> TrustView:
    """Put the trust in an installed revision into words; what hands changed is nobody's word.

    Raises:
        BadField: Its ``signatures`` are malformed.
    """
    if revision.record.kind == "manual-edit":
        return {**view_unknown("Edited by hand on this machine; nobody signed it."), "state": "unsigned"}
    return view_trust(report_installed(revision.document, registry, revision.record.installed_at, at), at)


def view_unknown(sentence: str, error: LauncherError | None = None) -> TrustView:
    """Return the view of something whose signatures were not looked at, or could not be."""
    return {
        "ok": False,
        "state": "invalid" if error else "unknown",
        "sentence": sentence,
        "key_id": None,
        "issuer": None,
        "expires_at": None,
        "error": view_error(error) if error else None,
        "warnings": [],
    }


def view_verdict(finding: SignatureFinding) -> SignatureVerdict:
    """Return the verdict on one signature."""
    return {
        "key_id": finding.key_id,
        "issuer": finding.issuer,
        "standing": finding.standing.value,
        "error": view_error(finding.objection) if finding.objection else None,
    }


def summarise(signatures: list[TrustView], *, is_enforced: bool) -> SignatureSummary:
    """Return the totals that dashboards read; unsigned bundles fail the whole only where that is enforced."""
    count = Counter(view["state"] for view in signatures)
    invalid = count["invalid"] + count["unknown"]
    shortfall = count["untrusted"]
    return {
        "total": len(signatures),
        "with_manifest": len(signatures) - count["unknown"],
        "verified": count["trusted"] + count["untrusted"],
        "failed": invalid,
        "warnings": sum(len(view["warnings"]) for view in signatures),
        "missing_signatures": count["unsigned"],
        "trusted": count["trusted"],
        "rejected": count["untrusted"] + invalid,
        "trust_shortfall": shortfall,
        "ok": invalid == 0 and shortfall == 0 and not (is_enforced and count["unsigned"]),
        "enforced": is_enforced,
    }


def _trusted_sentence(signer: Signer, report: SignatureReport) -> str:
    by = f"Signed by {signer.issuer}, key {signer.key_id}" if signer.issuer else f"Signed with the key {signer.key_id}"
    until = f" until {signer.expires_at:%Y-%m-%d}" if signer.expires_at else ""
    return f"{by}, trusted for {report.channel}{until}."


def _warnings(report: SignatureReport, signer: Signer | None, at: datetime) -> list[str]:
    warnings = []
    if report.is_trusted:
        warnings += [
            f"{finding.key_id}: {finding.objection.message}"
            for finding in report.findings
            if finding.standing is not Standing.TRUSTED and finding.objection is not None
        ]
    if signer is not None and signer.expires_at is not None and signer.expires_at < at:
        warnings.append(f"The key {signer.key_id} has expired since; this was verified before.")
    return warnings
