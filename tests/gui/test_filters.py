"""Filters and sorting of the list, and that they are there again after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.arrange import Entry, Filter, Sorting, sort_entries
from tests.gui import scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage


def rows(window: MainWindow) -> list[str]:
    model = window.runtimes.model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("sorting", "expected"),
    [
        (Sorting.BEST, ["CUDA 12.8", "Vulkan", "CPU", "ROCm 7.2", "Metal", "CPU"]),
        (Sorting.NAME, ["CPU", "CUDA 12.8", "Metal", "ROCm 7.2", "Vulkan", "CPU"]),
        (Sorting.SIZE, ["ROCm 7.2", "CUDA 12.8", "CPU", "Vulkan", "Metal", "CPU"]),
        (Sorting.NEWEST, ["CPU", "CUDA 12.8", "Vulkan", "ROCm 7.2", "Metal", "CPU"]),
    ],
)
def test_orders(sorting: Sorting, expected: list[str]) -> None:
    entries = [Entry(bundle) for bundle in scene.workshop()]
    assert [entry.accelerator for entry in sort_entries(reversed(entries), sorting)] == expected


@pytest.mark.parametrize("kept", [{}, {"text": ""}, {"text": "", "sorting": "by-moon"}])
def test_what_cannot_be_understood_is_no_filter(kept: dict[str, str]) -> None:
    assert Filter.of(kept) is None


def test_filters_and_order_are_there_after_a_restart(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview(scene.workshop()))
    first = open_window()
    bar = first.runtimes.filters
    assert rows(first)[:2] == ["llama.cpp", "llama.cpp with CUDA 12.8"]
    bar.fits.click()
    bar.sorting.setCurrentIndex(bar.sorting.findData(Sorting.NAME.value))
    bar.channel.setCurrentIndex(bar.channel.findData("preview"))
    bar.search.setText("cpp")
    shown = rows(first)
    assert shown[1:4] == ["llama.cpp for CPU", "llama.cpp with CUDA 12.8", "llama.cpp with Metal"]
    first.close()

    second = open_window()

    assert rows(second) == shown
    bar = second.runtimes.filters
    assert (bar.fits.isChecked(), bar.channel.currentData(), bar.search.text()) == (False, "preview", "")
    assert bar.sorting.currentText() == "By name"


def test_a_channel_that_is_gone_does_not_hide_everything(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    bundle = scene.bundle(scene.LLAMA_VULKAN, channel="nightly")
    stage.script("list", scene.overview([*scene.workshop(), bundle]))
    first = open_window()
    channel = first.runtimes.filters.channel
    channel.setCurrentIndex(channel.findData("nightly"))
    assert first.runtimes.model.entries[0] == 1
    first.close()
    stage.script("list", scene.overview(scene.workshop()))
    second = open_window()
    assert second.runtimes.filters.channel.currentText() == "Channel"
    assert second.runtimes.model.entries[0] == 4
