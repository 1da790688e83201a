"""Trying the active revision: it starts, and where a model is given, its server becomes healthy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import NotInstalled
from launcher.domain.progress import Phase
from launcher.flows.programs import require_program
from launcher.store.leases import leased
from launcher.store.revisions import verify_revision
from launcher.store.states import load_state

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.care_views import SmokeView
    from launcher.domain.progress import Observer
    from launcher.flows.session import Session


def smoke(session: Session, bundle_id: str, observer: Observer, *, model: Path | None = None) -> SmokeView:
    """Prove the active revision whole, run its probe, and with a model start its server until it is healthy.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        DamagedRevision: It is not what was signed (threat E6).
        NoExecutable: The manifest names no program, or it is not there.
        StoreLocked: It is being deleted right now.
        ProbeFailed: It does not start.
        SmokeFailed: Its server does not become healthy.
        Cancelled: The observer said so.
    """
    folder = session.layout.bundle(bundle_id)
    active = load_state(folder).state.active
    if active is None:
        raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
    observer.phase(Phase.VERIFYING, bundle_id)
    with leased(folder, active):
        intact = verify_revision(folder, active, observer)
        process, executable = require_program(intact, bundle_id)
        observer.phase(Phase.TESTING, bundle_id)
        payload = intact.folder.payload
        first_line = session.runtime_probe.probe(payload, executable, process)
        status = None
        if model is not None:

            def keep_waiting() -> None:
                observer.advance(0)

            status = session.runtime_probe.check_health(payload, executable, process, model, keep_waiting)
    return {
        "id": bundle_id,
        "revision": active,
        "command": executable,
        "first_line": first_line,
        "health_status": status,
    }
