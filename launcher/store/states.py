"""Reading and writing ``state.json``, the one pointer of a bundle: writing it is the commit."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_document
from launcher.domain.errors import DamagedState, LauncherError, ParseError, StoreError
from launcher.domain.history import BundleState, find_revision_time, parse_state, state_as_json
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import name_disk_error, named_disk_errors
from launcher.store.durable import PREVIOUS_SUFFIX, write_durably
from launcher.store.records import load_record

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.store.layout import BundleFolder


class LoadedState(NamedTuple):
    """A bundle's state, and what was wrong if it had to be recovered."""

    state: BundleState
    problem: LauncherError | None = None


def load_state(folder: BundleFolder) -> LoadedState:
    """Read a bundle's state; fall back to the one before, then to the revisions on disk (threat E5).

    Every fallback is reported in ``problem``. Where there was never a state, as before the first activation and after
    an import, nothing is active: revisions alone make nothing active.

    Raises:
        StoreError: The files cannot be read at all.
    """
    previous = folder.state.with_name(folder.state.name + PREVIOUS_SUFFIX)
    problem: LauncherError | None = None
    for path in (folder.state, previous):
        try:
            state = _read(path)
        except FileNotFoundError:
            continue
        except (ParseError, DamagedState) as error:
            problem = problem or error
            continue
        # Looked for after the state was read: whoever reads without the lock may meet a writer in between.
        if state.active is None or folder.revision(state.active).path.is_dir():
            return LoadedState(state, _recovered(folder, problem, "its previous state") if path == previous else None)
        problem = problem or DamagedState(f"`{path.name}` names a revision that is gone.", actual=state.active)
    newest = _find_newest(folder) if problem is not None else None
    if newest is None:
        return LoadedState(BundleState(), problem)
    return LoadedState(BundleState(active=newest), _recovered(folder, problem, f"the newest revision, {newest}"))


def save_state(folder: BundleFolder, state: BundleState, *, keep_previous: bool = True) -> None:
    """Write a bundle's state: the commit of every activation and rollback.

    Args:
        folder: The bundle's folder.
        state: What becomes true.
        keep_previous: Keep the state that is replaced, to fall back to; not where that one is damaged.

    Raises:
        StoreError: The disk refused; the state is what it was.
    """
    content = json.dumps(state_as_json(state), indent=1).encode()
    with named_disk_errors(folder.state):
        write_durably(folder.state, content, keep_previous=keep_previous)


def list_revisions(folder: BundleFolder) -> tuple[str, ...]:
    """Return the names of all published revisions, oldest first.

    Raises:
        StoreError: The folder cannot be read.
    """
    with named_disk_errors(folder.revisions):
        try:
            names = [path.name for path in folder.revisions.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return ()
    return tuple(sorted(name for name in names if find_revision_time(name) is not None))


def _read(path: Path) -> BundleState:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise name_disk_error(error, path) from error
    with file, named_disk_errors(path):
        owner = os.fstat(file.fileno()).st_uid
        raw = file.read()
    if hasattr(os, "getuid") and owner != os.getuid():
        raise DamagedState(f"`{path.name}` belongs to another user.", expected=os.getuid(), actual=owner)
    return parse_state(parse_document(raw).root)


def _find_newest(folder: BundleFolder) -> str | None:
    """Return the newest revision that a publisher made, one with a readable record before one without."""
    newest = None
    for name in reversed(list_revisions(folder)):
        try:
            if load_record(folder.revision(name)).kind == "release":
                return name
        except StoreError:
            newest = newest or name
    return newest


def _recovered(folder: BundleFolder, problem: LauncherError | None, source: str) -> DamagedState:
    return DamagedState(
        f"The state of `{folder.bundle_id}` was damaged; it was taken from {source}.",
        expected="a readable state.json",
        actual=problem.message if problem else "no state.json",
        hint="Look at `rollback --list`, and roll back if another revision was active.",
    )
