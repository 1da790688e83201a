"""Running the active revision in the foreground: leased, watched until it is healthy, and ended with the job."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from launcher.domain.crash_advice import find_advice
from launcher.domain.errors import (
    AlreadyRunning,
    LauncherError,
    NotHealthy,
    NotInstalled,
    ProbeFailed,
    RuntimeEnded,
    RuntimeFailure,
    UsageError,
)
from launcher.domain.progress import Phase
from launcher.domain.start import plan_start
from launcher.domain.values import NamedTuple
from launcher.flows.programs import require_program
from launcher.flows.rollback import roll_back
from launcher.store.health import load_health, save_health
from launcher.store.leases import leased
from launcher.store.revisions import verify_revision
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from launcher.domain.bundle import Consent, Process
    from launcher.domain.care_views import RunView
    from launcher.domain.progress import Observer
    from launcher.domain.start import StartPlan
    from launcher.flows.ports import RunningServer, RunNotes
    from launcher.flows.session import Session
    from launcher.store.layout import BundleFolder

HEALTHY_WITHIN_S: Final = 300.0
"""A model of many gigabytes on a slow disk takes minutes to load."""
_SHOWN_LINES: Final = 5


class RunOptions(NamedTuple):
    """What a person may say of a run.

    Attributes:
        model: The model file.
        port: Where to listen; None for a free port.
        args: Further arguments, after the manifest's.
        env: Variables of its environment, over the manifest's.
        healthy_within_s: How long it may take to become healthy.
    """

    model: Path | None = None
    port: int | None = None
    args: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    healthy_within_s: float = HEALTHY_WITHIN_S


class Guards(NamedTuple):
    """What stands between a person and a running program.

    Attributes:
        notes: Where running servers are noted, for `stop`.
        check_consent: Raises `NeedsConsent` where the manifest asks for a consent that was not given.
    """

    notes: RunNotes
    check_consent: Callable[[Consent], None]


class _Run(NamedTuple):
    """A server that was started, and how it is watched."""

    folder: BundleFolder
    revision: str
    server: RunningServer
    process: Process
    plan: StartPlan
    session: Session
    observer: Observer


def run(session: Session, bundle_id: str, options: RunOptions, guards: Guards, observer: Observer) -> RunView:
    """Start the active revision's server and stay until somebody stops it.

    A revision that was never healthy on this machine and fails its first health check is left by itself, once: the
    previous one becomes active again (threat E9).

    Args:
        session: What to work with.
        bundle_id: The bundle.
        options: What was said.
        guards: Consent, and the notes about what runs.
        observer: Told what the server prints; its cancel ends the server.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        DamagedRevision: It is not what was signed.
        NoExecutable: It has no program.
        NeedsConsent: Nobody agreed to what the manifest says.
        AlreadyRunning: It runs already.
        ProbeFailed: It cannot be started.
        NotHealthy: It did not become healthy.
        RuntimeEnded: It ended by itself.
        Cancelled: The observer said so; the server has ended.
    """
    folder = session.layout.bundle(bundle_id)
    active = load_state(folder).state.active
    if active is None:
        raise NotInstalled(f"`{bundle_id}` is not installed.", hint=f"Install it: `install {bundle_id}`.")
    if options.model is not None and not options.model.is_file():
        raise UsageError(f"There is no model `{options.model}`.")
    if guards.notes.find(bundle_id) is not None:
        raise AlreadyRunning(f"`{bundle_id}` is running already.")
    try:
        with leased(folder, active):
            return _run_leased(session, folder, active, options, guards, observer)
    except (NotHealthy, RuntimeEnded, ProbeFailed) as error:
        _leave_if_never_healthy(session, folder, active, error, observer)
        raise


def _run_leased(
    session: Session, folder: BundleFolder, active: str, options: RunOptions, guards: Guards, observer: Observer
) -> RunView:
    bundle_id, notes = folder.bundle_id, guards.notes
    observer.phase(Phase.VERIFYING, bundle_id)
    intact = verify_revision(folder, active, observer)
    process, executable = require_program(intact, bundle_id)
    process = process._replace(env=(*process.env, *options.env))
    guards.check_consent(intact.manifest.bundle.consent)
    port = options.port or session.runtime_probe.find_free_port()
    plan = plan_start(process, port=port, model=str(options.model.resolve()) if options.model else None)
    observer.phase(Phase.STARTING, bundle_id)
    args = (*plan.args, *options.args)
    server = session.runtime_probe.start_server(intact.folder.payload, executable, args, process)
    try:
        notes.note(bundle_id, active, server.pid, port)
        started = _Run(folder, active, server, process, plan, session, observer)
        was_healthy = _await_health(started, options.healthy_within_s, lambda: notes.is_wanted(bundle_id))
        status = _await_end(started)
        if notes.is_wanted(bundle_id):
            raise _ended(server, status)
    finally:
        server.stop()
        notes.drop(bundle_id)
    return {
        "id": bundle_id,
        "revision": active,
        "port": port,
        "url": plan.health_url,
        "was_healthy": was_healthy,
        "exit_status": status,
    }


def _await_health(run: _Run, timeout_s: float, is_wanted: Callable[[], bool]) -> bool:
    """Watch until the server is healthy; False where the manifest does not say how to see that, or it was stopped."""
    health, url = run.process.health, run.plan.health_url
    if health is None or url is None:
        run.observer.phase(Phase.RUNNING, run.folder.bundle_id)  # more is not known of it
        return False
    deadline = time.monotonic() + timeout_s
    status = 0
    while time.monotonic() < deadline:
        _tell(run)
        ended = run.server.find_exit_status()
        if ended is not None:
            if is_wanted():
                raise _ended(run.server, ended)
            return False
        status = run.server.ask(url)
        if status == health.expect_status:
            _remember_healthy(run.folder, run.revision)  # before anybody is told, who may cancel
            run.observer.phase(Phase.HEALTHY, url)
            return True
        run.session.runtime_probe.wait()
    raise NotHealthy(
        f"The runtime did not become healthy in time. {_last_words(run.server)}".strip(),
        expected=f"status {health.expect_status} from {url} within {timeout_s:.0f} s",
        actual=f"status {status}" if status else "no answer",
        hint=find_advice(run.server.last_lines()),
    )


def _await_end(run: _Run) -> int:
    while (status := run.server.find_exit_status()) is None:
        _tell(run)
        run.session.runtime_probe.wait()
    _tell(run)
    return status


def _tell(run: _Run) -> None:
    for line in run.server.take_lines():
        run.observer.log(line)
    run.observer.advance(0)


def _ended(server: RunningServer, status: int) -> RuntimeEnded:
    return RuntimeEnded(
        f"The runtime ended by itself. {_last_words(server)}".strip(),
        expected="a server that runs until it is stopped",
        actual=f"ended by signal {-status}" if status < 0 else f"exit status {status}",
        hint=find_advice(server.last_lines(), status),
    )


def _last_words(server: RunningServer) -> str:
    lines = server.last_lines()[-_SHOWN_LINES:]
    return f"Its last words: {' | '.join(lines)}" if lines else "It printed nothing."


def _remember_healthy(folder: BundleFolder, revision: str) -> None:
    known = load_health(folder)
    if revision not in known.healthy:
        save_health(folder, known._replace(healthy=known.healthy | {revision}, failed=known.failed - {revision}))


def _leave_if_never_healthy(
    session: Session, folder: BundleFolder, revision: str, failure: RuntimeFailure, observer: Observer
) -> None:
    """Roll back from a revision that fails its first health check, unless the previous one failed too."""
    known = load_health(folder)
    state = load_state(folder).state
    if revision in known.healthy | known.failed or state.active != revision or state.previous is None:
        return
    save_health(folder, known._replace(failed=known.failed | {revision}))
    if state.previous in known.failed:
        return
    try:
        view = roll_back(session, folder.bundle_id, observer)
    except LauncherError as error:
        observer.log(f"{revision} was never healthy, and could not be left: {error.message}")
        return
    sentence = f"{revision} was never healthy on this machine, so {view['revision']} is active again."
    observer.log(sentence)
    failure.hint = f"{sentence} `update` does not bring it back by itself. {failure.hint or ''}".strip()
