"""Which files changed between two revisions of a bundle, told from their signed or recorded lists of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.comparison import compare_indexes, size_of
from launcher.domain.errors import NoSuchRevision, NotInstalled
from launcher.store.installed import read_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.domain.care_views import ComparisonView, FileChangeView
    from launcher.domain.comparison import Difference
    from launcher.flows.session import Session


def compare(session: Session, bundle_id: str, *, before: str | None = None, after: str | None = None) -> ComparisonView:
    """Compare two revisions on this machine; without names the previous one with the active one.

    Raises:
        NotInstalled: Nothing of the bundle is here.
        NoSuchRevision: There is no such revision, or nothing to compare with.
        DamagedRevision: The manifest or record of one of them cannot be read.
        StoreError: The store cannot be read.
    """
    folder = session.layout.bundle(bundle_id)
    here = list_revisions(folder)
    if not here:
        raise NotInstalled(f"`{bundle_id}` is not installed, so there is nothing to compare.")
    state = load_state(folder).state
    names = [before or state.previous, after or state.active]
    missing = next((name for name in names if name not in here), "")
    if missing != "":
        what = "two revisions to compare" if missing is None else f"a revision `{missing}`"
        raise NoSuchRevision(f"`{bundle_id}` does not have {what} on this machine.", actual=", ".join(here))
    old, new = (read_revision(folder, name) for name in names if name is not None)
    comparison = compare_indexes(old.index, new.index)
    return {
        "id": bundle_id,
        "before": old.name,
        "before_upstream_version": old.record.upstream_version,
        "after": new.name,
        "after_upstream_version": new.record.upstream_version,
        "is_signed": old.record.recorded_index is None and new.record.recorded_index is None,
        "added": _view(comparison.added),
        "removed": _view(comparison.removed),
        "changed": _view(comparison.changed),
        "unchanged_count": comparison.unchanged_count,
    }


def _view(differences: Sequence[Difference]) -> list[FileChangeView]:
    return [
        {"path": path, "before_bytes": size_of(before), "after_bytes": size_of(after)}
        for path, before, after in differences
    ]
