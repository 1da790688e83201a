"""What bad input gets: a named error, the active revision untouched, and a next good install that works."""

from __future__ import annotations

import os
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.program import Answer, Program, program_for
from tests.lying_server import NOT_FOUND, SIGN_IN_PAGE, Lie
from tests.packing import Executable, Link, pack, runtime_tree
from tests.registry import LLAMA, Key, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.packing import Tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the runtimes of this registry are shell scripts")

STRANGER = Key(key_id="stranger", issuer="somebody@else")
THIEF = Key()  # the trusted key id, another secret


class Machine:
    """A machine on which b1000 runs while a registry offers something bad."""

    def __init__(self, registry: Registry, arw: Program) -> None:
        self.registry = registry
        self.arw = arw
        registry.publish(Offer(tree=runtime_tree("b1000"), version="b1000"))
        self.active = arw.bundles("install", LLAMA, *self.source, "--json").json["installed"][0]["revision"]
        registry.publish(Offer(tree=runtime_tree("b1001"), version="b1001"))

    @property
    def source(self) -> tuple[str, str]:
        return ("--catalog", self.registry.catalog_url)

    def refuses(self, **more: str) -> Answer:
        """Try to install; return the refusal once it is clear that nothing else happened."""
        answer = self.arw.bundles("install", LLAMA, *self.source, "--json", **more)
        assert answer.status == 1, answer
        audited = self.arw.bundles("audit", "--deep", "--json").json["items"]
        assert [(item["revision"], item["is_active"], item["faults"]) for item in audited] == [(self.active, True, [])]
        stage = self.store / ".stage"
        assert not stage.exists() or list(stage.iterdir()) == []
        return answer

    def accepts_the_next_one(self) -> None:
        """Publish something good, and install it."""
        self.registry.server.tell_the_truth()
        self.registry.trust(self.registry.key.as_signer())
        self.registry.publish(Offer(tree=runtime_tree("b1002"), version="b1002"))
        answer = self.arw.bundles("install", LLAMA, *self.source)
        assert answer.status == 0, answer.talk

    @property
    def store(self) -> Path:
        return self.registry.root.parent / "home/.cache/arw/runtime/bundles"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    with Registry(tmp_path / "registry") as registry:
        yield Machine(registry, program_for(registry))


def _sign_with(*keys: Key) -> Callable[[Machine], None]:
    return lambda machine: machine.registry.edit_manifest(keys=keys)


def _edit(edit: Callable[[dict[str, Any]], None], *, sign_again: bool = True) -> Callable[[Machine], None]:
    def change(machine: Machine) -> None:
        machine.registry.edit_manifest(edit, sign_again=sign_again)

    return change


def _trust(*channels: str, **more: str) -> Callable[[Machine], None]:
    return lambda machine: machine.registry.trust(machine.registry.key.as_signer(channels, **more))


def _lie(lie: Lie) -> Callable[[Machine], None]:
    return lambda machine: machine.registry.server.lie(machine.registry.archive_path(), lie)


def _pack(change: Callable[[Tree], Tree], *, has_index: bool = True) -> Callable[[Machine], None]:
    """Publish an archive that holds something else than was signed, or that no index was signed for."""

    def publish(machine: Machine) -> None:
        tree = runtime_tree("b1001")
        archive = pack(change(tree), "tar.gz", machine.registry.root / "hostile.tar.gz")
        machine.registry.publish(Offer(tree=tree, archives=(archive,), has_index=has_index))

    return publish


def _pack_device(machine: Machine) -> None:
    archive = machine.registry.root / "device.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        device = tarfile.TarInfo("llama-server")
        device.type, device.devmajor, device.devminor = tarfile.CHRTYPE, 1, 3
        tar.addfile(device)
    machine.registry.publish(Offer(tree={}, archives=(archive,), has_index=False))


def _without_proof(root: dict[str, Any]) -> None:
    del root["bundle"]["artifacts"][0]["sha256"]


def _with_other_hash(root: dict[str, Any]) -> None:
    root["bundle"]["artifacts"][0]["sha256"] = "0" * 64


