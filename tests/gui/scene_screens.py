"""Pictures of the screens beside Runtimes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.settings import SETTINGS
from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.controls import Button
from launcher.faces.gui.run_screen import RunScreen
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
    checks = [
        {"name": "Disk", "status": "ok", "sentence": "120 GB are free.", "act": None, "error": None},
        {
            "name": "Signers",
            "status": "warning",
            "sentence": "The key `preview-bundle-signing` expires on 2026-12-18.",
            "act": "Ask its operator for the next one.",
            "error": None,
        },
    ]
    studio.stage.script("doctor", [scene.outcome(result={"ok": True, "checks": checks})])
    for text in ("Audit everything", "What could go?", "Check this machine"):
        press(studio, text)
        studio.wait_for_quiet()


def settings(studio: Studio) -> None:
    values: dict[str, object] = {"channels": ["preview"], "require_signed": True}
    views = [
        {
            "name": setting.name,
            "value": values.get(setting.name, _plain(setting.default)),
            "default": _plain(setting.default),
            "is_default": setting.name not in values,
            "kind": setting.kind,
            "allowed": setting.allowed,
            "choices": list(setting.choices),
            "ruled_by": "`ARW_REQUIRE_SIGNED_BUNDLES`" if setting.name == "require_signed" else None,
            "sentence": setting.sentence,
        }
        for setting in SETTINGS
    ]
    studio.stage.script("settings", [scene.outcome(result={"settings": views})])
    studio.open().screens.open("settings")
    studio.wait_for_quiet()


def run(studio: Studio) -> None:
    said = ("build: 11146", "loading model `tiny.gguf`", "main: model loaded", "main: listening on 127.0.0.1:18080")
    lines = [scene.event("log", message=line) for line in said]
    healthy = scene.event("phase", phase="healthy", subject="http://127.0.0.1:18080/health", total_bytes=None)
    studio.stage.script("list", scene.overview([scene.installed(name="llama.cpp for CPU")]))
    studio.stage.script("run", [*lines, healthy, "!wait-cancel", scene.outcome("cancelled")])
    studio.open()
    studio.shown.remembered.add_model("/home/ada/models/qwen3-4b-q4_k_m.gguf")
    studio.shown.screens.open("run")
    screen = studio.shown.screens.visit("run")
    assert isinstance(screen, RunScreen)
    screen.port.setText("18080")
    screen.start.click()
    studio.wait(screen.page.isVisible)


def run_crashed(studio: Studio) -> None:
    error = {
        "code": "runtime-crashed",
        "message": "It ended with status 1 before it was healthy. Its last line: `failed to load model`.",
        "hint": "Try a smaller model, or another build of the runtime.",
    }
    studio.stage.script("list", scene.overview([scene.installed(name="llama.cpp for CPU")]))
    last = scene.event("log", message="error: failed to load model")
    studio.stage.script("run", [last, scene.outcome("failed", error=error)])
    studio.open().screens.open("run")
    press(studio, "Start")
    studio.wait(lambda: studio.stage.calls("run") and not studio.shown.queue.jobs)


def press(studio: Studio, text: str) -> None:
    buttons = studio.shown.findChildren(Button)
    next(button for button in buttons if button.isVisible() and text in button.full_text).click()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


SCENES: Final[tuple[Callable[[Studio], None], ...]] = (
    activity,
    activity_empty,
    notices_screen,
    health,
    settings,
    run,
    run_crashed,
)
