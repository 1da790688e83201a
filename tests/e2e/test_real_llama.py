"""The main job on a real llama.cpp: install, run, ask, update, roll back, audit, all by the command line program."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from tests.packing import tree_of
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from launcher.domain.bundle import ArchiveFormat

pytestmark = [
    pytest.mark.real_runtime,
    pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the payload is built for Linux x86_64"),
]

ARCHIVE = "llama.cpp-linux-x86_64-cpu.tar.zst"
PREFIX = ARCHIVE.removesuffix(".tar.zst")
ROOT = Path(__file__).parents[2]
PROCESS: dict[str, Any] = {
    "metadata": {
        "process": {
            "command": "llama-server",
            "args": ["--host", "127.0.0.1", "--port", "8080", "-c", "128", "--no-warmup"],
            "probe": {"args": ["--version"], "expect_status": 0, "timeout_ms": 10_000},
            "health": {
                "url": "http://127.0.0.1:8080/health",
                "method": "GET",
                "expect_status": 200,
                "timeout_ms": 2000,
            },
        }
    }
}


@pytest.fixture(scope="module")
def unpacked(payloads: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llama")
    content = zstandard.ZstdDecompressor().stream_reader((payloads / ARCHIVE).read_bytes()).read()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        archive.extractall(folder, filter="data")
    return folder / PREFIX


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        yield registry


def arw_cli(registry: Registry, *arguments: str, exit_status: int = 0) -> dict[str, Any]:
    command = [sys.executable, "-m", "launcher", "cli", "runtime", "bundles", *arguments, "--json"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == exit_status, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def publish_two_revisions(registry: Registry, payloads: Path, unpacked: Path, second: ArchiveFormat) -> None:
    """Publish the payload as it came, then the same build with a changed licence file, packed another way."""
    original = registry.root / ARCHIVE
    shutil.copyfile(payloads / ARCHIVE, original)
    registry.publish(
        Offer(tree=tree_of(unpacked), version="0c1e57098", archives=[original], strip_prefix=PREFIX, more=PROCESS)
    )
    tree = {**tree_of(unpacked), "LICENSE": b"MIT, and a second revision\n"}
    registry.publish(Offer(tree=tree, version="0c1e57098+2", archive_format=second, more=PROCESS))


@contextmanager
def running_server(payload: Path, model: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(payload / "llama-server"), "-m", str(model), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        [*command, "-c", "128", "--no-warmup"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
        assert server.wait(10) == 0


def ask(url: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask the server until it has loaded its model."""
    body = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - loopback
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - loopback
                answer: dict[str, Any] = json.load(response)
                return answer
        except OSError:
            if time.monotonic() > deadline:
                raise


def install(registry: Registry, *flags: str) -> dict[str, Any]:
    answer = arw_cli(registry, "install", LLAMA, "--catalog", registry.catalog_url, *flags)
    installs: Sequence[dict[str, Any]] = answer["installed"]
    return installs[0]


@pytest.mark.parametrize("second", ["tar.gz", "zip", "tar.zst"])
def test_install_run_update_roll_back_and_audit(
    registry: Registry, payloads: Path, unpacked: Path, second: ArchiveFormat
) -> None:
    publish_two_revisions(registry, payloads, unpacked, second)
    newest = install(registry)
    assert newest["channel_revision"] == 2
    assert newest["index"] == "signed"
    assert newest["probe"].startswith("version: ")
    with running_server(Path(newest["path"]), payloads / "tiny.gguf") as url:
        assert ask(f"{url}/health") == {"status": "ok"}
        completion = ask(f"{url}/completion", {"prompt": "a", "n_predict": 4})
        assert completion["tokens_predicted"] == 4
    audit = arw_cli(registry, "audit", "--deep", "--require-signed")
    assert (audit["ok"], audit["items"][0]["checked_files"]) == (True, 3)


def test_update_keeps_what_runs_and_roll_back_returns_to_it(registry: Registry, payloads: Path, unpacked: Path) -> None:
    original = registry.root / ARCHIVE
    shutil.copyfile(payloads / ARCHIVE, original)
    first_offer = Offer(tree=tree_of(unpacked), version="one", archives=[original], strip_prefix=PREFIX, more=PROCESS)
    registry.publish(first_offer)
    first = install(registry)
    with running_server(Path(first["path"]), payloads / "tiny.gguf") as url:
        assert ask(f"{url}/health") == {"status": "ok"}
        tree = {**tree_of(unpacked), "LICENSE": b"second\n"}
        registry.publish(Offer(tree=tree, version="two", archive_format="tar.gz", more=PROCESS))
        update = arw_cli(registry, "update", "--catalog", registry.catalog_url)
        assert [item["upstream_version"] for item in update["updated"]] == ["two"]
        assert ask(f"{url}/health") == {"status": "ok"}  # the old process keeps its files
    servers = [Path(item["path"]) / "llama-server" for item in (first, update["updated"][0])]
    assert servers[0].samefile(servers[1])  # 13 MB that did not change are stored once
    back = arw_cli(registry, "rollback", "--bundle", LLAMA)
    assert (back["revision"], back["is_held"]) == (first["revision"], True)
    held = arw_cli(registry, "update", "--catalog", registry.catalog_url, exit_status=3)
    assert "held" in json.dumps(held)
    smoke = arw_cli(registry, "smoke", LLAMA, "--model", str(payloads / "tiny.gguf"))
    assert (smoke["revision"], smoke["health_status"]) == (first["revision"], 200)
    assert arw_cli(registry, "audit", "--deep", "--require-signed")["ok"] is True


def test_run_until_stopped(registry: Registry, payloads: Path, unpacked: Path) -> None:
    publish_two_revisions(registry, payloads, unpacked, "tar.zst")
    install(registry)
    command = [sys.executable, "-m", "launcher", "cli", "runtime", "bundles", "run", LLAMA, "--events", "jsonl"]
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)}
    model = ["--model", str(payloads / "tiny.gguf")]
    with subprocess.Popen([*command, *model], env=environ, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        url = next(
            event["subject"] for event in map(json.loads, run.stdout) if event.get("phase") == "healthy"
        ).removesuffix("/health")
        assert ask(f"{url}/completion", {"prompt": "a", "n_predict": 4})["tokens_predicted"] == 4
        stopped = arw_cli(registry, "stop", LLAMA)
        outcome = json.loads(run.stdout.read().splitlines()[-1])
    assert (run.returncode, outcome["status"], stopped["was_killed"]) == (0, "done", False)
    assert outcome["result"]["was_healthy"] is True
