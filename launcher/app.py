"""The dozen things that the launcher can do, and the only place where its parts are wired together."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from launcher import __version__
from launcher.adapters.clock import SystemClock
from launcher.adapters.configuration import load_dismissals, load_settings, load_signers, save_dismissals
from launcher.adapters.machine import LocalMachine
from launcher.adapters.offline import find_caches
from launcher.adapters.places import Places, find_places
from launcher.adapters.runtime import LocalRuntime
from launcher.adapters.sources import find_sources
from launcher.domain.errors import NotInstalled
from launcher.domain.settings import is_enforced
from launcher.flows.catalogs import refresh_catalogs
from launcher.flows.session import Session, Source
from launcher.flows.transfer.imported_catalogs import list_imported_sources
from launcher.store.layout import StoreLayout
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from launcher.adapters.offline import Offline
    from launcher.domain.machine import Machine
    from launcher.domain.progress import Observer
    from launcher.domain.settings import Settings
    from launcher.domain.views import (
        AuditView,
        CatalogView,
        InstallView,
        ManifestVerdict,
        Overview,
        PruneView,
        RevisionView,
        RollbackView,
        SmokeView,
        UpdateView,
    )
    from launcher.flows.ports import Fetcher
    from launcher.store.layout import BundleFolder

SAMPLE_SOURCE = "sample"


def open_launcher(
    *,
    sample: bool = False,
    dest: Path | None = None,
    catalog_dir: Path | None = None,
    catalog: str | None = None,
    bundle_from: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Launcher:
    """Return a launcher for this person and machine.

    Args:
        sample: Work in the sample's own world: its registry, its key, its store.
        dest: Use this store.
        catalog_dir: Look at the catalogs of this folder only.
        catalog: Look at this catalog only, a file or a URL.
        bundle_from: A locally built runtime that joins the sample registry.
        environ: The environment; None for the process's own.

    Raises:
        ParseError: The settings are damaged.
        UsageError: A named catalog is not there.
        StoreError: The configuration cannot be read.
    """
    environ = os.environ if environ is None else environ
    places = find_places(environ, is_sample=sample, store_root=dest)
    settings = load_settings(places)
    is_own_sample = sample and catalog is None and catalog_dir is None
    sources = (
        (Source(SAMPLE_SOURCE, ""),)
        if is_own_sample
        else find_sources(settings, environ, catalog=catalog, catalog_dir=catalog_dir)
    )
    follows_caches = catalog is None and catalog_dir is None
    return Launcher(places, settings, sources, environ, bundle_from, follows_caches=follows_caches)


class Launcher:
    """What every face can ask for. Each method is one operation, with one time and one set of keys.

    All of them raise `launcher.domain.errors.LauncherError` and nothing else; the long ones talk to an observer.
    """

    def __init__(
        self,
        places: Places,
        settings: Settings,
        sources: tuple[Source, ...],
        environ: Mapping[str, str],
        bundle_from: Path | None = None,
        *,
        follows_caches: bool = True,
    ) -> None:
        """Wire the parts for these places and settings; ``follows_caches`` adds what exported caches brought."""
        self.places = places
        self._settings = settings
        self._sources = sources
        self._environ = environ
        self._bundle_from = bundle_from
        self._follows_caches = follows_caches
        self._clock = SystemClock()
        self._layout = StoreLayout(places.store_root)

    # --- reading -------------------------------------------------------------------------------

    def overview(self, *, with_notice_texts: bool = True) -> Overview:
        """Return what is offered and what is installed, from this machine alone.

        Rendering the texts of notices costs more than all the rest; who shows only their titles leaves them out.
        """
        from launcher.domain.banners import Dismissal  # noqa: PLC0415 - start-up time
        from launcher.flows.overview import overview  # noqa: PLC0415 - start-up time

        keys = (key.rpartition(":") for key in load_dismissals(self.places))
        dismissed = frozenset(Dismissal(notice_id, sha256) for notice_id, _, sha256 in keys)
        return overview(self._session(), dismissed, with_notice_texts=with_notice_texts)

    def revisions(self, bundle_id: str) -> list[RevisionView]:
        """Return a bundle's installed revisions, newest first."""
        from launcher.flows.revision_view import read_installed, view_revisions  # noqa: PLC0415 - start-up time

        return view_revisions(self._session(), read_installed(self._require_installed(bundle_id)))

    def path(self, bundle_id: str) -> Path:
        """Return the absolute path of a bundle's active payload."""
        folder = self._require_installed(bundle_id)
        return folder.revision(load_state(folder).state.active or "").payload

    def survey(self) -> Machine:
        """Return what this machine is and has."""
        return self._machine.survey()

    def audit(
        self, observer: Observer, *, require_signed: bool = False, deep: bool = False, bundle_id: str | None = None
    ) -> AuditView:
        """Check every installed revision, or those of one bundle; an exported cache in the store's place, too."""
        from launcher.flows.audit import audit  # noqa: PLC0415 - start-up time

        return audit(self._session(), observer, require_signed=require_signed, deep=deep, bundle_id=bundle_id)

    def remote_overview(self, base: str) -> Overview:
        """Return what a node says of itself; nothing is installed or trusted on its word."""
        from launcher.adapters.node_client import fetch_overview  # noqa: PLC0415 - imports pydantic

        return fetch_overview(base, self._environ.get("ARW_ADMIN_TOKEN"), frozenset(self._settings.http_hosts))

    # --- changing ------------------------------------------------------------------------------

    def refresh(self, observer: Observer) -> list[CatalogView]:
        """Fetch the catalogs of the network; what was accepted before stays where one fails."""
        from launcher.flows.overview import view_catalog  # noqa: PLC0415 - start-up time

        self._bring_in((), observer)
        with self._online(observer) as session:
            return [view_catalog(session, reading) for reading in refresh_catalogs(session, observer)]

    def install(  # noqa: PLR0913 - all that a person may ask for, by name
        self,
        bundle_ids: Sequence[str],
        observer: Observer,
        *,
        channel: str | None = None,
        force: bool = False,
        dry_run: bool = False,
        artifact_kind: str | None = None,
        artifact_format: str | None = None,
    ) -> list[InstallView]:
        """Install bundles, one after the other, and make each active."""
        from launcher.flows.install import InstallOptions  # noqa: PLC0415 - start-up time
        from launcher.flows.install_asked import install_asked  # noqa: PLC0415 - start-up time

        options = InstallOptions(force, dry_run, artifact_kind, artifact_format)
        self._bring_in(() if dry_run else bundle_ids, observer)
        with self._online(observer) as session:
            return install_asked(session, bundle_ids, channel, options, observer)

    def update(self, bundle_ids: Sequence[str], observer: Observer, *, dry_run: bool = False) -> UpdateView:
        """Update the named bundles, or all that are installed."""
        from launcher.flows.update import update  # noqa: PLC0415 - start-up time

        self._bring_in(bundle_ids or None, observer)
        with self._online(observer) as session:
            return update(session, bundle_ids, refresh_catalogs(session, observer), observer, dry_run=dry_run)

    def roll_back(
        self, bundle_id: str, observer: Observer, *, revision: str | None = None, dry_run: bool = False
    ) -> RollbackView:
        """Make an earlier revision active again; it needs no network."""
        from launcher.flows.rollback import roll_back  # noqa: PLC0415 - start-up time

        return roll_back(self._session(), bundle_id, observer, revision=revision, dry_run=dry_run)

    def smoke(self, bundle_id: str, observer: Observer, *, model: Path | None = None) -> SmokeView:
        """Try a bundle's active revision; with a model, until its server is healthy."""
        from launcher.flows.smoke import smoke  # noqa: PLC0415 - start-up time

        return smoke(self._session(), bundle_id, observer, model=model)

    def snapshot(self, bundle_id: str, observer: Observer) -> RevisionView:
        """Record hand edits of the active revision as a revision of their own."""
        from launcher.flows.snapshot import snapshot  # noqa: PLC0415 - start-up time

        name = snapshot(self._session(), bundle_id, observer)
        return next(view for view in self.revisions(bundle_id) if view["revision"] == name)

    def prune(self, observer: Observer, *, dry_run: bool = False) -> PruneView:
        """Delete the revisions that no retention rule keeps."""
        from launcher.flows.collect import prune  # noqa: PLC0415 - start-up time

        return prune(self._session(), observer, dry_run=dry_run)

    def remove(self, bundle_id: str, observer: Observer) -> int:
        """Uninstall a bundle; return how many bytes its revisions had."""
        from launcher.flows.collect import remove  # noqa: PLC0415 - start-up time

        return remove(self._session(), bundle_id, observer)

    def pin(self, bundle_id: str, revision: str, observer: Observer, *, pinned: bool) -> None:
        """Keep a revision from ever being collected, or no longer."""
        from launcher.flows.collect import pin  # noqa: PLC0415 - start-up time

        pin(self._session(), bundle_id, revision, observer, pinned=pinned)

    def dismiss_banner(self, key: str) -> None:
        """Remember that a notice was read."""
        save_dismissals(self.places, load_dismissals(self.places) | {key})

    def restore_banner(self, key: str) -> None:
        """Show a dismissed notice again."""
        save_dismissals(self.places, load_dismissals(self.places) - {key})

    # --- publishing ----------------------------------------------------------------------------

    def verify_manifest(self, path: Path) -> ManifestVerdict:
        """Judge the signatures of a manifest file."""
        from launcher.flows.verify_file import verify_file  # noqa: PLC0415 - start-up time

        return verify_file(self._session(), path)

    def sign_manifest(
        self,
        path: Path,
        *,
        secret_key: bytes,
        issuer: str | None,
        key_id: str | None,
        output: Path | None = None,
        compact: bool = False,
    ) -> dict[str, Any]:
        """Add a signature to a document file, in place or into ``output``; return what was written."""
        from launcher.flows.signing import sign_json  # noqa: PLC0415 - start-up time
        from launcher.flows.verify_file import read_file  # noqa: PLC0415 - start-up time

        signed = sign_json(read_file(path), secret_key, at=self._clock.now(), issuer=issuer, key_id=key_id)
        self._save_document(output or path, signed, compact=compact)
        return signed

    @staticmethod
    def load_key(path: Path) -> bytes:
        """Return the secret bytes of a key file."""
        from launcher.flows.signing import load_key  # noqa: PLC0415 - start-up time

        return load_key(path)

    @staticmethod
    def parse_key(text: str, source: str) -> bytes:
        """Return the secret bytes that a text of base64 holds; ``source`` says where it came from."""
        from launcher.flows.signing import parse_key  # noqa: PLC0415 - start-up time

        return parse_key(text.encode(), source)

    def new_key(self, path: Path, *, issuer: str, channels: Sequence[str], key_id: str | None = None) -> dict[str, Any]:
        """Make a signing key in a new file that only its owner can read; return its signer registry entry."""
        from launcher.flows.signing import create_signer, new_key  # noqa: PLC0415 - start-up time

        return create_signer(new_key(path), issuer=issuer, channels=channels, key_id=key_id)

    def create_manifest(  # noqa: PLR0913 - all that an operator says, by name
        self,
        bundle: Mapping[str, Any],
        release: Mapping[str, Any],
        archives: Sequence[tuple[Path, str]],
        output: Path,
        observer: Observer,
        *,
        channel: str,
        revision: int,
        strip_prefix: str | None = None,
    ) -> dict[str, Any]:
        """Write an unsigned manifest with the index of its archives; each archive comes with its URL."""
        from launcher.flows.publish import Edition, create_manifest, name_archive  # noqa: PLC0415 - start-up time

        to_publish = [name_archive(path, url, strip_prefix) for path, url in archives]
        edition = Edition(channel, revision, self._clock.now())
        root = create_manifest(bundle, release, to_publish, edition, observer)
        self._save_document(output, root)
        return root

    @staticmethod
    def _save_document(path: Path, root: Mapping[str, Any], *, compact: bool = False) -> None:
        from launcher.flows.signing import dump  # noqa: PLC0415 - start-up time
        from launcher.store.disk_errors import named_disk_errors  # noqa: PLC0415 - start-up time
        from launcher.store.durable import write_durably  # noqa: PLC0415 - start-up time

        with named_disk_errors(path):
            write_durably(path, dump(root, compact=compact))

    @cached_property
    def offline(self) -> Offline:
        """Exports, imports, and the sources that a person follows."""
        from launcher.adapters.offline import Offline  # noqa: PLC0415 - start-up time

        return Offline(self._session, self.places.settings)

    # --- wiring --------------------------------------------------------------------------------

    @cached_property
    def _machine(self) -> LocalMachine:
        return LocalMachine()

    @cached_property
    def _fetcher(self) -> Fetcher:
        from launcher.adapters.fetch import UrlFetcher  # noqa: PLC0415 - start-up time

        return UrlFetcher(
            user_agent=f"arw-launcher/{__version__}", allowed_http_hosts=frozenset(self._settings.http_hosts)
        )

    def _session(self, sources: tuple[Source, ...] | None = None) -> Session:
        registry, problem = load_signers(self.places, self._environ)
        followed = self._sources if sources is None else sources
        imported = list_imported_sources(self._layout, followed) if self._follows_caches else ()
        return Session(
            layout=self._layout,
            registry=registry,
            registry_problem=problem,
            at=self._clock.now(),
            sources=followed + imported,
            channels=self._settings.channels,
            is_enforced=is_enforced(self._environ),
            fetcher=self._fetcher,
            machine_probe=self._machine,
            runtime_probe=LocalRuntime(self._environ),
            disk_limits=self._settings.disk_limits,
        )

    def _bring_in(self, bundle_ids: Sequence[str] | None, observer: Observer) -> None:
        """Import from the exported caches among the sources; None stands for the bundles that are here already."""
        caches = find_caches(self._settings) if self._follows_caches else ()
        if caches:
            from launcher.flows.transfer.cache_sources import bring_in  # noqa: PLC0415 - start-up time

            bring_in(self._session(), caches, bundle_ids, observer)

    @contextmanager
    def _online(self, observer: Observer) -> Iterator[Session]:
        """Open a session that may use the network; in sample mode the sample registry is served meanwhile."""
        if self.places.sample_dir is None or self._sources != (Source(SAMPLE_SOURCE, ""),):
            yield self._session()
            return
        from launcher.adapters.sample import SampleServer, prepare_sample  # noqa: PLC0415 - sample mode only

        registry = prepare_sample(
            self.places.sample_dir,
            observer,
            at=self._clock.now(),
            python=sys.executable,
            bundle_from=self._bundle_from,
        )
        with SampleServer(registry, self._sample_stage) as server:
            yield self._session((Source(SAMPLE_SOURCE, server.catalog_url),))

    def _sample_stage(self) -> int:
        """Return what the sample channel has published: its second revision comes once something is installed."""
        from launcher.store.recovery import list_bundles  # noqa: PLC0415 - sample mode only

        return 2 if list_bundles(self._layout) else 1

    def _require_installed(self, bundle_id: str) -> BundleFolder:
        folder = self._layout.bundle(bundle_id)
        if load_state(folder).state.active is None:
            raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
        return folder


def find_log(environ: Mapping[str, str], *, sample: bool = False) -> Path:
    """Return where the log is, for messages about bugs; it need not exist."""
    return find_places(environ, is_sample=sample).log
