"""Moves stores in processes that are killed on the way; started as a program, it forks for every line it reads."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback

from launcher.app import open_launcher
from launcher.domain.errors import LauncherError
from launcher.domain.progress import Silent
from launcher.flows import move_store, rollback
from launcher.store.checkpoint import watch_checkpoints

IMPORTED_EARLY = (move_store, rollback)


def main() -> None:
    """Serve jobs: ``environ``, ``words`` (``move DIR``, ``clean-up`` or ``rollback ID``) and perhaps ``kill_at``."""
    for line in sys.stdin:
        job = json.loads(line)
        receiver, sender = os.pipe()
        process = os.fork()
        if process == 0:
            _live(job, sender)
        os.close(sender)
        with os.fdopen(receiver) as pipe:
            result = pipe.read()
        _, status = os.waitpid(process, 0)
        was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps({"killed": was_killed, **json.loads(result or "{}")}), flush=True)


def _live(job: dict[str, object], sender: int) -> None:
    passed: list[str] = []

    def pass_checkpoint(name: str) -> None:
        passed.append(name)
        if len(passed) == job.get("kill_at"):
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        os.environ.update(job["environ"])  # type: ignore[call-overload]  # the test's own dictionary
        watch_checkpoints(pass_checkpoint)
        try:
            result: dict[str, object] = {"said": _operate(*job["words"])}  # type: ignore[misc]  # as above
        except LauncherError as error:
            result = {"code": error.code}
        except BaseException:  # noqa: BLE001 - the test reports it
            result = {"bug": traceback.format_exc()}
        watch_checkpoints(None)
        os.write(sender, json.dumps({**result, "passed": passed}).encode())
    finally:
        os._exit(0)


def _operate(verb: str, argument: str = "") -> object:
    launcher = open_launcher()
    if verb == "move":
        return launcher.move_store(argument, Silent())
    if verb == "clean-up":
        return [str(path) for path in launcher.clean_up_move()]
    if verb == "rollback":
        return launcher.roll_back(argument, Silent())["revision"]
    return launcher.overview()["roots"]


if __name__ == "__main__":
    main()
