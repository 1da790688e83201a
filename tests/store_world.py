"""A machine with one store and one registry to install from, and an oracle that trusts nothing of the program.

The oracle (`active_of`, `faults_of`, `leftovers_of`, `snapshot_of`) reads the disk with the standard library alone, so
that a fault of the store cannot hide itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from launcher.app import open_launcher
from launcher.domain.errors import Cancelled
from launcher.domain.progress import Phase, Silent
from launcher.store.layout import StoreLayout
from tests.packing import Executable, Member, runtime_tree
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from launcher.app import Launcher
    from launcher.domain.views import InstallView, RollbackView, UpdateView
    from launcher.store.layout import BundleFolder


class World:
    """A registry that is served, and a store of its own to install into; ``with`` serves and stops.

    Attributes:
        registry: Publishes, and lies on demand.
        store: The store's root; nothing is there before the first operation.
        environ: What the launcher sees of the environment.
    """

    def __init__(self, root: Path) -> None:
        """Make an empty registry below ``root``."""
        self.registry = Registry(root / "registry")
        self.store = root / "store"
        self.environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": str(self.registry.signers_path), "PATH": os.environ["PATH"]}

    def __enter__(self) -> Self:
        """Serve the registry."""
        self.registry.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.registry.__exit__(kind, error, trace)

    @property
    def layout(self) -> StoreLayout:
        """The store's layout."""
        return StoreLayout(self.store)

    @property
    def folder(self) -> BundleFolder:
        """The folder of the one bundle that most tests are about."""
        return self.layout.bundle(LLAMA)

    @property
    def active(self) -> str | None:
        """What ``state.json`` says is active."""
        return active_of(self.store)

    @property
    def payload(self) -> Path:
        """The payload of the active revision."""
        assert self.active is not None
        return self.folder.revision(self.active).payload

    def launcher(self, *, is_local: bool = False, **environ: str) -> Launcher:
        """Return a new launcher, as a new process would; ``is_local`` reads the registry's folder without a server."""
        catalog = str(self.registry.catalog_path) if is_local else self.registry.catalog_url
        return open_launcher(dest=self.store, catalog=catalog, environ=self.environ | environ)

    def publish(self, version: str, tree: Mapping[str, Member] | None = None, **more: Any) -> int:  # noqa: ANN401 - as Offer
        """Publish a version of the one bundle; return its channel revision."""
        return self.registry.publish(Offer(tree=tree or runtime_tree(version), version=version, **more))

    def install(self, **options: Any) -> InstallView:  # noqa: ANN401 - as Launcher.install
        """Install the one bundle."""
        (view,) = self.launcher().install([LLAMA], Silent(), **options)
        return view

    def update(self) -> UpdateView:
        """Update all that is installed."""
        return self.launcher().update([], Silent())

    def roll_back(self, revision: str | None = None) -> RollbackView:
        """Roll the one bundle back."""
        return self.launcher().roll_back(LLAMA, Silent(), revision=revision)

    def install_versions(self, *versions: str) -> list[str]:
        """Publish and install versions one after the other; return the names of their revisions."""
        names = []
        for version in versions:
            self.publish(version)
            revision = self.install()["revision"]
            assert revision is not None
            names.append(revision)
        return names

    def assert_sound(self, active: str | None) -> None:
        """Assert that this revision is active and as it was signed, and that nothing was left behind."""
        assert self.active == active
        assert active is None or faults_of(self.store, active) == []
        assert leftovers_of(self.store) == []


@dataclass
class Recorder:
    """An observer that keeps what it was told; ``on_phase`` may act in the middle of an operation.

    Attributes:
        phases: The phases, in order.
        done_bytes: The bytes that were counted, by phase.
        messages: What was logged.
        cancel_in: Raise `Cancelled` at the next chance in this phase.
    """

    phases: list[Phase] = field(default_factory=list)
    done_bytes: dict[Phase, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    cancel_in: Phase | None = None
    on_phase: Callable[[Phase], None] = lambda _phase: None

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:  # noqa: ARG002 - the protocol
        """Keep the phase."""
        self.phases.append(phase)
        self.on_phase(phase)
        self._listen()

    def advance(self, added_bytes: int) -> None:
        """Count the bytes."""
        if self.phases:
            self.done_bytes[self.phases[-1]] = self.done_bytes.get(self.phases[-1], 0) + added_bytes
        self._listen()

    def log(self, message: str) -> None:
        """Keep the message."""
        self.messages.append(message)

    def _listen(self) -> None:
        if self.phases and self.phases[-1] is self.cancel_in:
            raise Cancelled("Stopped by the test.")


def active_of(store: Path, bundle_id: str = LLAMA) -> str | None:
    """Return what ``state.json`` says is active; None where there is no state."""
    path = store / bundle_id / "state.json"
    active: str | None = json.loads(path.read_bytes())["active"] if path.exists() else None
    return active


def faults_of(store: Path, revision: str, bundle_id: str = LLAMA) -> list[str]:
    """Return every way in which a revision's tree differs from the ``files`` that were signed for it."""
    folder = store / bundle_id / "revisions" / revision
    rows = {row["path"]: row for row in json.loads((folder / "bundle.json").read_bytes())["files"]}
    payload = folder / "payload"
    there = {path.relative_to(payload).as_posix() for path in payload.rglob("*") if path.is_symlink() or path.is_file()}
    faults = [f"{path}: extra" for path in sorted(there - rows.keys())]
    for path, row in rows.items():
        if path not in there:
            faults.append(f"{path}: missing")
        elif facts_of(payload / path) != (row.get("link"), row.get("sha256"), row.get("executable", False)):
            faults.append(f"{path}: {facts_of(payload / path)}")
    return faults


def leftovers_of(store: Path) -> list[str]:
    """Return what lies in the stage and the trash, and every temporary file outside of revisions."""
    found = [path for name in (".stage", ".trash") for path in (store / name).glob("*")]
    found += [path for path in store.rglob("*.tmp") if "revisions" not in path.parts]
    return sorted(path.relative_to(store).as_posix() for path in found)


def snapshot_of(store: Path, bundle_id: str = LLAMA) -> dict[str, tuple[int, int, int, str]]:
    """Return inode, mode, time of the last change and digest of every file in every published revision."""
    root = store / bundle_id / "revisions"
    snapshot = {}
    for path in sorted(root.rglob("*")):
        facts = path.lstat()
        if stat.S_ISREG(facts.st_mode):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            snapshot[path.relative_to(root).as_posix()] = (facts.st_ino, facts.st_mode, facts.st_mtime_ns, digest)
    return snapshot


def big_tree(version: str, size_bytes: int = 1024 * 1024) -> dict[str, Member]:
    """Return a runtime with two large files, one that is the same in every version and one that never is."""
    shared = hashlib.shake_256(b"the same in every version").digest(size_bytes)
    own = hashlib.shake_256(version.encode()).digest(size_bytes)
    return {**runtime_tree(version), "lib/same.bin": Executable(shared), "lib/own.bin": own}


def facts_of(path: Path) -> tuple[str | None, str | None, bool]:
    """Return a link's target, a file's digest, and whether it is a program."""
    if path.is_symlink():
        return os.readlink(path), None, False  # noqa: PTH115 - the text, not a path
    mode = path.stat().st_mode
    return None, hashlib.sha256(path.read_bytes()).hexdigest(), bool(mode & stat.S_IXUSR)
