"""The last look at downloaded archives before they are unpacked: the proof `Verified`.

An archive whose bytes this very process hashed as they came is not read a second time, if it is still that file and
each of its members has a signed digest of its own, against which it is compared while it is unpacked (ADR 0014).
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from launcher.domain.errors import FileTaken, WrongHash, WrongSize
from launcher.store.disk_errors import named_disk_errors
from launcher.store.downloads import FileIdentity
from launcher.store.hashing import hash_open_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from launcher.domain.bundle import Artifact
    from launcher.domain.progress import Observer
    from launcher.domain.trust import TrustedManifest
    from launcher.store.downloads import Downloaded


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """An archive whose digest was checked through the descriptor that it is unpacked from (threat C25)."""

    number: int
    artifact: Artifact
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Verified:
    """Proof: a trusted manifest, and all of its archives, open, with the bytes that were signed."""

    trusted: TrustedManifest
    archives: tuple[OpenArchive, ...]


@contextmanager
def verify_artifacts(
    trusted: TrustedManifest, downloaded: Mapping[int, Downloaded], observer: Observer
) -> Iterator[Verified]:
    """Open every archive, see that it is the signed one, and keep it open for the block.

    Args:
        trusted: The proven manifest.
        downloaded: A finished transfer for the number of each archive in ``bundle.artifacts``.
        observer: Told of every byte.

    Raises:
        MissingHash: The manifest does not say what an archive must be.
        WrongHash: An archive is not the signed one.
        WrongSize: An archive has not the signed size.
        FileTaken: An archive is gone.
        StoreError: An archive cannot be read.
        Cancelled: The observer said so.
    """
    artifacts = trusted.manifest.bundle.artifacts
    with ExitStack() as stack:
        archives = []
        for number, transfer in sorted(downloaded.items()):
            file = stack.enter_context(_open(transfer))
            _check_size(artifacts[number], file)
            if trusted.manifest.files is not None and _is_as_hashed(transfer, artifacts[number], file):
                observer.advance(transfer.size_bytes)
            else:
                _check_digest(artifacts[number], file, observer)
            archives.append(OpenArchive(number, artifacts[number], file))
        yield Verified(trusted, tuple(archives))


def _open(transfer: Downloaded) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with named_disk_errors(transfer.path):
        try:
            return os.fdopen(os.open(transfer.path, flags), "rb", buffering=0)
        except FileNotFoundError:  # whoever installs the same bundle at the same time, and was faster
            raise FileTaken("Another process took the archive away before it was unpacked.") from None


def _is_as_hashed(transfer: Downloaded, artifact: Artifact, file: BinaryIO) -> bool:
    # Threat C25: a path that was given to another file since, and a file that was written to, are not.
    is_signed_one = transfer.sha256 == artifact.require_proof()[0]
    return is_signed_one and transfer.hashed == FileIdentity.of(os.fstat(file.fileno()))


def _check_size(artifact: Artifact, file: BinaryIO) -> None:
    _, size_bytes = artifact.require_proof()
    name = artifact.url or artifact.format
    actual_bytes = os.fstat(file.fileno()).st_size
    if actual_bytes != size_bytes:
        raise WrongSize(
            f"The archive `{name}` has not the signed size.",
            expected=f"{size_bytes} bytes",
            actual=f"{actual_bytes} bytes",
        )


def _check_digest(artifact: Artifact, file: BinaryIO, observer: Observer) -> None:
    sha256, _ = artifact.require_proof()
    name = artifact.url or artifact.format
    with named_disk_errors(name):
        actual = hash_open_file(file, observer)
        file.seek(0)
    if actual != sha256:
        raise WrongHash(f"The archive `{name}` is not the one that was signed.", expected=sha256, actual=actual)
