"""A machine that imports: what tests of hostile caches have in common, and the oracle of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from launcher.app import open_launcher
from launcher.domain.progress import Silent
from tests.cache_files import CacheFile
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry
from tests.store_world import faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from launcher.app import Launcher
    from launcher.domain.views import ImportItem, ImportView
    from tests.packing import Member


class Bench:
    """A publisher whose key a machine trusts, and the machine's store.

    Attributes:
        registry: Makes signed manifests; it is not served.
        store: The store of the importing machine.
    """

    def __init__(self, root: Path) -> None:
        """Work below ``root``."""
        self.root = root
        self.registry = Registry(root / "registry")
        self.store = root / "store"

    def launcher(self) -> Launcher:
        """Return a new launcher, as a new process would."""
        environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": str(self.registry.signers_path)}
        return open_launcher(dest=self.store, environ=environ)

    def publish(self, version: str, **offer: Any) -> bytes:  # noqa: ANN401 - as Offer
        """Publish a version of the one bundle; return its manifest."""
        self.registry.publish(Offer(**{"tree": runtime_tree(version), "version": version, **offer}))
        return self.registry.manifest_path(offer.get("id", LLAMA)).read_bytes()

    def cache_of(self, version: str, tree: Mapping[str, Member] | None = None, **offer: Any) -> CacheFile:  # noqa: ANN401
        """Return an honest cache with one newly published version."""
        cache = CacheFile()
        tree = runtime_tree(version) if tree is None else tree
        cache.add_bundle(self.publish(version, tree=tree, **offer), tree)
        return cache

    def import_file(self, path: Path, **options: Any) -> ImportView:  # noqa: ANN401 - as Offline.import_paths
        """Import one cache."""
        return self.launcher().offline.import_paths([path], Silent(), **options)

    def import_one(self, path: Path, **options: Any) -> ImportItem:  # noqa: ANN401 - as Offline.import_paths
        """Import a cache with one bundle."""
        (item,) = self.import_file(path, **options)["items"]
        return item

    @property
    def revisions(self) -> list[str]:
        """The revisions of the one bundle in the store."""
        folder = self.store / LLAMA / "revisions"
        return sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []

    def assert_clean(self, revisions: int = 0) -> None:
        """Assert that so many revisions are stored, each as it was signed, that none is active and nothing is left."""
        assert len(self.revisions) == revisions
        assert [faults_of(self.store, name) for name in self.revisions] == [[]] * revisions
        state = self.launcher().overview()["installations"]
        assert state == []
        if self.store.exists():
            assert leftovers_of(self.store) == []
            assert list((self.store / ".downloads").glob("*")) == []

    def assert_next_good_import_works(self) -> None:
        """Assert that an honest cache is still taken, installed and works."""
        before = len(self.revisions)
        cache = self.cache_of("b9999").write(self.root / "good.arwcache")
        assert self.import_one(cache)["result"] == "accepted"
        assert len(self.revisions) == before + 1
        (installed,) = self.launcher().install([LLAMA], Silent())
        assert installed["probe"] == "version: b9999"
