from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.faces.cli.text_changes import install_lines, revision_lines, rollback_lines, update_lines
from tests.unit.faces.cli.views import CUDA, LLAMA, error, install, revision, trust

if TYPE_CHECKING:
    from launcher.domain.views import RollbackView

SIGNED = "Signed by bundle-ci@arw, key preview-bundle-signing, trusted for preview until 2027-01-01."
ROLLBACK: RollbackView = {
    "id": LLAMA,
    "revision": "rev-20261116T080000Z",
    "upstream_version": "b10964",
    "replaces": "rev-20261123T080000Z",
    "replaces_upstream_version": None,
    "is_held": True,
    "verified_files": 12,
    "verified_bytes": 412_000_000,
    "signature": trust(),
    "path": "/store/payload",
    "dry_run": False,
}


def test_an_installation_says_what_is_active_now() -> None:
    assert install_lines([install(replaces="rev-20261116T080000Z")]) == [
        f"Installed {LLAMA} b11146 r42",
        "  revision     rev-20261123T080000Z",
        "  replaces     rev-20261116T080000Z",
        "  fetched      8.8 MB",
        "  stored       23.1 MB",
        "  index        signed; the publisher lists every file",
        f"  signature    {SIGNED}",
        "  trial start  version: b11146",
        "  path         /store/payload",
    ]


def test_a_dry_run_says_what_it_would_take() -> None:
    view = install(dry_run=True, revision=None, probe=None, path=None, index="recorded", store_bytes=None)

    assert install_lines([view]) == [
        f"Would install {LLAMA} b11146 r42",
        "  to fetch   8.8 MB",
        "  index      recorded; what the archive held when it was installed",
        f"  signature  {SIGNED}",
    ]


def test_an_update_says_of_each_bundle_what_became_of_it() -> None:
    lines = update_lines(
        {
            "updated": [install()],
            "skipped": [
                {"id": CUDA, "reason": "held", "sentence": "You rolled back from it.", "error": None},
                {"id": LLAMA, "reason": "failed", "sentence": "It failed.", "error": error()},
                {"id": LLAMA, "reason": "up-to-date", "sentence": "b11146 is the newest.", "error": None},
            ],
        }
    )

    assert lines[0] == f"Installed {LLAMA} b11146 r42"
    assert lines[-4:] == [
        f"Held {CUDA}: You rolled back from it.",
        f"Failed {LLAMA}: It failed.",
        "  error[wrong-hash]: The archive `x` is not the one that was signed.",
        f"Up to date {LLAMA}: b11146 is the newest.",
    ]


def test_a_rollback_says_where_it_went_and_how_to_come_back() -> None:
    facts = [
        "  leaves     rev-20261123T080000Z",
        "  held       yes; `update` does not bring the left revision back by itself",
        "  verified   12 files, 412 MB",
        f"  signature  {SIGNED}",
        "  path       /store/payload",
    ]

    assert rollback_lines(ROLLBACK) == [
        f"Rolled back {LLAMA} to rev-20261116T080000Z (b10964)",
        *facts,
        f"To come back: arw-cli runtime bundles rollback --bundle {LLAMA}",
    ]
    elsewhere = rollback_lines(ROLLBACK, program="arw-cli --dest 'a b'")[-1]
    assert elsewhere == f"To come back: arw-cli --dest 'a b' runtime bundles rollback --bundle {LLAMA}"
    assert rollback_lines({**ROLLBACK, "dry_run": True}) == [
        f"Would roll back {LLAMA} to rev-20261116T080000Z (b10964)",
        *facts,
    ]


def test_revisions_say_which_is_active_and_what_is_held() -> None:
    revisions = [
        revision(is_active=True),
        revision(
            "rev-20261116T080000Z", upstream_version="b10964", channel_revision=41, is_previous=True, is_held=True
        ),
        revision(
            "rev-20261101T080000Z",
            upstream_version=None,
            kind="manual-edit",
            is_pinned=True,
            installed_at=None,
            signature=trust("unsigned"),
        ),
    ]

    assert revision_lines(LLAMA, revisions) == [
        f"Revisions of {LLAMA} on this machine:",
        "",
        "   REVISION              VERSION     INSTALLED             SIZE     TRUST",
        "*  rev-20261123T080000Z  b11146 r42  2026-11-23T08:00:00Z  13.6 MB  [trusted]   active",
        "   rev-20261116T080000Z  b10964 r41  2026-11-23T08:00:00Z  13.6 MB  [trusted]   previous, held",
        "   rev-20261101T080000Z  r42         -                     13.6 MB  [unsigned]  pinned, edited by hand",
    ]
