"""What one operation works with: made once, so that every check in it sees the same time and the same keys."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from launcher.domain.settings import KEEP_NEWEST, USUAL_DISK_LIMITS
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from launcher.domain.bundle import Manifest
    from launcher.domain.errors import LauncherError, TrustError
    from launcher.domain.settings import DiskLimits
    from launcher.domain.signers import SignerRegistry
    from launcher.flows.ports import Fetcher, MachineProbe, RuntimeProbe
    from launcher.store.catalog_cache import CachedCatalog
    from launcher.store.layout import StoreLayout


class BroughtManifest(NamedTuple):
    """A proven manifest that a followed cache holds, with all that it needs.

    Attributes:
        raw: Its bytes.
        fetch_bytes: How much of it comes over the network.
    """

    bundle_id: str
    channel: str
    raw: bytes
    fetch_bytes: int


class Brought(NamedTuple):
    """What the followed caches have for an operation; a dry run counts on it without having stored it.

    Attributes:
        catalogs: What a dry run would have kept as the last accepted catalogs.
        manifests: What was, or in a dry run would be, stored.
        problems: Why something was not, by bundle.
    """

    catalogs: tuple[CachedCatalog, ...] = ()
    manifests: tuple[BroughtManifest, ...] = ()
    problems: tuple[tuple[str, LauncherError], ...] = ()

    def find_catalog(self, source_name: str) -> CachedCatalog | None:
        """Return the catalog of a source, or None."""
        return next((catalog for catalog in self.catalogs if catalog.url == source_name), None)

    def find_manifest(self, sha256: str) -> BroughtManifest | None:
        """Return the manifest whose bytes have a digest, as a catalog pins it, or None."""
        return next((one for one in self.manifests if hashlib.sha256(one.raw).hexdigest() == sha256), None)

    def find_same(self, manifest: Manifest) -> BroughtManifest | None:
        """Return the very same manifest, or None."""
        return next((one for one in self.manifests if one.raw == manifest.document.raw), None)

    def find_problem(self, bundle_id: str) -> LauncherError | None:
        """Return why what the caches hold of a bundle was refused, or None."""
        return next((problem for name, problem in self.problems if name == bundle_id), None)


NOTHING_BROUGHT = Brought()


class Source(NamedTuple):
    """Where a catalog comes from.

    Attributes:
        name: What floors and caches know it by, whatever its address.
        url: Its address, against which the addresses in the catalog are resolved.
        is_imported: Its catalog came in an exported cache, and is never fetched from anywhere else.
    """

    name: str
    url: str
    is_imported: bool = False

    @property
    def is_local(self) -> bool:
        """Tell whether it is a file of this machine, put there by who runs it, which need not be signed."""
        return self.url.startswith("file:") and not self.is_imported


class Session(NamedTuple):
    """Everything that one operation needs.

    Attributes:
        layout: The store.
        registry: The keys that count; an empty one where the registry is absent or broken.
        registry_problem: Why it is empty, if it should not be.
        at: The one time that all checks of this operation use (threat A6).
        sources: Where catalogs come from.
        channels: The channels that this machine follows.
        disk_limits: When old revisions go by themselves after an installation.
        is_enforced: Signatures are demanded; where ``ARW_REQUIRE_SIGNED_BUNDLES`` says so, nothing loosens the checks.
        keep_newest: So many of the newest revisions always stay.
        is_offline: No server is asked.
        brought: What the followed caches have for this operation.
        program: Which of our programs works, for those who wait for it; None where that is not known.
    """

    layout: StoreLayout
    registry: SignerRegistry
    registry_problem: TrustError | None
    at: datetime
    sources: tuple[Source, ...]
    channels: tuple[str, ...]
    is_enforced: bool
    fetcher: Fetcher
    machine_probe: MachineProbe
    runtime_probe: RuntimeProbe
    disk_limits: DiskLimits = USUAL_DISK_LIMITS
    keep_newest: int = KEEP_NEWEST
    is_offline: bool = False
    brought: Brought = NOTHING_BROUGHT
    program: str | None = None
