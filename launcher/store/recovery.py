"""Putting a store in order after a crash: run by every writer before it begins (docs/explanation/store.md, step 0)."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import LauncherError, UnsafeStore
from launcher.store.abilities import is_left_over
from launcher.store.activation import mend_derived_names
from launcher.store.bundles import entries, list_bundles
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import TEMPORARY_SUFFIX, make_folder, remove_tree
from launcher.store.states import load_state, save_state

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.store.layout import StoreLayout


def open_root(layout: StoreLayout) -> None:
    """Make the store's folders if they are not there, and check that they are folders of ours (threat C26).

    Raises:
        UnsafeStore: One is a link, a file, or another user's.
        StoreError: One cannot be made.
    """
    for folder in (layout.root, layout.stages, layout.trash, layout.downloads):
        with named_disk_errors(folder):
            with suppress(FileExistsError):  # a file or a dangling link
                make_folder(folder, mode=0o700)
            _check_ours(folder)


def recover(layout: StoreLayout) -> list[LauncherError]:
    """Empty stage and trash, drop temporaries, mend states and derived names; return what had to be mended.

    The caller holds the store's lock, so nothing here is in use. What a killed `doctor` was trying goes too.

    Raises:
        StoreError: The disk refused.
    """
    problems = []
    empty_stage(layout)
    with named_disk_errors(layout.root):
        for entry in entries(layout.trash):
            _remove(entry)
        for entry in filter(is_left_over, entries(layout.root)):
            _remove(entry)
        for folder in (layout.root, layout.catalogs, *entries(layout.objects)):
            _drop_temporaries(folder)
    for bundle in list_bundles(layout):
        with named_disk_errors(bundle.path):
            _drop_temporaries(bundle.path)
        loaded = load_state(bundle)
        if loaded.problem is not None:
            problems.append(loaded.problem)
            # The damaged state must not become the previous one: a crash in between would find no good one any more.
            save_state(bundle, loaded.state, keep_previous=False)
        mend_derived_names(bundle, loaded.state)
    return problems


def empty_stage(layout: StoreLayout) -> None:
    """Delete whatever is being prepared; the caller holds the store's lock.

    Raises:
        StoreError: The disk refused.
    """
    with named_disk_errors(layout.stages):
        for entry in entries(layout.stages):
            _remove(entry)


def _check_ours(folder: Path) -> None:
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        actual = "a link" if stat.S_ISLNK(status.st_mode) else "a file"
        raise UnsafeStore(f"`{folder}` of the store is no folder.", expected="a folder of ours", actual=actual)
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise UnsafeStore(
            f"`{folder}` of the store belongs to another user.",
            expected=f"user {os.getuid()}",
            actual=f"user {status.st_uid}",
        )


def _drop_temporaries(folder: Path) -> None:
    for entry in entries(folder):
        if entry.name.endswith(TEMPORARY_SUFFIX):
            _remove(entry)


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        remove_tree(entry)
    else:
        entry.unlink(missing_ok=True)
