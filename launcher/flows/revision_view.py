"""What is installed of one bundle, read once and put into the shape that the faces show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError
from launcher.domain.fields import format_time
from launcher.domain.values import NamedTuple
from launcher.flows.trust_view import view_installed, view_unknown
from launcher.store.health import load_health
from launcher.store.installed import read_revision
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from launcher.domain.history import BundleState
    from launcher.domain.views import RevisionView
    from launcher.flows.session import Session
    from launcher.store.installed import InstalledRevision
    from launcher.store.layout import BundleFolder


class Installed(NamedTuple):
    """One bundle's state and revisions; ``problem`` is what had to be recovered."""

    folder: BundleFolder
    state: BundleState
    revisions: tuple[InstalledRevision | LauncherError, ...]
    problem: LauncherError | None

    @property
    def readable(self) -> dict[str, InstalledRevision]:
        """The revisions that could be read, by name, oldest first."""
        return {item.name: item for item in self.revisions if not isinstance(item, LauncherError)}

    @property
    def active(self) -> InstalledRevision | None:
        """The active revision, or None where there is none that can be read."""
        return self.readable.get(self.state.active) if self.state.active else None

    @property
    def shown(self) -> InstalledRevision | None:
        """The active revision or, as after an import, the newest one."""
        return self.active or next(reversed(self.readable.values()), None)


def read_installed(folder: BundleFolder) -> Installed:
    """Read one bundle's state and all of its revisions; a damaged one is kept as its error.

    Raises:
        StoreError: The disk refused.
    """
    loaded = load_state(folder)
    revisions = tuple(_read(folder, name) for name in list_revisions(folder))
    return Installed(folder, loaded.state, revisions, loaded.problem)


def view_revisions(session: Session, installed: Installed) -> list[RevisionView]:
    """Return the revisions that can be read, newest first.

    Raises:
        StoreError: The disk refused.
    """
    damaged = load_health(installed.folder).damaged
    return [
        _view(session, installed, revision, is_damaged=revision.name in damaged)
        for revision in reversed(installed.readable.values())
    ]


def _read(folder: BundleFolder, name: str) -> InstalledRevision | LauncherError:
    try:
        return read_revision(folder, name)
    except LauncherError as error:
        return error


def _view(session: Session, installed: Installed, revision: InstalledRevision, *, is_damaged: bool) -> RevisionView:
    state, record = installed.state, revision.record
    try:
        signature = view_installed(revision, session.registry, session.at)
    except LauncherError as error:
        signature = view_unknown("Its signatures cannot be read.", error)
    return {
        "revision": revision.name,
        "upstream_version": record.upstream_version,
        "channel_revision": record.channel_revision,
        "installed_at": format_time(record.installed_at),
        "size_bytes": record.size_bytes,
        "is_active": revision.name == state.active,
        "is_previous": revision.name == state.previous,
        "is_held": any(hold.revision == revision.name for hold in state.held),
        "is_pinned": revision.name in state.pinned,
        "is_damaged": is_damaged,
        "kind": record.kind,
        "index": "signed" if record.recorded_index is None else "recorded",
        "signature": signature,
        "path": str(revision.folder.payload),
    }
