"""What a person agreed to, by bundle and by the very words: a note that changes asks again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_document
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.bundle import Consent


class Consents:
    """The consents of one person, in one file."""

    def __init__(self, path: Path) -> None:
        """Keep them in ``path``; a damaged file is no consent to anything."""
        self._path = path

    def has(self, bundle_id: str, consent: Consent) -> bool:
        """Tell whether this was agreed to.

        Raises:
            StoreError: The file cannot be read.
        """
        return self._load().get(bundle_id) == _digest(consent)

    def give(self, bundle_id: str, consent: Consent) -> None:
        """Remember that this was agreed to.

        Raises:
            StoreError: The disk refused.
        """
        self._save(self._load() | {bundle_id: _digest(consent)})

    def revoke(self, bundle_id: str) -> bool:
        """Forget what was agreed to for a bundle; return whether there was anything.

        Raises:
            StoreError: The disk refused.
        """
        given = self._load()
        if bundle_id not in given:
            return False
        del given[bundle_id]
        self._save(given)
        return True

    def _load(self) -> dict[str, str]:
        with named_disk_errors(self._path):
            try:
                raw = self._path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return {}
        try:
            return Fields(parse_document(raw).root, "").text_map("given")
        except ParseError:
            return {}

    def _save(self, given: dict[str, str]) -> None:
        content = json.dumps({"version": 1, "given": given}, indent=1).encode()
        with named_disk_errors(self._path):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(self._path, content, mode=0o600)


def _digest(consent: Consent) -> str:
    words = json.dumps([consent.note, sorted(consent.modalities)]).encode()
    return hashlib.sha256(words).hexdigest()
