"""Pictures of Activity, Run and Notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.run_screen import RunScreen
from tests.gui import scene
from tests.gui.scene_runtimes import recent

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio

MODEL: Final = "/home/ada/models/qwen3-4b-q4_k_m.gguf"
SAID: Final = (
    "build: 11146 (f1768d8f) for x86_64-linux-gnu",
    "system_info: n_threads = 8 / 16 | AVX2 = 1 | FMA = 1",
    "load_model: loading model `qwen3-4b-q4_k_m.gguf`",
    "main: model loaded",
    "main: server is listening on http://127.0.0.1:18080",
)


def activity(studio: Studio) -> None:
    """One job runs, one is paused, one waits; others were done, failed and were cancelled."""
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[recent()]))
    progress = {"phase": "downloading", "done_bytes": 123_400_000, "total_bytes": 412_300_000}
    told = scene.event("progress", **progress, bytes_per_s=12_000_000.0, remaining_s=24)
    studio.stage.script("install", [told, "!wait-cancel", scene.outcome("cancelled")])
    error: ErrorView = {**scene.WRONG_HASH, "message": "The archive of `b11146` is not the one that was signed."}
    studio.stage.script("update", [scene.outcome("failed", error=error)])
    studio.stage.script("smoke", [scene.outcome(result={"first_line": "version: 11146"})])
    studio.open()
    queue = studio.shown.queue
    queue.submit(order_for(Action.INSTALL, scene.LLAMA_VULKAN))
    studio.wait(lambda: any(job.progress for job in queue.jobs))
    queue.cancel_all()
    studio.wait_for_quiet()
    for action in (Action.UPDATE, Action.SMOKE):
        queue.submit(order_for(action, scene.WHISPER_CPU))
        studio.wait_for_quiet()
    paused = queue.submit(order_for(Action.INSTALL, scene.LLAMA_VULKAN))
    studio.wait(lambda: paused.progress)
    paused.pause()
    studio.wait(lambda: paused.state is JobState.PAUSED)
    running = queue.submit(order_for(Action.INSTALL, scene.LLAMA_CUDA))
    waiting = queue.submit(order_for(Action.ROLL_BACK, scene.LLAMA_CUDA))
    studio.wait(lambda: running.progress)
    assert waiting.state is JobState.QUEUED
    studio.go("activity")


def activity_empty(studio: Studio) -> None:
    studio.open()
    studio.go("activity")


def open_run(studio: Studio) -> RunScreen:
    """Show the Run screen with a runtime and a model."""
    studio.stage.script("list", scene.overview([scene.installed(name="llama.cpp for CPU")], catalogs=[recent()]))
    studio.open().remembered.add_model(MODEL)
    screen = studio.go("run")
    assert isinstance(screen, RunScreen)
    screen.port.setText("18080")
    return screen


def run_stopped(studio: Studio) -> None:
    open_run(studio)


def run_starting(studio: Studio) -> None:
    lines = [scene.event("log", message=line) for line in SAID[:3]]
    starting = scene.event("phase", phase="starting", subject=scene.LLAMA_CPU, total_bytes=None)
    studio.stage.script("run", [starting, *lines, "!wait-cancel", scene.outcome("cancelled")])
    screen = open_run(studio)
    screen.start.click()
    studio.wait(lambda: SAID[2] in screen.log.view.toPlainText())


def run_healthy(studio: Studio) -> None:
    healthy = scene.event("phase", phase="healthy", subject="http://127.0.0.1:18080/health", total_bytes=None)
    lines = [scene.event("log", message=line) for line in SAID]
    studio.stage.script("run", [healthy, *lines, "!wait-cancel", scene.outcome("cancelled")])
    screen = open_run(studio)
    screen.start.click()
    studio.wait(lambda: SAID[-1] in screen.log.view.toPlainText())


def run_crashed(studio: Studio) -> None:
    error = {
        "code": "runtime-ended",
        "message": "The runtime ended by itself. Its last words: ggml: out of memory",
        "expected": "a server that runs until it is stopped",
        "actual": "exit status 1",
        "hint": "It had too little memory: try a smaller model or a smaller context, or close other programs.",
    }
    last = [scene.event("log", message=line) for line in (*SAID[:3], "ggml: out of memory")]
    studio.stage.script("run", [*last, scene.outcome("failed", error=error)])
    screen = open_run(studio)
    screen.start.click()
    studio.wait_for("run")


def run_asks(studio: Studio) -> None:
    """The manifest asks for consent."""
    error = {
        "code": "needs-consent",
        "message": f"`{scene.LLAMA_CPU}` asks for your consent first: It listens to the microphone while it runs.",
        "hint": "Read what it says, then start it with `--consent`.",
    }
    studio.stage.script("run", [scene.outcome("failed", error=error)])
    screen = open_run(studio)
    screen.start.click()
    studio.wait_for("run")


def notices_list(studio: Studio) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102: its archive was replaced."),
        scene.banner(),
        scene.banner("info", title="Faster on old machines."),
    ]
    studio.stage.script("list", scene.overview(scene.workshop(), banners=banners, catalogs=[recent()]))
    past = scene.banner("info", key="old", title="The stable channel opens in March.", standing="dismissed")
    studio.stage.script("notices-all", scene.archive(past))
    studio.open()
    studio.go("notices")
    studio.wait_for_quiet()


def notices_empty(studio: Studio) -> None:
    studio.stage.script("list", scene.overview(scene.workshop(), catalogs=[recent()]))
    studio.open()
    studio.go("notices")


SCENES: Final[tuple[Scene, ...]] = (
    activity,
    activity_empty,
    run_stopped,
    run_starting,
    run_healthy,
    run_crashed,
    run_asks,
    notices_list,
    notices_empty,
)
