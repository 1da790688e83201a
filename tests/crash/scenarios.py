"""Every operation that changes a disk, with something to do for it: what the crash tests crash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from launcher.domain.progress import Silent
from tests.crash.forks import copy_folder, job_of
from tests.crash.holding import (
    faults_after,
    faults_between,
    faults_of_exports,
    floors_missing,
    holding_of,
    unneeded_objects,
)
from tests.packing import Executable, runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import World, active_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.crash.forks import Forks
    from tests.crash.holding import Holding
    from tests.crash.runner import Job
    from tests.packing import Member

STORE, OUT = "store", "out"
CACHE: Final = {
    "first export": "far/away/x.arwcache",
    "export to a file": "x.arwcache",
    "export to a folder": "stick/",
    "first import": "x.arwcache",
    "import": "x.arwcache",
}
DONE: Final = {"killed": False, "done": True}
# What an operation that was done already may say when it is asked for once more.
DONE_BEFORE: Final = {"nothing-to-do", "not-installed"}


class Site(NamedTuple):
    """A copy of a scenario's folders, for one crash."""

    store: Path
    out: Path


class Scenario:
    """One operation on one store; crashed on a `site`, and judged by `assert_recovers`.

    Attributes:
        job: The operation; `job_at` puts it on a site.
        before: What the store held before.
        after: What it holds when the operation has ended well.
        is_state_damaged: What was active before cannot be read, and is taken from the state before that.
    """

    def __init__(self, name: str, world: World, forks: Forks, place: Path) -> None:
        """Prepare the store and do the operation once, on a copy."""
        self._forks = forks
        self._place = place
        self._template = Site(place / "template" / STORE, place / "template" / OUT)
        self._template.out.mkdir(parents=True)
        world.store = self._template.store
        operation = PREPARED[name](world, self._template.out)
        self.job = job_of(world, operation)
        self._cache = CACHE.get(name, "")
        self.before = holding_of(self._template.store)
        whole = self.site("whole")
        assert forks.run(self.job_at(whole)) == DONE
        self.after = holding_of(whole.store)
        self.is_state_damaged = operation == "recover"
        if self.is_state_damaged:
            self.before = self.before._replace(active=self.after.active)

    @property
    def actives(self) -> set[str | None]:
        """The labels of which one is always active."""
        return {self.before.active, self.after.active}

    def site(self, name: str = "crashed") -> Site:
        """Copy what was there before; a site of that name is replaced."""
        copy_folder(self._place / "template", self._place / name)
        return Site(self._place / name / STORE, self._place / name / OUT)

    def changed_at(self, site: Site) -> Path:
        """Return the folder of a site that the operation changes."""
        return site.out if self.job.operation == "export" else site.store

    def is_exported(self, site: Site) -> bool:
        """Tell whether the export of both revisions is there, where the operation is to make one."""
        if self.job.operation != "export":
            return True
        listing = site.out / self._cache
        if listing.is_dir():
            listing /= "arwcache.json"
        return listing.exists() and b'"b2"' in listing.read_bytes()

    def job_at(self, site: Site) -> Job:
        """Return the operation, on a site."""
        cache = f"{site.out}/{self._cache}" if self._cache else ""
        return replace(self.job, store=str(site.store), cache=cache)

    def assert_recovers(self, site: Site, about: str) -> str | None:
        """Assert what every crash must leave, and that the same operation then ends as if there had been no crash.

        Returns:
            The label of what was active after the crash.
        """
        recovered = found = self._recovered(site, about)
        assert faults_between(self.before, found, self.after) == [], about
        answer = self._forks.run(self.job_at(site))
        assert answer == DONE or answer["code"] in DONE_BEFORE, (about, answer)
        if answer != DONE:  # all but the last step of a removal was done; what that leaves goes with the next prune
            assert self._forks.run(replace(self.job, operation="prune", store=str(site.store))) == DONE
        found = self._recovered(site, about)
        assert found.active in (self.actives if self.job.operation == "rollback" else {self.after.active}), about
        may_stay = self.before.labels if self.job.operation == "repair" else frozenset()
        assert faults_after(found, self.after, may_stay) == [], about
        assert unneeded_objects(found, self.after) == [], about
        self._assert_exported(site, about)
        return recovered.active

    def _recovered(self, site: Site, about: str) -> Holding:
        before = _active(site.store)
        assert faults_of_exports(site.out) == [], about
        recovery = replace(self.job, operation="recover", store=str(site.store), kill_at=None, passed=None, waits=False)
        assert self._forks.run(recovery) == DONE, about
        # What the crash left was the old or the new one already: recovery tidies up and decides nothing.
        assert before is None or self.is_state_damaged or active_of(site.store) == before, about
        assert leftovers_of(site.store) == [], about
        assert floors_missing(site.store) == [], about
        return holding_of(site.store)

    def _assert_exported(self, site: Site, about: str) -> None:
        assert self.is_exported(site), about
        assert [path for path in site.out.rglob("*") if path.suffix in {".part", ".tmp"}] == [], about


