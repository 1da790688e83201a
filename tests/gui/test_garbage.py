from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.garbage import keep_collections_short
from launcher.faces.gui.window import MainWindow
from tests.gui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage


@pytest.fixture(autouse=True)
def _usual_collector() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_a_reading_is_set_aside_and_nothing_is_collected_meanwhile(qtbot: QtBot, stage: Stage) -> None:
    stage.script("list", scene.overview(scene.workshop()))
    before = gc.get_freeze_count()
    window = MainWindow((), stage.command)
    keep_collections_short(window)
    window.show()
    qtbot.waitUntil(lambda: window.is_open and not window.queue.jobs, timeout=20_000)
    assert not gc.isenabled()
    assert gc.get_freeze_count() > before
    window.close()
    window.deleteLater()
