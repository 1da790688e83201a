"""Pictures of the windows that open beside the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from launcher.faces.gui.bug_dialog import BugReporter
from launcher.faces.gui.controls import Text
from launcher.faces.gui.transfer import import_paths
from tests.gui import scene
from tests.gui.scene_runtimes import recent
from tests.gui.scene_screens import run_healthy

if TYPE_CHECKING:
    from launcher.domain.views import ErrorView
    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio


def dialog(studio: Studio) -> QWidget:
    """Return the dialog that is open, at the size that it wants."""
    studio.wait(lambda: any(map(_is_open, QApplication.topLevelWidgets())))
    return next(widget for widget in QApplication.topLevelWidgets() if _is_open(widget))


def _is_open(widget: QWidget) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()


def open_with(studio: Studio, *press: str) -> None:
    bundles = [scene.installed(name="llama.cpp for CPU"), *scene.workshop()[2:]]
    studio.stage.script("list", scene.overview(bundles, catalogs=[recent()]))
    studio.open().runtimes.view.choose(scene.LLAMA_CPU)
    studio.wait(lambda: studio.shown.runtimes.details.bundle)
    for text in press:
        studio.press(text)


def remove_confirm(studio: Studio) -> QWidget:
    open_with(studio, "Remove")
    return dialog(studio)


def export_choice(studio: Studio) -> QWidget:
    open_with(studio, "Export…")
    return dialog(studio)


def import_result(studio: Studio) -> QWidget:
    """Some of it was accepted, some refused, each with a reason."""
    hint = scene.WRONG_HASH["hint"]
    refused: ErrorView = {"code": "wrong-hash", "message": "`app.tar.zst` is not what was signed.", "hint": hint}
    stored = f"Stored as {scene.NEW}; `install {scene.LLAMA_CPU}` makes it active."
    foreign = "No AMD GPU. `--all-platforms` stores it all the same."
    item = {"upstream_version": "b11146", "error": None}
    items = [
        {**item, "id": scene.LLAMA_CPU, "result": "accepted", "sentence": stored},
        {**item, "id": scene.LLAMA_VULKAN, "result": "already-here", "sentence": f"It is here as {scene.NEW}."},
        {**item, "id": scene.LLAMA_ROCM, "result": "skipped", "sentence": foreign},
        {**item, "id": scene.WHISPER_CPU, "result": "refused", "sentence": refused["message"], "error": refused},
    ]
    studio.stage.script("import", [scene.outcome("failed", error=refused, result={"items": items, "catalogs": []})])
    open_with(studio)
    import_paths(studio.shown, studio.shown.screens._desk, ["/media/stick/runtimes.arwcache"])
    studio.wait_for("import")
    return dialog(studio)


def job_log(studio: Studio) -> QWidget:
    lines = [scene.event("log", message=f"line {number} of what the job said") for number in range(5)]
    studio.stage.script("smoke", [*lines, scene.outcome("failed", error=scene.WRONG_HASH)])
    open_with(studio, "Test")
    studio.wait_for("smoke")
    studio.press("Open log")
    return dialog(studio)


def quit_confirm(studio: Studio) -> QWidget:
    """A runtime is running."""
    run_healthy(studio)
    studio.shown.close()
    return dialog(studio)


def bug(studio: Studio) -> QWidget:
    open_with(studio)
    reporter = BugReporter()  # which keeps the dialog alive
    reporter._show("ValueError: not enough values to unpack (expected 2, got 1)", None)
    return dialog(studio)


def help_with_keys(studio: Studio) -> QWidget:
    """The keys, and what this program is; that differs from machine to machine."""
    open_with(studio)
    studio.shown.screens.rail.help_asked.emit()
    shown = dialog(studio)
    about = next(text for text in shown.findChildren(Text) if "\n" in text.text())
    facts = ("0.1.0", "MIT", "Linux x86_64", "Python 3.13.1, Qt 6.9.1")
    names = (line.partition(": ")[0] for line in about.text().splitlines())
    about.setText("\n".join(f"{name}: {fact}" for name, fact in zip(names, facts, strict=True)))
    return shown


def comparison(studio: Studio) -> QWidget:
    """Which files changed between two revisions."""
    studio.stage.script("compare", [scene.outcome(result=scene.comparison())])
    open_with(studio, "Compare")
    studio.wait_for("compare")
    return dialog(studio)


SCENES: Final[tuple[Scene, ...]] = (
    *(remove_confirm, export_choice, import_result, job_log, quit_confirm, bug),
    comparison,
    help_with_keys,
)
