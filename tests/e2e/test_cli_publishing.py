"""What operators do with the command line program: keys, manifests, signatures."""

from __future__ import annotations

import base64
import json
import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.program import Program
from tests.packing import index_rows, pack, proof_of, runtime_tree
from tests.registry import LLAMA, Key

if TYPE_CHECKING:
    from pathlib import Path

ISSUER = ("--issuer", "bundle-ci@arw", "--key-id", "preview-bundle-signing")


@pytest.fixture
def arw(tmp_path: Path) -> Program:
    return Program({"ARW_RUNTIME_BUNDLE_SIGNERS": str(tmp_path / "bundle_signers.json")})


@pytest.fixture
def key(arw: Program, tmp_path: Path) -> Path:
    """Make a signing key that this machine trusts for the channel preview."""
    path = tmp_path / "signing.sk"
    entry = arw.bundles("keys", "new", "--output", path, *ISSUER, "--json").json["registry_entry"]
    (tmp_path / "bundle_signers.json").write_text(json.dumps({"version": 1, "channels": {}, "signers": [entry]}))
    return path


@pytest.fixture
def manifest(arw: Program, tmp_path: Path) -> Path:
    """Make an unsigned manifest of one archive."""
    archive = pack(runtime_tree("b1"), "tar.zst", tmp_path / "llama.tar.zst", prefix="llama-b1/")
    path = tmp_path / "bundle.json"
    answer = arw.bundles(
        *(
            "manifest",
            "create",
            "--bundle-id",
            LLAMA,
            "--channel",
            "preview",
            "--revision",
            "7",
            "--name",
            "llama.cpp CPU",
        ),
        *("--archive", archive, "--strip-prefix", "llama-b1", "--url-base", "https://example.com/r7/"),
        *("--command", "llama-server", "--probe-arg=--version", "--output", path),
    )
    assert answer.status == 0, answer.talk
    return path


def _read(path: Path) -> dict[str, Any]:
    root: dict[str, Any] = json.loads(path.read_bytes())
    return root


def test_a_key_is_made_for_its_owner_alone_and_its_entry_can_be_pasted(arw: Program, tmp_path: Path) -> None:
    path = tmp_path / "new.sk"

    answer = arw.bundles(
        "keys", "new", "--output", path, "--issuer", "me", "--channel", "preview", "--channel", "stable"
    )

    secret = path.read_text().strip()
    assert len(base64.b64decode(secret, validate=True)) == 32
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret not in answer.out + answer.talk
    entry = json.loads(answer.out[answer.out.index("    {") :])
    assert (entry["issuer"], entry["channels"]) == ("me", ["preview", "stable"])
    assert answer.out.startswith(f"Made the signing key {entry['key_id']}\n  The secret half is in {path}; keep it")


def test_a_key_is_never_overwritten(arw: Program, key: Path) -> None:
    before = key.read_bytes()

    answer = arw.bundles("keys", "new", "--output", key)

    assert (answer.status, key.read_bytes()) == (2, before)
    assert "error[usage]" in answer.talk


@pytest.mark.parametrize("option", ["--key-id", "--issuer", "--channel"])
def test_a_name_that_cannot_be_printed_is_refused(arw: Program, tmp_path: Path, option: str) -> None:
    answer = arw.bundles("keys", "new", "--output", tmp_path / "new.sk", option, "a\nb")

    assert (answer.status, (tmp_path / "new.sk").exists()) == (2, False)


def test_a_manifest_is_made_from_its_archive(manifest: Path, tmp_path: Path) -> None:
    root = _read(manifest)

    assert root["files"] == index_rows(runtime_tree("b1"))
    assert root["catalog"] == {"channel": "preview", "revision": 7}
    assert root["bundle"]["artifacts"] == [
        {
            "kind": "archive",
            "format": "tar.zst",
            "url": "https://example.com/r7/llama.tar.zst",
            **proof_of(tmp_path / "llama.tar.zst"),
            "strip_prefix": "llama-b1",
        }
    ]
    probe = {"args": ["--version"], "expect_status": 0, "timeout_ms": 10_000}
    assert root["bundle"]["metadata"]["process"] == {"command": "llama-server", "probe": probe}
    assert "signatures" not in root


def test_a_template_says_what_the_command_line_does_not(arw: Program, manifest: Path, tmp_path: Path) -> None:
    template = _read(manifest)
    template["bundle"] |= {"license": "MIT", "accelerator": "vulkan", "name": "From the template"}
    template["release"] = {"upstream": "llama.cpp", "upstream_version": "b1"}
    (tmp_path / "template.json").write_text(json.dumps(template))

    arw.bundles(
        *("manifest", "create", "--bundle-id", LLAMA, "--channel", "stable", "--revision", "8"),
        *("--archive", tmp_path / "llama.tar.zst", "--strip-prefix", "llama-b1"),
        *("--from", tmp_path / "template.json", "--output", manifest),
    )

    root = _read(manifest)
    bundle = root["bundle"]
    assert (bundle["license"], bundle["accelerator"], bundle["name"]) == ("MIT", "vulkan", "From the template")
    assert bundle["metadata"]["process"]["command"] == "llama-server"
    assert (root["release"]["upstream_version"], root["catalog"]) == ("b1", {"channel": "stable", "revision": 8})
    assert bundle["artifacts"][0]["url"] == "llama.tar.zst"


