"""Import and export from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox

from launcher.faces.gui.transfer import ExportDialog, TransferDialog
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


def test_export_writes_what_is_chosen(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    bundles = [scene.installed(name="llama.cpp for CPU"), scene.installed(scene.WHISPER_CPU, name="whisper.cpp")]
    stage.script("list", scene.overview(bundles))
    result = {"output": str(tmp_path / "out.arwcache"), "items": [{**ITEM, "ok": True}], "catalogs": []}
    stage.script("export", [scene.outcome(result=result)])
    window = open_window()
    click(qtbot, window.runtimes, "Export…")
    (dialog,) = window.findChildren(ExportDialog)
    boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
    boxes["whisper.cpp (48.2 MB)"].setChecked(False)
    boxes["All revisions, not only the active ones"].setChecked(True)
    dialog.export_to(str(tmp_path / "out"))
    (progress,) = window.findChildren(TransferDialog)
    idle(qtbot, window)
    assert f"Written: {tmp_path / 'out.arwcache'}" in texts(progress)
    target = str(tmp_path / "out.arwcache")
    words = ["runtime", "bundles", "export", scene.LLAMA_CPU, "--output", target, "--all-revisions"]
    assert stage.calls("export") == [words]
    progress.close()


def test_nothing_chosen_cannot_be_exported(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.bundle()]))
    window = open_window()
    click(qtbot, window.runtimes, "Export…")
    (dialog,) = window.findChildren(ExportDialog)
    assert "Nothing to export" in texts(dialog)
    assert not button(dialog, "Export…").isEnabled()
    dialog.close()
