"""How the active revision would be started: for people to read before they start it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.bundle import parse_manifest
from launcher.domain.errors import NoExecutable, NotInstalled
from launcher.domain.index import find_executable
from launcher.domain.start import plan_start
from launcher.store.installed import read_revision
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.bundle import Consent
    from launcher.domain.care_views import ConsentView, RunPlanView
    from launcher.flows.ports import RunNotes
    from launcher.flows.run import RunOptions
    from launcher.flows.session import Session


def plan_run(
    session: Session, bundle_id: str, options: RunOptions, notes: RunNotes, has_consent: Callable[[Consent], bool]
) -> RunPlanView:
    """Return what `run` would start; nothing is started, and no file of the revision is compared.

    Args:
        session: What to work with.
        bundle_id: The bundle.
        options: What was said.
        notes: What runs now.
        has_consent: Tells whether a consent was given.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        DamagedRevision: Its manifest or record cannot be read.
        NoExecutable: It has no program.
        StoreError: The store cannot be read.
    """
    folder = session.layout.bundle(bundle_id)
    active = load_state(folder).state.active
    if active is None:
        raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
    revision = read_revision(folder, active)
    bundle = parse_manifest(revision.document).bundle
    process = bundle.process
    executable = find_executable(process.command, revision.index) if process else None
    if process is None or executable is None:
        raise NoExecutable(f"`{bundle_id}` has no program to start.")
    port = options.port or session.runtime_probe.find_free_port()
    plan = plan_start(process, port=port, model=str(options.model) if options.model else None)
    return {
        "id": bundle_id,
        "revision": active,
        "command": [str(revision.folder.payload / executable), *plan.args, *options.args],
        "env": dict((*process.env, *options.env)),
        "port": port,
        "url": plan.health_url,
        "consent": _view(bundle.consent, has_consent) if bundle.consent.required else None,
        "is_running": notes.find(bundle_id) is not None,
        "dry_run": True,
    }


def _view(consent: Consent, has_consent: Callable[[Consent], bool]) -> ConsentView:
    return {"note": consent.note, "modalities": list(consent.modalities), "is_given": has_consent(consent)}
