"""The signer registry as the faces show it: whose keys are trusted, for what, and how long still."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from launcher.domain.fields import format_time
from launcher.flows.trust_view import view_error

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from launcher.domain.care_views import SignerState, SignersView, SignerView
    from launcher.domain.signers import Signer
    from launcher.flows.session import Session

SOON: Final = timedelta(days=30)
"""A signer that expires within this is named, so that there is time to renew it."""


def view_signers(session: Session, path: Path) -> SignersView:
    """Return every signer of the registry that was read from ``path``, those first that end first."""
    signers = sorted(session.registry.signers, key=lambda signer: (signer.expires_at is None, signer.expires_at))
    problem = session.registry_problem
    return {
        "path": str(path),
        "signers": [_view(signer, session.at) for signer in signers],
        "problem": view_error(problem) if problem is not None else None,
    }


def state_of(signer: Signer, at: datetime) -> SignerState:
    """Return whether a key counts at a time, and whether it will for long."""
    if signer.revoked_at is not None and at >= signer.revoked_at:
        return "revoked"
    if signer.expires_at is not None and at > signer.expires_at:
        return "expired"
    if signer.not_before is not None and at < signer.not_before:
        return "not-yet-valid"
    if signer.expires_at is not None and signer.expires_at - at < SOON:
        return "expiring"
    return "valid"


def _view(signer: Signer, at: datetime) -> SignerView:
    ends_at = signer.expires_at
    return {
        "key_id": signer.key_id,
        "issuer": signer.issuer,
        "channels": list(signer.channels),
        "state": state_of(signer, at),
        "not_before": format_time(signer.not_before) if signer.not_before else None,
        "expires_at": format_time(ends_at) if ends_at else None,
        "days_left": (ends_at - at).days if ends_at else None,
    }
