"""The note beside an unfinished transfer: where its bytes came from, and what they are to become (threat D16)."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_strict_json
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably

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
    with named_disk_errors(path):
        # Where a lock does not hold, another writer may be at the same note (threat D17): then one of both is there.
        with suppress(FileExistsError, FileNotFoundError):
            write_durably(path, json.dumps(note).encode(), mode=0o600)  # a URL's query may hold a secret


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
