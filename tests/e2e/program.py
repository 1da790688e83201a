"""The command line program as others meet it: a process with arguments, an environment, two streams and a status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping

    from tests.registry import Registry

ROOT = Path(__file__).parents[2]
# A warning of the interpreter is a fault of ours; the program has to end without one.
COMMAND = (sys.executable, "-W", "error", "-m", "launcher", "cli")
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program said, and how it ended."""

    status: int
    out: str
    talk: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any value of JSON
        """The one object on stdout."""
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def outcome(self) -> dict[str, Any]:
        """The last event, which is the only outcome."""
        kinds = [event["type"] for event in self.events]
        assert kinds.count("outcome") == 1, kinds
        assert kinds[-1] == "outcome", kinds
        return self.events[-1]


@dataclass(slots=True)
class Program:
    """Runs the program with one environment."""

    environ: dict[str, str] = field(default_factory=dict)
    limit_file_bytes: int | None = None
    """No file may grow beyond this, as on a full disk; on POSIX."""
    prefix: tuple[str, ...] = ()
    """What the program is started by, e.g. in a network namespace of its own."""

    def bundles(self, *arguments: str | Path, stdin: str = "", **more: str) -> Answer:
        """Run `arw-cli runtime bundles ...`."""
        return self.run("runtime", "bundles", *arguments, stdin=stdin, **more)

    def run(self, *arguments: str | Path, stdin: str = "", **more: str) -> Answer:
        """Run `arw-cli ...` to its end; ``more`` are further variables."""
        limit = [] if self.limit_file_bytes is None else _limited(self.limit_file_bytes)
        done = subprocess.run(
            [*self.prefix, *limit, *COMMAND, *map(str, arguments)],
            env=self._environ(more),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=TIMEOUT_S,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str | Path) -> Running:
        """Start `arw-cli runtime bundles ...` and leave it running."""
        process = subprocess.Popen(
            [*self.prefix, *COMMAND, "runtime", "bundles", *map(str, arguments)],
            env=self._environ({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        return Running(process)

    def _environ(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), **self.environ, **more}


@dataclass(frozen=True, slots=True)
class Running:
    """The program while it runs."""

    process: subprocess.Popen[str]

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def end(self, stdin: str = "") -> Answer:
        """Say something on its stdin, close that, and wait for the end."""
        out, talk = self.process.communicate(stdin, timeout=TIMEOUT_S)
        return Answer(self.process.returncode, out, talk)


def _limited(file_bytes: int) -> list[str]:
    # `ulimit -f` counts blocks of 512 bytes.
    return ["sh", "-c", f'ulimit -f {file_bytes // 512}; exec "$@"', "sh"]


def program_for(registry: Registry) -> Program:
    """Return the program on a machine whose only trusted signers and catalogs are those of ``registry``.

    Its catalogs are looked at as files, for `list`; what changes names the served one with ``--catalog``.
    """
    return Program(
        {"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path), "ARW_RUNTIME_BUNDLE_DIR": str(registry.root)}
    )
