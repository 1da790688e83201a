"""The operators' rollback checklist, taken from the runbook and run as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.packing import runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    (THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the runbook names the bundle and the paths of Linux x86_64"
)

ROOT = Path(__file__).parents[2]
EXAMPLE_REVISION = "rev-20251009T231500Z"


def checklist() -> list[str]:
    """Return the commands of the section, continued lines joined."""
    text = (ROOT / "ops" / "runtime_bundle_runbook.md").read_text(encoding="utf-8")
    section = text.split("## Rollback Checklist", 1)[1].split("\n## ", 1)[0]
    blocks: list[str] = re.findall(r"```bash\n(.*?)```", section, re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip()]


class Operator:
    """Somebody at a shell whose PATH has `arw-cli`, and whose catalogs are in a folder."""

    def __init__(self, registry: Registry, home: Path, programs: Path) -> None:
        programs.mkdir()
        program = programs / "arw-cli"
        program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m launcher cli \"$@\"\n")
        program.chmod(0o755)
        self.environ = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "ARW_RUNTIME_BUNDLE_DIR": str(registry.root),
            "ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path),
        }

    def types(self, command: str) -> str:
        done = subprocess.run(
            ["sh", "-c", command], env=self.environ, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout.strip()


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    with Registry(tmp_path / "registry") as registry:
        operator = Operator(registry, tmp_path / "operator", tmp_path / "programs")
        for version in ("b1000", "b1001"):
            registry.publish(Offer(tree=runtime_tree(version), version=version))
            operator.types(f"arw-cli runtime bundles install {LLAMA}")
        yield operator


def test_the_checklist_holds_the_commands_that_operators_know() -> None:
    commands = checklist()
    assert len(commands) == 6
    assert [command.split()[:4] for command in commands if "--dry-run" in command] == [
        ["arw-cli", "runtime", "bundles", "rollback"]
    ]


def test_the_rollback_checklist_runs_as_it_stands(operator: Operator) -> None:
    target = operator.types(f"arw-cli runtime bundles rollback --bundle {LLAMA} --list --json")
    revisions = re.findall(r'"revision": "(rev-[^"]+)"', target)
    before = operator.types(f"arw-cli runtime bundles path {LLAMA}")
    for command in checklist():
        operator.types(command.replace(EXAMPLE_REVISION, revisions[-1]))
        if "--dry-run" in command:
            assert operator.types(f"arw-cli runtime bundles path {LLAMA}") == before
            operator.types(command.replace(EXAMPLE_REVISION, revisions[-1]).replace(" --dry-run", ""))
    after = operator.types(f"arw-cli runtime bundles path {LLAMA}")
    assert (before != after, f"/{revisions[-1]}/" in after) == (True, True)
    assert operator.types(f"{after}/llama-server --version") == "version: b1000"
