"""Moving the whole store to another folder: one whole store is in use at every moment, whatever ends the program.

On the same volume the folder is renamed; the note that is written before tells a start after a crash where it went.
On another one it is copied and proven, the setting is switched in one rename, and the old one is deleted last
(docs/explanation/store.md, "Moving").
"""

from __future__ import annotations

import errno
import os
import uuid
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import Cancelled, CannotMove, NoPermission, NothingToDo, StoreError, StoreLocked
from launcher.domain.progress import Phase
from launcher.domain.values import NamedTuple
from launcher.store.abilities import find_abilities
from launcher.store.bundles import list_bundles
from launcher.store.checkpoint import checkpoint
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree, rename, sync_folder
from launcher.store.layout import StoreLayout
from launcher.store.leases import is_leased, unleased
from launcher.store.lock import find_holder, locked
from launcher.store.move_note import MoveNote, drop_move_note, load_move_note, lock_of, save_move_note
from launcher.store.moving import StoreCopy, StoreSize, list_names, measure_store, remove_copy
from launcher.store.recovery import open_root, recover
from launcher.store.space import find_space, require_space
from launcher.store.states import list_revisions, load_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from launcher.domain.care_views import MoveView
    from launcher.domain.progress import Observer

_PURPOSE: Final = "moving the store"
_TAKES_A_COPY: Final = frozenset({errno.EXDEV, errno.EBUSY, errno.EACCES, errno.EPERM})
"""What a rename says where a bind mount or a subvolume makes one volume two, and on Windows always: it renames no
folder in which a file is open, and the store's lock is held."""


class Pointer(NamedTuple):
    """What says where the store is.

    Attributes:
        note: The file of the note about a move.
        switch: Makes a folder the store for every later start, durably and at once; raises `LauncherError`.
    """

    note: Path
    switch: Callable[[Path], None]


class _Plan(NamedTuple):
    source: StoreLayout
    target: Path
    size: StoreSize
    is_same_volume: bool
    free_bytes: int


def move_store(layout: StoreLayout, target: Path, pointer: Pointer, observer: Observer, *, dry_run: bool) -> MoveView:
    """Move the store, with everything in it, to a new or an empty folder.

    Args:
        layout: The store.
        target: Where it goes, an absolute path.
        pointer: What says where the store is.
        observer: Told of every byte that is copied and verified.
        dry_run: Only say what would be done, with the same refusals.

    Raises:
        NothingToDo: It is there already.
        CannotMove: The folder is not empty, inside of the store or around it, or has no locks.
        StoreLocked: Another process changes the store, fetches into it, or runs something of it.
        NoPermission: The folder cannot be written.
        DiskFull: There is not enough room.
        StoreError: A disk refused; one whole store is in use all the same.
        Cancelled: The observer said so; the old store is in use.
    """
    plan = _plan(layout, target, observer)
    if dry_run or not layout.root.is_dir():
        if not dry_run:
            pointer.switch(target)
        return _view(plan, dry_run=dry_run, is_source_gone=not dry_run)
    with named_disk_errors(pointer.note):
        pointer.note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(lock_of(pointer.note), _PURPOSE):
        if load_move_note(pointer.note) is not None:
            _clean_up(pointer.note, layout.root)
        with _alone(layout):
            is_gone = _move(plan, pointer, observer)
    return _view(plan, dry_run=False, is_source_gone=is_gone)


def clean_up_move(root: Path, note_path: Path) -> list[Path]:
    """Delete what an interrupted move left: half a copy, or the old store; return where.

    Args:
        root: The store that is in use.
        note_path: The file of the note about a move.

    Raises:
        NothingToDo: No move was interrupted.
        StoreLocked: A move is under way, or something of the old store is in use.
        StoreError: The disk refused.
    """
    if load_move_note(note_path) is None:
        raise NothingToDo("No move of the store was interrupted.")
    with locked(lock_of(note_path), _PURPOSE):
        return _clean_up(note_path, root)


