"""What an audit says, whether of the store or of an exported cache: one row for each revision, and the sum of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.flows.trust_view import summarise, view_unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from launcher.domain.views import AuditItem, AuditView


def new_item(bundle_id: str, revision: str, *, is_active: bool = False, is_index_signed: bool = False) -> AuditItem:
    """Return the row of a revision that nothing is known of yet."""
    return {
        "id": bundle_id,
        "revision": revision,
        "is_active": is_active,
        "ok": False,
        "index": "signed" if is_index_signed else "recorded",
        "signature": view_unknown("Its manifest cannot be read."),
        "checked_files": 0,
        "checked_bytes": 0,
        "faults": [],
    }


def judged(item: AuditItem, *, is_enforced: bool) -> AuditItem:
    """Return the row with its verdict: no fault, and a trusted signature, or none at all where that is allowed."""
    allowed = ("trusted",) if is_enforced else ("trusted", "unsigned")
    return {**item, "ok": not item["faults"] and item["signature"]["state"] in allowed}


def view_audit(place: Path, items: Sequence[AuditItem], *, deep: bool, is_enforced: bool) -> AuditView:
    """Return all rows with what they come to."""
    summary = summarise([item["signature"] for item in items], is_enforced=is_enforced)
    return {
        "dest": str(place),
        "deep": deep,
        "require_signed": is_enforced,
        "ok": summary["ok"] and all(item["ok"] for item in items),
        "items": list(items),
        "signature_summary": summary,
    }