def _active(store: Path) -> str | None:
    try:
        return active_of(store)
    except ValueError:  # the crash was in a store whose state was damaged before
        return None


def small_tree(version: str) -> dict[str, Member]:
    """Return a runtime with a file of its own that is large enough to be shared, and one that all versions have."""
    return {**runtime_tree(version), "lib/own.bin": Executable(version.encode() * 400)}


def _publish(world: World, version: str, **more: bool) -> None:
    world.publish(version, small_tree(version), **more)


def _publish_and_install(world: World, *versions: str) -> None:
    for version in versions:
        _publish(world, version)
        world.install()


def _first_install(world: World, _out: Path) -> str:
    _publish(world, "b1")
    world.store.mkdir(mode=0o700)
    return "install"


def _install_over(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1")
    _publish(world, "b2")
    return "install"


def _update(world: World, out: Path) -> str:
    _install_over(world, out)
    return "update"


def _activate(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1", "b2")
    world.roll_back()
    return "install"  # finds it on this machine, whole


def _rollback(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1", "b2")
    return "rollback"


def _prune(world: World, _out: Path) -> str:
    """Two revisions may go, of which one kept its archive, and a shared content that nobody needs; one is pinned."""
    _publish(world, "b1", has_index=False)
    world.install()
    _publish_and_install(world, *(f"b{number}" for number in range(2, 9)))
    second = sorted(path.name for path in world.folder.revisions.iterdir())[1]
    world.launcher().pin(LLAMA, second, Silent(), pinned=True)
    orphan = world.layout.objects / "ab" / ("c" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"needed by nobody")
    return "prune"


def _remove(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1", "b2")
    world.registry.publish(Offer(id=WHISPER, tree=small_tree("w1"), version="w1"))
    world.launcher().install([WHISPER], Silent())
    return "remove"


def _pin(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1", "b2")
    return "pin"


def _snapshot(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1")
    edited = world.payload / "lib" / "own.bin"
    edited.unlink()
    edited.write_bytes(b"edited by hand" * 100)
    return "snapshot"


def _repair(world: World, _out: Path) -> str:
    _publish_and_install(world, "b1", "b2")
    (world.payload / "lib" / "own.bin").unlink()
    return "repair"


def _recover(world: World, _out: Path) -> str:
    """A state that is damaged, and everything that an operation may leave when it is killed."""
    _publish_and_install(world, "b1", "b2")
    half = world.layout.stages / "half" / "payload"
    half.mkdir(parents=True)
    (half / "llama-server").write_bytes(b"half")
    (world.layout.trash / "rest").mkdir()
    (world.store / "channels.json.tmp").write_bytes(b"{")
    (world.folder.path / "state.json.tmp").write_bytes(b"{")
    (world.folder.path / "current.tmp").symlink_to("revisions")
    world.folder.current.unlink()
    world.folder.manifest_copy.write_bytes(b"{}")
    world.folder.state.write_bytes(b'{"version": 1, "sequen')
    return "recover"


def _first_export(world: World, _out: Path) -> str:
    """Its folders are to be made."""
    _publish_and_install(world, "b1", "b2")
    return "export"


def _export_to_a_file(world: World, out: Path) -> str:
    """An older export has the name already."""
    _publish_and_install(world, "b1")
    world.launcher().offline.export([], f"{out}/{CACHE['export to a file']}", Silent())
    _publish_and_install(world, "b2")
    return "export"


def _export_to_a_folder(world: World, out: Path) -> str:
    _publish_and_install(world, "b1")
    world.launcher().offline.export([], f"{out}/{CACHE['export to a folder']}", Silent())
    _publish_and_install(world, "b2")
    return "export"


def _first_import(world: World, out: Path) -> str:
    """The cache has two revisions, and a catalog with its change log."""
    here = world.store
    world.store = world.registry.root.parent / "elsewhere"
    _publish_and_install(world, "b1")
    world.registry.announce("### 2026-11-18 · preview r2 · info\nRead this.")
    _publish_and_install(world, "b2")
    world.launcher().offline.export([], str(out / CACHE["import"]), Silent(), all_revisions=True)
    world.store = here
    world.store.mkdir(mode=0o700)
    return "import"


def _import(world: World, out: Path) -> str:
    """One of the revisions is active here already."""
    _publish_and_install(world, "b1")
    world.store.rename(elsewhere := world.store.with_name("kept"))
    _first_import(world, out)
    world.store.rmdir()
    elsewhere.rename(world.store)
    return "import"


PREPARED: Final[Mapping[str, Callable[[World, Path], str]]] = {
    "first install": _first_install,
    "install over": _install_over,
    "update": _update,
    "activate": _activate,
    "rollback": _rollback,
    "prune": _prune,
    "remove": _remove,
    "pin": _pin,
    "snapshot": _snapshot,
    "repair": _repair,
    "recover": _recover,
    "first export": _first_export,
    "export to a file": _export_to_a_file,
    "export to a folder": _export_to_a_folder,
    "first import": _first_import,
    "import": _import,
}
