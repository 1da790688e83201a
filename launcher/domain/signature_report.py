"""What a document's signatures are worth: a finding for each, and the verdict on all (3-trust, steps 3 to 5)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from launcher.domain.errors import BadSignature, KeyMismatch, SignatureError, ThresholdNotMet, Unsigned
from launcher.domain.signers import default_key_id
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from launcher.domain.signers import Signer


class Standing(StrEnum):
    """What one signature is worth."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    INVALID = "invalid"


class SignatureFinding(NamedTuple):
    """The verdict on one entry of ``signatures``; ``objection`` is None where it is trusted.

    ``issuer`` is what the registry calls a known signer; of others it is only what the entry, which nobody signs, says.
    """

    key_id: str
    issuer: str
    standing: Standing
    objection: SignatureError | None
    signer: Signer | None


class SignatureReport(NamedTuple):
    """The verdict on all signatures of a document for one channel at one time."""

    channel: str
    threshold: int
    findings: tuple[SignatureFinding, ...]

    @property
    def trusted_key_ids(self) -> frozenset[str]:
        """The keys whose signatures count; each counts once (threat A13)."""
        return frozenset(finding.key_id for finding in self.findings if finding.standing is Standing.TRUSTED)

    @property
    def trusted_keys(self) -> frozenset[str]:
        """The same keys by their fingerprints, which stay apart where a new key took over an old one's id."""
        signers = [finding.signer for finding in self.findings if finding.standing is Standing.TRUSTED]
        return frozenset(default_key_id(signer.public_key) for signer in signers if signer is not None)

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
