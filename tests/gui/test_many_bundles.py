"""A catalog of 10,000 bundles: only what is on screen is looked at, and nothing is done for all of them twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from launcher.domain.accelerator import parse_accelerator
from launcher.faces.gui import arrange
from launcher.faces.gui.arrange import Entry, Filter, Sorting
from launcher.faces.gui.bundle_list import BundleListModel, Role
from launcher.faces.gui.bundle_view import BATCH, BundleView
from launcher.faces.gui.jobs import JobQueue
from tests.gui import scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage

MANY = 10_000


class Watched(BundleListModel):
    """Counts which rows are asked for what."""

    def __init__(self, queue: JobQueue) -> None:
        super().__init__(queue)
        self.asked: dict[int, Counter[int]] = {}

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked.setdefault(int(role), Counter())[index.row()] += 1
        return super().data(index, role)

    def rows_asked(self, role: int) -> set[int]:
        """Return the rows that were asked for it since the last call."""
        return set(self.asked.pop(int(role), {}))


@pytest.fixture
def entries() -> list[Entry]:
    return [Entry(scene.bundle(f"llama.cpp-preview/linux-x86_64-cpu-{number}", rank=number)) for number in range(MANY)]


@pytest.fixture
def model(stage: Stage) -> Watched:
    return Watched(JobQueue(stage.command))


@pytest.fixture
def view(qtbot: QtBot, model: Watched, entries: list[Entry]) -> BundleView:
    view = BundleView(model)
    qtbot.addWidget(view)
    view.resize(400, 600)
    model.show_entries(entries)
    view.show()
    qtbot.waitUntil(lambda: len(model.rows_asked(Role.ACTION)) > 3, timeout=30_000)
    return view


def test_only_rows_on_screen_are_worked_out(qtbot: QtBot, view: BundleView, model: Watched) -> None:
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > MANY, timeout=30_000)  # all are laid out
    model.asked.clear()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitUntil(lambda: bool(model.asked.get(Role.ACTION)), timeout=30_000)
    for role in (Role.ACTION, Role.JOB):
        rows = model.rows_asked(role)
        assert len(rows) < 30
        assert min(rows) > MANY // 4
    assert Qt.ItemDataRole.AccessibleTextRole not in model.asked  # whole sentences are for whoever listens


def test_rows_are_laid_out_in_batches(qtbot: QtBot, view: BundleView, model: Watched, entries: list[Entry]) -> None:
    model.asked.clear()
    model.show_entries(entries[: MANY // 2])
    view.viewport().repaint()
    assert len(model.rows_asked(Role.ROW)) <= 2 * BATCH  # the rest waits for the event loop's next turns


def test_filtering_and_sorting_make_no_key_twice(model: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter[str]()
    parse = parse_accelerator

    def counted(text: str) -> object:
        made[text] += 1
        return parse(text)

    monkeypatch.setattr(arrange, "parse_accelerator", counted)
    bundles = [scene.bundle(f"llama.cpp-preview/linux-x86_64-cpu-{number}", rank=number) for number in range(200)]
    model.show_entries([Entry(bundle) for bundle in bundles])
    assert made.total() == 200
    for text in ("cpu", "cpu-1", "cpu-11", ""):
        model.show_only(Filter(text=text))
    for sorting in Sorting:
        model.show_only(Filter(sorting=sorting))
    assert made.total() == 200
    assert model.asked == {}  # the view asks; the model itself never goes through its rows
