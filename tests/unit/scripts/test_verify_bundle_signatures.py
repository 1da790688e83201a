from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell script")

SCRIPT = Path(__file__).parents[3] / "scripts" / "verify_bundle_signatures.sh"


def run(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    program = folder / "arw-cli"
    program.write_text('#!/bin/sh\necho "$@"\necho "$ARW_ADMIN_TOKEN" >&2\nexit 1\n')
    program.chmod(0o755)
    env = {"PATH": f"{folder}{os.pathsep}{os.defpath}", **settings}
    return subprocess.run([SCRIPT, *arguments], env=env, capture_output=True, text=True, check=False)


def test_script_audits_the_node_and_passes_its_verdict_on(tmp_path: Path) -> None:
    done = run("--json", folder=tmp_path, BASE_URL="https://hub.example.com", ARW_ADMIN_TOKEN="t0ken")

    assert done.stdout == "runtime bundles audit --remote --base https://hub.example.com --require-signed --json\n"
    assert (done.stderr, done.returncode) == ("t0ken\n", 1)


def test_script_without_a_node_is_a_usage_error(tmp_path: Path) -> None:
    done = run(folder=tmp_path, BASE_URL="")

    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith("verify_bundle_signatures.sh: BASE_URL is not set\nhint: ")
