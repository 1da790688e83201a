from __future__ import annotations

import ast
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

CHECKOUT = Path(__file__).parents[2]
LOCKS = {name: (CHECKOUT / "requirements" / f"{name}.lock").read_text(encoding="utf-8") for name in ("run", "dev")}


@pytest.fixture
def empty_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of locks and pyproject.toml alone, with a space in its path, that dev.py takes for its own."""
    root = tmp_path / "a checkout"
    shutil.copytree(CHECKOUT / "requirements", root / "requirements")
    shutil.copy(CHECKOUT / "pyproject.toml", root)
    programs = root / ".venv" / dev.PROGRAMS.name
    places = {
        "ROOT": root,
        "VENV": root / ".venv",
        "STAMP": root / ".venv" / "dev-stamp",
        "PROGRAMS": programs,
        "PYTHON": programs / dev.PYTHON.name,
    }
    for name, place in places.items():
        monkeypatch.setattr(dev, name, place)
    return root


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What dev.py would have done; pip and apt-get are not run."""
    done: list[str] = []

    def note(what: str, command: list[str | Path], hint: str = "") -> None:
        done.append(" ".join(map(str, command)))

    monkeypatch.setattr(dev, "step", note)
    return done


# --- an unknown machine ----------------------------------------------------------------------------------------------


def test_an_old_python_can_read_the_script_far_enough_to_refuse() -> None:
    ast.parse((CHECKOUT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "argv", ["dev.py", "test", "-x"])
    monkeypatch.setattr(shutil, "which", {"python3.12": "/usr/bin/python3.12"}.get)

    with pytest.raises(dev.StopError) as caught:
        dev.refuse_old_python()

    assert str(caught.value).splitlines() == [
        f"Python 3.11 or newer is needed; {sys.executable} is 3.9",
        "hint: run: /usr/bin/python3.12 dev.py test -x",
    ]


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["tset"], 2), (["--help"], 0)])
def test_usage_names_every_command(arguments: list[str], status: int) -> None:
    asked = subprocess.run(
        [sys.executable, CHECKOUT / "dev.py", *arguments], capture_output=True, text=True, check=False
    )

    assert asked.returncode == status
    told = asked.stdout if status == 0 else asked.stderr
    assert re.findall(r"python3 dev\.py (\w+)", told) == ["run", "test", "lint", "bench", "pictures"]


def test_usage_names_every_benchmark() -> None:
    files = sorted((CHECKOUT / "tests/benchmarks").glob("bench_*.py"))
    told = re.search(r"or those named:\n +(.+)\n", dev.__doc__ or "")

    assert told is not None
    assert told[1].split() == [path.stem.removeprefix("bench_") for path in files]


def test_missing_packages_without_the_right_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "root_prefix", lambda: None)

    with pytest.raises(dev.StopError) as caught:
        dev.provide_packages(["libegl1", "xvfb"], "Qt misses them")

    assert str(caught.value).splitlines() == [
        "Qt misses them",
        "hint: run: sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 xvfb",
    ]


def test_only_missing_libraries_are_asked_for(monkeypatch: pytest.MonkeyPatch, steps: list[str]) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "root_prefix", list)
    monkeypatch.setattr(dev, "loads", lambda library: library not in {"libEGL.so.1", "libxcb-cursor.so.0"})

    dev.provide_system_packages(with_test_programs=True)

    assert [step.removeprefix("env DEBIAN_FRONTEND=noninteractive ") for step in steps] == [
        "apt-get update",
        "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0",
    ]


# --- setting up ------------------------------------------------------------------------------------------------------


def test_venv_without_ensurepip_uses_the_pip_of_this_python(
    empty_checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())

    dev.create_venv()

    assert dev.venv_version() == "{}.{}".format(*sys.version_info)
    assert dev.pip_command() == [sys.executable, "-m", "pip", "--python", dev.PYTHON]


