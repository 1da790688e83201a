"""Keeping what hands changed, before anything takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import Cancelled, LauncherError, NothingToDo, NotInstalled
from launcher.flows.store_access import writing
from launcher.store.installed import read_revision
from launcher.store.manual_edits import find_edits, record_edits
from launcher.store.states import load_state

if TYPE_CHECKING:
    from launcher.domain.progress import Observer
    from launcher.flows.session import Session


def snapshot(session: Session, bundle_id: str, observer: Observer) -> str:
    """Record the hand edits of a bundle's active revision as a revision of their own; return its name.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        NothingToDo: The active revision is as it was signed.
        UnsafePath: A file has a name that no bundle may have.
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    with writing(session, f"recording edits of {bundle_id}", observer):
        folder = session.layout.bundle(bundle_id)
        active = load_state(folder).state.active
        if active is None:
            raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
        revision = read_revision(folder, active)
        if not find_edits(revision, observer):
            raise NothingToDo(f"`{active}` of `{bundle_id}` is as it was signed; there is nothing to record.")
        return record_edits(session.layout, revision, session.at, observer)


def keep_edits(session: Session, bundle_id: str, observer: Observer) -> None:
    """Record hand edits, if there are any, before a rollback; the caller holds the store's lock.

    What cannot be recorded stays where it is: no rollback ever deletes the revision that it leaves.

    Raises:
        Cancelled: The observer said so.
    """
    folder = session.layout.bundle(bundle_id)
    active = load_state(folder).state.active
    if active is None:
        return
    try:
        revision = read_revision(folder, active)
        if find_edits(revision, observer):
            name = record_edits(session.layout, revision, session.at, observer)
            observer.log(f"{active} was edited by hand; the edits are kept as {name}.")
    except Cancelled:
        raise
    except LauncherError as error:
        observer.log(f"The edits of {active} stay where they are: {error.message}")
