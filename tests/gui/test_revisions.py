"""The details of a bundle: what an update changes, its revisions, comparing them, damage, logs, and room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from launcher.faces.gui.actions import Action
from launcher.faces.gui.bundle_list import Role
from launcher.faces.gui.changes_section import Step, skipped_steps
from launcher.faces.gui.chips import Chip
from launcher.faces.gui.comparison_dialog import ComparisonDialog
from launcher.faces.gui.controls import Button
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, show, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def test_every_skipped_revision_is_accounted_for() -> None:
    first, second, third = scene.change(46, "c"), scene.change(46, "b"), scene.change(43, "a")
    assert list(skipped_steps(41, 46, [first, second, third])) == [
        Step(46, 46, (first, second)),
        Step(44, 45),
        Step(43, 43, (third,)),
        Step(42, 42),
    ]
    assert list(skipped_steps(41, 42, [])) == [Step(42, 42)]
    assert list(skipped_steps(41, 44, [third])) == [Step(44, 44), Step(43, 43, (third,)), Step(42, 42)]


def test_what_an_update_changes_is_told_newest_first(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.outdated())
    details = open_window().runtimes.details
    words = texts(details)
    order = [
        "b11203 · r46",
        "Faster prompts",
        "1.4 times",
        "r44 … r45",
        "wrote nothing",
        "r43",
        "sliding windows",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert "Action needed" in [chip.accessibleName() for chip in details._changes.findChildren(Chip)]


def test_two_revisions_are_compared(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed())
    stage.script("compare", [scene.outcome(result=scene.comparison())])
    window = open_window()
    first, _second = (
        found
        for found in window.runtimes.details.findChildren(Button)
        if found.isVisible() and found.full_text == "Compare"
    )
    assert first.accessibleName() == "Compare b11146 with b10964"
    first.click()
    idle(qtbot, window)
    assert stage.calls("compare") == [
        ["runtime", "bundles", "compare", scene.LLAMA_CPU, "--before", scene.OLD, "--after", scene.NEW]
    ]
    (dialog,) = window.findChildren(ComparisonDialog)
    qtbot.waitUntil(dialog.table.isVisible, timeout=20_000)
    assert "From b10964 to b11146" in texts(dialog)
    assert "1 added, 1 removed, 3 changed, 121 the same." in texts(dialog)
    model = dialog.table.model()
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert rows[0] == ["Added", "lib/libggml-cpu-zen5.so", "", "1.2 MB"]
    assert rows[1] == ["Removed", "llama-legacy", "900 kB", ""]
    assert rows[4] == ["Changed", "llama-server", "4.1 MB", "4.3 MB"]
    dialog.close()


def test_a_damaged_revision_says_so_and_can_be_mended(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    bundle = scene.installed()
    bundle["revisions"][1]["is_damaged"] = True
    show(stage, bundle)
    stage.script("repair", [scene.outcome(result={})])
    window = open_window()
    details = window.runtimes.details
    revisions = details._revisions
    assert [chip.accessibleName() for chip in revisions.findChildren(Chip)] == ["Trusted", "Damaged"]
    assert "Trusted" in details._trust.accessibleName()  # the active one is sound
    assert not [found for found in revisions.findChildren(Button) if found.full_text == "Roll back"]
    click(qtbot, revisions, "Repair")
    idle(qtbot, window)
    assert stage.calls("repair") == [["runtime", "bundles", "repair", scene.LLAMA_CPU, "--revision", scene.OLD]]


def test_a_damaged_active_revision_is_not_called_trusted_in_the_list(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    bundle = scene.installed()
    assert bundle["active"] is not None
    bundle["active"]["is_damaged"] = True
    show(stage, bundle)
    runtimes = open_window().runtimes
    assert runtimes.details._trust.accessibleName() == "Damaged"
    assert ", Damaged, " in str(runtimes.model.place_of(scene.LLAMA_CPU).data(Qt.ItemDataRole.AccessibleTextRole))


def test_until_the_store_is_read_again_nothing_is_offered(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    result = {"installed": [{"upstream_version": "b11146"}]}
    stage.script("install", ["!wait-file installed", scene.outcome(result=result)])
    window = open_window()
    runtimes = window.runtimes
    stage.script("list", ["!wait-file read", *scene.overview([scene.installed(with_previous=False)])])
    click(qtbot, runtimes.details, "Install b11146")
    stage.allow("installed")
    qtbot.waitUntil(lambda: "b11146 is active" in texts(runtimes.details.panel), timeout=20_000)
    place = runtimes.model.place_of(scene.LLAMA_CPU)
    assert place.data(Role.JOB) is None
    assert place.data(Role.ACTION) is None
    assert runtimes.details.main_button.full_text == "Cancel"
    runtimes.details.press_main()
    assert len(stage.calls("install")) == 1
    stage.allow("read")
    idle(qtbot, window)
    assert runtimes.model.place_of(scene.LLAMA_CPU).data(Role.ACTION) == Action.SMOKE
    assert runtimes.details.main_button.full_text == "Test"


def test_where_the_disk_is_full_old_revisions_can_go(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    error = {"code": "disk-full", "message": "There is not enough room.", "expected": "1.9 GB", "actual": "0.7 GB"}
    stage.script("install", [scene.outcome("failed", error=error)], call=1)
    stage.script("install", [scene.outcome(result={"installed": [{"upstream_version": "b11146"}]})], call=2)
    removed = [{"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 1} for _ in range(2)]
    stage.script("prune", [scene.outcome(result={"removed": removed, "kept": [], "freed_bytes": 1_400_000_000})])
    window = open_window()
    details = window.runtimes.details
    click(qtbot, details, "Install b11146")
    qtbot.waitUntil(details.room.isVisible, timeout=20_000)
    assert button(details, "Remove 2").full_text.endswith("(1.4 GB) and try again")
    click(qtbot, details, "Remove 2")
    qtbot.waitUntil(lambda: len(stage.calls("install")) == 2, timeout=20_000)
    idle(qtbot, window)
    assert [call[3:] for call in stage.calls("prune")] == [["--dry-run"], []]
    assert details.room.isHidden()
    assert "b11146 is active" in texts(details.panel)


@pytest.mark.parametrize(
    ("revisions", "offer"),
    [
        (0, "Remove 1 old download (2.0 MB)"),
        (1, "Remove old revisions and downloads (2.0 MB)"),
    ],
)
def test_old_downloads_can_go_as_well(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, revisions: int, offer: str
) -> None:
    show(stage, scene.bundle())
    stage.script("install", [scene.outcome("failed", error={"code": "disk-full", "message": "There is no room."})])
    removed = [{"id": scene.LLAMA_CPU, "revision": scene.OLD, "size_bytes": 1}] * revisions
    downloads = [{"sha256": "a" * 64, "size_bytes": 2_000_000}]
    result = {"removed": removed, "kept": [], "downloads": downloads, "freed_bytes": 2_000_000}
    stage.script("prune", [scene.outcome(result=result)])
    details = open_window().runtimes.details
    click(qtbot, details, "Install b11146")
    qtbot.waitUntil(details.room.isVisible, timeout=20_000)
    assert details.room.button.full_text == f"{offer} and try again"


def test_where_nothing_can_go_nothing_is_offered(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    error = {"code": "disk-full", "message": "There is not enough room."}
    stage.script("install", [scene.outcome("failed", error=error)])
    stage.script("prune", [scene.outcome("nothing-to-do", error={"code": "nothing-to-do", "message": "All is kept."})])
    window = open_window()
    click(qtbot, window.runtimes.details, "Install b11146")
    qtbot.waitUntil(lambda: bool(stage.calls("prune")), timeout=20_000)
    idle(qtbot, window)
    assert window.runtimes.details.room.isHidden()


def test_the_log_of_the_last_job_stays_in_the_details(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed())
    lines = [scene.event("log", message=f"line {number}") for number in range(9)]
    stage.script("smoke", [*lines, scene.outcome(result={"first_line": "version: 1"})])
    window = open_window()
    assert window.runtimes.details._log.isHidden()
    click(qtbot, window.runtimes.details, "Test")
    idle(qtbot, window)
    words = texts(window.runtimes.details._log)
    assert "Testing the runtime" in words
    assert "line 8" in words
    assert "line 2" not in words
    assert button(window.runtimes.details._log, "Open log").isEnabled()
