"""People who all use one store at once: ``python -m tests.crash.crowd`` with a `Crowd` as JSON.

It imports everything once and forks a process for each seed. What became of each operation is one line of JSON on the
standard output, short enough that the lines of two processes never mix.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.app import open_launcher
from launcher.domain.errors import LauncherError
from launcher.domain.progress import Silent
from tests.registry import LLAMA, WHISPER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from launcher.app import Launcher

EDITED: Final = WHISPER
"""The bundle whose active revision was edited by hand, for ``snapshot`` to record."""
_IMPORTED_LATE: Final = (
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "launcher.adapters.fetch",
    "launcher.adapters.http.fetcher",
    "launcher.flows.audit",
    "launcher.flows.install",
    "launcher.flows.overview",
    "launcher.flows.rollback",
    "launcher.flows.snapshot",
    "launcher.flows.update",
    "platformdirs.unix",
    "zstandard",
)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who does how much to which store.

    Attributes:
        store: The store's root.
        catalog: The catalog's URL.
        signers: The signer registry.
        seeds: One for each process.
        operations: How many operations each does.
    """

    store: str
    catalog: str
    signers: str
    seeds: tuple[int, ...]
    operations: int

    def as_argument(self) -> str:
        """Return the crowd as the program reads it."""
        return json.dumps(asdict(self))


class _Listening(Silent):
    """Keeps what is said about waiting."""

    def __init__(self) -> None:
        self.waits: list[str] = []

    def log(self, message: str) -> None:
        if message.startswith("Waiting"):
            self.waits.append(message)


def main() -> None:
    """Let them all begin, and end when all have ended."""
    for module in _IMPORTED_LATE:
        import_module(module)
    crowd = Crowd(**json.loads(sys.argv[1]))
    processes = []
    for seed in crowd.seeds:
        process = os.fork()
        if process == 0:
            _live(crowd, seed)
        processes.append(process)
    for process in processes:
        os.waitpid(process, 0)


def _live(crowd: Crowd, seed: int) -> None:
    try:
        choices = random.Random(seed)  # noqa: S311 - a test's choices
        for _ in range(crowd.operations):
            name = choices.choice(list(_OPERATIONS))
            _say({"seed": seed, "pid": os.getpid(), "operation": name, **_result_of(name, crowd, choices)})
        _say({"seed": seed, "pid": os.getpid(), "operation": "end"})
    finally:
        os._exit(0)


def _say(line: Mapping[str, object]) -> None:
    os.write(1, json.dumps(line).encode() + b"\n")


def _result_of(name: str, crowd: Crowd, choices: random.Random) -> dict[str, object]:
    environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": crowd.signers, "PATH": os.environ["PATH"]}
    listening = _Listening()
    result: dict[str, object] = {}
    try:
        launcher = open_launcher(dest=Path(crowd.store), catalog=crowd.catalog, environ=environ)
        result["commits"] = _OPERATIONS[name](launcher, choices, listening)
    except LauncherError as error:
        result["error"] = error.code
        result["message"] = f"{error.message} {error.actual or ''}"[:500]
    except BaseException:  # noqa: BLE001 - the test reports it
        result["bug"] = traceback.format_exc()[-2000:]
    return {**result, "waits": listening.waits[:10]}


def _any_revision(launcher: Launcher, choices: random.Random) -> str:
    folder = launcher.places.store_root / LLAMA / "revisions"
    return choices.choice(sorted(path.name for path in folder.iterdir()))


# Each returns how often it wrote the state of the bundle that the test is about.


def _install(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    return len(launcher.install([LLAMA], observer))


def _install_again(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    return len(launcher.install([LLAMA], observer, force=True))


def _update(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    return len(launcher.update([LLAMA], observer)["updated"])


def _roll_back(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    launcher.roll_back(LLAMA, observer)
    return 1


def _roll_back_to(launcher: Launcher, choices: random.Random, observer: Silent) -> int:
    launcher.roll_back(LLAMA, observer, revision=_any_revision(launcher, choices))
    return 1


def _pin(launcher: Launcher, choices: random.Random, observer: Silent) -> int:
    launcher.pin(LLAMA, _any_revision(launcher, choices), observer, pinned=choices.random() < 0.3)
    return 1


def _prune(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    launcher.prune(observer)
    return 0


def _snapshot(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    launcher.snapshot(EDITED, observer)
    return 0


def _audit(launcher: Launcher, _choices: random.Random, observer: Silent) -> int:
    view = launcher.audit(observer, deep=True, bundle_id=LLAMA)
    assert [item for item in view["items"] if not item["ok"]] == []
    return 0


def _list(launcher: Launcher, _choices: random.Random, _observer: Silent) -> int:
    (bundle,) = (row for row in launcher.overview()["bundles"] if row["id"] == LLAMA)
    assert bundle["active"] is not None
    return 0


_OPERATIONS: Final[Mapping[str, Callable[[Launcher, random.Random, _Listening], int]]] = {
    "install": _install,
    "install-again": _install_again,
    "update": _update,
    "rollback": _roll_back,
    "rollback-to": _roll_back_to,
    "pin": _pin,
    "prune": _prune,
    "snapshot": _snapshot,
    "audit": _audit,
    "list": _list,
}


if __name__ == "__main__":
    main()
