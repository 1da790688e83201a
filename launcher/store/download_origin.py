"""The note beside an unfinished transfer: where its bytes came from, and what they are to become (threat D16)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_strict_json
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the bytes of an unfinished transfer came from.

    Attributes:
        url: What was asked for, before any redirect.
        etag: The strong validator of the answer (RFC 9110, section 8.8.3), or None.
    """

    url: str
    etag: str | None


def save_origin(path: Path, origin: Origin, sha256: str, size_bytes: int) -> None:
    """Write the note of a transfer that is to become a file of this digest and size.

    Raises:
        StoreError: The disk refused.
    """
    note = {"version": 1, "url": origin.url, "etag": origin.etag, "sha256": sha256, "size_bytes": size_bytes}
    # Neither synced nor renamed into place: a note that a crash damages costs the bytes that came, nothing else.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with named_disk_errors(path), os.fdopen(os.open(path, flags, 0o600), "wb") as file:  # a query may hold a secret
        file.write(json.dumps(note).encode())


def load_origin(path: Path, sha256: str, size_bytes: int) -> Origin | None:
    """Read the note; one that is absent, damaged or another file's is None, for bytes can be fetched again.

    Raises:
        StoreError: The disk refused.
    """
    with named_disk_errors(path):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
    try:
        note = Fields(parse_strict_json(raw), "")
        if (note.sha256("sha256"), note.integer("size_bytes")) != (sha256, size_bytes):
            return None
        return Origin(note.text("url"), note.find_text("etag"))
    except ParseError:
        return None
