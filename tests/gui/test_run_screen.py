"""The Run screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from launcher.faces.gui.model_choice import find_models
from launcher.faces.gui.quit_dialog import QuitDialog
from launcher.faces.gui.run_log import MAX_LINES, RunLog
from launcher.faces.gui.run_screen import RunScreen
from tests.gui import scene
from tests.gui.test_runtimes_screen import click, idle, texts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

HEALTHY = [
    scene.event("phase", phase="starting", subject=scene.LLAMA_CPU, total_bytes=None),
    scene.event("log", message="loading model"),
    scene.event("phase", phase="healthy", subject="http://127.0.0.1:18080/health", total_bytes=None),
    scene.event("log", message="listening"),
]
STOPPED = [*HEALTHY, "!wait-cancel", scene.outcome("cancelled")]


def open_run(window: MainWindow) -> RunScreen:
    window.screens.open("run")
    screen = window.screens.visit("run")
    assert isinstance(screen, RunScreen)
    return screen


def test_without_a_runtime_the_way_to_one_is_said(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    screen = open_run(window)
    assert screen.runtime.currentText() == "Install one on the Runtimes screen first"
    assert not screen.start.isEnabled()
    click(qtbot, screen, "Go to Runtimes")
    assert window.screens.key == "runtimes"


def test_from_a_bundle_to_its_start(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    other = scene.installed(scene.WHISPER_CPU, name="whisper.cpp for CPU", runtime="whisper.cpp")
    stage.script("list", scene.overview([scene.installed(name="llama.cpp for CPU"), other]))
    window = open_window()
    window.runtimes.view.choose(scene.WHISPER_CPU)
    click(qtbot, window.runtimes.details, "Run…")
    screen = window.screens.visit("run")
    assert isinstance(screen, RunScreen)
    assert (window.screens.key, screen.runtime.currentText()) == ("run", "whisper.cpp for CPU, b11146")
    assert screen.model.hasFocus(), "there is no model yet"
    screen.take_model(str(tmp_path / "tiny.bin"))
    window.screens.open("runtimes")
    window.runtimes.view.choose(scene.LLAMA_CPU)
    click(qtbot, window.runtimes.details, "Run…")
    assert screen.runtime.currentData() == scene.LLAMA_CPU
    assert screen.start.hasFocus()


def test_start_health_log_and_stop(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    stage.script("list", scene.overview([scene.installed(name="llama.cpp for CPU")]))
    stage.script("run", STOPPED)
    window = open_window()
    screen = open_run(window)
    model = tmp_path / "tiny.gguf"
    screen.take_model(str(model))
    screen.port.setText("18080")
    assert (screen.runtime.currentText(), screen.model.currentText()) == ("llama.cpp for CPU, b11146", "tiny.gguf")
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.log.view.toPlainText() == "loading model\nlistening", timeout=20_000)
    assert screen.light.accessibleName() == "Healthy"
    assert "Answers at http://127.0.0.1:18080/" in texts(screen)
    assert screen.page.isVisible()
    assert window.queue.job_of(scene.LLAMA_CPU) is None  # an update may come meanwhile
    click(qtbot, screen, "Stop")
    idle(qtbot, window)
    assert screen.light.accessibleName() == "Not running"
    assert screen.start.isEnabled()
    words = ["runtime", "bundles", "run", scene.LLAMA_CPU, "--model", str(model), "--port", "18080"]
    assert stage.calls("run") == [words]


def test_a_free_port_is_proposed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", STOPPED)
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    ((*_, flag, port),) = stage.calls("run")
    assert flag == "--port"
    assert 1024 <= int(port) <= 65535
    click(qtbot, screen, "Stop")
    idle(qtbot, window)


def test_consent_is_asked_for_in_the_words_of_the_manifest(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "needs-consent", "message": "It listens to the microphone.", "hint": "Start it with `--consent`."}
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", [scene.outcome("failed", error=error)], call=1)
    stage.script("run", STOPPED, call=2)
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    idle(qtbot, window)
    assert "It asks for your consent" in texts(screen)
    assert "It listens to the microphone." in texts(screen)
    assert screen.light.accessibleName() == "Not running"  # it waits for an answer; nothing has failed
    click(qtbot, screen, "I agree, start it")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    assert stage.calls("run")[1][-1] == "--consent"
    assert not screen.consent.isVisible()
    click(qtbot, screen, "Stop")
    idle(qtbot, window)


def test_a_crash_shows_its_last_lines_and_what_to_try(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "runtime-ended", "message": "It ended with status 1: no memory.", "hint": "A smaller model."}
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", [*HEALTHY, scene.outcome("failed", error=error)])
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    idle(qtbot, window)
    assert screen.light.accessibleName() == "Failed"
    assert "It ended with status 1: no memory.\nA smaller model.\nError code: runtime-ended" in texts(screen)
    assert screen.log.view.toPlainText().endswith("listening")
    assert screen.start.isEnabled()


def test_a_model_can_be_dropped(qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    screen = open_run(window)
    for name in ("b.txt", "a.gguf"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        screen.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    assert [screen.model.itemText(row) for row in range(screen.model.count())] == ["a.gguf", "No model"]
    assert window.remembered.models == [str(tmp_path / "a.gguf")]


def test_the_log_is_bounded_and_can_be_searched(qtbot: QtBot) -> None:
    log = RunLog()
    qtbot.addWidget(log)
    for number in range(MAX_LINES + 10):
        log.append(f"line {number}")
    assert log.view.blockCount() == MAX_LINES
    assert log.view.document().firstBlock().text() == "line 10"
    log.search.setText("line 77")
    first = log.view.textCursor().blockNumber()
    QTest.keyClick(log.search, Qt.Key.Key_Return)
    assert log.view.textCursor().blockNumber() < first
    log.search.setText("never said")
    assert "Not found" in log._found.text()


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")  # said of every dialog
def test_quitting_asks_what_to_do_with_a_running_runtime(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", STOPPED)
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    window.close()
    question = next(dialog for dialog in window.findChildren(QuitDialog) if dialog.isVisible())
    assert window.isVisible()
    click(qtbot, question, "Stop and quit")
    idle(qtbot, window)
    assert window.isHidden()
    assert screen.light.accessibleName() == "Not running"


def test_what_will_be_started_is_shown_and_added_to(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(env={"A": "1 2"}))])
    stage.script("run", STOPPED)
    window = open_window()
    screen = open_run(window)
    idle(qtbot, window)
    assert screen.details.command.toPlainText().startswith("A='1 2' /home/ada/.cache/arw/")
    screen.details.args.setText('--ctx-size 4096 --alias "my model"')
    screen.details.env.setText("B=2")
    screen.details.env.editingFinished.emit()
    idle(qtbot, window)
    added = ["--arg=--ctx-size", "--arg=4096", "--arg=--alias", "--arg=my model", "--env=B=2"]
    assert stage.calls("run-plan")[-1] == ["runtime", "bundles", "run", scene.LLAMA_CPU, "--dry-run", *added]
    screen.port.setText("18080")
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    assert stage.calls("run") == [["runtime", "bundles", "run", scene.LLAMA_CPU, "--port", "18080", *added]]
    assert not screen.details.args.isEnabled()
    click(qtbot, screen, "Stop")
    idle(qtbot, window)


@pytest.mark.parametrize(
    ("args", "env", "problem"),
    [('--alias "x', "", "A quotation mark is not closed."), ("", "B", "A variable is given as NAME=VALUE.")],
)
def test_what_cannot_be_understood_starts_nothing(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, args: str, env: str, problem: str
) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    window = open_window()
    screen = open_run(window)
    idle(qtbot, window)
    screen.details.args.setText(args)
    screen.details.env.setText(env)
    click(qtbot, screen, "Start")
    assert problem in texts(screen.details)
    assert stage.calls("run") == []


def test_a_consent_that_was_given_is_shown_and_taken_back(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    consent = {"note": "It listens to the microphone.", "modalities": ["audio"], "is_given": True}
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(consent={**consent, "is_given": False}))])
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(consent=consent))], call=1)
    stage.script("run-revoke", [scene.outcome(result={"id": scene.LLAMA_CPU, "has_consent": False})])
    window = open_window()
    screen = open_run(window)
    idle(qtbot, window)
    assert "You agreed to: It listens to the microphone." in texts(screen)
    click(qtbot, screen, "Take the consent back")
    qtbot.waitUntil(lambda: "It will ask before its first start: It listens" in texts(screen), timeout=20_000)
    idle(qtbot, window)
    assert stage.calls("run-revoke") == [["runtime", "bundles", "run", scene.LLAMA_CPU, "--revoke-consent"]]
    assert screen.details.revoke.isHidden()


def test_a_runtime_without_a_health_probe_is_shown_to_run(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    running = scene.event("phase", phase="running", subject=scene.LLAMA_CPU, total_bytes=None)
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", [HEALTHY[0], running, "!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Running", timeout=20_000)
    assert "does not say how to see whether it is well" in texts(screen)
    assert screen.page.isHidden()
    click(qtbot, screen, "Stop")
    idle(qtbot, window)
    assert screen.light.accessibleName() == "Not running"


def test_restart_stops_and_starts_the_same_again(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([scene.installed()]))
    stage.script("run", STOPPED)
    window = open_window()
    screen = open_run(window)
    screen.port.setText("18080")
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    click(qtbot, screen, "Restart")
    qtbot.waitUntil(lambda: len(stage.calls("run")) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Healthy", timeout=20_000)
    first, second = stage.calls("run")
    assert first == second
    click(qtbot, screen, "Stop")
    idle(qtbot, window)
    assert len(stage.calls("run")) == 2


def test_models_of_a_folder_are_offered_below_the_recent_ones(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.gguf", "deep/A.GGUF", "notes.txt"):
        (folder / name).write_bytes(b"")
    screen = open_run(open_window())
    screen.take_model(str(tmp_path / "recent.gguf"))
    screen._models.take_folder(str(folder))
    names = [screen.model.itemText(row) for row in range(screen.model.count())]
    assert names == ["recent.gguf", "", "A.GGUF", "b.gguf", "No model"]  # the empty one is the line between
    again = open_run(open_window())
    assert [again.model.itemText(row) for row in range(again.model.count())] == names
    assert find_models(str(tmp_path / "gone")) == []


def test_another_runtime_does_not_take_over_the_question(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "needs-consent", "message": "It listens to the microphone."}
    stage.script("list", scene.overview([scene.installed(), scene.installed(scene.WHISPER_CPU, name="whisper.cpp")]))
    stage.script("run", [scene.outcome("failed", error=error)])
    window = open_window()
    screen = open_run(window)
    click(qtbot, screen, "Start")
    qtbot.waitUntil(screen.consent.isVisible, timeout=30_000)
    assert screen.start.isHidden()
    screen.runtime.setCurrentIndex(1)
    assert screen.consent.isHidden()
    assert screen.start.isVisible()
    idle(qtbot, window)
