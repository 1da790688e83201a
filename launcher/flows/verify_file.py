"""Judging a manifest or catalog file on its own: what ``manifest verify`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_signed_channel
from launcher.domain.canonical import MAX_DOCUMENT_BYTES, parse_document
from launcher.domain.errors import TooLarge
from launcher.domain.trust import check_signatures
from launcher.flows.trust_view import view_error, view_verdict
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.views import ManifestVerdict
    from launcher.flows.session import Session


def verify_file(session: Session, path: Path) -> ManifestVerdict:
    """Judge the signatures of a document for the channel that it says it is for.

    Raises:
        ParseError: The bytes are not a strict document, or name no channel.
        StoreError: The file cannot be read.
    """
    document = parse_document(read_file(path))
    channel = parse_signed_channel(document)
    report = check_signatures(document, session.registry, channel, session.at)
    objection = session.registry_problem if report.findings and session.registry_problem else report.find_objection()
    return {
        "path": str(path),
        "ok": report.is_valid,
        "trusted": report.is_trusted,
        "channel": channel,
        "threshold": report.threshold,
        "canonical_sha256": document.sha256,
        "signatures": [view_verdict(finding) for finding in report.findings],
        "error": view_error(objection) if objection else None,
    }


def read_file(path: Path) -> bytes:
    """Return the bytes of a document file.

    Raises:
        TooLarge: It is larger than any honest document.
        StoreError: It cannot be read.
    """
    with named_disk_errors(path), path.open("rb") as file:
        raw = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(raw) > MAX_DOCUMENT_BYTES:
        raise TooLarge(f"`{path}` is too large to be a document.", expected=f"at most {MAX_DOCUMENT_BYTES} bytes")
    return raw
