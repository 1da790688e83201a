from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.arrange import Entry, Filter
from launcher.faces.gui.bundle_list import BundleListModel, Role
from launcher.faces.gui.jobs import JobQueue
from tests.gui import scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage


@pytest.fixture
def model(qtbot: QtBot, stage: Stage) -> BundleListModel:
    model = BundleListModel(JobQueue(stage.command))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def entries() -> list[Entry]:
    return [Entry(bundle) for bundle in scene.workshop()]


def spoken(model: BundleListModel, bundle_id: str) -> str:
    return str(model.data(model.place_of(bundle_id), Qt.ItemDataRole.AccessibleTextRole))


def test_rows_and_places(model: BundleListModel) -> None:
    model.show_entries(entries())
    assert model.rowCount() == 8
    assert model.entries == (6, 6)
    assert model.place_of(scene.LLAMA_CUDA).row() == 1
    assert not model.place_of("nobody/knows").isValid()
    assert model.data(model.index(0)) == "llama.cpp"
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags


def test_a_filter_counts_what_it_hides(model: BundleListModel) -> None:
    model.show_entries(entries())
    model.show_only(Filter(fits_only=True))
    assert model.entries == (4, 6)
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "llama.cpp, 3 of 5"


def test_the_same_bundles_in_another_state_are_no_reset(qtbot: QtBot, model: BundleListModel) -> None:
    model.show_entries(entries())
    changed = [Entry({**entry.bundle, "state": "installed"}) for entry in entries()]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_entries(changed)
    assert "Installed" in spoken(model, scene.LLAMA_CUDA)


def test_other_bundles_are_a_reset(qtbot: QtBot, model: BundleListModel) -> None:
    model.show_entries(entries())
    with qtbot.waitSignal(model.modelReset):
        model.show_entries(entries()[:2])


def test_the_first_choice_is_what_is_recommended_and_missing(model: BundleListModel) -> None:
    choices = []
    for shown in ([], entries(), [Entry(scene.installed(is_recommended=True))]):
        model.show_entries(shown)
        choices.append(model.first_choice.bundle["id"] if model.first_choice else None)
    assert choices == [None, scene.LLAMA_CUDA, scene.LLAMA_CPU]


def test_a_row_says_everything_that_it_shows(model: BundleListModel) -> None:
    model.show_entries(entries())
    assert spoken(model, scene.LLAMA_CPU) == (
        "llama.cpp for CPU, CPU, Active, Trusted, b11146 · preview r42, 48.2 MB, Works on this machine."
    )


def test_a_job_shows_in_its_row(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", ["!wait-file go", scene.outcome()])
    queue = JobQueue(stage.command)
    model = BundleListModel(queue)
    model.show_entries(entries())
    with qtbot.waitSignal(model.dataChanged):
        job = queue.submit(order_for(Action.INSTALL, scene.LLAMA_CUDA))
    assert model.data(model.place_of(scene.LLAMA_CUDA), Role.JOB) is job
    assert "Queued" in spoken(model, scene.LLAMA_CUDA)
    stage.allow("go")
    qtbot.waitUntil(lambda: job.is_over, timeout=20_000)
    assert model.data(model.place_of(scene.LLAMA_CUDA), Role.JOB) is None