def test_a_program_that_is_not_in_the_archive_is_refused(arw: Program, manifest: Path, tmp_path: Path) -> None:
    before = manifest.read_bytes()

    answer = arw.bundles(
        *("manifest", "create", "--bundle-id", LLAMA, "--channel", "preview", "--revision", "7"),
        *("--archive", tmp_path / "llama.tar.zst", "--command", "nothing", "--output", manifest),
    )

    assert (answer.status, manifest.read_bytes()) == (1, before)
    assert "error[no-executable]" in answer.talk


def test_signing_as_the_runbook_says(arw: Program, key: Path, manifest: Path) -> None:
    assert arw.bundles("manifest", "verify", manifest).status == 1

    signed = arw.bundles("manifest", "sign", manifest, "--key-file", key, *ISSUER)

    assert signed.status == 0, signed.talk
    assert signed.out.startswith(f"Signed {manifest}\n  bundle       {LLAMA}\n  channel      preview r7\n")
    verified = arw.bundles("manifest", "verify", manifest, "--require-trusted")
    assert (verified.status, verified.out.splitlines()[0]) == (0, f"{manifest}: trusted for preview")


def test_a_signed_copy_leaves_the_original_alone(arw: Program, key: Path, manifest: Path, tmp_path: Path) -> None:
    before = manifest.read_bytes()

    arw.bundles("manifest", "sign", manifest, "--key-file", key, "--output", tmp_path / "signed.json", "--compact")

    assert manifest.read_bytes() == before
    signed = (tmp_path / "signed.json").read_text()
    assert "\n" not in signed.strip()
    assert len(json.loads(signed)["signatures"]) == 1


def test_a_key_on_stdin_is_seen_by_nobody(arw: Program, key: Path, manifest: Path) -> None:
    answer = arw.bundles("manifest", "sign", manifest, "--key-b64", "-", *ISSUER, stdin=key.read_text())

    assert (answer.status, answer.talk) == (0, "")
    assert arw.bundles("manifest", "verify", manifest, "--require-trusted").status == 0


def test_a_key_and_a_cancel_cannot_both_come_on_stdin(arw: Program, key: Path, manifest: Path) -> None:
    before = manifest.read_bytes()
    sign = ("manifest", "sign", manifest, "--key-b64", "-", *ISSUER, "--events", "jsonl")

    answer = arw.bundles(*sign, stdin=key.read_text())

    assert (answer.status, answer.outcome["error"]["code"]) == (2, "usage")
    assert "use `--key-file`" in answer.outcome["error"]["message"]
    assert manifest.read_bytes() == before
    assert key.read_text().strip() not in answer.out + answer.talk


def test_a_key_on_the_command_line_is_warned_of(arw: Program, key: Path, manifest: Path) -> None:
    secret = key.read_text().strip()

    answer = arw.bundles("manifest", "sign", manifest, "--key-b64", secret, *ISSUER)

    assert answer.status == 0
    assert answer.talk.startswith("warning: A key on the command line can be seen by others;")
    assert secret not in answer.out + answer.talk


@pytest.mark.skipif(os.name != "posix", reason="modes as on POSIX")
def test_a_key_that_others_can_read_is_refused(arw: Program, key: Path, manifest: Path) -> None:
    key.chmod(0o644)

    answer = arw.bundles("manifest", "sign", manifest, "--key-file", key)

    assert answer.status == 1
    assert "  Expected: mode 0600\n  Actual:   mode 0644\n" in answer.talk
    assert key.read_text().strip() not in answer.talk


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("verify", "missing.json"), "There is no file `missing.json`."),
        (("sign", "missing.json", "--key-b64", "-"), "There is no file `missing.json`."),
        (("sign", "missing.json"), "One of the arguments --key-file --key-b64 is required."),
    ],
)
def test_a_file_that_is_not_there_is_a_slip(arw: Program, arguments: tuple[str, ...], message: str) -> None:
    answer = arw.bundles("manifest", *arguments)

    assert (answer.status, answer.talk.splitlines()[0]) == (2, f"error[usage]: {message}")


def test_a_strangers_signature_is_good_but_not_trusted(arw: Program, key: Path, manifest: Path) -> None:
    root = _read(manifest)
    manifest.write_text(json.dumps({**root, "signatures": [Key("stranger").signature(root)]}))

    verified = arw.bundles("manifest", "verify", manifest, "--json")
    assert (verified.status, verified.json["ok"], verified.json["trusted"]) == (0, True, False)
    for answer in (
        arw.bundles("manifest", "verify", manifest, "--require-trusted", "--json"),
        arw.bundles("manifest", "verify", manifest, "--json", ARW_REQUIRE_SIGNED_BUNDLES="1"),
    ):
        assert (answer.status, answer.json["error"]["code"]) == (1, "unknown-signer")


def test_a_changed_manifest_is_not_valid(arw: Program, key: Path, manifest: Path) -> None:
    arw.bundles("manifest", "sign", manifest, "--key-file", key, *ISSUER)
    root = _read(manifest)
    root["bundle"]["name"] = "Evil"
    manifest.write_text(json.dumps(root))

    answer = arw.bundles("manifest", "verify", manifest)

    assert (answer.status, answer.out.splitlines()[0]) == (1, f"{manifest}: not valid")
    assert "error[bad-signature]" in answer.talk