REFUSALS: dict[str, tuple[Callable[[Machine], None], str]] = {
    "unsigned": (_sign_with(), "unsigned"),
    "wrongly-signed": (_edit(lambda root: root["bundle"].update(name="Evil"), sign_again=False), "bad-signature"),
    "unknown-signer": (_sign_with(STRANGER), "unknown-signer"),
    "copied-key-id": (_sign_with(THIEF), "key-mismatch"),
    "expired-signer": (_trust("preview", expires_at="2020-01-01T00:00:00Z"), "expired-signer"),
    "revoked-signer": (_trust("preview", revoked_at="2020-01-01T00:00:00Z"), "revoked-signer"),
    "wrong-channel": (_trust("stable"), "wrong-channel"),
    "no-channel": (_trust(), "wrong-channel"),
    "another-bundle": (
        _edit(lambda root: root["bundle"].update(id="llama.cpp-preview/linux-x86_64-cuda")),
        "wrong-bundle",
    ),
    "wrong-hash": (_edit(_with_other_hash), "wrong-hash"),
    "changed-on-the-way": (_lie(Lie(flip_at=60)), "wrong-hash"),
    "missing-hash": (_edit(_without_proof), "missing-hash"),
    "other-size-announced": (_lie(Lie(body=b"\x1f\x8b" * 10)), "wrong-size"),
    "not-found": (_lie(NOT_FOUND), "http-status"),
    "web-page": (_lie(SIGN_IN_PAGE), "not-an-artifact"),
    "dotdot": (_pack(lambda tree: {**tree, "../evil": b"x"}, has_index=False), "unsafe-path"),
    "absolute": (_pack(lambda tree: {**tree, "/evil": b"x"}, has_index=False), "unsafe-path"),
    "device": (_pack_device, "forbidden-member"),
    "link-out": (_pack(lambda tree: {**tree, "evil": Link("../../../../etc/passwd")}, has_index=False), "unsafe-link"),
    "outside-of-the-index": (_pack(lambda tree: {**tree, "evil": Executable(b"x")}), "unlisted-member"),
    "missing-from-the-archive": (
        _pack(lambda tree: {name: member for name, member in tree.items() if name != "LICENSE"}),
        "missing-member",
    ),
    "other-contents": (_pack(lambda tree: {**tree, "LICENSE": b"GPL\n"}), "wrong-hash"),
    "does-not-start": (
        _edit(lambda root: root["bundle"]["metadata"]["process"]["probe"].update(expect_status=7)),
        "probe-failed",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_bad_offer_is_refused_by_name(machine: Machine, name: str) -> None:
    make_bad, code = REFUSALS[name]
    make_bad(machine)

    refused = machine.refuses()

    assert refused.json["error"]["code"] == code
    assert f"error[{code}]: " in refused.talk
    assert "Traceback" not in refused.talk
    machine.accepts_the_next_one()


def test_a_full_disk_is_refused_by_name(machine: Machine) -> None:
    machine.registry.publish(Offer(tree=runtime_tree("b1001", extra_bytes=1_000_000), version="b1001"))
    machine.arw.limit_file_bytes = 300_000

    refused = machine.refuses()

    assert refused.json["error"]["code"] == "disk-full"
    machine.arw.limit_file_bytes = None
    machine.accepts_the_next_one()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_refused_by_name(machine: Machine) -> None:
    machine.store.chmod(0o500)

    refused = machine.refuses()

    assert refused.json["error"]["code"] == "no-permission"
    machine.store.chmod(0o700)
    machine.accepts_the_next_one()


def test_a_cut_transfer_is_continued(machine: Machine) -> None:
    machine.registry.publish(Offer(tree=runtime_tree("b1001", extra_bytes=1_000_000), version="b1001"))
    machine.registry.server.lie(machine.registry.archive_path(), Lie(cut_at=500_000, times=1))

    assert machine.arw.bundles("install", LLAMA, *machine.source).status == 0

    assert machine.registry.server.requests[-1].endswith("payload.tar.zst (from 500000)")


def test_enforcement_cannot_be_talked_out_of_it(machine: Machine) -> None:
    machine.registry.edit_manifest(keys=[])

    answer = machine.arw.bundles(
        "install", LLAMA, *machine.source, "--force", "--json", ARW_REQUIRE_SIGNED_BUNDLES="Yes"
    )

    assert (answer.status, answer.json["error"]["code"]) == (1, "unsigned")
    assert machine.arw.bundles("list", "--json", ARW_REQUIRE_SIGNED_BUNDLES="on").json["signature_summary"]["enforced"]


@pytest.mark.parametrize("content", ["", "{", '{"version": 1, "signers": [{"key_id": "x"}]}'])
def test_a_broken_signer_registry_trusts_nobody(machine: Machine, content: str) -> None:
    machine.registry.signers_path.write_text(content)

    refused = machine.refuses()

    assert refused.json["error"]["code"] in {"bad-signer-registry", "unknown-signer"}
    assert "problem[bad-signer-registry]" in machine.arw.bundles("list").out
    machine.accepts_the_next_one()
