"""The Settings screen, and the scheme that it changes at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from launcher.faces.gui.theme import DARK, LIGHT, colors
from tests.gui import scene
from tests.gui.test_runtimes_screen import click, idle, texts

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


def test_a_refused_value_says_what_is_allowed_and_the_old_one_stays(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    error = {"code": "bad-setting", "message": "`keep_newest` cannot be `2`.", "expected": "an integer from 5 up"}
    script(stage, 2)
    stage.script("settings", [scene.outcome("failed", error=error)], call=3)
    script(stage, 4)
    window = open_window()
    screen = open_settings(qtbot, window)
    line = part(screen, "Revisions that stay")
    line.setText("2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert "Expected: an integer from 5 up" in texts(screen)
    qtbot.waitUntil(lambda: part(screen, "Revisions that stay").text() == "5")


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
    assert "bad-json: “settings.json” is damaged." in texts(screen)
