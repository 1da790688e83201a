"""Unpacking one archive of a bundle into a tree, read top to bottom (5-store, install step 3)."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import UnknownArchiveFormat, UnlistedMember
from launcher.store.archive.admission import RecordingAdmission, SignedAdmission
from launcher.store.archive.decompress import decompress_gzip, decompress_zstd
from launcher.store.archive.limits import UnpackLimits, check_unpacked
from launcher.store.archive.read_ahead import ReadAhead
from launcher.store.archive.tar import read_tar
from launcher.store.archive.zip_content import read_zip, unpack_entries
from launcher.store.archive.zip_directory import read_zip_directory
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer
    from launcher.store.archive.admission import Admission
    from launcher.store.archive.members import Member
    from launcher.store.tree import TreeWriter

_DEFAULT_LIMITS: Final = UnpackLimits()


def unpack_archive(  # noqa: PLR0913, PLR0917 - an archive, what is signed about it, and where it goes
    archive: BinaryIO,
    archive_format: str,
    index: tuple[IndexEntry, ...] | None,
    artifact_number: int,
    strip_prefix: str | None,
    tree: TreeWriter,
    observer: Observer,
    limits: UnpackLimits = _DEFAULT_LIMITS,
) -> tuple[IndexEntry, ...]:
    """Write the files of one archive into a tree. One bad member refuses the archive; the caller empties the tree.

    Links are compared and returned, not made: when all archives of the bundle are unpacked, call `write_links`.

    Args:
        archive: Opened, its digest checked through the same descriptor (threat C25). It is read from its beginning.
        archive_format: ``tar.zst``, ``tar.gz`` or ``zip``.
        index: The signed index of the whole bundle; None records one instead.
        artifact_number: Which artifact of the bundle this archive is.
        strip_prefix: The leading folder that is dropped from every name.
        tree: Where the files go; one for all archives of a bundle, because it knows which names are taken.
        observer: Told of the unpacked bytes as they are written, from this thread.
        limits: Caps on count, size and ratio.

    Returns:
        The entries of the index that this archive brought, or the recorded ones.

    Raises:
        ArchiveError: In one of its kinds: the archive is damaged, too big, of an unknown format, holds what is
            forbidden or not listed, or lacks what is.
        UnsafePath: A name is not safe, or clashes with another one.
        WrongSize: A file is not of the signed size.
        WrongHash: A file is not what was signed.
        StoreError: In one of its kinds: the disk refused.
        Cancelled: The observer was told to stop.
    """
    admission: Admission = (
        RecordingAdmission(artifact_number) if index is None else SignedAdmission(index, artifact_number)
    )
    with _open_members(archive, archive_format, limits) as members:
        for member in members:
            path = _place(member, strip_prefix)
            if path is None:
                continue
            if member.kind == "folder":
                tree.claim_folder(path)
            elif member.kind == "link":
                tree.claim_link(path)
                admission.admit_link(path, member.link_target)
            else:
                executable = admission.admit_file(path, member)
                admission.confirm(tree.write_file(path, _told(member.content, observer), executable=executable))
    return admission.finish()


@contextmanager
def _open_members(archive: BinaryIO, archive_format: str, limits: UnpackLimits) -> Iterator[Iterator[Member]]:
    with named_disk_errors("the archive"):
        archive_bytes = archive.seek(0, os.SEEK_END)
    cap_bytes = limits.unpacked_cap(archive_bytes)
    match archive_format:
        case "tar.zst":
            with ReadAhead(decompress_zstd(archive, archive_bytes, cap_bytes)) as stream:
                yield read_tar(stream, limits)
        case "tar.gz":
            with ReadAhead(decompress_gzip(archive, cap_bytes)) as stream:
                yield read_tar(stream, limits)
        case "zip":
            with named_disk_errors("the archive"):
                entries = read_zip_directory(archive, archive_bytes, limits)
            check_unpacked(sum(entry.size_bytes for entry in entries), cap_bytes)
            with ReadAhead(unpack_entries(archive, entries)) as stream:
                yield read_zip(stream, entries)
        case _:
            raise UnknownArchiveFormat(
                "The archive is of a format that is not unpacked.",
                expected="tar.zst, tar.gz or zip",
                actual=ascii(archive_format[:40]),
            )


def _place(member: Member, strip_prefix: str | None) -> str | None:
    """Return a member's path in the tree, or None for a folder that is the tree's root or above it."""
    if member.kind == "folder" and (member.name == "." or f"{strip_prefix}/".startswith(f"{member.name}/")):
        return None
    if strip_prefix is None:
        return member.name
    path = member.name.removeprefix(f"{strip_prefix}/")
    if path == member.name:
        raise UnlistedMember(
            "The archive holds a file outside of the folder that it is unpacked from.",
            expected=f"`{strip_prefix}/...`",
            actual=ascii(member.name[:120]),
        )
    return path


def _told(content: Iterator[memoryview], observer: Observer) -> Iterator[memoryview]:
    for piece in content:
        yield piece
        observer.advance(len(piece))
