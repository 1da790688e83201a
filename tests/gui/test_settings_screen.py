"""The Settings screen, and the scheme that it changes at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from launcher.faces.gui.controls import Button
from launcher.faces.gui.setting_row import SettingRow
from launcher.faces.gui.source_editor import SourceEditor
from launcher.faces.gui.store_mover import MoveDialog
from launcher.faces.gui.theme import DARK, LIGHT, colors
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage


def setting(name: str, kind: str, value: Any, default: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    fields: dict[str, Any] = {
        "allowed": f"allowed for {kind}",
        "choices": [],
        "ruled_by": None,
        "sentence": f"About {name}.",
    }
    return {
        "sentence": f"About {name}.",
        "name": name,
        "kind": kind,
        "value": value,
        "default": default,
        "is_default": value == default,
        **fields,
        **more,
    }


def script(stage: Stage, call: int, *changed: dict[str, Any]) -> None:
    usual = [
        setting("appearance", "choice", "system", "system", choices=["system", "light", "dark"]),
        setting("channels", "channels", ["preview"], ["preview", "stable"]),
        setting("offline", "flag", value=False, default=False),
        setting("require_signed", "flag", value=True, default=False, ruled_by="`ARW_REQUIRE_SIGNED_BUNDLES`"),
        setting("proxy", "proxy", None, None),
        setting("keep_newest", "integer", 5, 5),
        setting("of_a_later_version", "flag", value=True, default=True),
    ]
    named = {row["name"]: row for row in (*usual, *changed)}
    stage.script("settings", [scene.outcome(result={"settings": list(named.values())})], call=call)


def open_settings(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.screens.open("settings")
    idle(qtbot, window)
    return window.screens.visit("settings")


def part(screen: QWidget, name: str) -> Any:  # noqa: ANN401 - whichever editor it is
    kinds = (QCheckBox, QComboBox, QLineEdit, QPlainTextEdit)
    QApplication.sendPostedEvents()  # new rows become visible with the event loop's next turn
    QApplication.processEvents()
    found = [widget for widget in screen.findChildren(QWidget) if isinstance(widget, kinds)]
    return next(widget for widget in found if widget.accessibleName() == name and widget.isVisible())


def named(widget: QWidget, name: str) -> Button:
    """Return the visible button of an accessible name."""
    return next(one for one in widget.findChildren(Button) if one.accessibleName() == name and one.isVisible())


def test_each_setting_has_its_sentence_and_the_editor_that_fits(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    script(stage, 2)
    screen = open_settings(qtbot, open_window())
    assert isinstance(part(screen, "Appearance"), QComboBox)
    assert part(screen, "Channels").toPlainText() == "preview"
    assert not part(screen, "Offline").isChecked()
    assert part(screen, "Proxy").placeholderText() == "allowed for proxy"
    assert part(screen, "Revisions that stay").text() == "5"
    assert "About keep_newest." in texts(screen)
    assert "of_a_later_version" not in texts(screen)
    assert stage.calls("settings") == [["settings", "list"]] * 2  # for the window, and for the screen


def test_what_the_environment_decides_is_only_shown(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    script(stage, 2)
    screen = open_settings(qtbot, open_window())
    demanded = part(screen, "Demand signatures")
    assert (demanded.isChecked(), demanded.isEnabled()) == (True, False)
    assert "Decided by “ARW_REQUIRE_SIGNED_BUNDLES”" in texts(screen)


def test_changing_and_resetting(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    done = [scene.outcome(result={"settings": []})]
    script(stage, 2)
    stage.script("settings", done, call=3)
    script(stage, 4, setting("offline", "flag", value=True, default=False))
    stage.script("settings", done, call=5)
    script(stage, 6)
    stage.script("settings", done, call=7)
    script(stage, 8)
    window = open_window()
    screen = open_settings(qtbot, window)
    part(screen, "Offline").click()
    idle(qtbot, window)
    assert part(screen, "Offline").isChecked()
    click(qtbot, part(screen, "Offline").parentWidget().parentWidget(), "Reset to off")
    idle(qtbot, window)
    part(screen, "Channels").setPlainText("preview\n\n nightly \n")
    click(qtbot, part(screen, "Channels").parentWidget(), "Save")
    idle(qtbot, window)
    changes = [call[1:] for call in stage.calls("settings") if call[1] != "list"]
    assert changes == [["set", "offline", "true"], ["reset", "offline"], ["set", "channels", "preview", "nightly"]]


def test_a_refused_value_is_named_beside_its_field_and_can_be_corrected(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    error = {"code": "bad-setting", "message": "`keep_newest` cannot be `2`.", "expected": "an integer from 5 up"}
    script(stage, 2)
    stage.script("settings", [scene.outcome("failed", error=error)], call=3)
    stage.script("settings", [scene.outcome(result={"settings": []})], call=4)
    script(stage, 5, setting("keep_newest", "integer", 7, 5))
    window = open_window()
    screen = open_settings(qtbot, window)
    line = part(screen, "Revisions that stay")
    line.setText("2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    idle(qtbot, window)
    row = next(row for row in screen.findChildren(SettingRow) if row.isAncestorOf(line))
    assert "Expected: an integer from 5 up" in texts(row)
    assert line.text() == "2"
    line.setText("7")
    QTest.keyClick(line, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert part(screen, "Revisions that stay").text() == "7"
    assert "Expected" not in texts(screen)


def test_the_scheme_changes_at_run_time_and_at_the_next_start(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    dark = setting("appearance", "choice", "dark", "system", choices=["system", "light", "dark"])
    script(stage, 2)
    stage.script("settings", [scene.outcome(result={"settings": []})], call=3)
    script(stage, 4, dark)
    script(stage, 5)
    window = open_window()
    screen = open_settings(qtbot, window)
    box = part(screen, "Appearance")
    box.setCurrentIndex(box.findData("dark"))
    idle(qtbot, window)
    assert colors() is DARK
    assert window.remembered.appearance == "dark"
    window.close()
    again = open_window()
    idle(qtbot, again)
    assert (colors() is LIGHT, again.remembered.appearance) == (True, "system")


def test_settings_that_cannot_be_read_say_why(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "bad-json", "message": "`settings.json` is damaged.", "hint": "Reset them."}
    stage.script("settings", [scene.outcome("failed", error=error)])
    screen = open_settings(qtbot, open_window())
    assert "“settings.json” is damaged." in texts(screen)


def test_room_is_shown_and_typed_in_gib(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script(
        "settings", [scene.outcome(result={"settings": [setting("min_free_bytes", "integer", 5 * 2**30, 5 * 2**30)]})]
    )
    window = open_window()
    screen = open_settings(qtbot, window)
    line = part(screen, "Free space to keep")
    assert (line.text(), "GiB" in texts(screen)) == ("5", True)
    for typed in ("2,5", "much"):
        line = part(screen, "Free space to keep")
        line.setText(typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        idle(qtbot, window)
    changes = [call[1:] for call in stage.calls("settings") if call[1] != "list"]
    assert changes == [["set", "min_free_bytes", str(5 * 2**29)], ["set", "min_free_bytes", "much"]]


def test_sources_are_tested_added_and_removed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    url, other = "https://mirror.example/bundles.json", "/media/stick/runtimes.arwcache"
    stage.script("settings", [scene.outcome(result={"settings": [setting("sources", "urls", [url], [])]})])
    good = {"url": url, "ok": True, "sentence": "It can be used.", "signature": scene.trust(), "problem": None}
    error = {"code": "no-connection", "message": "`mirror.example` cannot be reached."}
    stage.script("source", [scene.outcome(result=good)], call=1)
    stage.script("source", [scene.outcome("failed", error=error, result={**good, "ok": False})], call=2)
    stage.script("source", [scene.outcome(result={"sources": []})])
    window = open_window()
    screen = open_settings(qtbot, window)
    editor = screen.findChild(SourceEditor)
    assert editor is not None
    assert not editor._save.isEnabled()
    for said in ("The source works", "“mirror.example” cannot be reached."):
        named(editor, f"Test {url}").click()
        idle(qtbot, window)
        assert said in texts(editor)
    editor.address.setText(other)
    QTest.keyClick(editor.address, Qt.Key.Key_Return)
    idle(qtbot, window)
    editor = screen.findChildren(SourceEditor)[-1]
    named(editor, f"Remove {url}").click()
    idle(qtbot, window)
    words = ["runtime", "bundles", "source"]
    assert stage.calls("source") == [
        [*words, "test", url],
        [*words, "test", url],
        [*words, "add", other],
        [*words, "remove", url],
    ]


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # said of every dialog
def test_the_store_is_moved_after_its_sizes_were_shown(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    view = {
        "source": "/home/ada/.cache/arw/runtime/bundles", "target": "/mnt/large", "is_same_volume": False,
        "files": 128, "size_bytes": 48_200_000, "free_bytes": 10**11, "is_source_gone": True,
    }  # fmt: skip
    stage.script("settings", [scene.outcome(result={"settings": [setting("store_root", "path", None, None)]})])
    stage.script("move", [scene.outcome(result={**view, "dry_run": True})], call=1)
    progress = {"phase": "saving", "total_bytes": 48_200_000, "bytes_per_s": None, "remaining_s": None}
    stage.script(
        "move",
        [
            scene.event("progress", done_bytes=1_000_000, **progress),
            "!wait-file go",
            scene.outcome(result={**view, "dry_run": False}),
        ],
        call=2,
    )
    window = open_window()
    screen = open_settings(qtbot, window)
    assert named(screen, "Move the store to another folder").isEnabled()
    dialog = MoveDialog("/mnt/large", window.screens._desk, screen)
    dialog.open()
    idle(qtbot, window)
    for fact in ("48.2 MB", "Free there: 100 GB", "It is another volume"):
        assert fact in texts(dialog)
    with qtbot.waitSignal(dialog.moved, timeout=30_000):
        button(dialog, "Move the store").click()
        qtbot.waitUntil(lambda: "1.0 of 48.2 MB" in texts(dialog), timeout=30_000)
        stage.allow("go")
    idle(qtbot, window)
    assert "The store has moved, and is used there now" in texts(dialog)
    move = ["runtime", "bundles", "move", "/mnt/large"]
    assert stage.calls("move") == [[*move, "--dry-run"], move]
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # said of every dialog
def test_a_place_that_is_refused_says_why_and_offers_no_move(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    error = {"code": "cannot-move", "message": "`/mnt/large` is not empty.", "expected": "a new or an empty folder"}
    stage.script("settings", [scene.outcome(result={"settings": [setting("store_root", "path", None, None)]})])
    stage.script("move", [scene.outcome("failed", error=error)])
    window = open_window()
    screen = open_settings(qtbot, window)
    dialog = MoveDialog("/mnt/large", window.screens._desk, screen)
    dialog.open()
    idle(qtbot, window)
    assert "“/mnt/large” is not empty." in texts(dialog)
    assert not dialog._move.isVisible()
    dialog.close()