def _plan(layout: StoreLayout, target: Path, observer: Observer) -> _Plan:
    source = layout.root
    _check_target(source, target)
    above = next(path for path in (target, *target.parents) if path.is_dir())
    if not os.access(above, os.W_OK | os.X_OK):
        raise NoPermission(f"`{above}` cannot be written.", actual="the operating system says so")
    observer.phase(Phase.RESOLVING, str(source))
    size = StoreSize(0, 0)
    is_same_volume = True
    if source.is_dir():
        _check_idle(layout)
        size = measure_store(source, observer)
        with named_disk_errors(above):
            is_same_volume = above.stat().st_dev == source.stat().st_dev
        if not is_same_volume:
            require_space(above, size.size_bytes)
    return _Plan(layout, target, size, is_same_volume, find_space(above).free)


def _check_target(source: Path, target: Path) -> None:
    real_source, real_target = Path(os.path.realpath(source)), Path(os.path.realpath(target))
    if real_source == real_target:
        raise NothingToDo(f"The store is at `{source}` already.")
    if real_target.is_relative_to(real_source):
        raise CannotMove("The store cannot be moved into itself.", expected=f"a folder outside of `{source}`")
    if real_source.is_relative_to(real_target):
        raise CannotMove("The store is inside of that folder.", expected="a new or an empty folder", actual=str(target))
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise CannotMove(f"`{target}` is a link or a file.", expected="a new or an empty folder")
    if target.is_dir():
        with named_disk_errors(target):
            names = sorted(path.name for path in target.iterdir())
        if names:
            raise CannotMove(
                f"`{target}` is not empty.",
                expected="a new or an empty folder",
                actual=", ".join(names[:3]) + (", …" if len(names) > 3 else ""),  # noqa: PLR2004 - as many as shown
            )


def _check_idle(layout: StoreLayout) -> None:
    """Refuse while anybody works in the store; those that begin later are kept out by `_alone`."""
    holder = find_holder(layout.lock)
    if holder is not None:
        raise StoreLocked("Another process is changing the store.", expected="a free store", actual=holder)
    for path in layout.downloads.glob("*.lock"):
        if (fetching := find_holder(path)) is not None:
            raise StoreLocked("A download into the store is under way.", expected="a free store", actual=fetching)
    for bundle in list_bundles(layout):
        for name in list_revisions(bundle):
            if is_leased(bundle, name):
                raise _running(bundle.bundle_id, name)


@contextmanager
def _alone(layout: StoreLayout) -> Iterator[None]:
    """Be the only one in the store: no writer, and nobody who starts what is active."""
    open_root(layout)
    with ExitStack() as stack:
        stack.enter_context(locked(layout.lock, _PURPOSE))
        recover(layout)
        for bundle in list_bundles(layout):
            active = load_state(bundle).state.active
            if active is not None and not stack.enter_context(unleased(bundle, active)):
                raise _running(bundle.bundle_id, active)
        yield


def _running(bundle_id: str, revision: str) -> StoreLocked:
    return StoreLocked(f"`{revision}` of `{bundle_id}` is running.", hint="Stop it first.")


def _move(plan: _Plan, pointer: Pointer, observer: Observer) -> bool:
    """Move as the volume allows; return whether nothing is left at the old place."""
    source, target = plan.source.root, plan.target
    grave = source.with_name(f".{source.name}.{uuid.uuid4().hex[:8]}.moved")
    note = MoveNote(source, target, plan.is_same_volume, grave, list_names(source))
    if note.is_rename:
        observer.phase(Phase.ACTIVATING, str(target))  # the last moment at which a cancel stops it
    save_move_note(pointer.note, note)
    checkpoint("move:noted")
    if note.is_rename and _rename(source, target, pointer.note):
        pointer.switch(target)
        drop_move_note(pointer.note)
        return True
    if note.is_rename:  # the volume was not one after all
        note = note._replace(is_rename=False)
        save_move_note(pointer.note, note)
    _copy(plan, note, pointer, observer)
    with suppress(StoreError, Cancelled):  # the store has moved; what is left, `doctor` names
        observer.phase(Phase.REMOVING, str(source))
        _delete_old(note, observer)
        drop_move_note(pointer.note)
        return True
    return False


