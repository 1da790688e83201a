"""Which members of an archive are let in: by the signed index, or, where there is none, by rules alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from launcher.domain.errors import MissingMember, UnlistedMember, WrongHash, WrongSize
from launcher.domain.index import FileEntry, LinkEntry

if TYPE_CHECKING:
    from launcher.domain.index import IndexEntry
    from launcher.store.archive.members import Member
    from launcher.store.tree import WrittenFile


class Admission(Protocol):
    """Decides over each member before it is written, and over what was written after it."""

    def admit_file(self, path: str, member: Member) -> bool:
        """Let a file in before a byte of it is written; return whether it is to be executable."""

    def admit_link(self, path: str, target: str) -> None:
        """Let a link in; it is made later, when all files are there (`write_links`)."""

    def confirm(self, written: WrittenFile) -> None:
        """Compare a file that was written."""

    def finish(self) -> tuple[IndexEntry, ...]:
        """Return what came in, when the archive has ended."""


class SignedAdmission:
    """Lets in what the signed index lists for this artifact: every file of it, and nothing else."""

    def __init__(self, index: tuple[IndexEntry, ...], artifact_number: int) -> None:
        """Take the index of the whole bundle and the number of the archive at hand."""
        self._files = {e.path: e for e in index if isinstance(e, FileEntry) and e.artifact == artifact_number}
        self._links = {entry.path: entry for entry in index if isinstance(entry, LinkEntry)}
        self._came: list[IndexEntry] = []

    def admit_file(self, path: str, member: Member) -> bool:
        """Return the signed executable bit of a listed file.

        Raises:
            UnlistedMember: The index does not list it.
            WrongSize: It is not of the signed size.
        """
        entry = self._files.get(path)
        if entry is None:
            raise _unlisted(path)
        if member.size_bytes != entry.size_bytes:
            raise WrongSize(
                f"`{path}` is not of the signed size.",
                expected=f"{entry.size_bytes} bytes",
                actual=f"{member.size_bytes} bytes",
            )
        return entry.executable

    def admit_link(self, path: str, target: str) -> None:
        """Compare a link with the signed one.

        Raises:
            UnlistedMember: The index lists no such link.
        """
        entry = self._links.get(path)
        if entry is None:
            raise _unlisted(path)
        if entry.target != target:
            raise UnlistedMember(
                f"The link `{path}` leads elsewhere than the signed one.",
                expected=ascii(entry.target),
                actual=ascii(target[:120]),
            )
        self._came.append(entry)

    def confirm(self, written: WrittenFile) -> None:
        """Compare the digest of a file that was written with the signed one.

        Raises:
            WrongHash: It is another one.
        """
        entry = self._files[written.path]
        if written.sha256 != entry.sha256:
            raise WrongHash(f"`{written.path}` is not what was signed.", expected=entry.sha256, actual=written.sha256)
        self._came.append(entry)

    def finish(self) -> tuple[IndexEntry, ...]:
        """Return the entries that came.

        Raises:
            MissingMember: Some listed files did not.
        """
        missing = sorted(self._files.keys() - {entry.path for entry in self._came})
        if missing:
            raise MissingMember(
                "The archive lacks files that the signed index lists.",
                expected=f"{len(self._files)} files",
                actual=f"without `{missing[0]}`" + (f" and {len(missing) - 1} more" if len(missing) > 1 else ""),
            )
        return tuple(self._came)


class RecordingAdmission:
    """Lets in what the archive holds, within the rules, and records it as the index (`index: recorded`)."""

    def __init__(self, artifact_number: int) -> None:
        """Take the number of the archive at hand."""
        self._artifact_number = artifact_number
        self._came: list[IndexEntry] = []

    def admit_file(self, path: str, member: Member) -> bool:
        """Return the executable bit that the archive states; any safe path is let in."""
        del path
        return member.executable

    def admit_link(self, path: str, target: str) -> None:
        """Record a link."""
        self._came.append(LinkEntry(path, target))

    def confirm(self, written: WrittenFile) -> None:
        """Record a file that was written."""
        self._came.append(
            FileEntry(written.path, self._artifact_number, written.size_bytes, written.sha256, written.executable)
        )

    def finish(self) -> tuple[IndexEntry, ...]:
        """Return the recorded index."""
        return tuple(self._came)


def _unlisted(path: str) -> UnlistedMember:
    return UnlistedMember(
        "The archive holds a file that the signed index does not list.",
        expected="the files of the index",
        actual=ascii(path[:120]),
    )
