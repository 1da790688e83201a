"""Sound copies of a file's content, in the store or in an export: by digest, and read before they are believed."""

from __future__ import annotations

import hashlib
import os
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError, StoreError
from launcher.domain.index import FileEntry
from launcher.store.bundles import list_bundles
from launcher.store.cache_file.listing import object_path
from launcher.store.disk_errors import named_disk_errors
from launcher.store.hashing import CHUNK_BYTES, hash_file
from launcher.store.installed import read_revision
from launcher.store.objects import Listening, ObjectStore
from launcher.store.states import list_revisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.reading import OpenCache
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import StoreLayout


class CopyFinder:
    """Finds the contents of a damaged revision's files.

    Attributes:
        restored: The paths whose content came from elsewhere than the revision itself.
    """

    def __init__(
        self, layout: StoreLayout, damaged: InstalledRevision, exports: Sequence[OpenCache], observer: Observer
    ) -> None:
        """Look in the revision itself first, then in the shared contents, all other revisions, and ``exports``."""
        self._layout = layout
        self._damaged = damaged
        self._exports = exports
        self._observer = observer
        self._elsewhere: dict[str, list[Path]] | None = None
        self._found: dict[str, Path | OpenCache] = {}
        self.restored: set[str] = set()

    def has(self, entry: FileEntry) -> bool:
        """Look for a sound copy of a file's content.

        Raises:
            Cancelled: The observer said so.
        """
        own = self._damaged.folder.payload / entry.path
        if self._is_sound(own, entry):
            self._found[entry.path] = own
            return True
        copies: chain[Path | OpenCache] = chain(
            (path for path in self._candidates(entry) if self._is_sound(path, entry)),
            (export for export in self._exports if self._holds_sound(export, entry)),
        )
        copy = next(copies, None)
        if copy is not None:
            self._found[entry.path] = copy
            self.restored.add(entry.path)
        return copy is not None

    def read(self, entry: FileEntry) -> Iterator[memoryview]:
        """Yield the content that `has` found.

        Raises:
            StoreError: The disk refused.
        """
        found = self._found[entry.path]
        if not isinstance(found, Path):
            yield from found.read(object_path(entry.sha256), entry.size_bytes)
            return
        buffer = memoryview(bytearray(CHUNK_BYTES))
        with named_disk_errors(found), found.open("rb", buffering=0) as file:
            while size_bytes := file.readinto(buffer):
                yield buffer[:size_bytes]

    def _candidates(self, entry: FileEntry) -> Iterator[Path]:
        objects = ObjectStore(self._layout.objects)
        yield from (objects.path_of(entry._replace(executable=executable)) for executable in (False, True))
        if self._elsewhere is None:
            self._elsewhere = self._list_elsewhere()
        yield from self._elsewhere.get(entry.sha256, ())

    def _list_elsewhere(self) -> dict[str, list[Path]]:
        paths: dict[str, list[Path]] = {}
        for bundle in list_bundles(self._layout):
            for name in list_revisions(bundle):
                try:
                    revision = read_revision(bundle, name)
                    index = revision.index
                except LauncherError:  # damaged itself; there may be others
                    continue
                for entry in index:
                    if isinstance(entry, FileEntry):
                        paths.setdefault(entry.sha256, []).append(revision.folder.payload / entry.path)
        return paths

    def _is_sound(self, path: Path, entry: FileEntry) -> bool:
        self._observer.advance(0)
        try:
            facts = os.lstat(path)
            return facts.st_size == entry.size_bytes and hash_file(path, Listening(self._observer)) == entry.sha256
        except OSError:
            return False

    def _holds_sound(self, export: OpenCache, entry: FileEntry) -> bool:
        member = object_path(entry.sha256)
        if export.sizes.get(member) != entry.size_bytes:
            return False
        digest = hashlib.sha256()
        try:
            for piece in export.read(member, entry.size_bytes):
                self._observer.advance(0)
                digest.update(piece)
        except StoreError:
            return False
        return digest.hexdigest() == entry.sha256
