"""The last accepted catalog of each network source, and those that an import brought: being offline is a normal state.

What is kept here is checked again, signature and all, whenever it is read.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_document
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields, format_time
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import name_disk_error, named_disk_errors
from launcher.store.durable import make_folder, write_durably

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class CachedCatalog(NamedTuple):
    """A source's catalog as it came, with its change log if it had one.

    Attributes:
        url: What the source is known by.
        is_imported: It came from an exported cache and is shown whether this machine knows its source or not.
    """

    url: str
    fetched_at: datetime
    catalog: bytes
    change_log: bytes | None
    is_imported: bool = False


class CatalogCache:
    """The folder of cached catalogs."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; it is made with the first catalog."""
        self._folder = folder

    def save(self, cached: CachedCatalog) -> None:
        """Keep a source's catalog; the note that makes it count is written last.

        Raises:
            StoreError: The disk refused.
        """
        stem = self._stem(cached.url)
        with named_disk_errors(self._folder):
            make_folder(self._folder, mode=0o700)
            write_durably(stem.with_suffix(".catalog.json"), cached.catalog)
            if cached.change_log is None:
                stem.with_suffix(".changes.md").unlink(missing_ok=True)
            else:
                write_durably(stem.with_suffix(".changes.md"), cached.change_log)
            note = {
                "version": 1,
                "url": cached.url,
                "fetched_at": format_time(cached.fetched_at),
                "is_imported": cached.is_imported,
            }
            write_durably(stem.with_suffix(".note.json"), json.dumps(note).encode())

    def find(self, url: str) -> CachedCatalog | None:
        """Return what is cached of a source, or None; damage counts as nothing, for it can be fetched again.

        Raises:
            StoreError: The disk refused.
        """
        stem = self._stem(url)
        try:
            note = Fields(parse_document(stem.with_suffix(".note.json").read_bytes()).root, "")
            catalog = stem.with_suffix(".catalog.json").read_bytes()
            fetched_at, is_imported = note.time("fetched_at"), note.flag("is_imported")
        except (FileNotFoundError, ParseError):
            return None
        except OSError as error:
            raise name_disk_error(error, stem) from error
        try:
            change_log = stem.with_suffix(".changes.md").read_bytes()
        except OSError:
            change_log = None
        return CachedCatalog(url, fetched_at, catalog, change_log, is_imported)

    def list_imported(self) -> list[str]:
        """Return what the sources of imported catalogs are known by, in alphabetical order; damage counts as nothing.

        Raises:
            StoreError: The disk refused.
        """
        urls = []
        with named_disk_errors(self._folder):
            for path in self._folder.glob("*.note.json"):
                with suppress(ParseError, FileNotFoundError):
                    note = Fields(parse_document(path.read_bytes()).root, "")
                    if note.flag("is_imported"):
                        urls.append(note.text("url"))
        return sorted(urls)

    def _stem(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode()).hexdigest()[:32]
