"""The Health screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.faces.gui.chips import Chip
from launcher.faces.gui.disk_chart import DiskBar
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

SUMMARY = {
    "total": 2, "with_manifest": 2, "verified": 2, "failed": 0, "warnings": 0, "missing_signatures": 1, "trusted": 1,
    "rejected": 0, "trust_shortfall": 1, "ok": False, "enforced": True,
}  # fmt: skip
REMOVED = {"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 46_900_000}


def open_health(window: MainWindow) -> QWidget:
    window.screens.open("health")
    return window.screens.visit("health")


def chips(screen: QWidget) -> list[str]:
    return [chip.accessibleName() for chip in screen.findChildren(Chip) if chip.isVisible()]


def test_signatures_and_disk_use_are_summed_up(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    whisper = scene.installed(scene.WHISPER_CPU, with_previous=False)
    stage.script("list", scene.overview([whisper, scene.installed()], signature_summary=SUMMARY))
    screen = open_health(open_window())
    assert chips(screen) == ["Not all trusted", "Signatures demanded"]
    said = texts(screen)
    assert "1 of 2 installed bundles are signed by a key that this machine trusts. 1 carries no signature." in said
    assert "trusted for preview until 2027-01-01" in said
    assert "143 MB in 2 bundles" in said
    assert "b11146 (active) 48.2 MB  ·  b10964 46.9 MB" in said
    assert len(screen.findChildren(DiskBar)) == 2


def test_nothing_installed_is_said(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    summary = {**SUMMARY, "total": 0, "enforced": False, "ok": True}
    stage.script("list", scene.overview([scene.bundle()], signature_summary=summary))
    screen = open_health(open_window())
    assert chips(screen) == ["Nothing installed", "Signatures not demanded"]
    assert "Nothing is installed." in texts(screen)


def test_an_audit_shows_its_progress_and_what_it_found(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    fault = {"code": "wrong-hash", "message": "`bin/llama-server` was changed."}
    items = [{"checked_files": 128, "checked_bytes": 48_200_000, "faults": [fault]}]
    progress = {"phase": "verifying", "total_bytes": 48_200_000, "bytes_per_s": None, "remaining_s": None}
    stage.script(
        "audit",
        [
            scene.event("progress", done_bytes=1_000_000, **progress),
            "!wait-file go",
            scene.outcome("failed", error=fault, result={"ok": False, "items": items}),
        ],
        call=1,
    )
    good = {"ok": True, "items": [{**items[0], "faults": []}]}
    stage.script("audit", [scene.outcome(result=good)])
    stage.script("list", scene.overview([scene.installed()]))
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Audit everything")
    qtbot.waitUntil(lambda: "Verifying 1.0 of 48.2 MB" in texts(screen), timeout=20_000)
    assert not button(screen, "Audit everything").isEnabled()
    stage.allow("go")
    idle(qtbot, window)
    assert "The check found faults" in texts(screen)
    assert "\u201cbin/llama-server\u201d was changed." in texts(screen)
    click(qtbot, screen, "Audit everything")
    idle(qtbot, window)
    assert "Everything is as it was signed" in texts(screen)
    assert stage.calls("audit") == [["runtime", "bundles", "audit", "--deep"]] * 2


def test_what_could_go_is_shown_before_it_goes(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    view = {"removed": [REMOVED], "kept": [], "freed_bytes": 30_000_000}
    stage.script("list", scene.overview([scene.installed()]))
    for call, more in ((1, {"dry_run": True}), (2, {"dry_run": False})):
        stage.script("prune", [scene.outcome(result={**view, **more})], call=call)
    stage.script("prune", [scene.outcome(result={"removed": [], "kept": [], "freed_bytes": 0, "dry_run": True})])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "30.0 MB can go" in texts(screen)
    assert scene.OLD in texts(screen)
    click(qtbot, screen, "Remove these revisions")
    idle(qtbot, window)
    assert "30.0 MB are free again" in texts(screen)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "Nothing can go" in texts(screen)
    prune = ["runtime", "bundles", "prune"]
    assert stage.calls("prune") == [[*prune, "--dry-run"], prune, [*prune, "--dry-run"]]


def test_a_check_that_fails_says_why_and_can_be_asked_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("prune", [scene.outcome("failed", error={"code": "locked", "message": "Another process works here."})])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "locked: Another process works here." in texts(screen)
    assert button(screen, "What could go?").isEnabled()


def test_the_doctor_lists_what_is_wrong_first_and_offers_what_helps(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    error = {"code": "bad-signer-registry", "message": "A key is there twice."}
    checks = [
        {"name": "Disk", "status": "ok", "sentence": "120 GB are free.", "act": None, "error": None},
        {"name": "Catalogs", "status": "warning", "sentence": "It is old.", "act": "Refresh.", "error": None},
        {"name": "Signers", "status": "broken", "sentence": error["message"], "act": "Restore it.", "error": error},
    ]
    stage.script("doctor", [scene.outcome("failed", error=error, result={"ok": False, "checks": checks})])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: "Disk: fine" in texts(screen))
    said = texts(screen)
    assert said.index("Signers: broken") < said.index("Catalogs: look at this") < said.index("Disk: fine")
    assert "A key is there twice.\nRestore it." in said
    before = len(stage.calls("refresh"))
    click(qtbot, screen, "Ask the sources again")
    idle(qtbot, window)
    assert len(stage.calls("refresh")) == before + 1
