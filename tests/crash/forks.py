"""The tests' side of `tests.crash.runner`, and stores that are copied for every crash."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.crash.runner import Job, as_line
from tests.registry import LLAMA
from tests.store_world import active_of, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from tests.store_world import World

CHECKOUT = Path(__file__).resolve().parents[2]


class Forks:
    """A process that forks for every job; ``with`` starts and ends it."""

    def __enter__(self) -> Self:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.runner"],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()

    def run(self, job: Job) -> dict[str, Any]:
        """Run a job to its end, good or bad."""
        self.start(job)
        return self.read()

    def start(self, job: Job) -> None:
        """Start a job; where it waits, `read` gives its process id and `go` lets it run."""
        self._write(as_line(job))

    def go(self) -> None:
        """Let a waiting job run."""
        self._write("\n")

    def read(self) -> dict[str, Any]:
        """Return the next answer; a bug in the program fails the test with its traceback."""
        assert self._process.stdout is not None
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "bug" not in answer, answer["bug"]
        return answer

    def _write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text)
        self._process.stdin.flush()


def wait_until(condition: Callable[[], bool], *, timeout_s: float = 20.0) -> None:
    """Return as soon as another process has done what it is expected to do."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)


def job_of(world: World, operation: str) -> Job:
    """Return a job on a world's store that reads the registry's folder, without a server."""
    registry = world.registry
    return Job(operation, str(world.store), str(registry.catalog_path), str(registry.signers_path))


def copy_folder(source: Path, place: Path) -> None:
    """Copy a folder in the place of what is there, hard links as hard links."""
    shutil.rmtree(place, ignore_errors=True)
    copies: dict[int, Path] = {}

    def copy_file(file: str, copy: str) -> None:
        known = copies.setdefault(os.lstat(file).st_ino, Path(copy))
        if str(known) != copy:
            os.link(known, copy)
        else:
            shutil.copy2(file, copy)

    shutil.copytree(source, place, symlinks=True, copy_function=copy_file)


class CrashedStore:
    """A copy of a store, for an operation to crash in."""

    def __init__(self, template: Path, place: Path) -> None:
        """Copy the store at ``template``, links and all, to ``place``."""
        copy_folder(template, place)
        self.path = place
        self._had_active = (place / LLAMA / "state.json").exists()

    @property
    def active_version(self) -> str | None:
        """The version that the active payload itself says it is; None where nothing is active."""
        active = active_of(self.path)
        if active is None:
            return None
        text = (self.path / LLAMA / "revisions" / active / "payload" / "model.txt").read_text(encoding="utf-8")
        return text.strip().removeprefix("built from ")

    def job(self, job: Job) -> Job:
        """Return the job, on this store."""
        return replace(job, store=str(self.path))

    def revisions(self) -> list[str]:
        """Return the names of all published revisions."""
        return sorted(path.name for path in self.path.glob("*/*/revisions/*"))

    def assert_recovered(self, forks: Forks, job: Job) -> None:
        """Assert that after a restart a whole revision is active if one was before, and that nothing else is left.

        Args:
            forks: Where to run the restarted program.
            job: Any job of this world.
        """
        answer = forks.run(self.job(replace(job, operation="recover", kill_at=None, passed=None, waits=False)))
        assert answer == {"killed": False, "done": True}
        active = active_of(self.path)
        assert active is None or active in self.revisions()
        assert active is not None or not self._had_active
        for name in self.revisions():
            assert faults_of(self.path, name) == []
        assert leftovers_of(self.path) == []
