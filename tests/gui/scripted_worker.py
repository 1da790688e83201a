"""A worker that says what a test wrote down: the command line program's double for the window.

    python scripted_worker.py FOLDER runtime bundles VERB … --events jsonl

prints ``FOLDER/VERB.N.jsonl`` at the N-th call of a verb, or ``FOLDER/VERB.jsonl``, line by line. ``run --dry-run`` is
the verb ``run-plan``, ``run --revoke-consent`` is ``run-revoke``, ``notices --all`` is ``notices-all``.

Lines that begin with ``!`` are what real processes do as well::

    !wait-cancel     go on when the window says `cancel`
    !ignore-cancel   never hear anything again
    !wait-file NAME  go on when FOLDER/NAME exists
    !die             be killed
    !exit N          end without a word
    !stderr TEXT     write to stderr
    !partial TEXT    write without a line's end

Each call is noted in ``FOLDER/calls.jsonl``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path


def main() -> int:
    folder, words = Path(sys.argv[1]), sys.argv[2:]
    verb = next(word for word in words if not word.startswith("-") and word not in {"runtime", "bundles"})
    forms = {"--dry-run": "run-plan", "--revoke-consent": "run-revoke"}
    verb = next((form for word, form in forms.items() if verb == "run" and word in words), verb)
    verb = "notices-all" if verb == "notices" and "--all" in words else verb
    calls = folder / "calls.jsonl"
    with calls.open("a", encoding="utf-8") as file:
        file.write(json.dumps([verb, *words]) + "\n")
    count = sum(json.loads(line)[0] == verb for line in calls.read_text(encoding="utf-8").splitlines())
    script = folder / f"{verb}.{count}.jsonl"
    for line in (script if script.exists() else folder / f"{verb}.jsonl").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            perform(line[1:], folder)
        else:
            print(line, flush=True)
    return 0


def _wait_for_cancel() -> None:
    for line in sys.stdin:
        if line.strip() == "cancel":
            return
    sys.exit(1)  # the window is gone


def perform(directive: str, folder: Path) -> None:
    name, _, rest = directive.partition(" ")
    match name:
        case "wait-cancel":
            _wait_for_cancel()
        case "ignore-cancel":
            signal.pause()
        case "wait-file":
            while not (folder / rest).exists():
                time.sleep(0.01)  # the other side is another process; there is nothing to wait on
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exit":
            sys.exit(int(rest))
        case "stderr":
            print(rest, file=sys.stderr, flush=True)
        case "partial":
            print(rest, end="", flush=True)
        case unknown:
            raise ValueError(unknown)


if __name__ == "__main__":
    sys.exit(main())