def test_neither_ensurepip_nor_pip_asks_for_the_one_package(
    empty_checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(dev, "root_prefix", lambda: None)

    with pytest.raises(dev.StopError, match=r"has neither ensurepip nor pip\nhint: run: .* python3\.\d+-venv$"):
        dev.create_venv()


def test_second_set_up_has_nothing_to_do_until_a_lock_changes(empty_checkout: Path, steps: list[str]) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", dev.VENV], check=True)

    dev.set_up("dev")
    first = list(steps)
    dev.set_up("dev")
    dev.set_up("run")  # dev.lock has all of run.lock
    assert steps == first
    assert [step.split(" install --quiet ")[1] for step in first] == [
        f"--require-hashes --no-deps --only-binary :all: -r {empty_checkout}/requirements/dev.lock".replace(
            "/", os.sep
        ),
        f"--no-index --no-deps --no-build-isolation --editable {empty_checkout}",
    ]

    with (empty_checkout / "requirements" / "dev.lock").open("a") as lock:
        lock.write("# renewed\n")
    dev.set_up("dev")
    assert steps == first * 2


def test_interrupted_set_up_is_done_again(empty_checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", dev.VENV], check=True)
    dev.STAMP.write_text(dev.fingerprint("run", dev.venv_version()))

    def fail(*_: object) -> None:
        message = "no network"
        raise dev.StopError(message)

    monkeypatch.setattr(dev, "step", fail)
    with pytest.raises(dev.StopError, match="no network"):
        dev.set_up("dev")

    assert not dev.STAMP.exists()


# --- running programs ------------------------------------------------------------------------------------------------


def test_failing_step_shows_the_command_the_end_of_its_output_and_what_helps() -> None:
    program = "print(*range(100), sep='\\n'); raise SystemExit(3)"

    with pytest.raises(dev.StopError) as caught:
        dev.step("counting", [sys.executable, "-c", program], "count less")

    lines = str(caught.value).splitlines()
    assert lines[0] == "this command failed with exit status 3:"
    assert lines[1] == shlex.join([sys.executable, "-c", program])
    assert lines[2:-1] == [f"  | {number}" for number in range(80, 100)]
    assert lines[-1] == "hint: count less"


def test_program_that_is_not_there_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["dev.py", "lint"])
    monkeypatch.setattr(dev, "set_up", lambda lock: dev.step("starting", ["no-such-program"]))

    assert dev.main() == 1
    assert re.search("dev.py: error: .*no-such-program", capsys.readouterr().err)


def test_failed_check_fails_the_run_although_the_tests_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], str]] = []

    def passes(command: list[str | Path], env: dict[str, str], folder: Path) -> int:
        started.append(([str(part) for part in command], env["DEV_FAILED_CHECKS"]))
        return 0

    monkeypatch.setattr(dev, "set_up", lambda lock: None)
    monkeypatch.setattr(dev, "provide_system_packages", lambda **_: None)
    monkeypatch.setattr(dev, "attempt", lambda name, command: (int(name == "mypy"), "a type is wrong"))
    monkeypatch.setattr(dev, "hand_over", passes)

    assert dev.test(["--quick", "tests/unit"]) == 1
    ((command, failed),) = started
    assert failed == "mypy"
    assert command[3:] == ["-n", "2", "--dist", "worksteal", "-m", "not slow and not real_runtime", "tests/unit"]


# --- locks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_exact_versions_with_hashes_and_names_no_host(name: str) -> None:
    requirements = re.split(r"\n(?=\w)", LOCKS[name])[1:]

    assert requirements
    for requirement in requirements:
        assert re.match(r"[\w.-]+==[\w.]+( ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", requirement)
    assert not re.search(r"://|--index|--find-links|@ ", LOCKS[name])


def test_locks_hold_what_pyproject_asks_for_and_agree() -> None:
    pyproject = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"]
    asked = {"run": pyproject["project"]["dependencies"] + groups["build"]}
    asked["dev"] = asked["run"] + [item for item in groups["dev"] if isinstance(item, str)]

    locked = {name: dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)", text)) for name, text in LOCKS.items()}
    for name, requirements in asked.items():
        assert {re.split("[>=<]", requirement)[0].lower() for requirement in requirements} <= set(locked[name])
    assert locked["run"].items() <= locked["dev"].items()
