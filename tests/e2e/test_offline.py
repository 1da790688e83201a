"""The air-gapped walk-through: exported where there is a network, imported where there is none, and used there."""

from __future__ import annotations

import json
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from tests.e2e.offline_machine import offline_machine
from tests.e2e.program import Program
from tests.packing import Executable, python_program, runtime_tree
from tests.registry import LLAMA, WHISPER, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.e2e.program import Answer
    from tests.packing import Tree

BANNER = "### 2026-11-18 · preview r3 · action\nRead this before you update.\n- action: none\nMore text."


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        yield registry


@pytest.fixture
def online(registry: Registry) -> Program:
    """A machine that has two revisions of one bundle and one of another, and a banner."""
    program = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)})
    assert program.bundles("source", "add", registry.catalog_url).status == 0
    registry.publish(Offer(tree=runtime_tree("b1", extra_bytes=3_000_000), version="b1"))
    assert program.bundles("install", LLAMA).status == 0
    registry.publish(
        Offer(tree=runtime_tree("b2", extra_bytes=3_000_000), version="b2"),
        Offer(id=WHISPER, tree=runtime_tree("w1", command="whisper-cli"), version="w1", command="whisper-cli"),
    )
    registry.announce(BANNER)
    assert program.bundles("update").status == 0
    assert program.bundles("install", WHISPER).status == 0
    return program


@pytest.fixture
def offline(tmp_path: Path, registry: Registry) -> Program:
    return offline_machine(tmp_path / "offline", registry.signers_path)


def results(answer: Answer) -> list[tuple[str, str, str]]:
    return [(item["id"], item["upstream_version"], item["result"]) for item in answer.json["items"]]


