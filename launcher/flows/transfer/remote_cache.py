"""The folder form of an exported cache on a static web server: the same listing, the same rules, fetched as needed.

Nothing is asked of the server but files below one address. Whatever it sends is compared with the listing, and what
the listing says with what was signed, so it need not be trusted more than a stick that somebody found (threat E17).
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import FileTaken
from launcher.domain.progress import Phase, Silent
from launcher.domain.url import resolve_url
from launcher.store.cache_file.listing import LISTING_NAME, is_content, parse_listing
from launcher.store.cache_file.reading import OpenCache
from launcher.store.downloads import Downloaded, Downloads
from launcher.store.hashing import hash_file
from launcher.store.objects import Listening, ObjectStore
from launcher.store.recovery import open_root
from launcher.store.space import require_space

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.domain.url import Url
    from launcher.flows.session import Session
    from launcher.store.cache_file.listing import Pin


def open_remote_cache(session: Session, url: Url, observer: Observer) -> OpenCache:
    """Fetch the listing of a cache below ``url``, which ends in a slash; nothing is written.

    Raises:
        FetchError: It did not come.
        TooLarge: It is none.
        ParseError: It is malformed.
        ForbiddenUrl: Servers of that kind are never asked.
        Cancelled: The observer said so.
    """
    observer.phase(Phase.RESOLVING, url.public)
    listing = parse_listing(session.fetcher.fetch_document(resolve_url(str(url), LISTING_NAME), MAX_DOCUMENT_BYTES))
    members = _RemoteMembers(session, url, dict(listing.members()))
    return OpenCache(url.public, session.layout.downloads, listing, members)


class _RemoteMembers:
    """The members on a server. Documents are held in memory; contents are transfers like any other, by their digest.

    A content that the store shares already is not transferred again (ADR 0012): it is read from there.
    """

    def __init__(self, session: Session, url: Url, pins: Mapping[str, Pin]) -> None:
        self._session = session
        self._url = str(url)
        self._pins = pins
        self._downloads = Downloads(session.layout.downloads)
        self._objects = ObjectStore(session.layout.objects)
        self._sound_objects: dict[str, Path] = {}

    def open(self, path: str) -> tuple[BinaryIO, int]:
        pin = self._pins[path]
        if not is_content(path):
            content = self._session.fetcher.fetch_document(resolve_url(self._url, path), pin.size_bytes)
            return BytesIO(content), len(content)
        if path in self._sound_objects:
            with suppress(FileNotFoundError):  # collected meanwhile
                return self._sound_objects[path].open("rb", buffering=0), pin.size_bytes
        # It was fetched before the store was locked; that another process took it away meanwhile is rare.
        return self._fetch(path, Silent()).path.open("rb", buffering=0), pin.size_bytes

    def missing_bytes(self, paths: Mapping[str, Pin]) -> int:
        missing = self._not_downloaded(paths).values()
        return sum(pin.size_bytes for pin in missing if not self._objects.find(pin.sha256, pin.size_bytes))

    def fetch(self, paths: Mapping[str, Pin], observer: Observer) -> None:
        open_root(self._session.layout)
        missing = self._not_downloaded(paths)
        for path, pin in missing.items():
            shared = self._objects.find(pin.sha256, pin.size_bytes)
            if shared is not None and _is_sound(shared, pin, observer):
                self._sound_objects[path] = shared
        to_transfer = {path: pin for path, pin in missing.items() if path not in self._sound_objects}
        total_bytes = sum(pin.size_bytes for pin in to_transfer.values())
        staged_bytes = sum(pin.size_bytes for pin in missing.values())
        require_space(self._session.layout.root, total_bytes + staged_bytes)  # as they come, and as they are installed
        observer.phase(Phase.DOWNLOADING, self._url, total_bytes)
        for path in to_transfer:
            self._fetch(path, observer)

    def forget(self, paths: Mapping[str, Pin]) -> None:
        for pin in paths.values():
            transfer = self._downloads.find(pin.sha256, pin.size_bytes)
            if transfer is not None:
                self._downloads.discard(transfer)

    def _not_downloaded(self, paths: Mapping[str, Pin]) -> dict[str, Pin]:
        return {path: pin for path, pin in paths.items() if not self._downloads.find(pin.sha256, pin.size_bytes)}

    def _fetch(self, path: str, observer: Observer) -> Downloaded:
        pin = self._pins[path]
        known = self._downloads.find(pin.sha256, pin.size_bytes)
        if known is not None:
            return known
        try:
            return self._transfer(path, pin, observer)
        except FileTaken:  # another process imported the same and was faster
            return self._transfer(path, pin, observer)

    def _transfer(self, path: str, pin: Pin, observer: Observer) -> Downloaded:
        with self._downloads.open_partial(pin.sha256, pin.size_bytes, observer) as partial:
            if pin.size_bytes:
                self._session.fetcher.fetch_artifact(resolve_url(self._url, path), partial, observer)
            return partial.finish()


def _is_sound(path: Path, pin: Pin, observer: Observer) -> bool:
    with suppress(OSError):
        return hash_file(path, Listening(observer)) == pin.sha256
    return False
