"""The Health screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from launcher.faces.gui.chips import Chip
from launcher.faces.gui.controls import Button
from launcher.faces.gui.disk_chart import DiskBar
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


class Desktop(QObject):
    """Takes the folders that the window wants opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def desktop(qtbot: QtBot) -> Iterator[Desktop]:
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "take")  # type: ignore[arg-type]  # the stub wants bytes, the call text
    yield desktop
    QDesktopServices.unsetUrlHandler("file")


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
    click(qtbot, screen, "Remove these")
    idle(qtbot, window)
    assert "30.0 MB are free again" in texts(screen)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "Nothing can go" in texts(screen)
    prune = ["runtime", "bundles", "prune"]
    assert stage.calls("prune") == [[*prune, "--dry-run"], prune, [*prune, "--dry-run"]]


def test_downloads_that_nobody_needs_count_as_well(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    downloads = [{"sha256": "a" * 64, "size_bytes": 1_000_000}, {"sha256": "b" * 64, "size_bytes": 2_500_000}]
    view = {"removed": [], "kept": [], "downloads": downloads, "freed_bytes": 3_500_000, "dry_run": True}
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("prune", [scene.outcome(result=view)])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "3.5 MB can go" in texts(screen)
    assert "2 downloads that nobody needs any more, 3.5 MB" in texts(screen)
    click(qtbot, screen, "Remove these")
    idle(qtbot, window)
    assert stage.calls("prune")[-1] == ["runtime", "bundles", "prune"]


def test_a_check_that_fails_says_why_and_can_be_asked_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("prune", [scene.outcome("failed", error={"code": "locked", "message": "Another process works here."})])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "What could go?")
    idle(qtbot, window)
    assert "Another process works here." in texts(screen)
    assert button(screen, "What could go?").isEnabled()


def press(qtbot: QtBot, screen: QWidget, title: str) -> None:
    """Click a button that has just been made: it becomes visible with the event loop's next turn."""

    def found() -> list[Button]:
        return [one for one in screen.findChildren(Button) if one.full_text == title and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=30_000)
    found()[0].click()


def check(name: str, status: str, *command: str, **more: object) -> dict[str, Any]:
    usual = {"name": name, "status": status, "sentence": f"About {name}.", "act": None, "path": None, "error": None}
    return {**usual, "command": list(command) or None, **more}


def script_doctor(stage: Stage, *checks: dict[str, Any], call: int | None = None) -> None:
    error = next((row["error"] for row in checks if row["error"]), None)
    result = {"ok": error is None, "checks": list(checks)}
    stage.script("doctor", [scene.outcome("failed" if error else "done", error=error, result=result)], call=call)


def test_the_doctor_lists_what_is_wrong_first(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "bad-signer-registry", "message": "A key is there twice."}
    script_doctor(
        stage,
        check("Disk", "ok"),
        check("Catalogs", "warning", "runtime", "bundles", "refresh", act="Refresh."),
        check("Signers", "broken", error=error, sentence=error["message"], act="Restore it."),
    )
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: "Disk: fine" in texts(screen), timeout=30_000)
    said = texts(screen)
    assert said.index("Signers: broken") < said.index("Catalogs: look at this") < said.index("Disk: fine")
    assert "A key is there twice.\nRestore it." in said


@pytest.mark.parametrize(
    ("command", "title", "verb"),
    [
        (["runtime", "bundles", "refresh"], "Ask the sources again", "refresh"),
        (["runtime", "bundles", "repair", scene.LLAMA_CPU], "Repair it", "repair"),
        (["runtime", "bundles", "move", "--clean-up"], "Delete what is left", "move"),
        (["settings", "reset", "proxy"], "Reset the setting", "settings"),
    ],
)
def test_one_press_carries_out_what_helps_and_looks_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, command: list[str], title: str, verb: str
) -> None:
    script_doctor(stage, check("Something", "warning", *command), call=1)
    script_doctor(stage, check("Something", "ok"), call=2)
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    before = len(stage.calls(verb))
    stage.script(verb, [scene.outcome(result={"ok": True, "settings": [], "catalogs": []})])
    press(qtbot, screen, title)
    idle(qtbot, window)
    qtbot.waitUntil(lambda: "Something: fine" in texts(screen), timeout=30_000)
    assert stage.calls(verb)[before:] == [command]
    assert len(stage.calls("doctor")) == 2


def test_old_revisions_are_shown_before_they_go(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    script_doctor(stage, check("Disk", "warning", "runtime", "bundles", "prune"))
    view = {"removed": [REMOVED], "kept": [], "freed_bytes": 30_000_000, "dry_run": True}
    stage.script("prune", [scene.outcome(result=view)])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    press(qtbot, screen, "Show what could go")
    idle(qtbot, window)
    assert "30.0 MB can go" in texts(screen)
    assert stage.calls("prune") == [["runtime", "bundles", "prune", "--dry-run"]]


def test_what_did_not_help_says_why_and_can_be_pressed_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    script_doctor(stage, check("Installed", "warning", "runtime", "bundles", "repair", scene.LLAMA_CPU))
    error = {"code": "cannot-repair", "message": "Its contents are nowhere."}
    stage.script("repair", [scene.outcome("failed", error=error)])
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    press(qtbot, screen, "Repair it")
    idle(qtbot, window)
    assert "Its contents are nowhere." in texts(screen)
    assert button(screen, "Repair it").isEnabled()
    assert len(stage.calls("doctor")) == 1


def test_what_only_a_person_can_do_is_looked_at_again(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    script_doctor(stage, check("Later", "warning", "runtime", "bundles", "invented"), call=1)
    script_doctor(stage, check("Graphics", "warning"), call=2)
    script_doctor(stage, check("Graphics", "ok"), call=3)
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    assert "Later: look at this" in texts(screen)
    press(qtbot, screen, "Check again")
    idle(qtbot, window)
    assert "Graphics: look at this" in texts(screen)
    press(qtbot, screen, "Check again")
    idle(qtbot, window)
    assert "Graphics: fine" in texts(screen)
    assert len(stage.calls("doctor")) == 3
    assert stage.calls("invented") == []


def test_a_file_that_a_person_has_to_mend_is_shown_in_its_folder(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path, desktop: Desktop
) -> None:
    script_doctor(stage, check("Signers", "broken", path=str(tmp_path / "not made" / "bundle_signers.json")))
    window = open_window()
    screen = open_health(window)
    click(qtbot, screen, "Check this machine")
    idle(qtbot, window)
    press(qtbot, screen, "Open its folder")
    assert desktop.opened == [str(tmp_path)]


def test_signers_are_listed_with_what_ends_soon(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    signer = {"issuer": "bundle-ci@arw", "channels": ["preview"], "not_before": None}
    signers = [
        {**signer, "key_id": "old", "state": "expired", "expires_at": "2026-06-30T00:00:00Z", "days_left": -146},
        {**signer, "key_id": "new", "state": "expiring", "expires_at": "2026-12-14T00:00:00Z", "days_left": 21},
        {**signer, "key_id": "for good", "state": "valid", "expires_at": None, "days_left": None},
    ]
    view = {"path": "/etc/arw/bundle_signers.json", "signers": signers, "problem": None}
    stage.script("keys", [scene.outcome(result=view)])
    window = open_window()
    screen = open_health(window)
    idle(qtbot, window)
    qtbot.waitUntil(lambda: {"Expired", "Ends soon", "Valid"} <= set(chips(screen)), timeout=30_000)
    assert "for 21 more day" in texts(screen)
    assert "without an end" in texts(screen)
