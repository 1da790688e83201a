"""The only place where parts are wired together: which store, keys, sources and network an operation works with."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from launcher import __version__
from launcher.adapters.clock import SystemClock
from launcher.adapters.configuration import load_settings, load_signers
from launcher.adapters.machine import LocalMachine
from launcher.adapters.runtime import LocalRuntime
from launcher.adapters.sources import find_caches, find_sources
from launcher.adapters.store_location import find_store
from launcher.domain.settings import Settings, is_enforced
from launcher.flows.imported_sources import list_imported_sources, with_brought
from launcher.flows.session import NOTHING_BROUGHT, Session, Source
from launcher.store.layout import StoreLayout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from launcher.adapters.places import Places
    from launcher.domain.progress import Observer
    from launcher.flows.ports import Clock, Fetcher
    from launcher.flows.session import Brought
    from launcher.store.cache_file.reading import OpenCache

SAMPLE_SOURCE = "sample"


class Wiring:
    """The parts for one person and machine, each made when it is first needed.

    Attributes:
        places: Where this person's files are.
        environ: The environment.
        clock: The time of day; each session reads it once.
    """

    def __init__(
        self,
        places: Places,
        environ: Mapping[str, str],
        *,
        catalog_dir: Path | None = None,
        catalog: str | None = None,
        bundle_from: Path | None = None,
    ) -> None:
        """Take what was said: the only catalogs to look at, and a local runtime that joins the sample registry."""
        self.places = places
        self.environ = environ
        self.clock: Clock = SystemClock()
        self._catalog_dir = catalog_dir
        self._catalog = catalog
        self._bundle_from = bundle_from

    @cached_property
    def settings(self) -> Settings:
        """What this person chose.

        Raises:
            ParseError: The settings are damaged.
            StoreError: They cannot be read.
        """
        return load_settings(self.places)

    def with_usual_settings(self) -> Wiring:
        """Return the same parts with the default settings, to look around where the person's own are damaged."""
        other = Wiring(
            self.places,
            self.environ,
            catalog_dir=self._catalog_dir,
            catalog=self._catalog,
            bundle_from=self._bundle_from,
        )
        other.settings = Settings()
        return other

    @cached_property
    def layout(self) -> StoreLayout:
        """The store: the one that was named, or else the one of the settings, or else the cache folder.

        Raises:
            ParseError: The settings are damaged.
            StoreError: They cannot be read.
        """
        return StoreLayout(find_store(self.places, self.settings.store_root))

    @cached_property
    def machine(self) -> LocalMachine:
        """What looks at this machine."""
        return LocalMachine()

    @cached_property
    def runtime(self) -> LocalRuntime:
        """What starts runtimes."""
        return LocalRuntime(self.environ)

    @cached_property
    def fetcher(self) -> Fetcher:
        """What brings bytes from elsewhere."""
        from launcher.adapters.fetch import UrlFetcher  # noqa: PLC0415 - start-up time

        settings = self.settings
        return UrlFetcher(
            user_agent=f"arw-launcher/{__version__}",
            allowed_http_hosts=frozenset(settings.http_hosts),
            proxy=settings.proxy,
            ca_file=settings.ca_file,
            is_offline=settings.offline,
        )

    @property
    def is_enforced(self) -> bool:
        """Tell whether signatures are demanded: by the environment, which nothing loosens, or by the settings."""
        return is_enforced(self.environ) or self.settings.require_signed

    def session(self, sources: tuple[Source, ...] | None = None) -> Session:
        """Return what one operation works with, as of now.

        Raises:
            ParseError: The settings are damaged.
            UsageError: A named catalog is not there.
            StoreError: The configuration or the store cannot be read.
        """
        registry, problem = load_signers(self.places, self.environ)
        followed = self._sources if sources is None else sources
        imported = list_imported_sources(self.layout, followed) if self._follows_caches else ()
        return Session(
            layout=self.layout,
            registry=registry,
            registry_problem=problem,
            at=self.clock.now(),
            sources=followed + imported,
            channels=self.settings.channels,
            is_enforced=self.is_enforced,
            fetcher=self.fetcher,
            machine_probe=self.machine,
            runtime_probe=self.runtime,
            disk_limits=self.settings.disk_limits,
            keep_newest=self.settings.keep_newest,
            is_offline=self.settings.offline,
            program=_program_name(),
        )

    @contextmanager
    def online(self, observer: Observer, brought: Brought = NOTHING_BROUGHT) -> Iterator[Session]:
        """Open a session that may use the network; in sample mode the sample registry is served meanwhile.

        ``brought`` is what followed caches have for it.
        """
        if self.places.sample_dir is None or not self._is_own_sample:
            yield with_brought(self.session(), brought)
            return
        from launcher.adapters.sample import SampleServer, prepare_sample  # noqa: PLC0415 - sample mode only

        registry = prepare_sample(
            self.places.sample_dir,
            observer,
            at=self.clock.now(),
            python=sys.executable,
            bundle_from=self._bundle_from,
        )
        with SampleServer(registry, self._sample_stage) as server:
            yield self.session((Source(SAMPLE_SOURCE, server.catalog_url),))

    def bring_in(self, bundle_ids: Sequence[str] | None, observer: Observer, *, dry_run: bool = False) -> Brought:
        """Import from the exported caches among the sources; None stands for the bundles that are here already."""
        caches = find_caches(self.settings) if self._follows_caches else ()
        if not caches:
            return NOTHING_BROUGHT
        from launcher.flows.transfer.cache_sources import bring_in  # noqa: PLC0415 - start-up time

        return bring_in(self.session(), caches, bundle_ids, observer, dry_run=dry_run)

    @contextmanager
    def local_exports(self, observer: Observer) -> Iterator[Sequence[OpenCache]]:
        """Open those of the followed caches that are on this machine now."""
        caches = find_caches(self.settings) if self._follows_caches else ()
        if not caches:
            yield ()
            return
        from launcher.flows.transfer.cache_sources import open_local_caches  # noqa: PLC0415 - start-up time

        with open_local_caches(caches, observer) as exports:
            yield exports

    @property
    def _follows_caches(self) -> bool:
        return self._catalog is None and self._catalog_dir is None

    @property
    def _is_own_sample(self) -> bool:
        return self.places.sample_dir is not None and self._follows_caches

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        if self._is_own_sample:
            return (Source(SAMPLE_SOURCE, ""),)
        return find_sources(self.settings, self.environ, catalog=self._catalog, catalog_dir=self._catalog_dir)

    def _sample_stage(self) -> int:
        """Return what the sample channel has published: its second revision comes once something is installed."""
        from launcher.store.bundles import list_bundles  # noqa: PLC0415 - sample mode only

        return 2 if list_bundles(self.layout) else 1


def _program_name() -> str | None:
    """Return which of the installed programs this is; one that was started in another way has no name of ours."""
    name = sys.argv[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe") if sys.argv else ""
    return name if name.startswith("arw-") else None
