"""The way of a bundle through the command line program, on a served registry with real archives."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain import care_views, views
from launcher.faces.cli import results
from tests.e2e.program import Program, program_for
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.bundle import ArchiveFormat

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")

OLD = Offer(tree=runtime_tree("b1000"), version="b1000")
NEW = Offer(tree=runtime_tree("b1001"), version="b1001")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        registry.publish(OLD)
        yield registry


@pytest.fixture
def arw(registry: Registry) -> Program:
    return program_for(registry)


def _version(payload: str) -> str:
    return subprocess.run([Path(payload) / "llama-server"], capture_output=True, text=True, check=True).stdout.strip()


def _keys(shape: type) -> set[str]:
    return set(shape.__annotations__)


def test_the_whole_way(registry: Registry, arw: Program) -> None:
    source = ("--catalog", registry.catalog_url)

    listed = arw.bundles("list")
    assert (listed.status, listed.talk) == (0, "")
    assert f"*  {LLAMA}" in listed.out
    assert "Recommended: CPU" in listed.out

    installed = arw.bundles("install", LLAMA, *source)
    assert installed.status == 0
    assert installed.out.startswith(f"Installed {LLAMA} b1000 r1\n")
    assert f"Downloading {LLAMA}" in installed.talk
    first = arw.bundles("path", LLAMA).out.strip()
    assert _version(first) == "version: b1000"
    assert (Path(first) / "lib" / "libllama.so").resolve() == Path(first).resolve() / "lib" / "libllama.so.0.0.1"
    assert arw.bundles("install", LLAMA, *source).status == 3

    registry.publish(NEW)
    assert "update available" in arw.bundles("list").out
    planned = arw.bundles("update", *source, "--dry-run")
    assert planned.out.startswith(f"Would install {LLAMA} b1001 r2\n")
    assert _version(arw.bundles("path", LLAMA).out.strip()) == "version: b1000"
    assert arw.bundles("update", *source).status == 0
    second = arw.bundles("path", LLAMA).out.strip()
    assert _version(second) == "version: b1001"
    assert arw.bundles("update", *source).status == 3

    revisions = arw.bundles("rollback", "--bundle", LLAMA, "--list", "--json").json
    assert [(row["upstream_version"], row["is_active"]) for row in revisions["revisions"]] == [
        ("b1001", True),
        ("b1000", False),
    ]
    planned = arw.bundles("rollback", "--bundle", LLAMA, "--dry-run")
    assert planned.out.startswith(f"Would roll back {LLAMA} to {revisions['revisions'][1]['revision']} (b1000)\n")
    assert arw.bundles("path", LLAMA).out.strip() == second
    assert arw.bundles("rollback", "--bundle", LLAMA).status == 0
    assert arw.bundles("path", LLAMA).out.strip() == first

    held = arw.bundles("update", *source)
    assert (held.status, held.out.split()[0]) == (3, "Held")
    assert arw.bundles("smoke", LLAMA).out.startswith(f"Works: {LLAMA}\n")
    audited = arw.bundles("audit", "--deep", "--require-signed", "--json")
    assert (audited.status, audited.json["ok"], len(audited.json["items"])) == (0, True, 2)
    assert arw.bundles("rollback", "--bundle", LLAMA).status == 0
    assert arw.bundles("path", LLAMA).out.strip() == second


def test_the_rollback_checklist_of_the_runbook_runs_as_it_stands(registry: Registry, arw: Program, home: Path) -> None:
    assert arw.bundles("install", LLAMA, "--catalog", registry.catalog_url).status == 0
    registry.publish(NEW)
    assert arw.bundles("update", "--catalog", registry.catalog_url).status == 0
    manifest = home / ".cache/arw/runtime/bundles/llama.cpp-preview/linux-x86_64-cpu/bundle.json"

    assert arw.bundles("list", "--pretty").status == 0
    assert arw.bundles("rollback", "--bundle", LLAMA, "--list").status == 0
    assert arw.bundles("manifest", "verify", manifest).out.startswith(f"{manifest}: trusted for preview\n")
    target = arw.bundles("rollback", "--bundle", LLAMA, "--list", "--json").json["revisions"][1]["revision"]
    assert arw.bundles("rollback", "--bundle", LLAMA, "--revision", target, "--dry-run").status == 0
    assert arw.bundles("rollback", "--bundle", LLAMA, "--revision", target).status == 0
    assert f"revision   {target}" in arw.bundles("list", "--pretty").out
    assert arw.bundles("manifest", "verify", manifest).out.startswith(f"{manifest}: trusted for preview\n")
    assert arw.bundles("audit", "--require-signed").status == 0


@pytest.mark.parametrize("archive_format", ["tar.zst", "tar.gz", "zip"])
@pytest.mark.parametrize("has_index", [True, False], ids=["signed-index", "recorded-index"])
def test_every_kind_of_archive_is_installed(
    registry: Registry, arw: Program, archive_format: ArchiveFormat, *, has_index: bool
) -> None:
    registry.publish(
        Offer(tree=runtime_tree("b7"), archive_format=archive_format, has_index=has_index, strip_prefix="build")
    )

    view = arw.bundles("install", LLAMA, "--catalog", registry.catalog_url, "--json").json["installed"][0]

    assert view["index"] == ("signed" if has_index else "recorded")
    assert _version(view["path"]) == "version: b7"
    assert arw.bundles("audit", "--deep").status == 0


def test_a_folder_is_a_source_without_a_network(registry: Registry, arw: Program) -> None:
    assert arw.bundles("install", LLAMA, "--dir", registry.root).status == 0
    assert registry.server.requests == []


def test_another_store_is_left_alone(registry: Registry, arw: Program, tmp_path: Path) -> None:
    assert arw.bundles("install", LLAMA, "--dir", registry.root, "--dest", tmp_path / "a b").status == 0

    assert str(tmp_path / "a b") in arw.bundles("--dest", tmp_path / "a b", "path", LLAMA).out
    assert arw.bundles("path", LLAMA).status == 1


def test_several_bundles_are_installed_in_order(registry: Registry, arw: Program) -> None:
    registry.publish(
        Offer(tree=runtime_tree("w1", command="whisper-cli"), id=WHISPER, command="whisper-cli", version="w1")
    )

    answer = arw.bundles("install", WHISPER, LLAMA, "--catalog", registry.catalog_url, "--json")

    assert [view["id"] for view in answer.json["installed"]] == [WHISPER, LLAMA]


def test_notices_come_and_go(registry: Registry, arw: Program) -> None:
    registry.announce(
        f"### 2026-11-18 · preview r2 · action\nNew driver needed.\n- bundles: {LLAMA}\n- action: none\nDetails."
    )
    key = arw.bundles("notices", "--json").json["banners"][0]["key"]

    assert "notice[action]: New driver needed." in arw.bundles("list").out
    assert arw.bundles("notices", "--dismiss", key).status == 0
    assert arw.bundles("notices").out == "No notice concerns this machine.\n"
    assert arw.bundles("notices", "--restore", key).status == 0
    assert arw.bundles("notices").out.startswith("notice[action]: New driver needed.\n  Details.\n")


def test_a_refresh_keeps_the_catalog_for_later(registry: Registry, home: Path) -> None:
    arw = Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path)})
    settings = home / ".config" / "arw" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(f'{{"version": 1, "sources": ["{registry.catalog_url}"]}}')

    refreshed = arw.bundles("refresh", "--json")
    assert registry.catalog_url in [row["path"] for row in refreshed.json["catalogs"] if row["channel"] == "preview"]
    listed = arw.bundles("list", "--json").json
    assert LLAMA in [row["id"] for row in listed["bundles"] if row["catalog"] == registry.catalog_url]


def test_every_answer_in_json_has_the_documented_keys(registry: Registry, arw: Program) -> None:
    def ask(*arguments: str) -> dict[str, Any]:
        answer: dict[str, Any] = arw.bundles(*arguments, "--json").json
        return answer

    installed = ask("install", LLAMA, "--catalog", registry.catalog_url)
    assert set(installed) == _keys(results.InstallResult)
    assert set(installed["installed"][0]) == _keys(views.InstallView)
    listed = ask("list")
    assert set(listed) == _keys(views.Overview)
    assert set(listed["bundles"][0]) == _keys(views.BundleView)
    assert set(listed["bundles"][0]["active"]) == _keys(views.RevisionView)
    assert set(listed["installations"][0]) == _keys(views.InstallationView)
    assert set(listed["catalogs"][0]) == _keys(views.CatalogView)
    assert set(listed["signature_summary"]) == _keys(views.SignatureSummary)
    assert set(ask("rollback", "--bundle", LLAMA, "--list")) == _keys(results.RevisionsResult)
    assert set(ask("path", LLAMA)) == _keys(results.PathResult)
    assert set(ask("smoke", LLAMA)) == _keys(care_views.SmokeView)
    assert set(ask("notices")) == _keys(results.NoticesResult)
    audited = ask("audit")
    assert set(audited) == _keys(views.AuditView)
    assert set(audited["items"][0]) == _keys(views.AuditItem)
    registry.publish(NEW)
    assert set(ask("update", "--catalog", registry.catalog_url)) == _keys(views.UpdateView)
    assert set(ask("rollback", "--bundle", LLAMA)) == _keys(views.RollbackView)
    failed = ask("path", WHISPER)
    assert set(failed) == _keys(results.FailureResult)
    assert failed["error"]["code"] == "not-installed"


def test_pretty_json_is_indented(arw: Program) -> None:
    answer = arw.bundles("list", "--json", "--pretty")

    assert answer.out.startswith('{\n  "generated":')
    assert answer.json["installations"] == []
