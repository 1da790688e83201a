"""Where the bytes of an imported bundle are: one by one or as archives in a cache, or as loose archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from launcher.domain.errors import ArtifactError, DamagedCacheFile, NoSuchSource
from launcher.domain.index import FileEntry
from launcher.domain.progress import Silent
from launcher.flows.manifests import archives_of
from launcher.store.artifacts import verify_artifacts
from launcher.store.cache_file.listing import Pin, archive_path, object_path
from launcher.store.disk_errors import named_disk_errors
from launcher.store.downloads import Downloads
from launcher.store.hashing import hash_file
from launcher.store.staging import stage, stage_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from launcher.domain.bundle import Artifact, Manifest
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.flows.session import Session
    from launcher.store.cache_file.reading import OpenCache
    from launcher.store.downloads import Downloaded, PartialDownload
    from launcher.store.staging import Staged


def needed_members(manifest: Manifest) -> dict[str, Pin]:
    """Return the members of a cache that hold a bundle: its files where they are signed one by one, or its archives.

    Raises:
        MissingHash: The manifest names an archive that cannot be proven.
    """
    if manifest.files is not None:
        files = [entry for entry in manifest.files if isinstance(entry, FileEntry)]
        return {object_path(entry.sha256): Pin(entry.sha256, entry.size_bytes) for entry in files}
    proofs = [artifact.require_proof() for artifact in archives_of(manifest).values()]
    return {archive_path(sha256): Pin(sha256, size_bytes) for sha256, size_bytes in proofs}


class Contents(Protocol):
    """The contents of one bundle, not yet proven."""

    def require(self, manifest: Manifest) -> None:
        """Check that everything a manifest needs is there, by name and size; nothing is written.

        Raises:
            LauncherError: Something is missing.
        """

    def fetch(self, manifest: Manifest, observer: Observer) -> None:
        """Bring what is elsewhere to this machine, before the store is locked (ADR 0008).

        Raises:
            LauncherError: It did not come, or is not what it should be.
        """

    def stage(self, session: Session, trusted: TrustedManifest, observer: Observer) -> Staged:
        """Write a proven bundle into the stage; the caller holds the store's lock.

        Raises:
            LauncherError: Something is not what was signed, or the disk refused.
        """


class CachedContents:
    """The contents of a bundle in an exported cache: its files where they are signed, its archives elsewhere."""

    def __init__(self, cache: OpenCache) -> None:
        """Read from ``cache``, which stays open meanwhile."""
        self._cache = cache

    def require(self, manifest: Manifest) -> None:
        """Check that the listing names all that the manifest needs.

        Raises:
            DamagedCacheFile: It does not.
            MissingHash: The manifest names an archive that cannot be proven.
        """
        for path, pin in needed_members(manifest).items():
            listed_bytes = self._cache.sizes.get(path)
            if listed_bytes != pin.size_bytes:
                raise DamagedCacheFile(
                    f"`{self._cache.name}` lacks contents of `{manifest.bundle.id}`.",
                    expected=f"`{path}`, {pin.size_bytes} bytes",
                    actual="nothing" if listed_bytes is None else f"{listed_bytes} bytes",
                )

    def fetch(self, manifest: Manifest, observer: Observer) -> None:
        """Bring the contents, where the cache is on a server.

        Raises:
            LauncherError: One did not come, or is not what was signed.
        """
        self._cache.members.fetch(needed_members(manifest), observer)

    def stage(self, session: Session, trusted: TrustedManifest, observer: Observer) -> Staged:
        """Write the signed files from their contents, or unpack the archives.

        Raises:
            LauncherError: Something is not what was signed, or the disk refused.
        """
        if trusted.manifest.files is None:
            return _stage_archives(session, trusted, self._fetch, observer)
        try:
            staged = stage_contents(session.layout, trusted, self._read, observer)
        except ArtifactError:
            self._forget(trusted)  # kept, a damaged one would be found again and again
            raise
        self._forget(trusted)  # before the stage is synced (ADR 0011)
        return staged

    def _forget(self, trusted: TrustedManifest) -> None:
        self._cache.members.forget(needed_members(trusted.manifest))

    def _read(self, entry: FileEntry) -> Iterator[memoryview]:
        return self._cache.read(object_path(entry.sha256), entry.size_bytes)

    def _fetch(self, artifact: Artifact, partial: PartialDownload) -> None:
        sha256, size_bytes = artifact.require_proof()
        if partial.offset:
            partial.restart()
        for piece in self._cache.read(archive_path(sha256), size_bytes):
            partial.write(piece)


class LooseContents:
    """Archives that lie about as files; which is which, their digests say."""

    def __init__(self, session: Session, files: Sequence[Path]) -> None:
        """Choose among ``files``."""
        self._session = session
        self._files = files

    def require(self, manifest: Manifest) -> None:
        """Check that every archive is among the files; they are hashed for that.

        Raises:
            NoSuchSource: One is not.
            MissingHash: The manifest names an archive that cannot be proven.
            StoreError: A file cannot be read.
        """
        for artifact in archives_of(manifest).values():
            self._find(artifact)

    def fetch(self, manifest: Manifest, observer: Observer) -> None:
        """Do nothing: files are there, or they are not."""

    def stage(self, session: Session, trusted: TrustedManifest, observer: Observer) -> Staged:
        """Unpack the archives.

        Raises:
            LauncherError: Something is not what was signed, or the disk refused.
        """
        return _stage_archives(session, trusted, self._fetch, observer)

    def _fetch(self, artifact: Artifact, partial: PartialDownload) -> None:
        self._session.fetcher.fetch_artifact(self._find(artifact).as_uri(), partial, Silent())

    def _find(self, artifact: Artifact) -> Path:
        sha256, size_bytes = artifact.require_proof()
        for path in self._files:
            with named_disk_errors(path):
                if path.stat().st_size == size_bytes and hash_file(path.resolve(), Silent()) == sha256:
                    return path.absolute()
        raise NoSuchSource(
            f"None of the files is the archive `{artifact.url or artifact.format}`.",
            expected=f"sha256 {sha256}, {size_bytes} bytes",
            actual=", ".join(path.name for path in self._files) or "no file",
        )


def _stage_archives(
    session: Session,
    trusted: TrustedManifest,
    fetch: Callable[[Artifact, PartialDownload], None],
    observer: Observer,
) -> Staged:
    """Take the archives into the store, prove and unpack them; they stay where only they are signed, for an export."""
    downloads = Downloads(session.layout.downloads)
    downloaded: dict[int, Downloaded] = {}
    for number, artifact in archives_of(trusted.manifest).items():
        sha256, size_bytes = artifact.require_proof()
        known = downloads.find(sha256, size_bytes)
        if known is None:
            with downloads.open_partial(sha256, size_bytes, observer) as partial:
                fetch(artifact, partial)
                known = partial.finish()
        downloaded[number] = known
    is_needed = False  # kept, a damaged one would be found again and again
    try:
        with verify_artifacts(trusted, downloaded, observer) as verified:
            staged = stage(session.layout, verified, observer)
        is_needed = not staged.is_index_signed
    finally:
        if not is_needed:
            for transfer in downloaded.values():
                downloads.discard(transfer)
    return staged