def run_active(program: Program, bundle_id: str, command: str = "llama-server") -> str:
    payload = program.bundles("path", bundle_id).out.strip()
    return subprocess.run([f"{payload}/{command}", "--version"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("output", ["stick.arwcache", "stick/"])
def test_from_one_machine_to_another_without_a_network(
    output: str, tmp_path: Path, registry: Registry, online: Program, offline: Program
) -> None:
    exported = online.bundles("export", "--all-revisions", "--output", f"{tmp_path}/{output}", "--json")
    assert (exported.status, exported.json["ok"], len(exported.json["items"])) == (0, True, 3)
    registry.server.__exit__(None, None, None)  # from here on there is nobody to ask
    cache = tmp_path / output

    planned = offline.bundles("import", cache, "--dry-run", "--json")
    assert results(planned) == [
        (LLAMA, "b1", "accepted"),
        (LLAMA, "b2", "accepted"),
        (WHISPER, "w1", "accepted"),
    ]
    assert not (tmp_path / "offline/home/.cache/arw").exists()

    imported = offline.bundles("import", cache, "--json")
    assert (imported.status, results(imported)) == (0, results(planned))
    assert [row["result"] for row in imported.json["catalogs"]] == ["accepted"]
    overview = offline.bundles("list", "--json").json
    assert overview["installations"] == []  # nothing is active by an import
    assert [banner["title"] for banner in overview["banners"]] == ["Read this before you update."]
    assert offline.bundles("path", LLAMA).status == 1

    installed = offline.bundles("install", LLAMA, WHISPER, "--json")
    assert installed.status == 0, installed.talk
    assert [view["upstream_version"] for view in installed.json["installed"]] == ["b2", "w1"]
    assert [view["fetch_bytes"] for view in installed.json["installed"]] == [0, 0]
    assert run_active(offline, LLAMA) == "version: b2\n"
    assert run_active(offline, WHISPER, "whisper-cli") == "version: w1\n"
    assert offline.bundles("smoke", LLAMA).status == 0
    assert offline.bundles("audit", "--require-signed", "--deep").status == 0

    revisions = offline.bundles("rollback", "--bundle", LLAMA, "--list", "--json").json["revisions"]
    oldest = revisions[-1]["revision"]
    assert offline.bundles("rollback", "--bundle", LLAMA, "--revision", oldest).status == 0
    assert run_active(offline, LLAMA) == "version: b1\n"
    assert offline.bundles("rollback", "--bundle", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b2\n"

    again = offline.bundles("import", cache, "--json")
    assert again.status == 3
    assert {result for _, _, result in results(again)} == {"already-here"}


def test_a_newer_export_updates_a_machine_without_a_network(
    tmp_path: Path, registry: Registry, online: Program, offline: Program
) -> None:
    online.bundles("export", LLAMA, "--output", tmp_path / "first.arwcache")
    assert offline.bundles("import", tmp_path / "first.arwcache").status == 0
    assert offline.bundles("install", LLAMA).status == 0
    registry.publish(Offer(tree=runtime_tree("b3"), version="b3"))
    assert online.bundles("update", LLAMA).status == 0
    online.bundles("export", LLAMA, "--output", tmp_path / "second.arwcache")

    imported = offline.bundles("import", tmp_path / "second.arwcache", "--json")
    assert results(imported) == [(LLAMA, "b3", "accepted")]
    assert run_active(offline, LLAMA) == "version: b2\n"
    assert offline.bundles("update").status == 0
    assert run_active(offline, LLAMA) == "version: b3\n"
    assert offline.bundles("rollback", "--bundle", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b2\n"


def test_a_folder_is_a_source(tmp_path: Path, registry: Registry, online: Program, offline: Program) -> None:
    folder = tmp_path / "stick"
    online.bundles("export", "--output", f"{folder}/")
    added = offline.bundles("source", "add", folder.as_uri(), "--json")
    assert (added.status, added.json["sources"]) == (0, [{"url": folder.as_uri(), "kind": "cache"}])
    states = {bundle["id"]: bundle["state"] for bundle in offline.bundles("list", "--json").json["bundles"]}
    assert states[LLAMA] == states[WHISPER] == "not-installed"

    assert offline.bundles("install", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b2\n"
    registry.publish(Offer(tree=runtime_tree("b3"), version="b3"))
    assert online.bundles("update", LLAMA).status == 0
    online.bundles("export", "--output", folder)
    assert offline.bundles("update").status == 0
    assert run_active(offline, LLAMA) == "version: b3\n"

    assert offline.bundles("source", "add", folder).status == 3
    assert offline.bundles("source", "remove", folder).status == 0
    assert offline.bundles("source", "list", "--json").json["sources"] == []
    assert offline.bundles("source", "remove", folder).status == 2


def test_without_a_catalog_the_imported_manifest_must_do(
    tmp_path: Path, registry: Registry, online: Program, offline: Program
) -> None:
    registry.write_catalog(keys=[])  # unsigned, so it stays behind
    local = Program(online.environ | {"ARW_RUNTIME_BUNDLE_DIR": str(registry.root)})
    cache = tmp_path / "x.arwcache"
    assert local.bundles("export", LLAMA, "--output", cache, "--json").json["catalogs"] == []

    assert offline.bundles("import", cache).status == 0
    assert offline.bundles("install", LLAMA, "--dry-run", "--json").json["installed"][0]["revision"] is None
    assert offline.bundles("install", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b2\n"


def test_archives_travel_where_only_they_are_signed(
    tmp_path: Path, registry: Registry, online: Program, offline: Program
) -> None:
    registry.publish(Offer(tree=runtime_tree("b9"), version="b9", has_index=False))
    assert online.bundles("update", LLAMA).status == 0
    exported = online.bundles("export", LLAMA, "--output", tmp_path / "x.arwcache", "--json")
    assert [(item["index"], item["ok"]) for item in exported.json["items"]] == [("recorded", True)]
    with tarfile.open(tmp_path / "x.arwcache") as tar:
        assert [name.split("/")[0] for name in tar.getnames()].count("archives") == 1

    assert offline.bundles("import", tmp_path / "x.arwcache").status == 0
    assert offline.bundles("install", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b9\n"
    # What came as an archive can go on as one.
    assert offline.bundles("export", LLAMA, "--output", tmp_path / "y.arwcache").status == 0


def test_loose_archives_with_their_manifest(tmp_path: Path, registry: Registry, offline: Program) -> None:
    registry.publish(Offer(tree=runtime_tree("b1"), version="b1"))
    manifest, archive = registry.manifest_path(), registry.archive_path()

    imported = offline.bundles("import", "--metadata", manifest, archive, "--json")
    assert results(imported) == [(LLAMA, "b1", "accepted")]
    assert results(offline.bundles("import", manifest.parent, "--json")) == [(LLAMA, "b1", "already-here")]
    assert offline.bundles("install", LLAMA).status == 0
    assert run_active(offline, LLAMA) == "version: b1\n"

    missing = offline.bundles("import", "--metadata", manifest, "--force", "--json")
    assert (missing.status, missing.json["items"][0]["error"]["code"]) == (1, "no-such-source")


def test_long_term_storage_is_audited_without_importing_it(tmp_path: Path, online: Program, offline: Program) -> None:
    cache = tmp_path / "release.arwcache"
    online.bundles("export", "--all-revisions", "--output", cache)
    audit = offline.bundles("audit", "--dest", cache, "--require-signed", "--deep", "--json")
    assert (audit.status, audit.json["ok"]) == (0, True)
    assert sorted(item["checked_files"] > 0 for item in audit.json["items"]) == [True] * 3

    content = bytearray(cache.read_bytes())
    content[len(content) // 2] ^= 1
    cache.write_bytes(content)
    damaged = offline.bundles("audit", "--dest", cache, "--deep", "--json")
    assert damaged.status == 1
    assert [item["ok"] for item in damaged.json["items"]].count(False) >= 1


def test_an_import_takes_nothing_over_but_bundles_and_catalogs(
    tmp_path: Path, registry: Registry, online: Program
) -> None:
    """Threat E17: the exporter's registry, settings, dismissals and state stay where they are."""
    online.bundles("export", "--output", f"{tmp_path}/stick/")
    names = sorted({path.relative_to(tmp_path / "stick").parts[0] for path in (tmp_path / "stick").rglob("*")})
    assert names == ["arwcache.json", "catalogs", "changes", "manifests", "objects"]
    stranger = offline_machine(tmp_path / "stranger", None)
    answer = stranger.bundles("import", tmp_path / "stick", "--json")
    assert answer.status == 1
    assert {item["error"]["code"] for item in answer.json["items"]} == {"unknown-signer"}
    assert json.dumps(answer.json).count(str(registry.root)) == 0


@pytest.mark.parametrize("output", ["x.arwcache", "stick/"])
def test_a_full_disk_leaves_no_half_export(tmp_path: Path, online: Program, output: str) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    full = Program(online.environ, limit_file_bytes=1_000_000)
    answer = full.bundles("export", "--output", f"{folder}/{output}", "--json")
    assert (answer.status, answer.json["error"]["code"]) == (1, "disk-full")
    assert not (folder / "x.arwcache").exists()
    assert not (folder / "stick" / "arwcache.json").exists()
    assert list(folder.rglob("*.part")) == []
    assert online.bundles("export", "--output", f"{folder}/{output}").status == 0


def test_standard_tools_turn_one_form_into_the_other(tmp_path: Path, online: Program, offline: Program) -> None:
    """The commands stand in docs/reference/cache-file.md."""
    online.bundles("export", "--output", tmp_path / "x.arwcache")
    script = """
        set -e
        mkdir stick && tar xf x.arwcache -C stick && cd stick
        find objects archives -type f 2>/dev/null | awk -F/ '{print $NF "  " $0}' | sha256sum -c --quiet
        { echo arwcache.json; find [!a]* archives -type f; } 2>/dev/null | tar cf ../again.arwcache --no-recursion -T -
    """
    subprocess.run(["sh", "-c", script], check=True, cwd=tmp_path)
    assert offline.bundles("import", tmp_path / "again.arwcache").status == 0
    assert offline.bundles("import", tmp_path / "stick").status == 3


SERVER = python_program("""
import http.server, sys
if "--version" in sys.argv:
    print("version: b7"); sys.exit()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *args): pass
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
""")
PROCESS = {
    "process": {
        "command": "llama-server",
        "args": ["--port", "8080"],
        "probe": {"args": ["--version"], "expect_status": 0, "timeout_ms": 10_000},
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 2000},
    }
}


def test_what_was_imported_runs_until_it_is_stopped(
    tmp_path: Path, registry: Registry, online: Program, offline: Program
) -> None:
    tree: Tree = {"llama-server": Executable(SERVER.encode()), "VERSION": b"b7"}
    registry.publish(Offer(tree=tree, version="b7", more={"metadata": PROCESS}))
    assert online.bundles("update", LLAMA).status == 0
    assert online.bundles("export", LLAMA, "--output", tmp_path / "x.arwcache").status == 0
    registry.server.__exit__(None, None, None)
    assert offline.bundles("import", tmp_path / "x.arwcache").status == 0
    assert offline.bundles("install", LLAMA).status == 0

    running = offline.start("run", LLAMA, "--events", "jsonl")
    assert running.process.stdout is not None
    phases = []
    for line in running.process.stdout:
        event = json.loads(line)
        phases.append(event.get("phase"))
        if event["type"] == "outcome" or phases[-1] == "healthy":
            break
    assert phases[-1] == "healthy", line
    assert offline.bundles("stop", LLAMA).status == 0
    ended = running.end()
    assert (ended.status, ended.outcome["status"]) == (0, "done")
