"""Settings, retention, repair, doctor and runs, through the command line program."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.domain import care_views
from launcher.domain.settings import SETTINGS
from launcher.faces.cli import results
from tests.e2e.program import Program, program_for
from tests.packing import runtime_tree
from tests.registry import LLAMA, Offer, Registry
from tests.store_world import big_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")

EVENTS = ("--events", "jsonl")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        registry.publish(Offer(tree=big_tree("b1"), version="b1"))
        yield registry


@pytest.fixture
def arw(registry: Registry) -> Program:
    return program_for(registry)


def install(arw: Program, registry: Registry) -> str:
    answer = arw.bundles("install", LLAMA, "--catalog", registry.catalog_url, "--json")
    assert answer.status == 0, answer.talk
    return str(answer.json["installed"][0]["revision"])


def install_versions(arw: Program, registry: Registry, count: int) -> list[str]:
    names = [install(arw, registry)]
    for number in range(2, count + 1):
        registry.publish(Offer(tree=runtime_tree(f"b{number}"), version=f"b{number}"))
        names.append(install(arw, registry))
    return names


def test_settings_are_listed_set_kept_and_reset(arw: Program, home: Path) -> None:
    listed = arw.run("settings", "list", "--json").json["settings"]
    assert [row["name"] for row in listed] == [row.name for row in SETTINGS]
    assert all(set(row) == set(care_views.SettingView.__annotations__) for row in listed)
    assert all(row["is_default"] for row in listed)

    assert arw.run("settings", "set", "channels", "stable", "nightly").status == 0
    assert arw.run("settings", "get", "channels").out == "stable\nnightly\n"
    path = home / ".config" / "arw" / "settings.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"of_tomorrow": 1}), encoding="utf-8")
    assert arw.run("settings", "set", "offline", "yes").status == 0
    assert json.loads(path.read_bytes()) == {"channels": ["stable", "nightly"], "of_tomorrow": 1, "offline": True}
    assert arw.run("settings", "reset", "channels").status == 0
    assert json.loads(path.read_bytes()) == {"of_tomorrow": 1, "offline": True}
    events = arw.run("settings", "list", *EVENTS)
    assert events.outcome["status"] == "done"


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("appearance", "pink", "system or light or dark"),
        ("keep_newest", "4", "an integer from 5 up"),
        ("min_free_percent", "101", "an integer from 0 to 100"),
        ("offline", "perhaps", "true or false"),
        ("proxy", "socks5://host:1", "http://host:port, or nothing"),
        ("store_root", "here", "an absolute path, or nothing"),
        ("channels", "NOT A CHANNEL", "names of channels"),
        ("http_hosts", "http://host", "host names, without a port"),
    ],
)
def test_a_value_that_is_not_allowed_changes_nothing(
    arw: Program, home: Path, name: str, value: str, allowed: str
) -> None:
    answer = arw.run("settings", "set", name, value)
    assert answer.status == 2
    assert f"Expected: {allowed}\n" in answer.talk
    assert not (home / ".config" / "arw" / "settings.json").exists()


def test_a_name_that_is_none_is_refused_with_the_closest(arw: Program) -> None:
    for verb in (("get",), ("set",), ("reset",)):
        answer = arw.run("settings", *verb, "ofline")
        assert answer.status == 2
        assert "There is no setting `ofline`." in answer.talk
    assert "Did you mean `offline`?" in arw.run("settings", "get", "ofline").talk


def test_what_the_environment_decides_cannot_be_set(arw: Program) -> None:
    enforced = {"ARW_REQUIRE_SIGNED_BUNDLES": "1"}
    assert arw.run("settings", "get", "require_signed", **enforced).out == "true\n"
    answer = arw.run("settings", "set", "require_signed", "false", **enforced)
    assert answer.status == 2
    assert "`ARW_REQUIRE_SIGNED_BUNDLES` decides it" in answer.talk


def test_a_damaged_file_is_named_by_all_and_mended_by_reset(arw: Program, home: Path) -> None:
    path = home / ".config" / "arw" / "settings.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"keep_newest": "many"}', encoding="utf-8")

    assert "error[bad-setting]: `keep_newest` cannot be that." in arw.bundles("list").talk
    doctor = arw.bundles("doctor", "--json")
    assert doctor.status == 1
    assert {check["name"]: check["status"] for check in doctor.json["checks"]}["Settings"] == "broken"
    assert arw.run("settings", "reset").status == 0
    assert path.with_name("settings.json.damaged").exists()
    assert arw.bundles("doctor").status == 0


def test_the_setting_of_the_store_moves_it_and_an_option_wins(arw: Program, registry: Registry, tmp_path: Path) -> None:
    assert arw.run("settings", "set", "store_root", str(tmp_path / "mine")).status == 0
    install(arw, registry)
    assert arw.bundles("path", LLAMA).out.startswith(f"{tmp_path / 'mine'}/")
    assert arw.bundles("path", LLAMA, "--dest", tmp_path / "other").status == 1


def test_offline_asks_no_server_and_says_so(arw: Program, registry: Registry) -> None:
    arw.run("settings", "set", "offline", "true")
    before = len(registry.server.requests)

    refreshed = arw.bundles("refresh", "--catalog", registry.catalog_url)
    refused = arw.bundles("install", LLAMA, "--catalog", registry.catalog_url, "--json")

    assert "The settings say to stay offline" in refreshed.talk
    assert refused.status == 1
    assert len(registry.server.requests) == before


def test_pinned_revisions_outlive_a_prune(arw: Program, registry: Registry) -> None:
    names = install_versions(arw, registry, 8)
    assert arw.bundles("pin", LLAMA, names[0]).status == 0

    planned = arw.bundles("prune", "--dry-run", "--json").json
    assert set(planned) == set(care_views.PruneView.__annotations__)
    assert [row["revision"] for row in planned["removed"]] == names[1:3]
    pruned = arw.bundles("prune")
    assert pruned.out.startswith("Deleted 2 revisions\n")
    assert arw.bundles("prune").status == 3
    assert arw.bundles("unpin", LLAMA, names[0]).status == 0
    assert [row["revision"] for row in arw.bundles("prune", "--json").json["removed"]] == [names[0]]
    assert arw.bundles("pin", LLAMA, names[0]).status == 1


def test_hand_edits_are_recorded_and_what_is_damaged_repaired(arw: Program, registry: Registry) -> None:
    install(arw, registry)
    payload = Path(arw.bundles("path", LLAMA).out.strip())
    assert arw.bundles("repair", LLAMA).status == 3
    assert arw.bundles("snapshot", LLAMA).status == 3
    (payload / "notes.txt").write_text("mine", encoding="utf-8")
    assert "edited by hand" in arw.bundles("snapshot", LLAMA).out

    (payload / "lib" / "own.bin").unlink()
    repaired = arw.bundles("repair", LLAMA, *EVENTS)

    assert repaired.outcome["status"] == "done"
    assert set(repaired.outcome["result"]) == set(care_views.RepairView.__annotations__)
    assert repaired.outcome["result"]["restored"] == ["lib/own.bin"]
    mended = Path(arw.bundles("path", LLAMA).out.strip())
    assert (mended / "lib" / "own.bin").exists()
    assert not (mended / "notes.txt").exists()


def test_remove_uninstalls_and_a_second_time_is_refused(arw: Program, registry: Registry) -> None:
    install(arw, registry)
    removed = arw.bundles("remove", LLAMA, "--json")
    assert set(removed.json) == set(results.RemoveResult.__annotations__)
    assert arw.bundles("path", LLAMA).status == 1
    assert arw.bundles("remove", LLAMA).status == 1


def test_doctor_names_an_unreadable_revision_and_what_helps(arw: Program, registry: Registry) -> None:
    name = install(arw, registry)
    healthy = arw.bundles("doctor", "--json")
    assert (healthy.status, healthy.json["ok"]) == (0, True)
    payload = Path(arw.bundles("path", LLAMA).out.strip())
    (payload.parent / "install.json").write_text("{", encoding="utf-8")

    answer = arw.bundles("doctor")

    assert answer.status == 1
    assert "BROKEN  Installed" in answer.out
    assert name in answer.out
    assert "repair" in answer.out


def test_doctor_warns_of_signers_that_expire_soon(arw: Program, registry: Registry) -> None:
    registry.trust(registry.key.as_signer(["preview"], expires_at="2027-01-01T00:00:00Z"))
    path = registry.signers_path
    text = json.loads(path.read_bytes())
    text["signers"][0]["expires_at"] = "2020-01-01T00:00:00Z"
    path.write_text(json.dumps(text), encoding="utf-8")

    checks = arw.bundles("doctor", "--json").json["checks"]

    (signers,) = [check for check in checks if check["name"] == "Signers"]
    assert signers["status"] == "warning"
    assert "expired 2020-01-01T00:00:00Z" in signers["sentence"]


def test_bad_ports_and_nothing_to_stop(arw: Program) -> None:
    assert arw.bundles("run", LLAMA, "--port", "70000").status == 2
    assert arw.bundles("stop", LLAMA).status == 1
    assert arw.bundles("run", LLAMA, "--revoke-consent").status == 3
