"""Which revisions an export takes: the active ones, all of them, or those that a person named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import NoSuchRevision, NotInstalled, UsageError
from launcher.domain.values import NamedTuple
from launcher.store.bundles import list_bundles
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.flows.session import Session
    from launcher.store.layout import BundleFolder


class Selection(NamedTuple):
    """What a person asked an export for.

    Attributes:
        bundle_ids: The bundles; empty for all, or for those that have the named revisions.
        revisions: These revisions instead of the active ones, each ``REVISION`` or ``ID@REVISION``: two bundles that
            were installed together may have revisions of one name.
        all_revisions: All revisions instead of the active ones.
    """

    bundle_ids: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    all_revisions: bool = False


def list_targets(session: Session, selection: Selection) -> list[tuple[BundleFolder, str]]:
    """Return the revisions to export, by default of each bundle the active one, or the newest if none ever was.

    Raises:
        UsageError: Named revisions and all revisions are asked for at once.
        NotInstalled: A named bundle is not on this machine, or none is.
        NoSuchRevision: No chosen bundle has a named revision.
        StoreError: The store cannot be read.
    """
    if selection.all_revisions and selection.revisions:
        raise UsageError("Named revisions and all revisions exclude each other.")
    known = {folder.bundle_id: folder for folder in list_bundles(session.layout) if list_revisions(folder)}
    missing = next((name for name in selection.bundle_ids if name not in known), None)
    if missing is not None or not known:
        what = f"`{missing}`" if missing else "Nothing"
        raise NotInstalled(f"{what} is {'not ' if missing else ''}installed, so it cannot be exported.")
    chosen = [known[bundle_id] for bundle_id in dict.fromkeys(selection.bundle_ids or known)]
    if selection.revisions:
        return _list_named(chosen, selection)
    return [(folder, name) for folder in chosen for name in _list_usual(folder, all_of_them=selection.all_revisions)]


def _list_named(chosen: list[BundleFolder], selection: Selection) -> list[tuple[BundleFolder, str]]:
    """Return the named revisions; a bundle that was named beside them and has none is taken as usual."""
    installed = {folder.bundle_id: list_revisions(folder) for folder in chosen}
    wanted: dict[str, set[str]] = {bundle_id: set() for bundle_id in installed}
    for asked in selection.revisions:
        for bundle_id, name in _find_asked(asked, installed):
            wanted[bundle_id].add(name)
    if selection.bundle_ids:
        for folder in chosen:
            wanted[folder.bundle_id] = wanted[folder.bundle_id] or set(_list_usual(folder, all_of_them=False))
    return [(folder, name) for folder in chosen for name in sorted(wanted[folder.bundle_id])]


def _find_asked(asked: str, installed: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    bundle_id, _, name = asked.rpartition("@")
    found = [owner for owner, names in installed.items() if name in names and bundle_id in ("", owner)]
    if not found:
        there = sorted({revision for names in installed.values() for revision in names}, reverse=True)
        raise NoSuchRevision(
            f"There is no revision `{asked}` to export.",
            expected=", ".join(there[:5]),
            actual=asked,
            hint="`rollback --bundle ID --list` shows the revisions of a bundle.",
        )
    return ((owner, name) for owner in found)


def _list_usual(folder: BundleFolder, *, all_of_them: bool) -> tuple[str, ...]:
    names = list_revisions(folder)
    return names if all_of_them else (load_state(folder).state.active or names[-1],)
