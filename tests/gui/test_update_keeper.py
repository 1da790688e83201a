"""Looking for updates, fetching them and making them active, as far as the settings allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation

from launcher.domain.update_policy import CHECK_EVERY, Deed, UpdatePlan
from launcher.faces.gui.connection import Connection
from launcher.faces.gui.jobs import JobQueue, Order, Verb
from launcher.faces.gui.overview import OverviewReader
from launcher.faces.gui.preferences import Preferences
from launcher.faces.gui.remembered import Remembered
from launcher.faces.gui.update_keeper import UpdateKeeper
from launcher.faces.gui.update_question import UpdateQuestion
from tests.gui import scene
from tests.gui.test_runtimes_screen import button, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

FETCH = ["runtime", "bundles", "update", "--download-only", scene.LLAMA_CPU]
UPDATE = ["runtime", "bundles", "update", scene.LLAMA_CPU]
DONE = [scene.outcome(result={"updated": [], "skipped": []})]


def updatable(**more: Any) -> Any:  # noqa: ANN401 - a bundle's view
    return scene.installed(state="update-available", offered_channel_revision=43, **more)


class SaidConnection(Connection):
    """A connection of which the test says whether it costs."""

    costs = False

    def is_metered(self) -> bool:
        return self.costs

    def begin_to_cost(self, *, costs: bool) -> None:
        self.costs = costs
        self.changed.emit()


class Desk(QObject):
    """A keeper with a clock of its own, and a connection that may cost."""

    def __init__(self, stage: Stage, folder: Path, qtbot: QtBot) -> None:
        super().__init__()
        self.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
        self.connection = SaidConnection()
        self._qtbot = qtbot
        self.queue = JobQueue(stage.command, self)
        self.reader = OverviewReader(self.queue, self)
        self.remembered = Remembered(folder / "window.ini")
        self.preferences = Preferences(self.queue, self.remembered, self)
        self.keeper = UpdateKeeper(
            self.queue,
            self.reader,
            self.preferences,
            self.remembered,
            self,
            clock=lambda: self.at,
            connection=self.connection,
        )
        self.asked: list[UpdatePlan] = []
        self.keeper.asked.connect(self.asked.append)

    def begin(self) -> None:
        self.reader.read()
        self.preferences.read()
        self.settle()

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.queue.jobs, timeout=30_000)

    def question(self) -> tuple[Deed | None, tuple[str, ...]]:
        return (self.asked[-1].deed, self.asked[-1].bundle_ids) if self.asked else (None, ())


@pytest.fixture
def make_desk(stage: Stage, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(updates: list[Any] | None = None, **settings: Any) -> Desk:  # noqa: ANN401 - values of settings
        stage.script("list", scene.overview([updatable()] if updates is None else updates))
        rows = [{"name": name, "value": value} for name, value in settings.items()]
        stage.script("settings", [scene.outcome(result={"settings": rows})])
        stage.script("update", DONE)
        made.append(Desk(stage, tmp_path, qtbot))
        made[-1].begin()
        return made[-1]

    yield make
    for desk in made:
        desk.queue.cancel_all()
        desk.settle()


def test_the_sources_are_asked_at_the_start_and_every_six_hours(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    assert len(stage.calls("refresh")) == 1
    for hours, expected in ((5, 1), (6, 2), (11, 2), (12, 3)):
        desk.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC) + timedelta(hours=hours)
        desk.keeper.look()
        desk.settle()
        assert len(stage.calls("refresh")) == expected, hours


def test_never_and_offline_ask_nobody(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    make_desk(check_updates="never", download_updates="never", activate_updates="never")
    desk = make_desk(check_updates="automatic", download_updates="automatic", offline=True)
    desk.at += CHECK_EVERY
    desk.keeper.look()
    assert (stage.calls("refresh"), stage.calls("update"), desk.asked) == ([], [], [])


def test_a_question_is_asked_once_and_put_off_until_the_next_time(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(check_updates="ask", download_updates="never")
    assert (desk.question(), stage.calls("refresh")) == ((Deed.CHECK, ()), [])
    desk.keeper.put_off(desk.asked[-1])
    desk.keeper.look()
    assert desk.question() == (None, ())
    desk.at += CHECK_EVERY
    desk.keeper.look()
    assert desk.question() == (Deed.CHECK, ())
    desk.keeper.carry_out(desk.asked[-1])
    desk.settle()
    assert (desk.question(), len(stage.calls("refresh"))) == ((None, ()), 1)


def test_fetched_by_itself_and_activated_when_a_person_says_so(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(download_updates="automatic")
    assert stage.calls("update") == [FETCH]
    assert desk.remembered.fetched == {scene.LLAMA_CPU: 43}
    assert desk.question() == (Deed.ACTIVATE, (scene.LLAMA_CPU,))
    stage.script("list", scene.overview([scene.installed()]))
    desk.keeper.carry_out(desk.asked[-1])
    desk.settle()
    assert stage.calls("update") == [FETCH, UPDATE]
    assert desk.question() == (None, ())


def test_everything_by_itself(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    stage.script("update", DONE, call=1)
    desk = make_desk(download_updates="automatic", activate_updates="automatic")
    assert stage.calls("update")[:2] == [FETCH, UPDATE]
    assert desk.asked == []


def test_what_fails_is_not_tried_again_before_the_next_look(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    error = {"code": "wrong-hash", "message": "It is another file."}
    stage.script("update", [scene.outcome("failed", error=error)], call=1)
    desk = make_desk(download_updates="automatic")
    assert (stage.calls("update"), desk.remembered.fetched, desk.asked) == ([FETCH], {}, [])
    desk.keeper.look()
    desk.settle()
    assert stage.calls("update") == [FETCH]
    desk.at += CHECK_EVERY
    desk.keeper.look()
    desk.settle()
    assert stage.calls("update") == [FETCH, FETCH]


def test_a_metered_connection_makes_a_question_of_it_until_it_costs_no_longer(
    stage: Stage, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk(check_updates="never", download_updates="never")
    desk.connection.costs = True
    stage.script("settings", [scene.outcome(result={"settings": [{"name": "download_updates", "value": "automatic"}]})])
    desk.preferences.read()
    desk.settle()
    assert (desk.question(), stage.calls("update")) == ((Deed.DOWNLOAD, (scene.LLAMA_CPU,)), [])
    desk.connection.begin_to_cost(costs=False)
    desk.settle()
    assert stage.calls("update") == [FETCH]
    assert desk.question() == (Deed.ACTIVATE, (scene.LLAMA_CPU,))


def test_held_and_running_bundles_are_left_alone(stage: Stage, make_desk: Callable[..., Desk]) -> None:
    held = updatable(is_update_held=True)
    desk = make_desk([held], check_updates="never", download_updates="automatic", activate_updates="automatic")
    assert stage.calls("update") == []
    stage.script("list", scene.overview([updatable()]))
    stage.script("run", ["!wait-cancel", scene.outcome("cancelled")])
    run = desk.queue.submit(Order(Verb.RUN, ("runtime", "bundles", "run", scene.LLAMA_CPU), is_writer=False))
    desk.reader.read()
    desk._qtbot.waitUntil(lambda: stage.calls("update") == [FETCH] and len(desk.queue.jobs) == 1, timeout=30_000)
    desk.keeper.look()
    assert desk.queue.jobs == (run,)
    run.cancel()
    desk.settle()
    assert stage.calls("update")[:2] == [FETCH, UPDATE]


def test_the_window_asks_above_every_screen(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script("list", scene.overview([updatable()]))
    stage.script("update", DONE)
    window = open_window()
    question = window.screens.findChild(UpdateQuestion)
    assert question is not None
    qtbot.waitUntil(question.isVisible, timeout=30_000)
    assert "can be downloaded. What runs now stays as it is." in texts(question)
    window.screens.open("health")
    assert question.isVisible()
    button(question, "Later").click()
    assert not question.isVisible()
    assert stage.calls("update") == []


def test_the_system_is_asked_about_the_connection(qtbot: QtBot) -> None:
    connection = Connection()
    assert connection.is_metered() in {True, False}


def test_a_change_that_the_system_tells_is_told_once(qtbot: QtBot) -> None:
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
        pytest.skip("Qt finds nothing here that knows whether a connection is metered")
    connection, told = Connection(), []
    connection.changed.connect(lambda: told.append("changed"))
    connection.is_metered()
    connection.is_metered()
    QNetworkInformation.instance().isMeteredChanged.emit(True)  # noqa: FBT003 - the argument of a signal has no name
    assert told == ["changed"]
