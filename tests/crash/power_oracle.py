"""What must hold of any disk that a power cut left: the oracle of the power-cut suites."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from launcher.domain.errors import LauncherError
from tests.crash.power_model import images_of
from tests.crash.runner import recover_store
from tests.registry import LLAMA
from tests.store_world import active_of, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crash.forks import Forks
    from tests.crash.power_model import Recording
    from tests.crash.runner import Job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one disk.

    Attributes:
        faults: The promises that were broken; none is what a test wants.
        version: The active version after recovery; None where nothing is active.
    """

    faults: list[str]
    version: str | None


def outcomes_of(recording: Recording, place: Path, old: str | None, new: str) -> Iterator[tuple[Outcome, Path]]:
    """Lay out every disk that a power cut may leave, restart on it, and yield what became of it and where it lies.

    Args:
        recording: What the operation did.
        place: A folder for one disk after the other.
        old: The version that was active before.
        new: The version that the operation makes active.
    """
    for image in images_of(recording):
        shutil.rmtree(place, ignore_errors=True)
        image.lay_out(recording.nodes, place)
        outcome = restart(place, {new} if image.is_done else {old, new})
        yield Outcome([f"{fault} ({image.story})" for fault in outcome.faults], outcome.version), place


def restart(store: Path, versions: set[str | None]) -> Outcome:
    """Recover a store after a power cut and compare it with what was promised.

    Args:
        store: The store as the power cut left it.
        versions: One of these must be active.
    """
    try:
        found = active_of(store)
    except ValueError as error:
        return Outcome([f"state.json is no whole state: {error}"], None)
    try:
        recover_store(store)
    except LauncherError as error:
        return Outcome([f"the store cannot be recovered: {error}"], None)
    active = active_of(store)
    version = _version_of(store, active)
    faults = [f"{path} is left over" for path in leftovers_of(store)]
    if active != found:
        faults.append(f"state.json named {found}, and recovery took {active}")
    if version not in versions:
        faults.append(f"{version} is active and not one of {sorted(map(str, versions))}")
    names = [path.name for path in store.glob(f"{LLAMA}/revisions/*")]
    return Outcome(faults + [f"{name}/{fault}" for name in names for fault in _faults(store, name)], version)


def state_of(store: Path) -> dict[str, Any]:
    """Return everything that decides what the next operation does: stores that are equal here behave equally."""
    kept = [path for path in store.rglob("*") if path.name != ".lock" and not path.is_dir()]
    return {str(path.relative_to(store)): path.readlink() if path.is_symlink() else path.read_bytes() for path in kept}


def assert_next_works(forks: Forks, store: Path, job: Job, version: str) -> None:
    """Do the next operation on a recovered store, and assert that this version is active then, and whole."""
    answer = forks.run(replace(job, store=str(store)))
    assert answer == {"killed": False, "done": True} or answer["code"] == "nothing-to-do", answer
    assert restart(store, {version}) == Outcome([], version)


def _faults(store: Path, revision: str) -> list[str]:
    try:
        return faults_of(store, revision)
    except (FileNotFoundError, json.JSONDecodeError) as error:
        return [f"bundle.json: {error}"]


def _version_of(store: Path, revision: str | None) -> str | None:
    if revision is None:
        return None
    path = store / LLAMA / "revisions" / revision / "payload" / "model.txt"
    text = path.read_text(encoding="utf-8") if path.exists() else "nothing that is there"
    return text.strip().removeprefix("built from ")
