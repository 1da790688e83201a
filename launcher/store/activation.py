"""Making a revision the active one: one durable pointer write, whatever the size (store page, step 7)."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from launcher.domain.values import NamedTuple
from launcher.store.checkpoint import checkpoint
from launcher.store.durable import TEMPORARY_SUFFIX, rename, write_durably
from launcher.store.states import save_state

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.history import BundleState
    from launcher.store.layout import BundleFolder
    from launcher.store.revisions import Intact


class Active(NamedTuple):
    """Proof: this revision was proven whole and is what runs from now on."""

    bundle_id: str
    revision: str
    payload: Path
    executable: Path | None


def activate(bundle: BundleFolder, intact: Intact, state: BundleState) -> Active:
    """Commit a state whose active revision was proven; the caller holds the store's lock.

    Args:
        bundle: The bundle's folder.
        intact: The proof for the revision that becomes active.
        state: The new state; its ``active`` is that revision.

    Raises:
        StoreError: The disk refused; what was active still is.
        ValueError: The proof is for another revision than the state makes active; a bug of the caller.
    """
    if state.active != intact.name:
        raise ValueError(f"the state makes {state.active} active, but {intact.name} was proven")
    checkpoint("commit:before")
    save_state(bundle, state)
    checkpoint("commit:done")
    mend_derived_names(bundle, state)
    payload = intact.folder.payload
    return Active(bundle.bundle_id, intact.name, payload, payload / intact.executable if intact.executable else None)


def mend_derived_names(bundle: BundleFolder, state: BundleState) -> None:
    """Make ``current`` and ``bundle.json`` follow the state; nothing depends on them, so failing is no error."""
    if state.active is None:
        return
    target = os.path.join("revisions", state.active)  # noqa: PTH118 - a link's text, relative on purpose
    manifest = bundle.revision(state.active).manifest
    with suppress(OSError):
        if not (bundle.current.is_symlink() and str(bundle.current.readlink()) == target):
            temporary = bundle.current.with_name(bundle.current.name + TEMPORARY_SUFFIX)
            temporary.unlink(missing_ok=True)
            temporary.symlink_to(target, target_is_directory=True)
            rename(temporary, bundle.current)
    with suppress(OSError):
        content = manifest.read_bytes()
        if not bundle.manifest_copy.is_file() or bundle.manifest_copy.read_bytes() != content:
            write_durably(bundle.manifest_copy, content)
    checkpoint("derived:mended")
