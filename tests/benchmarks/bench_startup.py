"""CPU time of whole commands as multiples of `python -c pass`: `python -m tests.benchmarks.bench_startup`.

The best of many runs in turn, so that whatever else the machine does counts little; CPU time, not wall time.
Bytecode is cached, as in an installed program. The home is an empty one, so `list` reads what ships and nothing else.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 30
AT_MOST = 6.0
"""The promise for `--help` and `list` (issue "First", "Speed and memory")."""
PASS = ("-c", "pass")
CLI = ("-c", "import sys; from launcher.__main__ import run_cli; sys.exit(run_cli())")
"""What the installed program `arw-cli` is: the few lines that an installer writes for an entry point."""
COMMANDS = {
    "python -c pass": PASS,
    "arw-cli --help": (*CLI, "--help"),
    "arw-cli runtime bundles --help": (*CLI, "runtime", "bundles", "--help"),
    "arw-cli runtime bundles list": (*CLI, "runtime", "bundles", "list"),
    "arw-cli runtime bundles list --json": (*CLI, "runtime", "bundles", "list", "--json"),
}


def main() -> int:
    """Print a row for each command; the exit status tells whether the promise is kept."""
    with tempfile.TemporaryDirectory() as home:
        best_s = measure({**os.environ, "HOME": home, "PYTHONPATH": str(ROOT)})
    base_s = best_s["python -c pass"]
    print(f"{'command':<36} {'CPU':>8} {'ratio':>6}")
    for name, cpu_s in best_s.items():
        print(f"{name:<36} {cpu_s * 1000:>5.1f} ms {cpu_s / base_s:>6.2f}")
    return int(any(cpu_s / base_s > AT_MOST for cpu_s in best_s.values()))


def measure(environ: dict[str, str]) -> dict[str, float]:
    """Return the least CPU seconds of each command."""
    for name in ("PYTHONDONTWRITEBYTECODE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        environ.pop(name, None)
    best_s = dict.fromkeys(COMMANDS, float("inf"))
    for _ in range(RUNS):
        for name, arguments in COMMANDS.items():
            best_s[name] = min(best_s[name], _cpu_s(arguments, environ))
    return best_s


def _cpu_s(arguments: tuple[str, ...], environ: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=environ, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
