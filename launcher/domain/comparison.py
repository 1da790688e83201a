"""What two revisions differ in, worked out from their lists of files; no file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.index import IndexEntry


class Difference(NamedTuple):
    """One path that is not the same in both; None where it is not there at all."""

    path: str
    before: IndexEntry | None
    after: IndexEntry | None


class Comparison(NamedTuple):
    """What became of each path, in the order of their names; ``unchanged_count`` counts the rest."""

    added: tuple[Difference, ...]
    removed: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    unchanged_count: int


def compare_indexes(before: Sequence[IndexEntry], after: Sequence[IndexEntry]) -> Comparison:
    """Compare two lists of files by path; which archive a file came from is no difference."""
    old, new = {entry.path: entry for entry in before}, {entry.path: entry for entry in after}
    both = sorted(old.keys() & new.keys())
    changed = tuple(
        Difference(path, old[path], new[path]) for path in both if _contents(old[path]) != _contents(new[path])
    )
    return Comparison(
        added=tuple(Difference(path, None, new[path]) for path in sorted(new.keys() - old.keys())),
        removed=tuple(Difference(path, old[path], None) for path in sorted(old.keys() - new.keys())),
        changed=changed,
        unchanged_count=len(both) - len(changed),
    )


def size_of(entry: IndexEntry | None) -> int | None:
    """Return the bytes of a file; None for a link, and where there is nothing."""
    return entry.size_bytes if isinstance(entry, FileEntry) else None


def _contents(entry: IndexEntry) -> tuple[object, ...]:
    if isinstance(entry, LinkEntry):
        return ("link", entry.target)
    return ("file", entry.sha256, entry.executable)
