from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import BadField, DuplicateKey, LauncherError, StoreError, TooLarge
from tests.documents import (
    ALICE,
    BOB,
    MALLORY,
    catalog_root,
    document,
    fingerprint,
    manifest_root,
    registry_bytes,
    signed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.views import ManifestVerdict

TRUST_IN_ALICE = registry_bytes(ALICE.as_signer())


def verdict_on(
    tmp_path: Path, content: bytes | dict[str, Any], signers: bytes | None = TRUST_IN_ALICE
) -> ManifestVerdict:
    registry, path = tmp_path / "signers.json", tmp_path / "bundle.json"
    if signers is not None:
        registry.write_bytes(signers)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    environ = {"ARW_RUNTIME_BUNDLE_SIGNERS": str(registry)}
    return open_launcher(dest=tmp_path / "store", environ=environ).verify_manifest(path)


def test_trusted_manifest(tmp_path: Path) -> None:
    root = signed(manifest_root(), MALLORY, ALICE)

    assert verdict_on(tmp_path, root) == {
        "path": str(tmp_path / "bundle.json"),
        "ok": True,
        "trusted": True,
        "channel": "preview",
        "threshold": 1,
        "canonical_sha256": document(root).sha256,
        "signatures": [
            {
                "key_id": "mallory",
                "issuer": "Mallory",
                "standing": "untrusted",
                "error": {
                    "code": "unknown-signer",
                    "message": "The key `mallory` is not in the signer registry.",
                    "expected": "a signer of the registry",
                    "actual": fingerprint(MALLORY),
                    "hint": "If you know whose key it is, the operator can add it to the signer registry.",
                },
            },
            {"key_id": "alice", "issuer": "Alice", "standing": "trusted", "error": None},
        ],
        "error": None,
    }


@pytest.mark.parametrize(
    ("root", "ok", "code"),
    [
        (manifest_root(), False, "unsigned"),
        (signed(manifest_root(), MALLORY), True, "unknown-signer"),
        (signed(manifest_root(), ALICE) | {"note": 1}, False, "bad-signature"),
        (signed(manifest_root(catalog={"channel": "stable"}), ALICE), True, "wrong-channel"),
    ],
)
def test_manifest_that_is_not_trusted(tmp_path: Path, root: dict[str, Any], ok: bool, code: str) -> None:  # noqa: FBT001
    verdict = verdict_on(tmp_path, root)

    assert (verdict["ok"], verdict["trusted"]) == (ok, False)
    assert verdict["error"] is not None
    assert verdict["error"]["code"] == code


def test_catalog_is_judged_for_its_own_channel(tmp_path: Path) -> None:
    signers = registry_bytes(ALICE.as_signer(["stable"]), BOB.as_signer(), channels={"stable": {"threshold": 2}})

    verdict = verdict_on(tmp_path, signed(catalog_root(channel="stable"), ALICE), signers)
    assert (verdict["channel"], verdict["threshold"], verdict["trusted"]) == ("stable", 2, False)


@pytest.mark.parametrize(("signers", "code"), [(None, "no-signer-registry"), (b"{}", "bad-signer-registry")])
def test_without_a_registry_its_absence_is_what_is_wrong(tmp_path: Path, signers: bytes | None, code: str) -> None:
    verdict = verdict_on(tmp_path, signed(manifest_root(), ALICE), signers)

    assert (verdict["ok"], verdict["trusted"]) == (True, False)
    assert verdict["error"] is not None
    assert verdict["error"]["code"] == code


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'{"channel":"preview","channel":"stable"}', DuplicateKey),
        (b"{}", BadField),
        (b'{"channel":"*"}', BadField),
        (b'{"channel":"preview","signatures":7}', BadField),
        (b" " * (MAX_DOCUMENT_BYTES + 1), TooLarge),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes, error: type[LauncherError]) -> None:
    with pytest.raises(error):
        verdict_on(tmp_path, content)


def test_absent_file_is_a_named_failure(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"absent\.json"):
        open_launcher(dest=tmp_path, environ={}).verify_manifest(tmp_path / "absent.json")
