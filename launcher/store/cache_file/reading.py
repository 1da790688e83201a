"""Opening an exported cache: only what its listing names, each of the size that it names (threat E17)."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import ArchiveError, DamagedCacheFile, NoSuchSource
from launcher.store.archive.limits import UnpackLimits
from launcher.store.archive.tar import read_tar
from launcher.store.cache_file.listing import LISTING_NAME, parse_listing
from launcher.store.cache_file.tar_positions import SkippingStream
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.listing import CacheListing, Pin

CHUNK_BYTES: Final = 1024 * 1024
MAX_MEMBERS: Final = 500_000
_LIMITS: Final = UnpackLimits(max_files=MAX_MEMBERS)


class Members(Protocol):
    """Where the bytes of the members are."""

    def open(self, path: str) -> tuple[BinaryIO, int]:
        """Return a file that stands at a member's first byte, and the member's size; whoever asks closes it.

        Raises:
            FetchError: It is elsewhere and did not come.
        """

    def missing_bytes(self, paths: Mapping[str, Pin]) -> int:
        """Return how much `fetch` would have to transfer for these contents."""

    def fetch(self, paths: Mapping[str, Pin], observer: Observer) -> None:
        """Bring contents to this machine, if they are elsewhere; what came is kept, also where this fails.

        Raises:
            FetchError: One did not come.
            ArtifactError: One is not what the listing pins.
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """

    def forget(self, paths: Mapping[str, Pin]) -> None:
        """Delete what `fetch` brought.

        Raises:
            StoreError: The disk refused.
        """


class OpenCache:
    """An exported cache that is open for reading: one file, a folder, or a folder on a server.

    Attributes:
        name: What it is called in messages.
        members: Where its bytes are.
        listing: What it says that it holds.
        sizes: The size of each listed member, by name; every one was there in that size.
    """

    def __init__(self, name: str, path: Path, listing: CacheListing, members: Members) -> None:
        """Use `open_cache` instead; ``path`` is what the disk is asked for."""
        self.name = name
        self.listing = listing
        self.members = members
        self.sizes = {name: pin.size_bytes for name, pin in listing.members()}
        self._path = path
        self._buffer = memoryview(bytearray(CHUNK_BYTES))

    def read_document(self, path: str, pin: Pin) -> bytes:
        """Return a small member whole.

        Raises:
            DamagedCacheFile: It is not what the listing says.
            StoreError: It cannot be read.
        """
        content = b"".join(bytes(piece) for piece in self.read(path, pin.size_bytes))
        actual = hashlib.sha256(content).hexdigest()
        if actual != pin.sha256:
            raise damaged(self.name, f"`{path}` is not what the listing names.", pin.sha256, actual)
        return content

    def read(self, path: str, size_bytes: int) -> Iterator[memoryview]:
        """Yield a member's bytes, exactly so many; each piece is good until the next one is asked for.

        What they are must be compared by whoever takes them.

        Raises:
            DamagedCacheFile: It has another size, or the cache was changed meanwhile.
            StoreError: It cannot be read.
        """
        with named_disk_errors(self._path):
            file, actual_bytes = self.members.open(path)
            with file:
                if actual_bytes != size_bytes:
                    raise damaged(self.name, f"`{path}` has another size.", size_bytes, actual_bytes)
                missing_bytes = size_bytes
                while missing_bytes:
                    count = file.readinto(self._buffer[:missing_bytes])  # type: ignore[attr-defined]  # it is a file
                    if not count:
                        raise damaged(self.name, f"`{path}` was cut meanwhile.", size_bytes, "fewer bytes")
                    missing_bytes -= count
                    yield self._buffer[:count]


def is_cache(path: Path) -> bool:
    """Tell whether a path is an exported cache: a file, or a folder with a listing."""
    return path.is_file() or (path / LISTING_NAME).is_file()


@contextmanager
def open_cache(path: Path) -> Iterator[OpenCache]:
    """Open an exported cache and compare its members with its listing; nothing is written.

    Raises:
        NoSuchSource: There is none.
        DamagedCacheFile: It is cut, holds what it does not list, or lacks what it lists.
        ParseError: Its listing is malformed.
        StoreError: It cannot be read.
    """
    with ExitStack() as closing:
        with named_disk_errors(path):
            if not is_cache(path):
                raise NoSuchSource(
                    f"`{path}` is no exported cache.", expected=f"a file, or a folder with `{LISTING_NAME}`"
                )
            if path.is_dir():
                cache = _open_folder(path)
            else:
                cache = _open_file(path, closing.enter_context(_open_regular(path.resolve())))
        yield cache


def damaged(name: str, what: str, expected: object = None, actual: object = None) -> DamagedCacheFile:
    """Return the failure of a cache that is not what it says."""
    return DamagedCacheFile(f"The exported cache `{name}` is damaged. {what}", expected=expected, actual=actual)


class _LocalMembers:
    """Members that are on this machine: there is nothing to bring."""

    def missing_bytes(self, paths: Mapping[str, Pin]) -> int:
        del paths
        return 0

    def fetch(self, paths: Mapping[str, Pin], observer: Observer) -> None:
        pass

    def forget(self, paths: Mapping[str, Pin]) -> None:
        pass


class _FileMembers(_LocalMembers):
    """The members of the one-file form, by their places in it."""

    def __init__(self, file: BinaryIO, places: dict[str, tuple[int, int]]) -> None:
        self._file = file
        self._places = places

    def open(self, path: str) -> tuple[BinaryIO, int]:
        place, size_bytes = self._places[path]
        # The one file that was scanned, whatever lies at its path by now (threat C25).
        file = os.fdopen(os.dup(self._file.fileno()), "rb", buffering=0)
        file.seek(place)
        return file, size_bytes


class _FolderMembers(_LocalMembers):
    """The members of the folder form, each a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, path: str) -> tuple[BinaryIO, int]:
        file = _open_regular(self._folder / path)
        return file, os.fstat(file.fileno()).st_size


