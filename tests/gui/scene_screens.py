"""Pictures of the screens beside Runtimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.controls import Button
from tests.gui import scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.domain.views import ErrorView
    from tests.gui.screenshots import Studio

SUMMARY: Final = {
    "total": 2, "with_manifest": 2, "verified": 2, "failed": 0, "warnings": 0, "missing_signatures": 0, "trusted": 2,
    "rejected": 0, "trust_shortfall": 0, "ok": True, "enforced": True,
}  # fmt: skip


def activity(studio: Studio) -> None:
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[scene.catalog()]))
    progress = {"phase": "downloading", "done_bytes": 123_400_000, "total_bytes": 412_300_000}
    told = scene.event("progress", **progress, bytes_per_s=12_000_000.0, remaining_s=24)
    studio.stage.script("install", ["!wait-cancel", scene.outcome("cancelled")], call=1)
    studio.stage.script("install", [told, "!wait-cancel", scene.outcome("cancelled")])
    error: ErrorView = {**scene.WRONG_HASH, "message": "The archive of `b11146` is not the one that was signed."}
    studio.stage.script("update", [scene.outcome("failed", error=error)])
    studio.stage.script("smoke", [scene.outcome(result={"first_line": "version: 11146"})])
    studio.open()
    queue = studio.shown.queue
    queue.submit(order_for(Action.INSTALL, scene.LLAMA_VULKAN))
    studio.wait(lambda: studio.stage.calls("install"))
    queue.cancel_all()
    studio.wait_for_quiet()
    for action in (Action.UPDATE, Action.SMOKE):
        queue.submit(order_for(action, scene.WHISPER_CPU))
        studio.wait_for_quiet()
    queue.submit(order_for(Action.INSTALL, scene.LLAMA_CUDA))
    queue.submit(order_for(Action.INSTALL, scene.LLAMA_VULKAN))
    studio.wait(lambda: any(job.progress for job in queue.jobs))
    studio.shown.screens.open("activity")


def activity_empty(studio: Studio) -> None:
    studio.open().screens.open("activity")


def notices_screen(studio: Studio) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102: its archive was replaced."),
        scene.banner(),
        scene.banner("info", title="Faster on old machines."),
    ]
    studio.stage.script("list", scene.overview(scene.workshop(), banners=banners))
    studio.open()
    studio.shown.remembered.add_dismissed(scene.banner("info", key="old", title="The stable channel opens in March."))
    studio.shown.screens.open("notices")


def health(studio: Studio) -> None:
    bundles = [scene.installed(name="llama.cpp for CPU"), *scene.workshop()[2:]]
    studio.stage.script("list", scene.overview(bundles, catalogs=[scene.catalog()], signature_summary=SUMMARY))
    checked = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": []}
    studio.stage.script("audit", [scene.outcome(result={"ok": True, "items": [checked]})])
    removed = {"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 46_900_000}
    studio.stage.script("prune", [scene.outcome(result={"removed": [removed], "kept": [], "freed_bytes": 31_000_000})])
    studio.open()
    studio.shown.screens.open("health")
    for text in ("Audit everything", "What could go?"):
        press(studio, text)
        studio.wait_for_quiet()


def press(studio: Studio, text: str) -> None:
    buttons = studio.shown.findChildren(Button)
    next(button for button in buttons if button.isVisible() and text in button.full_text).click()


SCENES: Final[tuple[Callable[[Studio], None], ...]] = (activity, activity_empty, notices_screen, health)
