"""A move of the store, killed at every checkpoint: one whole store is in use, and the next start works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.registry import LLAMA
from tests.store_world import World, active_of, big_tree, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHECKOUT = Path(__file__).resolve().parents[2]
Run = "Callable[..., dict[str, Any]]"


@pytest.fixture(scope="module")
def run() -> Iterator[Callable[..., dict[str, Any]]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.move_runner"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def run(environ: dict[str, str], *words: str, kill_at: int | None = None) -> dict[str, Any]:
            stdin.write(json.dumps({"environ": environ, "words": words, "kill_at": kill_at}) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline())
            assert "bug" not in answer, answer["bug"]
            return answer

        yield run
        stdin.close()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with two revisions that share a large file; the older one is active."""
    with World(tmp_path / "world") as world:
        world.publish("b1", big_tree("b1"))
        world.install()
        world.publish("b2", big_tree("b2"))
        world.install()
        world.roll_back()
        shutil.copy(world.registry.signers_path, tmp_path / "signers.json")
    return world.store


@pytest.fixture(params=["one volume", "two volumes"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder on the volume of the test's folder, or on another one."""
    if request.param == "one volume":
        yield tmp_path / "moved"
        return
    other = Path("/dev/shm")  # noqa: S108 - only to have a second volume
    if not os.access(other, os.W_OK) or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second volume here")
    with tempfile.TemporaryDirectory(dir=other) as folder:
        yield Path(folder) / "moved"


class Machine:
    """A home folder whose settings name a copy of a store."""

    def __init__(self, root: Path, template: Path, signers: Path) -> None:
        shutil.rmtree(root, ignore_errors=True)
        self.store = root / "first"
        shutil.copytree(template, self.store, symlinks=True)
        self.config = root / "config" / "arw"
        self.config.mkdir(parents=True)
        self.settings = self.config / "settings.json"
        self.settings.write_text(json.dumps({"store_root": str(self.store)}), encoding="utf-8")
        names = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        self.environ = {name: str(root / name[4:-5].lower()) for name in names}
        self.environ["ARW_RUNTIME_BUNDLE_SIGNERS"] = str(signers)

    def used_store(self, run: Callable[..., dict[str, Any]]) -> Path:
        """Return the store that a new start uses, and what the settings say then: they must agree."""
        (root,) = run(self.environ, "overview")["said"]
        assert json.loads(self.settings.read_text(encoding="utf-8"))["store_root"] == root
        return Path(root)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def assert_whole(store: Path) -> None:
    """Assert that both revisions are what was signed, and that nothing else is there."""
    names = names_in(store / LLAMA / "revisions")
    assert len(names) == 2
    assert active_of(store) == names[0]
    for name in names:
        assert faults_of(store, name) == []
    assert leftovers_of(store) == []


def test_killed_anywhere_in_a_move(
    run: Callable[..., dict[str, Any]], store: Path, place: Path, tmp_path: Path
) -> None:
    whole = Machine(tmp_path / "whole", store, tmp_path / "signers.json")
    done = run(whole.environ, "move", str(place))
    assert done["said"]["is_source_gone"]
    assert whole.used_store(run) == place
    assert_whole(place)
    assert not whole.store.exists()
    assert not list(whole.config.glob("store-move.json"))
    assert len(done["passed"]) > 5
    used = set()

    for number in range(1, len(done["passed"]) + 1):
        shutil.rmtree(place)
        machine = Machine(tmp_path / "killed", store, tmp_path / "signers.json")
        assert run(machine.environ, "move", str(place), kill_at=number) == {"killed": True}
        found = machine.used_store(run)
        used.add(found)
        assert_whole(found)
        older, newer = names_in(found / LLAMA / "revisions")
        assert run(machine.environ, "rollback", LLAMA)["said"] == newer
        assert run(machine.environ, "rollback", LLAMA)["said"] == older
        cleaned = run(machine.environ, "clean-up")
        assert "said" in cleaned or cleaned["code"] == "nothing-to-do"
        assert_whole(found)
        if found == machine.store:
            assert not place.exists()
            assert run(machine.environ, "move", str(place))["said"]["is_source_gone"]
            assert machine.used_store(run) == place
            assert_whole(place)
        assert names_in(tmp_path / "killed") == ["config"], "nothing of the old store is left"
        place.mkdir(exist_ok=True)

    assert used == {tmp_path / "killed" / "first", place}
