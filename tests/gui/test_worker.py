"""A worker process from its start to its one outcome, whatever becomes of the process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui import worker as worker_module
from launcher.faces.gui.events import Logged, Outcome, Unreadable
from launcher.faces.gui.worker import Worker, WorkerCommand
from tests.gui.scene import WRONG_HASH, event, outcome

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.events import Event
    from tests.gui.scene import Stage


class Listener:
    """Starts a worker and notes what it tells."""

    def __init__(self, command: WorkerCommand) -> None:
        self.told: list[Event] = []
        self.outcomes: list[Outcome] = []
        self.worker = Worker(command, ["runtime", "bundles", "install", "x"])
        self.worker.told.connect(self.told.append)
        self.worker.ended.connect(self.outcomes.append)

    def run(self, qtbot: QtBot) -> Outcome:
        with qtbot.waitSignal(self.worker.ended, timeout=20_000):
            self.worker.start()
        # A second outcome would come now: by what is still in the pipe, or by the process's own signals.
        process = self.worker._process
        qtbot.waitUntil(lambda: process.state() is process.ProcessState.NotRunning)
        qtbot.wait(1)
        assert len(self.outcomes) == 1
        return self.outcomes[0]


def run_script(qtbot: QtBot, stage: Stage, *lines: str) -> tuple[Outcome, Listener]:
    stage.script("install", lines)
    listener = Listener(stage.command)
    return listener.run(qtbot), listener


def test_events_come_in_order_and_the_outcome_last(qtbot: QtBot, stage: Stage) -> None:
    lines = [event("log", message=str(number)) for number in range(500)]
    ended, listener = run_script(qtbot, stage, *lines, outcome(result={"x": 1}))
    assert ended == Outcome("done", None, {"x": 1})
    assert listener.told == [Logged(str(number)) for number in range(500)]
    assert stage.calls("install") == [["runtime", "bundles", "install", "x"]]


def test_a_failure_carries_its_error(qtbot: QtBot, stage: Stage) -> None:
    ended, _ = run_script(qtbot, stage, outcome("failed", error=WRONG_HASH))
    assert ended == Outcome("failed", WRONG_HASH)


def test_only_the_first_outcome_counts(qtbot: QtBot, stage: Stage) -> None:
    ended, _ = run_script(qtbot, stage, outcome("failed", error=WRONG_HASH), outcome("done"))
    assert ended.status == "failed"


def test_a_program_that_cannot_start_is_an_outcome(qtbot: QtBot) -> None:
    ended = Listener(WorkerCommand("/nowhere/arw", ())).run(qtbot)
    assert ended.status == "failed"
    assert ended.error is not None
    assert ended.error["code"] == "worker-not-started"
    assert "/nowhere/arw" in ended.error["message"]


@pytest.mark.parametrize(
    ("directive", "actual"), [("!die", "it was killed or crashed"), ("!exit 7", "it ended with status 7")]
)
def test_a_process_that_ends_without_an_outcome_is_a_failure(
    qtbot: QtBot, stage: Stage, directive: str, actual: str
) -> None:
    ended, _ = run_script(qtbot, stage, event("log", message="before"), directive)
    assert ended.status == "failed"
    assert ended.error is not None
    assert (ended.error["code"], ended.error["actual"]) == ("worker-died", actual)


def test_garbage_and_half_lines_are_told_as_text(qtbot: QtBot, stage: Stage) -> None:
    ended, listener = run_script(qtbot, stage, "no json", "!stderr a warning", '!partial {"type": "outc', "!die")
    assert ended.status == "failed"
    assert listener.told == [Unreadable("no json"), Unreadable('{"type": "outc'), Unreadable("a warning")]


def test_an_outcome_stands_even_if_the_process_is_killed_after_it(qtbot: QtBot, stage: Stage) -> None:
    ended, _ = run_script(qtbot, stage, outcome("done"), "!die")
    assert ended.status == "done"


def test_cancel_asks_first(qtbot: QtBot, stage: Stage) -> None:
    stage.script("install", [event("log", message="ready"), "!wait-cancel", outcome("cancelled", result={"asked": 1})])
    listener = Listener(stage.command)
    listener.worker.told.connect(lambda _event: listener.worker.cancel())
    assert listener.run(qtbot) == Outcome("cancelled", None, {"asked": 1})


def test_cancel_kills_what_does_not_hear(qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "CANCEL_GRACE_MS", 50)
    stage.script("install", [event("log", message="ready"), "!ignore-cancel"])
    listener = Listener(stage.command)
    listener.worker.told.connect(lambda _event: listener.worker.cancel())
    assert listener.run(qtbot) == Outcome("cancelled")


def test_a_process_that_does_not_go_after_its_outcome_is_killed(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "EXIT_GRACE_MS", 50)
    ended, _ = run_script(qtbot, stage, outcome("done"), "!ignore-cancel")
    assert ended.status == "done"


def test_long_answers_leave_the_event_loop_its_turn(
    qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "SLICE_S", 0.0)  # one line a turn
    ended, listener = run_script(qtbot, stage, *[event("log", message="x")] * 50, outcome("done"))
    assert (ended.status, len(listener.told)) == ("done", 50)


def test_the_command_finds_this_package_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    command = WorkerCommand.of_this_program(["--sample"])
    assert command.arguments == ("-P", "-m", "launcher", "cli", "--sample")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert WorkerCommand.of_this_program(["--sample"]).arguments == ("cli", "--sample")
