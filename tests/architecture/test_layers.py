"""House rules that import-linter (see pyproject.toml) cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
MODULES = {
    ".".join(path.relative_to(CHECKOUT).with_suffix("").parts): path.read_text(encoding="utf-8")
    for path in sorted((CHECKOUT / "launcher").rglob("*.py"))
}
# Who may construct a proof: the function that did the proving lives there, and nobody else can forge one by a slip.
PROVEN_IN = {
    "Active": "launcher.store.activation",
    "Choice": "launcher.domain.choose",
    "Downloaded": "launcher.store.downloads",
    "Intact": "launcher.store.revisions",
    "Staged": "launcher.store.staging",
    "TrustedCatalog": "launcher.domain.trust",
    "TrustedManifest": "launcher.domain.trust",
    "Verified": "launcher.store.artifacts",
}
# Monotonic time is no clock: it tells how long a wait took, and nothing that is written down.
CLOCK = {"date.today", "datetime.now", "datetime.utcnow", "time.gmtime", "time.localtime", "time.time", "time.time_ns"}
ENVIRONMENT = {"Path.home", "os.environ", "os.environb", "os.getenv", "path.expanduser", "sys.argv"}
# Long on purpose: a tree that reads as one (2-architecture, "Errors").
LONG_MODULES = {"launcher.domain.errors"}
VAGUE_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
HEAVY = {"PySide6", "httpx", "isal", "pydantic", "rich", "zstandard"}


def dotted_names(source: str) -> set[str]:
    """The last two parts of what the source reads: `datetime.now` for `dt.datetime.now()`, `os.environ` if imported."""
    nodes = list(ast.walk(ast.parse(source)))
    used = {".".join(ast.unparse(node).split(".")[-2:]) for node in nodes if isinstance(node, ast.Attribute)}
    imported = [(node.module, name.name) for node in nodes if isinstance(node, ast.ImportFrom) for name in node.names]
    return used | {f"{module}.{name}" for module, name in imported}


def called_names(source: str) -> set[str]:
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {ast.unparse(function).split(".")[-1] for function in calls}


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith(("launcher.domain", "launcher.store"))])
def test_domain_and_store_are_told_the_time_and_the_settings(module: str) -> None:
    assert dotted_names(MODULES[module]) & (CLOCK | ENVIRONMENT) == set()


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("launcher.domain")])
def test_domain_opens_nothing(module: str) -> None:
    assert called_names(MODULES[module]) & {"open", "read_bytes", "read_text", "write_bytes", "write_text"} == set()


@pytest.mark.parametrize(("proof", "module"), PROVEN_IN.items())
def test_proof_is_constructed_in_one_module_only(proof: str, module: str) -> None:
    assert {name for name, source in MODULES.items() if proof in called_names(source)} == {module}


@pytest.mark.parametrize("module", MODULES)
def test_module_is_short_and_named_after_its_job(module: str) -> None:
    assert len(MODULES[module].splitlines()) <= 400 or module in LONG_MODULES
    assert set(module.rsplit(".", maxsplit=1)[-1].split("_")) & VAGUE_NAMES == set()


@pytest.mark.parametrize("package", ["domain", "store", "flows"])
def test_rules_and_disk_load_nothing_heavy(package: str) -> None:
    modules = [name for name in MODULES if name.startswith(f"launcher.{package}.") and not name.endswith("__init__")]
    program = f"import sys, {', '.join(modules)}; print(*sorted({HEAVY!r} & set(sys.modules)))"

    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, check=True, capture_output=True, text=True
    ).stdout

    assert loaded.split() == []
