"""The operations of the launcher: what every face can ask for."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from launcher.adapters.configuration import find_signers, load_dismissals, load_settings, save_dismissals
from launcher.adapters.places import find_places
from launcher.app.wiring import Wiring
from launcher.domain.errors import CannotRepair, LauncherError, NotInstalled
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from launcher.adapters.offline import Offline
    from launcher.adapters.places import Places
    from launcher.app.publishing import Publishing
    from launcher.app.running import Running
    from launcher.domain.banners import Dismissal
    from launcher.domain.care_views import (
        ComparisonView,
        DoctorView,
        MoveView,
        PruneView,
        RepairView,
        SettingView,
        SignersView,
        SmokeView,
    )
    from launcher.domain.machine import Machine
    from launcher.domain.progress import Observer
    from launcher.domain.views import (
        AuditView,
        BannerView,
        CatalogView,
        InstallView,
        ManifestVerdict,
        Overview,
        RevisionView,
        RollbackView,
        UpdateView,
    )
    from launcher.store.layout import BundleFolder


def open_launcher(
    *,
    sample: bool = False,
    dest: Path | None = None,
    catalog_dir: Path | None = None,
    catalog: str | None = None,
    bundle_from: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Launcher:
    """Return a launcher for this person and machine; nothing is read before an operation needs it.

    Args:
        sample: Work in the sample's own world: its registry, its key, its store.
        dest: Use this store.
        catalog_dir: Look at the catalogs of this folder only.
        catalog: Look at this catalog only, a file or a URL.
        bundle_from: A locally built runtime that joins the sample registry.
        environ: The environment; None for the process's own.
    """
    environ = os.environ if environ is None else environ
    places = find_places(environ, is_sample=sample, store_root=dest)
    return Launcher(Wiring(places, environ, catalog_dir=catalog_dir, catalog=catalog, bundle_from=bundle_from))


class Launcher:
    """What every face can ask for. Each method is one operation, with one time and one set of keys.

    All of them raise `launcher.domain.errors.LauncherError` and nothing else; the long ones talk to an observer.
    """

    def __init__(self, wiring: Wiring) -> None:
        """Work with these parts."""
        self._wiring = wiring

    @property
    def places(self) -> Places:
        """Where this person's files are."""
        return self._wiring.places

    @property
    def is_enforced(self) -> bool:
        """Tell whether signatures are demanded."""
        return self._wiring.is_enforced

    # --- reading -------------------------------------------------------------------------------

    def overview(self, *, with_notice_texts: bool = True) -> Overview:
        """Return what is offered and what is installed, from this machine alone.

        Rendering the texts of notices costs more than all the rest; who shows only their titles leaves them out.
        """
        from launcher.flows.overview import overview  # noqa: PLC0415 - start-up time

        return overview(self._wiring.session(), self._load_dismissed(), with_notice_texts=with_notice_texts)

    def revisions(self, bundle_id: str) -> list[RevisionView]:
        """Return a bundle's installed revisions, newest first."""
        from launcher.flows.revision_view import read_installed, view_revisions  # noqa: PLC0415 - start-up time

        return view_revisions(self._wiring.session(), read_installed(self._require_installed(bundle_id)))

    def compare(self, bundle_id: str, *, before: str | None = None, after: str | None = None) -> ComparisonView:
        """Return which files two revisions differ in; by default the previous one and the active one."""
        from launcher.flows.compare import compare  # noqa: PLC0415 - start-up time

        return compare(self._wiring.session(), bundle_id, before=before, after=after)

    def notices(self, *, with_past: bool = False) -> list[BannerView]:
        """Return the notices that concern this machine; with the past ones also what was dismissed or is over."""
        from launcher.flows.overview import list_notices  # noqa: PLC0415 - start-up time

        return list_notices(self._wiring.session(), self._load_dismissed(), with_past=with_past)

    def path(self, bundle_id: str) -> Path:
        """Return the absolute path of a bundle's active payload."""
        folder = self._require_installed(bundle_id)
        return folder.revision(load_state(folder).state.active or "").payload

    def survey(self) -> Machine:
        """Return what this machine is and has."""
        return self._wiring.machine.survey()

    def audit(
        self, observer: Observer, *, require_signed: bool = False, deep: bool = False, bundle_id: str | None = None
    ) -> AuditView:
        """Check every installed revision, or those of one bundle; an exported cache in the store's place, too."""
        from launcher.flows.audit import audit  # noqa: PLC0415 - start-up time

        return audit(self._wiring.session(), observer, require_signed=require_signed, deep=deep, bundle_id=bundle_id)

    def remote_overview(self, base: str) -> Overview:
        """Return what a node says of itself; nothing is installed or trusted on its word."""
        from launcher.adapters.node_client import Way, fetch_overview  # noqa: PLC0415 - imports pydantic

        settings = self._wiring.settings
        return fetch_overview(
            base,
            self._wiring.environ.get("ARW_ADMIN_TOKEN"),
            frozenset(settings.http_hosts),
            Way(settings.proxy, settings.ca_file, settings.offline),
        )

    # --- changing ------------------------------------------------------------------------------

    def refresh(self, observer: Observer) -> list[CatalogView]:
        """Fetch the catalogs of the network; what was accepted before stays where one fails."""
        from launcher.flows.overview import view_catalog  # noqa: PLC0415 - start-up time
        from launcher.flows.refresh import refresh_catalogs  # noqa: PLC0415 - start-up time

        self._wiring.bring_in((), observer)
        with self._wiring.online(observer) as session:
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
        brought = self._wiring.bring_in(bundle_ids, observer, dry_run=dry_run)
        with self._wiring.online(observer, brought) as session:
            return install_asked(session, bundle_ids, channel, options, observer)

    def update(
        self, bundle_ids: Sequence[str], observer: Observer, *, dry_run: bool = False, fetch_only: bool = False
    ) -> UpdateView:
        """Update the named bundles, or all that are installed; or only fetch and prove what is newer."""
        from launcher.flows.refresh import refresh_catalogs  # noqa: PLC0415 - start-up time
        from launcher.flows.update import update  # noqa: PLC0415 - start-up time

        brought = self._wiring.bring_in(bundle_ids or None, observer, dry_run=dry_run)
        with self._wiring.online(observer, brought) as session:
            readings = refresh_catalogs(session, observer)
            return update(session, bundle_ids, readings, observer, dry_run=dry_run, fetch_only=fetch_only)

    def roll_back(
        self, bundle_id: str, observer: Observer, *, revision: str | None = None, dry_run: bool = False
    ) -> RollbackView:
        """Make an earlier revision active again; it needs no network."""
        from launcher.flows.rollback import roll_back  # noqa: PLC0415 - start-up time

        return roll_back(self._wiring.session(), bundle_id, observer, revision=revision, dry_run=dry_run)

    def smoke(self, bundle_id: str, observer: Observer, *, model: Path | None = None) -> SmokeView:
        """Try a bundle's active revision; with a model, until its server is healthy."""
        from launcher.flows.smoke import smoke  # noqa: PLC0415 - start-up time

        return smoke(self._wiring.session(), bundle_id, observer, model=model)

    def snapshot(self, bundle_id: str, observer: Observer) -> RevisionView:
        """Record hand edits of the active revision as a revision of their own."""
        from launcher.flows.snapshot import snapshot  # noqa: PLC0415 - start-up time

        name = snapshot(self._wiring.session(), bundle_id, observer)
        return next(view for view in self.revisions(bundle_id) if view["revision"] == name)

    def prune(self, observer: Observer, *, dry_run: bool = False) -> PruneView:
        """Delete the revisions that no retention rule keeps."""
        from launcher.flows.collect import prune  # noqa: PLC0415 - start-up time

        return prune(self._wiring.session(), observer, dry_run=dry_run)

    def remove(self, bundle_id: str, observer: Observer) -> int:
        """Uninstall a bundle; return how many bytes its revisions had."""
        from launcher.flows.collect import remove  # noqa: PLC0415 - start-up time

        return remove(self._wiring.session(), bundle_id, observer)

    def pin(self, bundle_id: str, revision: str, observer: Observer, *, pinned: bool) -> None:
        """Keep a revision from ever being collected, or no longer."""
        from launcher.flows.collect import pin  # noqa: PLC0415 - start-up time

        pin(self._wiring.session(), bundle_id, revision, observer, pinned=pinned)

    def repair(self, bundle_id: str, observer: Observer, *, revision: str | None = None) -> RepairView:
        """Put a sound copy in a damaged revision's place, from this machine or else from where it is offered.

        Exported caches that are followed count to this machine, where they are there.
        """
        from launcher.flows.repair import repair, repair_from_offer  # noqa: PLC0415 - start-up time

        try:
            with self._wiring.local_exports(observer) as exports:
                return repair(self._wiring.session(), bundle_id, observer, revision=revision, exports=exports)
        except CannotRepair as error:
            observer.log(f"{error.message} {error.actual or ''}".strip())
            try:
                with self._wiring.online(observer) as session:
                    return repair_from_offer(session, bundle_id, revision, observer)
            except CannotRepair:
                raise error from None

    def move_store(self, folder: str, observer: Observer, *, dry_run: bool = False) -> MoveView:
        """Move the store with everything in it to a new or an empty folder, and use it there from then on."""
        from launcher.adapters.store_location import require_movable, switch_store  # noqa: PLC0415 - start-up time
        from launcher.flows.move_store import Pointer, move_store  # noqa: PLC0415 - start-up time

        target = require_movable(self.places, folder)
        pointer = Pointer(self.places.store_move, lambda root: switch_store(self.places, root))
        return move_store(self._wiring.layout, target, pointer, observer, dry_run=dry_run)

    def clean_up_move(self) -> list[Path]:
        """Delete what an interrupted move of the store left; return where that was."""
        from launcher.flows.move_store import clean_up_move  # noqa: PLC0415 - start-up time

        return clean_up_move(self._wiring.layout.root, self.places.store_move)

    def dismiss_banner(self, key: str) -> None:
        """Remember that a notice was read."""
        save_dismissals(self.places, load_dismissals(self.places) | {key})

    def restore_banner(self, key: str) -> None:
        """Show a dismissed notice again."""
        save_dismissals(self.places, load_dismissals(self.places) - {key})

    def signers(self) -> SignersView:
        """Return whose keys this machine trusts, for what, and until when."""
        from launcher.flows.signer_view import view_signers  # noqa: PLC0415 - start-up time

        return view_signers(self._wiring.session(), find_signers(self.places, self._wiring.environ))

    def doctor(self) -> DoctorView:
        """Look for what keeps installations from working."""
        from launcher.adapters.machine_checks import check_move, check_network  # noqa: PLC0415 - start-up time
        from launcher.flows.doctor import broken, examine, well  # noqa: PLC0415 - start-up time

        signers_path = find_signers(self.places, self._wiring.environ)
        try:
            settings = self._wiring.settings
        except LauncherError as error:
            first = [broken("Settings", error, ("settings", "reset"))]
            return examine(self._wiring.with_usual_settings().session(), signers_path, first)
        first = [
            well("Settings", f"{self.places.settings} is as it should be."),
            *check_network(settings, self._wiring.clock.now()),
            *check_move(self.places, self._wiring.layout.root),
        ]
        return examine(self._wiring.session(), signers_path, first)

    # --- settings ------------------------------------------------------------------------------

    def settings(self) -> list[SettingView]:
        """Return every setting with its value and what is allowed."""
        from launcher.adapters.settings_file import view_settings  # noqa: PLC0415 - start-up time

        return view_settings(self.places, self._wiring.environ)

    def set_setting(self, name: str, words: Sequence[str]) -> SettingView:
        """Give a setting the value that a person typed; several words for a list."""
        from launcher.adapters.settings_file import change_setting  # noqa: PLC0415 - start-up time

        return change_setting(self.places, self._wiring.environ, name, words)

    def reset_settings(self, names: Sequence[str]) -> list[SettingView]:
        """Give settings their defaults again; without names all of them."""
        from launcher.adapters.settings_file import reset_settings  # noqa: PLC0415 - start-up time

        return reset_settings(self.places, self._wiring.environ, names)

    # --- documents and transfers ---------------------------------------------------------------

    def verify_manifest(self, path: Path) -> ManifestVerdict:
        """Judge the signatures of a manifest file."""
        from launcher.flows.verify_file import verify_file  # noqa: PLC0415 - start-up time

        return verify_file(self._wiring.session(), path)

    @cached_property
    def publishing(self) -> Publishing:
        """What publishers do."""
        from launcher.app.publishing import Publishing  # noqa: PLC0415 - start-up time

        return Publishing(self._wiring)

    @cached_property
    def running(self) -> Running:
        """Starting and stopping runtimes."""
        from launcher.app.running import Running  # noqa: PLC0415 - start-up time

        return Running(self._wiring)

    @cached_property
    def offline(self) -> Offline:
        """Exports, imports, and the sources that a person follows."""
        from launcher.adapters.offline import Offline  # noqa: PLC0415 - start-up time

        return Offline(self._wiring.session, self.places)

    def _load_dismissed(self) -> frozenset[Dismissal]:
        keys = load_dismissals(self.places)
        if not keys:
            return frozenset()
        from launcher.domain.banners import Dismissal  # noqa: PLC0415 - start-up time

        split = (key.rpartition(":") for key in keys)
        return frozenset(Dismissal(notice_id, sha256) for notice_id, _, sha256 in split)

    def _require_installed(self, bundle_id: str) -> BundleFolder:
        folder = self._wiring.layout.bundle(bundle_id)
        if load_state(folder).state.active is None:
            raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
        return folder


def find_log(environ: Mapping[str, str], *, sample: bool = False) -> Path:
    """Return where the log is, for messages about bugs; it need not exist."""
    return find_places(environ, is_sample=sample).log


def keeps_job_notes(environ: Mapping[str, str], *, sample: bool = False) -> bool:
    """Tell whether the log keeps what jobs say (``log_level``); settings that cannot be read do not silence it."""
    try:
        return load_settings(find_places(environ, is_sample=sample)).log_level == "info"
    except LauncherError:
        return True
