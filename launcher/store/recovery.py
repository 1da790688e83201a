"""Putting a store in order after a crash: run by every writer before it begins (docs/explanation/store.md, step 0)."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import BadField, LauncherError, UnsafePath, UnsafeStore
from launcher.store.activation import mend_derived_names
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import PREVIOUS_SUFFIX, TEMPORARY_SUFFIX, remove_tree
from launcher.store.states import load_state, save_state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.store.layout import BundleFolder, StoreLayout


def open_root(layout: StoreLayout) -> None:
    """Make the store's root if it is not there, and check that it is a folder of ours (threat C26).

    Raises:
        UnsafeStore: It is a link or belongs to another user.
        StoreError: It cannot be made.
    """
    with named_disk_errors(layout.root):
        layout.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = os.lstat(layout.root)
        if layout.root.is_symlink():
            raise UnsafeStore(f"The store `{layout.root}` is a link.", expected="a folder")
        if hasattr(os, "getuid") and status.st_uid != os.getuid():
            raise UnsafeStore(
                f"The store `{layout.root}` belongs to another user.",
                expected=f"user {os.getuid()}",
                actual=f"user {status.st_uid}",
            )
        for folder in (layout.stages, layout.trash, layout.downloads):
            folder.mkdir(mode=0o700, exist_ok=True)


def recover(layout: StoreLayout) -> list[LauncherError]:
    """Empty stage and trash, drop temporaries, mend states and derived names; return what had to be mended.

    The caller holds the store's lock, so nothing here is in use.

    Raises:
        StoreError: The disk refused.
    """
    problems = []
    with named_disk_errors(layout.root):
        for folder in (layout.stages, layout.trash):
            for entry in _entries(folder):
                _remove(entry)
        _drop_temporaries(layout.root)
    for bundle in list_bundles(layout):
        with named_disk_errors(bundle.path):
            _drop_temporaries(bundle.path)
        loaded = load_state(bundle)
        if loaded.problem is not None:
            problems.append(loaded.problem)
            save_state(bundle, loaded.state)
        mend_derived_names(bundle, loaded.state)
    return problems


def list_bundles(layout: StoreLayout) -> list[BundleFolder]:
    """Return the folders of all bundles that have a state or a revision, by id.

    Raises:
        StoreError: The root cannot be read.
    """
    bundles = []
    with named_disk_errors(layout.root):
        for group in _entries(layout.root):
            if group.name.startswith(".") or group.is_symlink() or not group.is_dir():
                continue
            for folder in _entries(group):
                with suppress(BadField, UnsafePath):
                    bundle = layout.bundle(f"{group.name}/{folder.name}")
                    if _is_bundle(bundle):
                        bundles.append(bundle)
    return sorted(bundles, key=lambda bundle: bundle.bundle_id)


def _is_bundle(bundle: BundleFolder) -> bool:
    previous = bundle.state.with_name(bundle.state.name + PREVIOUS_SUFFIX)
    return bundle.revisions.is_dir() or bundle.state.is_file() or previous.is_file()


def _entries(folder: Path) -> Iterator[Path]:
    try:
        return iter(list(folder.iterdir()))
    except (FileNotFoundError, NotADirectoryError):
        return iter(())


def _drop_temporaries(folder: Path) -> None:
    for entry in _entries(folder):
        if entry.name.endswith(TEMPORARY_SUFFIX):
            _remove(entry)


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        remove_tree(entry)
    else:
        entry.unlink(missing_ok=True)