def _open_file(path: Path, file: BinaryIO) -> OpenCache:
    called = path.name
    try:
        places = _find_places(file)
    except ArchiveError as error:
        raise damaged(called, error.message, error.expected, error.actual) from error
    if next(iter(places), None) != LISTING_NAME:
        first = ascii(next(iter(places), "nothing"))
        raise damaged(called, "It does not begin with its listing.", LISTING_NAME, first)
    place, size_bytes = places.pop(LISTING_NAME)
    file.seek(place)
    listing = parse_listing(file.read(min(size_bytes, MAX_DOCUMENT_BYTES + 1)))
    listed = {name: pin.size_bytes for name, pin in listing.members()}
    for name, (_, actual_bytes) in places.items():
        if listed.get(name) != actual_bytes:
            expected = listed.get(name, "no such member")
            raise damaged(called, f"`{name[:120]}` is not listed in this size.", expected, actual_bytes)
    if missing := listed.keys() - places.keys():
        raise damaged(called, f"It lacks {len(missing)} of the members that it lists.", min(missing), "nothing")
    return OpenCache(called, path, listing, _FileMembers(file, places))


def _find_places(file: BinaryIO) -> dict[str, tuple[int, int]]:
    stream = SkippingStream(file)
    places: dict[str, tuple[int, int]] = {}
    for member in read_tar(stream, _LIMITS):
        if member.kind != "file" or member.name in places:
            raise DamagedCacheFile("A member stands twice, or is no file.", actual=ascii(member.name[:120]))
        places[member.name] = stream.skipped_from, member.size_bytes
    return places


def _open_folder(path: Path) -> OpenCache:
    with _open_regular(path / LISTING_NAME) as file:
        listing = parse_listing(file.read(MAX_DOCUMENT_BYTES + 1))
    # What else lies on a medium is nobody's business; what is listed must be there.
    for name, pin in listing.members():
        try:
            actual_bytes = (path / name).lstat().st_size
        except (FileNotFoundError, NotADirectoryError):
            raise damaged(path.name, f"It lacks `{name}`.", f"{pin.size_bytes} bytes", "nothing") from None
        if actual_bytes != pin.size_bytes:
            raise damaged(path.name, f"`{name}` has another size.", pin.size_bytes, actual_bytes)
    return OpenCache(path.name, path, listing, _FolderMembers(path))


def _open_regular(path: Path) -> BinaryIO:
    # Without waiting: a pipe in the file's place would never answer.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.fdopen(os.open(path, flags), "rb", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NoSuchSource(f"`{path}` is not a file.")
    return file
