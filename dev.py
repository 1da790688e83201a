#!/usr/bin/env python3
"""Set up this checkout and do one thing with it; needs Python 3.11 or newer and nothing else.

  python3 dev.py run [ARGS...]    start ARW Launcher on its sample registry: a window, or the terminal without a display
  python3 dev.py test [ARGS...]   the checks, then the test suite; ARGS go to pytest, --quick leaves the slow tests out
  python3 dev.py lint             the checks alone: ruff, mypy, import-linter
  python3 dev.py bench [NAMES...] the benchmarks, or those named:
                                  audit install recovery rollback sharing startup transfer window
  python3 dev.py pictures [NAMES...]  take the pictures that the window is compared with anew, or those named

What it installs goes into .venv beside this file: the exact versions of requirements/*.lock, each file's sha256
checked. System libraries that Qt needs are installed on Debian and Ubuntu where this user may; otherwise it says what
to run.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import io
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Mapping, Sequence

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "dev-stamp"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
ON_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# What the dynamic loader must find for PySide6 to open a window, and Debian's name for the package that has it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# What some tests start, and skip without.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "curl": "curl",
    "dbus-daemon": "dbus",
    "openbox": "openbox",
    "openssl": "openssl",
    "strace": "strace",
    "weston": "weston",
    "xdotool": "xdotool",
    "zstd": "zstd",
}
# The same for what is no program: another process reads the screen through these.
TEST_FILES = {
    "/usr/share/dbus-1/services/org.a11y.Bus.service": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
}
CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
}


class StopError(Exception):
    """What went wrong and what helps, ready to print; ends the program with exit status 1."""


def main() -> int:
    """Do what the command line asks for; the exit status."""
    commands = {"run": run, "test": test, "lint": lint, "bench": bench, "pictures": pictures}
    command = commands.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if command is None:
        asked_for_help = sys.argv[1:2] in (["-h"], ["--help"], ["help"])
        print(__doc__, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr does: a tool's output may not fit the console
    try:
        refuse_old_python()
        return command(sys.argv[2:])
    except (StopError, OSError) as error:
        say(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        say("stopped\n")
        return 130


# --- commands --------------------------------------------------------------------------------------------------------


def run(arguments: Sequence[str]) -> int:
    """Start the app on its sample registry, from the caller's folder."""
    has_display = sys.platform in {"win32", "darwin"} or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    if has_display:
        provide_system_packages()
    set_up("run")
    say(f"starting ARW Launcher {'in a window' if has_display else 'here, as there is no display'}\n")
    face = ["--sample"] if has_display else ["cli", "sample"]
    # -P: a folder `launcher` where the caller stands is not ours
    return hand_over([PYTHON, "-P", "-m", "launcher", *face, *arguments], environment(), Path.cwd())


def test(arguments: Sequence[str]) -> int:
    """Run the checks and, whatever they say, the test suite; 0 only if all of it passed."""
    provide_system_packages(with_test_programs=ON_CI)
    set_up("dev")
    failed = failed_checks()
    options = ["-n", "2", "--dist", "worksteal"]
    if "--quick" in arguments:
        options += ["-m", "not slow and not real_runtime"]
    options += [argument for argument in arguments if argument != "--quick"]
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    env = environment(QT_QPA_PLATFORM=platform, DEV_FAILED_CHECKS=", ".join(failed))
    status = hand_over([PYTHON, "-m", "pytest", *options], env, ROOT)
    return 1 if failed else status


def lint(_arguments: Sequence[str]) -> int:
    """Run the checks alone."""
    set_up("dev")
    return 1 if failed_checks() else 0


