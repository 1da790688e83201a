"""What must hold of any disk that a power cut left: the oracle of the power-cut suites."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

from launcher.domain.errors import LauncherError
from tests.crash.holding import faults_after, faults_between, faults_of_exports, floors_missing, holding_of
from tests.crash.power_model import images_of
from tests.crash.runner import recover_store
from tests.store_world import active_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.power_model import Recording
    from tests.crash.scenarios import Scenario, Site


class Outcome(NamedTuple):
    """What became of one disk.

    Attributes:
        faults: The promises that were broken; none is what a test wants.
        active: The label of the active revision after recovery; None where nothing is active.
    """

    faults: list[str]
    active: str | None = None


def outcomes_of(recording: Recording, scenario: Scenario, site: Site) -> Iterator[Outcome]:
    """Lay out every disk that a power cut may leave, restart on it, and yield what became of it.

    Args:
        recording: What the operation did.
        scenario: The operation, and what it promises.
        site: Where to lay out one disk after the other.
    """
    folder = scenario.changed_at(site)
    for image in images_of(recording):
        shutil.rmtree(folder)
        image.lay_out(recording.nodes, folder)
        outcome = restart(scenario, site, is_done=image.is_done)
        yield Outcome([f"{fault} ({image.story})" for fault in outcome.faults], outcome.active)


def restart(scenario: Scenario, site: Site, *, is_done: bool) -> Outcome:
    """Recover a store after a power cut and compare it with what was promised.

    Args:
        scenario: The operation, and what it promises.
        site: The store and the exports as the power cut left them.
        is_done: The cut came after the operation had ended.
    """
    faults = faults_of_exports(site.out)
    if is_done and not scenario.is_exported(site):
        faults.append("the export is not there")
    try:
        found = active_of(site.store)
    except ValueError as error:
        if not scenario.is_state_damaged:
            return Outcome([f"state.json is no whole state: {error}"])
        found = None
    try:
        recover_store(site.store)
    except LauncherError as error:
        return Outcome([f"the store cannot be recovered: {error}"])
    active = active_of(site.store)
    if active != found and not scenario.is_state_damaged:
        faults.append(f"state.json named {found}, and recovery took {active}")
    faults += [f"{path} is left over" for path in leftovers_of(site.store)]
    faults += floors_missing(site.store)
    holding = holding_of(site.store)
    faults += faults_between(scenario.before, holding, scenario.after)
    if is_done:
        if holding.active != scenario.after.active:
            faults.append(f"{holding.active} is active")
        faults += faults_after(holding, scenario.after)
    return Outcome(faults, holding.active)


def state_of(folder: Path) -> dict[str, Any]:
    """Return everything that decides what the next operation does: folders that are equal here behave equally."""
    kept = [path for path in folder.rglob("*") if path.name != ".lock" and not path.is_dir()]
    return {str(path.relative_to(folder)): path.readlink() if path.is_symlink() else path.read_bytes() for path in kept}
