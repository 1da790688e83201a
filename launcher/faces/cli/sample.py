"""`arw-cli sample`: the whole way of a bundle on a registry made on this machine, told step by step.

It is what the window offers, for a terminal: a bundle is chosen with a reason, fetched, proven, tried and activated,
updated, rolled back and audited. Running it again goes on from where the last run ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import AuditFailed, MachineError, NothingToDo
from launcher.faces.cli.context import Outcome
from launcher.faces.cli.terminal import counted, format_size
from launcher.faces.cli.text_words import version_text

if TYPE_CHECKING:
    from launcher.domain.views import BundleView
    from launcher.faces.cli.context import Context
    from launcher.faces.cli.results import SampleResult, SampleStep

_NEXT: Final = "Look around: `arw-cli --sample runtime bundles list`. The window: `arw-launcher --sample`."


def sample(context: Context) -> Outcome:
    """Go the whole way with the bundle that suits this machine best."""
    tour = _Tour(context)
    bundle = tour.choose()
    bundle_id = bundle["id"]
    tour.install(bundle)
    tour.smoke(bundle_id)
    if tour.update(bundle_id):
        tour.smoke(bundle_id)
    tour.roll_back(bundle_id)
    error = tour.audit()
    result: SampleResult = {"id": bundle_id, "steps": tour.steps}
    done = ", ".join(step["step"].lower() for step in tour.steps)  # each was told with its sentence as it was done
    return Outcome(result, lambda _screen: [f"{'Stopped after' if error else 'Done'}: {done}.", _NEXT], error)


class _Tour:
    """The steps that were done, each told as soon as it is."""

    def __init__(self, context: Context) -> None:
        self._launcher = context.launcher
        self._observer = context.observer
        self.steps: list[SampleStep] = []

    def choose(self) -> BundleView:
        """Make or refresh the registry, and take the bundle that is recommended.

        Raises:
            MachineError: Nothing in it fits this machine.
        """
        problem = next(
            (catalog["problem"] for catalog in self._launcher.refresh(self._observer) if catalog["problem"]), None
        )
        bundles = self._launcher.overview()["bundles"]
        best = next((bundle for bundle in bundles if bundle["is_recommended"]), None)
        if best is None:
            raise MachineError(
                "The sample registry holds nothing that fits this machine.", actual=problem and problem["message"]
            )
        why = next((reason["sentence"] for reason in best["reasons"] if reason["code"] == "recommended"), "")
        self._done("Chosen", f"{best['id']}. {why}".strip())
        return best

    def install(self, bundle: BundleView) -> None:
        """Install it, unless it is."""
        if bundle["active"] is not None:
            self._done(
                "Installed",
                f"{version_text(bundle['active']['upstream_version'], None)} is active since an earlier run.",
            )
            return
        view = self._launcher.install([bundle["id"]], self._observer)[0]
        self._done(
            "Installed",
            f"{view['upstream_version']}, {format_size(view['fetch_bytes'])} fetched. {view['signature']['sentence']}",
        )

    def smoke(self, bundle_id: str) -> None:
        """Start it once."""
        view = self._launcher.smoke(bundle_id, self._observer)
        self._done("Tried", f"{view['command']} starts and says: {view['first_line']}")

    def update(self, bundle_id: str) -> bool:
        """Update it; False where there is nothing newer, or it is held."""
        view = self._launcher.update([bundle_id], self._observer)
        for skipped in view["skipped"]:
            self._done("Not updated", skipped["sentence"])
        for update in view["updated"]:
            self._done("Updated", f"to {update['upstream_version']}; {update['replaces']} is one step away.")
        return bool(view["updated"])

    def roll_back(self, bundle_id: str) -> None:
        """Go back to the previous revision, where there is one."""
        try:
            view = self._launcher.roll_back(bundle_id, self._observer)
        except NothingToDo as error:
            self._done("Not rolled back", error.message)
            return
        files = f"{counted(view['verified_files'], 'file')} verified first"
        self._done("Rolled back", f"from {view['replaces_upstream_version']} to {view['upstream_version']}, {files}.")

    def audit(self) -> AuditFailed | None:
        """Hash everything again; return why it failed, if it did."""
        view = self._launcher.audit(self._observer, require_signed=True, deep=True)
        verdict = "as signed" if view["ok"] else "NOT as signed"
        files = sum(item["checked_files"] for item in view["items"])
        self._done("Audited", f"{counted(len(view['items']), 'revision')} with {counted(files, 'file')}: {verdict}.")
        return None if view["ok"] else AuditFailed("The audit of the sample's store failed.", actual=view["dest"])

    def _done(self, step: str, sentence: str) -> None:
        self.steps.append({"step": step, "sentence": sentence})
        self._observer.log(f"{step}: {sentence}")