def pictures(arguments: Sequence[str]) -> int:
    """Take the pictures anew that the window is compared with."""
    provide_system_packages()
    set_up("dev")
    return hand_over([PYTHON, "-m", "tests.gui.screenshots", "renew", *arguments], environment(), ROOT)


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks one after the other, with what they print."""
    provide_system_packages(with_test_programs=ON_CI)
    set_up("dev")
    names = arguments or sorted(path.stem[len("bench_") :] for path in (ROOT / "tests/benchmarks").glob("bench_*.py"))
    return max(hand_over([PYTHON, "-m", f"tests.benchmarks.bench_{name}"], environment(), ROOT) for name in names)


def failed_checks() -> list[str]:
    """Run each check, show what the failing ones print, and return their names."""
    failed = []
    for name, arguments in CHECKS.items():
        status, output = attempt(name, [PYTHON, *arguments])
        if status:
            print(output, flush=True)
            failed.append(name)
    return failed


# --- setting up ------------------------------------------------------------------------------------------------------


def set_up(lock_name: str) -> None:
    """Make .venv hold what requirements/`lock_name`.lock says, and this project; nothing to do if it does already."""
    version = venv_version()
    wanted = {fingerprint(lock_name, version), fingerprint("dev", version)}
    if version and STAMP.is_file() and STAMP.read_text() in wanted:
        return
    STAMP.unlink(missing_ok=True)
    if not version or f"version = {version}." not in (VENV / "pyvenv.cfg").read_text():
        create_venv()
        version = venv_version()
    pip = [*pip_command(), "install", "--quiet"]
    lock = ROOT / "requirements" / f"{lock_name}.lock"
    step(
        f"installing requirements/{lock.name} into .venv (the first time this takes a minute or two)",
        [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", lock],
        "is the package index reachable? On a system that is too old for a locked wheel, see docs/adr/0002.",
    )
    step("installing this checkout", [*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT])
    STAMP.write_text(fingerprint(lock_name, version))


def fingerprint(lock_name: str, version: str) -> str:
    """Sum up everything that decides what .venv must hold."""
    files = [ROOT / "requirements" / f"{lock_name}.lock", ROOT / "pyproject.toml"]
    facts = [version.encode(), str(ROOT).encode(), *(file.read_bytes() for file in files)]
    return hashlib.sha256(b"\0".join(facts)).hexdigest()


def venv_version() -> str:
    """Ask the Python of .venv for its version, e.g. `3.11`; empty if it does not start."""
    ask = [str(PYTHON), "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def create_venv() -> None:
    """Create .venv anew, without a pip of its own where this Python has none to give (Debian without python3-venv)."""
    version = "{}.{}".format(*sys.version_info)
    options = ["--clear"]
    if not importlib.util.find_spec("ensurepip"):
        if importlib.util.find_spec("pip"):
            options.append("--without-pip")
        else:
            provide_packages([f"python{version}-venv"], f"{sys.executable} has neither ensurepip nor pip")
    hint = f"the standard library's venv must work: apt-get install python{version}-venv"
    step(f"creating .venv with Python {version}", [sys.executable, "-m", "venv", *options, VENV], hint)


def pip_command() -> list[str | Path]:
    """Return the pip that installs into .venv: its own, or the one of this Python."""
    has_its_own = any(VENV.glob("[Ll]ib*/**/site-packages/pip/__main__.py"))
    return [PYTHON, "-m", "pip"] if has_its_own else [sys.executable, "-m", "pip", "--python", PYTHON]


def refuse_old_python() -> None:
    """Say in words that this Python is too old, naming a newer one if PATH has it."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    newer = next(filter(None, (shutil.which(f"python3.{minor}") for minor in range(20, 10, -1))), None)
    wanted, found = ("{}.{}".format(*version) for version in (OLDEST_PYTHON, sys.version_info))
    hint = f"run: {newer} dev.py {' '.join(sys.argv[1:])}" if newer else f"install Python {wanted} or newer"
    message = f"Python {wanted} or newer is needed; {sys.executable} is {found}\nhint: {hint}"
    raise StopError(message)


# --- system packages -------------------------------------------------------------------------------------------------


def provide_system_packages(*, with_test_programs: bool = False) -> None:
    """Install what Qt and, if asked for and allowed, some tests need; those tests say why they skip without it."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    if with_test_programs and root_prefix() is not None:
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
        missing += [package for file, package in TEST_FILES.items() if not Path(file).exists()]
    if not missing:
        return
    if shutil.which("apt-get"):
        provide_packages(missing, "system libraries that Qt needs are missing")
    else:
        say(f"Qt may need more of this system: what Debian calls {', '.join(missing)}\n")


def provide_packages(packages: Sequence[str], why: str) -> None:
    """Install Debian packages as root or by sudo without a password.

    Raises:
        StopError: That is not allowed, or it failed; the message says what to run.
    """
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    as_root = root_prefix()
    if as_root is None or not shutil.which("apt-get"):
        message = f"{why}\nhint: run: sudo apt-get update && sudo {line}"
        raise StopError(message)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    step("updating the list of system packages", [*apt, "apt-get", "update"])
    step(f"installing {' '.join(packages)}", [*apt, *line.split()])


def root_prefix() -> list[str] | None:
    """Return what a command must begin with to run as root, or None if that takes a password."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    allowed = shutil.which("sudo") and not subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode
    return sudo if allowed else None


def loads(library: str) -> bool:
    """Tell if the dynamic loader finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# --- running programs ------------------------------------------------------------------------------------------------


def step(what: str, command: Sequence[str | Path], hint: str = "") -> None:
    """Do one step.

    Raises:
        StopError: It failed; the message has the command, the end of its output and what helps.
    """
    status, output = attempt(what, command)
    if status:
        lines = [f"this command failed with exit status {status}:", shlex.join(map(str, command))]
        lines += [f"  | {line}" for line in output.splitlines()[-20:]]
        raise StopError("\n".join([*lines, f"hint: {hint}"] if hint else lines))


def attempt(what: str, command: Sequence[str | Path]) -> tuple[int, str]:
    """Run a program quietly: one line says what it does, and how it went; its exit status and output."""
    say(f"{what} ... ")
    started = time.monotonic()
    done = subprocess.run(
        [*map(str, command)],
        cwd=ROOT,
        env=environment(PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONUTF8="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    print("FAILED" if done.returncode else f"ok ({time.monotonic() - started:.1f} s)", file=sys.stderr, flush=True)
    return done.returncode, done.stdout


def hand_over(command: Sequence[str | Path], env: Mapping[str, str], folder: Path) -> int:
    """Let a program have the terminal until it ends; its exit status. Ctrl-C is for it alone."""
    process = subprocess.Popen([*map(str, command)], env=env, cwd=folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    status = process.wait()
    return status if status >= 0 else 128 - status


def environment(**more: str) -> dict[str, str]:
    """Return this environment with the programs of .venv first on PATH."""
    path = os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, **more}


def say(text: str) -> None:
    """Tell the person what happens; stdout belongs to the programs that this one starts."""
    print(f"dev.py: {text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
