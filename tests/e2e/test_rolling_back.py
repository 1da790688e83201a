"""Going back, as a person at a terminal meets it: what is held, what goes back by itself, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.fields import format_time
from tests.e2e.program import Program
from tests.packing import Executable, python_program, runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.packing import Member

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundle is for Linux x86_64")

CRASH = python_program("""
import sys
if "--version" in sys.argv:
    print("version: b2"); sys.exit()
print("no such device", flush=True); sys.exit(7)
""")
PROCESS: dict[str, Any] = {
    "metadata": {
        "process": {
            "command": "llama-server",
            "args": ["--port", "8080"],
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


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        yield registry


@pytest.fixture
def arw(registry: Registry) -> Program:
    """A machine with two revisions, of which the newer is active."""
    program = Program(
        {"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry.signers_path), "ARW_RUNTIME_BUNDLE_DIR": str(registry.root)}
    )
    for version in ("b1", "b2"):
        registry.publish(Offer(tree=runtime_tree(version), version=version))
        assert program.bundles("install", LLAMA).status == 0
    return program


def revisions(program: Program) -> list[str]:
    """Return the names of the revisions, newest first."""
    rows = program.bundles("rollback", "--bundle", LLAMA, "--list", "--json").json["revisions"]
    return [row["revision"] for row in rows]


def active(program: Program) -> str:
    return Path(program.bundles("path", LLAMA).out.strip()).parent.name


def state(program: Program) -> dict[str, Any]:
    bundle = Path(program.bundles("path", LLAMA).out.strip()).parents[2]
    content: dict[str, Any] = json.loads((bundle / "state.json").read_bytes())
    return content


def test_a_new_revision_that_fails_its_first_health_check_goes_back_by_itself_once(
    registry: Registry, arw: Program
) -> None:
    before = active(arw)
    tree: dict[str, Member] = {"llama-server": Executable(CRASH.encode()), "VERSION": b"b3"}
    registry.publish(Offer(tree=tree, version="b3", more=PROCESS))
    assert arw.bundles("update", LLAMA).status == 0
    new = active(arw)
    assert new != before

    failed = arw.bundles("run", LLAMA)
    assert failed.status == 1
    assert "Its last words: no such device" in failed.talk
    assert f"{new} was never healthy on this machine, so {before} is active again." in failed.talk
    assert "`update` does not bring it back by itself." in failed.talk
    assert active(arw) == before

    after = state(arw)
    assert [(row["action"], row["revision"], row["replaced"]) for row in after["history"]][-2:] == [
        ("activate", new, before),
        ("rollback", before, new),
    ]
    assert [(row["revision"], row["channel_revision"]) for row in after["held"]] == [(new, 3)]
    held = arw.bundles("update", LLAMA)
    assert held.status == 3
    assert "Channel revision 3 was never healthy here; it stays held until a newer one comes." in held.out + held.talk

    assert arw.bundles("rollback", "--bundle", LLAMA, "--revision", new).status == 0  # whoever insists, may
    assert arw.bundles("run", LLAMA).status == 1
    assert active(arw) == new  # once, and not again


def test_what_was_rolled_back_from_is_held_and_update_says_so(registry: Registry, arw: Program) -> None:
    newest = active(arw)
    back = arw.bundles("rollback", "--bundle", LLAMA)
    assert "yes; `update` does not bring the left revision back by itself" in back.out
    listed = arw.bundles("rollback", "--bundle", LLAMA, "--list").out
    assert next(line for line in listed.splitlines() if newest in line).endswith("previous, held")
    refused = arw.bundles("update", "--json")
    assert refused.status == 3
    (row,) = refused.json["skipped"]
    assert (row["id"], row["reason"]) == (LLAMA, "held")
    assert row["sentence"] == "You rolled back from channel revision 2; it stays held until a newer one comes."
    assert active(arw) != newest

    registry.publish(Offer(tree=runtime_tree("b3"), version="b3"))
    assert arw.bundles("update").status == 0
    assert active(arw) != newest
    assert arw.bundles("rollback", "--bundle", LLAMA, "--revision", newest).status == 0
    assert active(arw) == newest


def test_back_to_a_revision_whose_signer_expired_since_but_not_to_one_that_was_revoked(
    registry: Registry, arw: Program
) -> None:
    newest, oldest = revisions(arw)
    record = Path(arw.bundles("path", LLAMA).out.strip()).parents[1] / oldest / "install.json"
    note = json.loads(record.read_bytes())
    note["installed_at"] = format_time(datetime.now(UTC) - timedelta(days=30))  # as if it were here since last month
    record.write_text(json.dumps(note))
    yesterday = format_time(datetime.now(UTC) - timedelta(days=1))

    registry.trust(registry.key.as_signer(expires_at=yesterday))
    went = arw.bundles("rollback", "--bundle", LLAMA, "--json")
    assert (went.status, active(arw)) == (0, oldest), went.talk
    assert went.json["signature"]["sentence"].endswith(f"until {yesterday[:10]}.")
    registry.trust(registry.key.as_signer(revoked_at=yesterday))
    refused = arw.bundles("rollback", "--bundle", LLAMA, "--revision", newest)
    assert refused.status == 1
    assert "revoked" in refused.talk
    assert active(arw) == oldest


def test_a_damaged_target_is_refused_with_what_mends_it(arw: Program) -> None:
    newest, oldest = revisions(arw)
    payload = Path(arw.bundles("path", LLAMA).out.strip()).parents[1] / oldest / "payload"
    (payload / "LICENSE").write_bytes(b"changed")
    for arguments in ((), ("--dry-run",)):
        refused = arw.bundles("rollback", "--bundle", LLAMA, *arguments)
        assert refused.status == 1
        assert f"`repair {LLAMA} --revision {oldest}` mends it" in refused.talk
        assert active(arw) == newest

    assert arw.bundles("repair", LLAMA, "--revision", oldest).status == 0
    assert arw.bundles("rollback", "--bundle", LLAMA).status == 0
    mended = Path(arw.bundles("path", LLAMA).out.strip())
    assert (mended / "LICENSE").read_bytes() != b"changed"
    assert active(arw) != newest
