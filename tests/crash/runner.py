"""Runs operations in processes that are killed on the way.

Started as a program, it imports everything once, then reads one `Job` a line and forks a process for each. A job may
kill itself at its Nth checkpoint, or wait until a tracer is attached. What became of it is one line of JSON.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import signal
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.app import open_launcher
from launcher.domain.errors import LauncherError
from launcher.domain.progress import Silent
from launcher.store import objects
from launcher.store.checkpoint import watch_checkpoints
from launcher.store.layout import StoreLayout
from launcher.store.lock import locked
from launcher.store.recovery import open_root, recover
from launcher.store.states import load_state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from launcher.app import Launcher

LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
SHARED_FROM_BYTES: Final = 512  # small files are shared as large ones are, so that the disks stay small
_PR_SET_PTRACER = 0x59616D61  # linux/prctl.h
# What the launcher imports where it is used; paid once here, and no system call of it is ever counted.
_IMPORTED_LATE = (
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "launcher.adapters.fetch",
    "launcher.flows.collect",
    "launcher.flows.install",
    "launcher.flows.repair",
    "launcher.flows.snapshot",
    "launcher.flows.transfer.exporting",
    "launcher.flows.transfer.importing",
    "launcher.flows.rollback",
    "launcher.flows.update",
    "platformdirs.unix",
    "zstandard",
)


@dataclass(frozen=True, slots=True)
class Job:
    """One operation on one store.

    Attributes:
        operation: ``recover``, or a key of `_OPERATIONS`.
        store: The store's root.
        catalog: The catalog's file or URL.
        signers: The signer registry.
        kill_at: The checkpoint to die at, counted from 1; None to live.
        passed: A file that takes the names of the checkpoints that were passed.
        cache: The exported cache to write or to read.
        waits: Wait for a line on standard input, after a tracer was attached.
    """

    operation: str
    store: str
    catalog: str
    signers: str
    kill_at: int | None = None
    passed: str | None = None
    cache: str = ""
    waits: bool = False


def main() -> None:
    """Serve jobs until there are no more."""
    for module in _IMPORTED_LATE:
        importlib.import_module(module)
    objects.SHARED_FROM_BYTES = SHARED_FROM_BYTES  # type: ignore[misc]
    for line in sys.stdin:
        job = Job(**json.loads(line))
        receiver, sender = os.pipe()
        process = os.fork()
        if process == 0:
            _live(job, sender)
        os.close(sender)
        if job.waits:
            _say({"pid": process})
        with os.fdopen(receiver) as pipe:
            result = pipe.read()
        _, status = os.waitpid(process, 0)
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        _say({"killed": was_killed, **json.loads(result or "{}")})


def _say(answer: dict[str, object]) -> None:
    print(json.dumps(answer), flush=True)


def _live(job: Job, sender: int) -> None:
    try:
        if job.waits:
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
            sys.stdin.buffer.raw.read(1)  # type: ignore[union-attr]  # the real standard input
        _count_checkpoints(job)
        result: dict[str, object] = {"done": True}
        try:
            operate(job)
        except LauncherError as error:
            result = {**error.as_json()}
        except BaseException:  # noqa: BLE001 - the test reports it
            result = {"bug": traceback.format_exc()}
        watch_checkpoints(None)
        os.write(sender, json.dumps(result).encode())
    finally:
        os._exit(0)


def _count_checkpoints(job: Job) -> None:
    count = 0

    def pass_checkpoint(name: str) -> None:
        nonlocal count
        count += 1
        if job.passed is not None:
            with Path(job.passed).open("a", encoding="utf-8") as file:
                file.write(f"{name}\n")
        if count == job.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_checkpoints(pass_checkpoint if job.kill_at or job.passed else None)


def operate(job: Job) -> None:
    """Do a job in this process.

    Raises:
        LauncherError: As the operation does.
    """
    if job.operation == "recover":
        recover_store(Path(job.store))
        return
    environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": job.signers, "PATH": os.environ["PATH"]}
    _OPERATIONS[job.operation](open_launcher(dest=Path(job.store), catalog=job.catalog, environ=environ), job)


def _pin_the_previous(launcher: Launcher, job: Job) -> None:
    previous = load_state(StoreLayout(Path(job.store)).bundle(LLAMA)).state.previous
    launcher.pin(LLAMA, previous or "", Silent(), pinned=True)


_OPERATIONS: Final[Mapping[str, Callable[[Launcher, Job], object]]] = {
    "install": lambda launcher, _: launcher.install([LLAMA], Silent()),
    "update": lambda launcher, _: launcher.update([LLAMA], Silent()),
    "rollback": lambda launcher, _: launcher.roll_back(LLAMA, Silent()),
    "prune": lambda launcher, _: launcher.prune(Silent()),
    "remove": lambda launcher, _: launcher.remove(LLAMA, Silent()),
    "pin": _pin_the_previous,
    "snapshot": lambda launcher, _: launcher.snapshot(LLAMA, Silent()),
    "repair": lambda launcher, _: launcher.repair(LLAMA, Silent()),
    "export": lambda launcher, job: launcher.offline.export([], job.cache, Silent(), all_revisions=True),
    "import": lambda launcher, job: launcher.offline.import_paths([Path(job.cache)], Silent()),
}


def recover_store(root: Path) -> None:
    """Do what every writer does before it begins."""
    layout = StoreLayout(root)
    open_root(layout)
    with locked(layout.lock, "recovering"):
        recover(layout)


def as_line(job: Job) -> str:
    """Return a job as the program reads it."""
    return json.dumps(asdict(job)) + "\n"


if __name__ == "__main__":
    main()
