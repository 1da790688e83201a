"""Starting and stopping runtimes, and the consents that some of them need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.adapters.consents import Consents
from launcher.adapters.running import RunNotes, stop_running
from launcher.domain.errors import NeedsConsent
from launcher.flows.run import Guards, RunOptions, run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from launcher.app.wiring import Wiring
    from launcher.domain.bundle import Consent
    from launcher.domain.care_views import RunPlanView, RunView, StopView
    from launcher.domain.progress import Observer


class Running:
    """The operations on running runtimes."""

    def __init__(self, wiring: Wiring) -> None:
        """Work with these parts."""
        self._wiring = wiring
        self._notes = RunNotes(wiring.places.running)
        self._consents = Consents(wiring.places.consents)

    def run(  # noqa: PLR0913 - all that a person may say of a run, by name
        self,
        bundle_id: str,
        observer: Observer,
        *,
        model: Path | None = None,
        port: int | None = None,
        args: Sequence[str] = (),
        env: Sequence[tuple[str, str]] = (),
        gives_consent: bool = False,
    ) -> RunView:
        """Run a bundle's active revision until somebody stops it; ``gives_consent`` agrees to its manifest's note."""

        def check_consent(consent: Consent) -> None:
            if not consent.required or self._consents.has(bundle_id, consent):
                return
            if not gives_consent:
                raise NeedsConsent(
                    f"`{bundle_id}` asks for your consent first: {consent.note or 'no reason is given'}",
                    expected="a consent",
                    actual=f"none for {', '.join(consent.modalities) or 'this bundle'}",
                )
            self._consents.give(bundle_id, consent)

        options = RunOptions(model, port, tuple(args), tuple(env))
        return run(self._wiring.session(), bundle_id, options, Guards(self._notes, check_consent), observer)

    def plan(
        self,
        bundle_id: str,
        *,
        model: Path | None = None,
        port: int | None = None,
        args: Sequence[str] = (),
        env: Sequence[tuple[str, str]] = (),
    ) -> RunPlanView:
        """Return how a bundle's active revision would be started, and whether its consent is given."""
        from launcher.flows.run_plan import plan_run  # noqa: PLC0415 - beside its one use

        options = RunOptions(model, port, tuple(args), tuple(env))
        return plan_run(
            self._wiring.session(),
            bundle_id,
            options,
            self._notes,
            lambda consent: self._consents.has(bundle_id, consent),
        )

    def stop(self, bundle_id: str, observer: Observer) -> StopView:
        """End a runtime that was started here."""
        note, was_killed = stop_running(self._notes, bundle_id, lambda: observer.advance(0))
        return {"id": bundle_id, "revision": note.revision, "pid": note.pid, "was_killed": was_killed}

    def revoke_consent(self, bundle_id: str) -> bool:
        """Forget a consent; return whether there was one."""
        return self._consents.revoke(bundle_id)
