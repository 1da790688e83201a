"""Import and export from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QTreeWidgetItem

from launcher.faces.gui.export_dialog import ExportDialog
from launcher.faces.gui.transfer import TransferDialog
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
ITEM = {"id": scene.LLAMA_CPU, "upstream_version": "b11146", "sentence": "Verified and stored.", "error": None}


def drop(target: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let them go there; return whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(target, enters)
    if not enters.isAccepted():
        return False
    drops = QDropEvent(QPointF(5, 5), copy, data, buttons, keys)
    QApplication.sendEvent(target, drops)
    return drops.isAccepted()


def test_what_is_dropped_is_imported_and_each_part_says_what_became_of_it(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path
) -> None:
    refused = {"code": "wrong-hash", "message": "Its archive is not the one that was signed."}
    items = [{**ITEM, "result": "accepted"}, {**ITEM, "id": scene.WHISPER_CPU, "result": "refused", "error": refused}]
    stage.script("import", [scene.outcome("failed", error=refused, result={"items": items, "catalogs": []})])
    window = open_window()
    qtbot.waitUntil(window.screens.acceptDrops)
    stick = tmp_path / "stick.arwcache"
    assert drop(window.screens, stick)
    (dialog,) = window.findChildren(TransferDialog)
    idle(qtbot, window)
    said = texts(dialog)
    assert f"Accepted: {scene.LLAMA_CPU} b11146\nVerified and stored." in said
    assert f"Refused: {scene.WHISPER_CPU} b11146\nIts archive is not the one that was signed." in said
    assert "Not all of it was imported" in said
    assert stage.calls("import") == [["runtime", "bundles", "import", str(stick)]]
    dialog.close()


def test_other_files_are_not_taken(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    qtbot.waitUntil(window.screens.acceptDrops)
    assert not drop(window.screens, tmp_path / "holiday.jpg")
    assert window.findChildren(TransferDialog) == []


def leaf(dialog: ExportDialog, bundle: int, revision: int) -> QTreeWidgetItem:
    row = dialog.tree.topLevelItem(bundle)
    found = row.child(revision) if row else None
    assert found is not None
    return found


def test_export_writes_what_is_chosen(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    bundles = [scene.installed(name="llama.cpp for CPU"), scene.installed(scene.WHISPER_CPU, name="whisper.cpp")]
    stage.script("list", scene.overview(bundles))
    result = {"output": str(tmp_path / "out.arwcache"), "items": [{**ITEM, "ok": True}], "catalogs": []}
    stage.script("export", [scene.outcome(result=result)])
    window = open_window()
    click(qtbot, window.runtimes, "Export…")
    (dialog,) = window.findChildren(ExportDialog)
    assert "at most 96.4 MB" in texts(dialog)
    leaf(dialog, 1, 0).setCheckState(0, Qt.CheckState.Unchecked)
    assert [revision["revision"] for _, revision in dialog.chosen()] == [scene.NEW]
    dialog.export_to(str(tmp_path / "out"))
    (progress,) = window.findChildren(TransferDialog)
    idle(qtbot, window)
    assert f"Written: {tmp_path / 'out.arwcache'}" in texts(progress)
    target = str(tmp_path / "out.arwcache")
    assert stage.calls("export") == [["runtime", "bundles", "export", scene.LLAMA_CPU, "--output", target]]
    progress.close()


def test_export_takes_any_revisions(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    damaged = scene.revision("rev-20260901T000000Z", "b9000", 39, is_damaged=True)
    edited = scene.revision("rev-20261119T000000Z", "b11146", kind="manual-edit")
    bundle = scene.installed()
    bundle["revisions"] = [edited, *bundle["revisions"], damaged]
    stage.script("list", scene.overview([bundle]))
    stage.script("export", [scene.outcome(result={"output": "x", "items": [], "catalogs": []})])
    window = open_window()
    click(qtbot, window.runtimes, "Export…")
    (dialog,) = window.findChildren(ExportDialog)
    rows = [leaf(dialog, 0, place) for place in range(4)]
    assert [(row.text(0), row.isDisabled()) for row in rows] == [
        ("b11146, edited by hand", True),
        ("b11146, active", False),
        ("b10964", False),
        ("b9000, damaged", True),
    ]
    rows[2].setCheckState(0, Qt.CheckState.Checked)
    dialog.export_to(str(tmp_path / "out.arwcache"))
    idle(qtbot, window)
    names = [f"--revision={scene.LLAMA_CPU}@{name}" for name in (scene.NEW, scene.OLD)]
    assert stage.calls("export")[0][3:] == [scene.LLAMA_CPU, "--output", str(tmp_path / "out.arwcache"), *names]
    for progress in window.findChildren(TransferDialog):
        progress.close()


def test_nothing_chosen_cannot_be_exported(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.bundle()]))
    window = open_window()
    click(qtbot, window.runtimes, "Export…")
    (dialog,) = window.findChildren(ExportDialog)
    assert "Nothing to export" in texts(dialog)
    assert not button(dialog, "Export…").isEnabled()
    dialog.close()
