"""Which bundles a store holds."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.errors import BadField, UnsafePath
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import PREVIOUS_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.store.layout import BundleFolder, StoreLayout


def list_bundles(layout: StoreLayout) -> list[BundleFolder]:
    """Return the folders of all bundles that have a state or a revision, by id.

    Raises:
        StoreError: The root cannot be read.
    """
    bundles = []
    with named_disk_errors(layout.root):
        for group in entries(layout.root):
            if group.name.startswith(".") or group.is_symlink() or not group.is_dir():
                continue
            for folder in entries(group):
                with suppress(BadField, UnsafePath):
                    bundle = layout.bundle(f"{group.name}/{folder.name}")
                    if _is_bundle(bundle):
                        bundles.append(bundle)
    return sorted(bundles, key=lambda bundle: bundle.bundle_id)


def entries(folder: Path) -> Iterator[Path]:
    """Return what is in a folder of the store, nothing where there is no such folder.

    Raises:
        OSError: It cannot be read.
    """
    try:
        return iter(list(folder.iterdir()))
    except (FileNotFoundError, NotADirectoryError):
        return iter(())


def _is_bundle(bundle: BundleFolder) -> bool:
    previous = bundle.state.with_name(bundle.state.name + PREVIOUS_SUFFIX)
    return bundle.revisions.is_dir() or bundle.state.is_file() or previous.is_file()
