"""Small documents, signed with fixed test keys: what the tests of the domain work with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import parse_catalog
from launcher.domain.signers import SignerRegistry, default_key_id, parse_signer_registry
from launcher.domain.trust import public_key_of
from tests.registry import LLAMA, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.domain.bundle import Manifest
    from launcher.domain.canonical import Document
    from launcher.domain.catalog import Catalog

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ALICE = Key("alice", "Alice", b"\x01" * 32)
BOB = Key("bob", "Bob", b"\x02" * 32)
MALLORY = Key("mallory", "Mallory", b"\x66" * 32)
SHA256 = "ab" * 32
ARCHIVE = {"kind": "archive", "format": "tar.zst", "url": "payload.tar.zst", "sha256": SHA256, "size_bytes": 1000}
PROGRAM = {"path": "llama-server", "artifact": 0, "size_bytes": 10, "sha256": SHA256, "executable": True}


def fingerprint(key: Key) -> str:
    """Return what floors know a key by."""
    return default_key_id(public_key_of(key.secret))


def manifest_root(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an unsigned manifest with a signed index; ``changes`` replace its top-level fields."""
    root: dict[str, Any] = {
        "type": "runtime-bundle",
        "version": 1,
        "bundle": bundle_root(),
        "catalog": {"channel": "preview", "revision": 42},
        "release": {"upstream": "llama.cpp", "upstream_version": "b11146", "issued_at": "2026-11-20T10:00:00Z"},
        "files": [dict(PROGRAM), {"path": "libllama.so", "link": "llama-server"}],
    }
    return root | changes


def bundle_root(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a bundle as manifests and catalogs write it."""
    root: dict[str, Any] = {
        "id": LLAMA,
        "name": "llama.cpp (Linux, CPU)",
        "adapter": "process",
        "accelerator": "cpu",
        "platforms": [{"os": "linux", "arch": "x86_64"}],
        "artifacts": [dict(ARCHIVE)],
        "metadata": {"process": {"command": "llama-server", "args": ["--port", "8080"], "env": {"A": "b"}}},
    }
    return root | changes


def catalog_root(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an unsigned catalog that offers one bundle."""
    root: dict[str, Any] = {
        "type": "runtime-catalog",
        "version": 1,
        "channel": "preview",
        "revision": 42,
        "issued_at": "2026-11-20T10:00:00Z",
        "expires_at": "2026-12-20T10:00:00Z",
        "notes": "For tests.",
        "bundles": [bundle_root()],
    }
    return root | changes


def signed(root: Mapping[str, Any], *keys: Key) -> dict[str, Any]:
    """Return a document with signatures of these keys, instead of any that it had."""
    unsigned = {name: value for name, value in root.items() if name != "signatures"}
    return unsigned | {"signatures": [key.signature(unsigned) for key in keys]}


def document(root: object) -> Document:
    """Return a document as if it had come as JSON."""
    return parse_document(json.dumps(root).encode())


def manifest(*keys: Key, **changes: Any) -> Manifest:  # noqa: ANN401 - JSON
    """Return a manifest that these keys signed."""
    return parse_manifest(document(signed(manifest_root(**changes), *keys)))


def catalog(*keys: Key, **changes: Any) -> Catalog:  # noqa: ANN401 - JSON
    """Return a catalog that these keys signed."""
    return parse_catalog(document(signed(catalog_root(**changes), *keys)))


def registry_bytes(*signers: Mapping[str, Any], **changes: Any) -> bytes:  # noqa: ANN401 - JSON
    """Return ``bundle_signers.json`` with these entries (`Key.as_signer`)."""
    return json.dumps({"version": 1, "signers": list(signers)} | changes).encode()


def trust_in(*keys: Key, threshold: int = 1) -> SignerRegistry:
    """Return a registry that trusts these keys for the channel ``preview``."""
    channels = {"preview": {"threshold": threshold}}
    return parse_signer_registry(registry_bytes(*(key.as_signer() for key in keys), channels=channels))


def trust_in_entry(**more: Any) -> SignerRegistry:  # noqa: ANN401 - JSON
    """Return a registry that trusts Alice alone, with changes to her entry."""
    return parse_signer_registry(registry_bytes(ALICE.as_signer() | more))
