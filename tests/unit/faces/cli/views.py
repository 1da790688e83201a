"""Views for the tests of the texts: one of each shape, changed by keyword."""

# ruff: noqa: ANN401 - any value of JSON

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from launcher.domain.views import (
        AuditItem,
        BannerView,
        BundleView,
        CatalogView,
        ErrorView,
        InstallationView,
        InstallView,
        Overview,
        ReasonView,
        RevisionView,
        SignatureSummary,
        TrustView,
    )

LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
CUDA = "llama.cpp-preview/linux-x86_64-cuda"


def _view(defaults: Mapping[str, Any], changes: Mapping[str, Any]) -> Any:
    unknown = set(changes) - set(defaults)
    assert not unknown, f"no such keys: {unknown}"
    return {**defaults, **changes}


def error(code: str = "wrong-hash", message: str = "The archive `x` is not the one that was signed.") -> ErrorView:
    return {"code": code, "message": message}


def trust(state: str = "trusted", **changes: Any) -> TrustView:
    sentences = {
        "trusted": "Signed by bundle-ci@arw, key preview-bundle-signing, trusted for preview until 2027-01-01.",
        "untrusted": "The key `other` is not in the signer registry.",
        "unsigned": "Not signed by anybody.",
        "invalid": "A signature does not belong to this document.",
        "unknown": "Its manifest is not here yet.",
    }
    defaults = {
        "ok": state == "trusted",
        "state": state,
        "sentence": sentences[state],
        "key_id": "preview-bundle-signing",
        "issuer": "bundle-ci@arw",
        "expires_at": None,
        "error": None,
        "warnings": [],
    }
    return cast("TrustView", _view(defaults, changes))


def reason(code: str, sentence: str, act: str | None = None) -> ReasonView:
    return {"code": code, "sentence": sentence, "act": act, "have": None, "need": None}


def revision(name: str = "rev-20261123T080000Z", **changes: Any) -> RevisionView:
    defaults = {
        "revision": name,
        "upstream_version": "b11146",
        "channel_revision": 42,
        "installed_at": "2026-11-23T08:00:00Z",
        "size_bytes": 13_577_392,
        "is_active": False,
        "is_previous": False,
        "is_held": False,
        "is_pinned": False,
        "is_damaged": False,
        "kind": "release",
        "index": "signed",
        "signature": trust(),
        "path": f"/store/{LLAMA}/revisions/{name}/payload",
    }
    return cast("RevisionView", _view(defaults, changes))


def bundle(bundle_id: str = LLAMA, **changes: Any) -> BundleView:
    defaults = {
        "id": bundle_id,
        "runtime": bundle_id.split("-", maxsplit=1)[0],
        "name": "llama.cpp CPU",
        "description": "llama.cpp for every x86_64 machine.",
        "accelerator": "cpu",
        "channel": "preview",
        "state": "not-installed",
        "is_recommended": False,
        "fits": True,
        "rank": 0,
        "reasons": [reason("compatible", "CPU also works.")],
        "signature": trust(),
        "offered_channel_revision": 42,
        "offered_upstream_version": "b11146",
        "download_bytes": 8_814_670,
        "active": None,
        "rollback_target": None,
        "revisions": [],
        "is_update_held": False,
        "changes": [],
        "notes_url": None,
        "problem": None,
        "license": "MIT",
        "notes": [],
        "platforms": ["linux-x86_64"],
        "modalities": ["text"],
        "executable": "llama-server",
        "catalog": "/catalogs/bundles.preview.json",
    }
    return cast("BundleView", _view(defaults, changes))


def catalog(**changes: Any) -> CatalogView:
    defaults = {
        "path": "https://example.com/bundles.preview.json",
        "channel": "preview",
        "revision": 42,
        "bundles": 2,
        "signature": trust(),
        "issued_at": "2026-11-18T08:00:00Z",
        "expires_at": "2026-12-18T08:00:00Z",
        "fetched_at": "2026-11-23T08:00:00Z",
        "is_expired": False,
        "problem": None,
    }
    return cast("CatalogView", _view(defaults, changes))


def banner(**changes: Any) -> BannerView:
    defaults = {
        "id": "preview-r42",
        "key": "preview-r42:abc",
        "severity": "action",
        "is_signed": True,
        "is_dismissible": True,
        "date": "2026-11-18",
        "channel": "preview",
        "title": "CUDA 12.8 bundles now need driver 570.",
        "html": "<p>Details in <b>any</b> Markdown &amp; more.</p>\n<ul><li>one</li><li>two</li></ul>",
        "bundles": [CUDA],
        "until": "2026-12-18",
        "action": "update",
        "standing": "current",
    }
    return cast("BannerView", _view(defaults, changes))


def summary(**changes: Any) -> SignatureSummary:
    defaults = {
        "total": 0,
        "with_manifest": 0,
        "verified": 0,
        "failed": 0,
        "warnings": 0,
        "missing_signatures": 0,
        "trusted": 0,
        "rejected": 0,
        "trust_shortfall": 0,
        "ok": True,
        "enforced": False,
    }
    return cast("SignatureSummary", _view(defaults, changes))


def installation(**changes: Any) -> InstallationView:
    defaults = {
        "id": LLAMA,
        "name": "llama.cpp CPU",
        "channel": "preview",
        "revision": "rev-20261123T080000Z",
        "channel_revision": 42,
        "adapter": "process",
        "accelerator": "cpu",
        "installed_at": "2026-11-23T08:00:00Z",
        "path": f"/store/{LLAMA}",
        "index": "signed",
        "signature": trust(),
    }
    return cast("InstallationView", _view(defaults, changes))


def overview(**changes: Any) -> Overview:
    defaults = {
        "generated": "2026-11-23T08:00:00Z",
        "generated_ms": 1_795_420_800_000,
        "roots": ["/store"],
        "catalogs": [],
        "bundles": [],
        "installations": [],
        "signature_summary": summary(),
        "banners": [],
        "machine": "linux x86_64, 16 GiB, NVIDIA GeForce RTX 3090",
        "problems": [],
    }
    return cast("Overview", _view(defaults, changes))


def install(**changes: Any) -> InstallView:
    defaults = {
        "id": LLAMA,
        "revision": "rev-20261123T080000Z",
        "replaces": None,
        "channel_revision": 42,
        "upstream_version": "b11146",
        "fetch_bytes": 8_814_670,
        "store_bytes": 23_100_000,
        "index": "signed",
        "signature": trust(),
        "probe": "version: b11146",
        "path": "/store/payload",
        "dry_run": False,
    }
    return cast("InstallView", _view(defaults, changes))


def audit_item(**changes: Any) -> AuditItem:
    defaults = {
        "id": LLAMA,
        "revision": "rev-20261123T080000Z",
        "is_active": True,
        "ok": True,
        "index": "signed",
        "signature": trust(),
        "checked_files": 2,
        "checked_bytes": 23_100_000,
        "faults": [],
    }
    return cast("AuditItem", _view(defaults, changes))