def _rename(source: Path, target: Path, note_path: Path) -> bool:
    """Rename the store; False where that takes a copy."""
    with ExitStack() as undo:
        undo.callback(drop_move_note, note_path)
        with named_disk_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                source.replace(target)  # once: what keeps Windows from it is our own lock, which stays
            except OSError as error:
                if error.errno not in _TAKES_A_COPY:
                    raise
                undo.pop_all()
                return False
        undo.pop_all()
    checkpoint("move:renamed")
    with named_disk_errors(target):
        sync_folder(target.parent)
        sync_folder(source.parent)
    return True


def _copy(plan: _Plan, note: MoveNote, pointer: Pointer, observer: Observer) -> None:
    """Copy, prove, switch. What fails before the switch leaves nothing behind; what fails in it, both stores."""
    source, target = note.source, note.target
    require_space(next(path for path in (target, *target.parents) if path.is_dir()), plan.size.size_bytes)
    with ExitStack() as undo:
        undo.callback(_undo, note, pointer.note)
        with named_disk_errors(target):
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not find_abilities(target).locks:
            raise CannotMove(f"`{target}` is on a file system without locks.", expected="one with locks")
        copy = StoreCopy(source, target, observer)
        observer.phase(Phase.SAVING, str(target), plan.size.size_bytes)
        copy.write()
        observer.phase(Phase.VERIFYING, str(target), plan.size.size_bytes)
        copy.verify()
        open_root(StoreLayout(target))
        with locked(StoreLayout(target).lock, _PURPOSE), named_disk_errors(target):
            sync_folder(target)
            sync_folder(target.parent)
        observer.phase(Phase.ACTIVATING, str(target))  # the last moment at which a cancel stops it
        checkpoint("move:copied")
        undo.pop_all()
    pointer.switch(target)
    checkpoint("move:switched")


def _undo(note: MoveNote, note_path: Path) -> None:
    with suppress(StoreError):  # what made it fail is told; what is left, `doctor` names
        remove_copy(note.target, note.names)
        drop_move_note(note_path)


def _delete_old(note: MoveNote, observer: Observer | None = None) -> None:
    """Delete the old store, out of sight first, so that nobody begins to work in half of it."""
    for doomed in (note.source, note.grave):
        with named_disk_errors(doomed):
            if doomed == note.source and doomed.is_dir():
                try:
                    rename(doomed, note.grave)
                    sync_folder(doomed.parent)
                except OSError:  # a mount point stays where it is
                    remove_copy(doomed, note.names)
                checkpoint("move:buried")
            remove_tree(note.grave, partial(observer.advance, 0) if observer else None)


def _clean_up(note_path: Path, root: Path) -> list[Path]:
    note = load_move_note(note_path)
    if note is None:
        return []
    removed = []
    if root == note.target:
        if note.source.is_dir() and not note.is_rename:
            with _alone(StoreLayout(note.source)):
                _delete_old(note)
            removed.append(note.source)
        elif note.grave.is_dir():
            _delete_old(note)
            removed.append(note.source)
    elif not note.is_rename and note.target.is_dir():
        remove_copy(note.target, note.names)
        removed.append(note.target)
    drop_move_note(note_path)
    return removed


def _view(plan: _Plan, *, dry_run: bool, is_source_gone: bool) -> MoveView:
    return {
        "source": str(plan.source.root),
        "target": str(plan.target),
        "is_same_volume": plan.is_same_volume,
        "files": plan.size.files,
        "size_bytes": plan.size.size_bytes,
        "free_bytes": plan.free_bytes,
        "is_source_gone": is_source_gone,
        "dry_run": dry_run,
    }
