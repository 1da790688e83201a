"""What the window's tests share: a stage of scripted workers, and windows that are closed again."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from launcher.faces.gui.language import SOURCE, speak
from launcher.faces.gui.theme import apply_scheme
from launcher.faces.gui.window import MainWindow
from tests.gui.scene import Stage
from tests.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _light_scheme(qapp: QApplication) -> Iterator[None]:
    qapp.setStyle("Fusion")
    apply_scheme(qapp, is_dark=False)
    speak(qapp, SOURCE)
    font = qapp.font()
    yield
    qapp.setFont(font)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture(autouse=True, scope="module")
def _collected() -> Iterator[None]:
    """Let Qt's objects of a module go in this thread, not in whichever one Python's collector runs next."""
    yield
    gc.unfreeze()
    gc.collect()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path / "stage")


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """Serve a registry whose catalog lies on the disk and whose bundles come over HTTP."""
    with Registry(tmp_path / "registry") as registry:
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_SIGNERS", str(registry.signers_path))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_DIR", str(registry.root))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_ROOT", str(tmp_path / "store"))
        yield registry


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, stage: Stage) -> Iterator[OpenWindow]:
    """Open a window on the stage and wait until it has read everything; at the end it must go without a trace."""
    windows: list[MainWindow] = []

    def open_window(*flags: str, is_idle: bool = True, command: object = None) -> MainWindow:
        window = MainWindow(flags, command or stage.command)  # type: ignore[arg-type]
        windows.append(window)
        window.show()
        qtbot.waitUntil(lambda: window.is_open, timeout=20_000)
        if is_idle:
            qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)
            qapp.processEvents()  # a widget that was added to a layout is shown in the next turn
        return window

    yield open_window
    for window in windows:
        qtbot.waitUntil(lambda window=window: _is_stopped(window), timeout=60_000)  # type: ignore[misc]
        window.close()
        window.deleteLater()
    # Now and not at the interpreter's end, when the order in which Qt's objects go is anybody's guess.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _is_stopped(window: MainWindow) -> bool:
    """Stop every job, also one that was only ordered because another one ended."""
    window.queue.cancel_all()
    return not window.queue.jobs
