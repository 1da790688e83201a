"""A runtime that outlived the app is found at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.running import RunNotes, find_birth
from launcher.app import open_launcher
from launcher.faces.gui.activity_file import Record, save_records
from launcher.faces.gui.orders import Order, Verb
from launcher.faces.gui.own_files import find_own_files
from launcher.faces.gui.strip import Strip
from tests.gui import scene
from tests.gui.display import await_
from tests.gui.test_real_worker import open_real, publish
from tests.gui.test_runtimes_screen import click, idle
from tests.packing import Executable, python_program
from tests.registry import LLAMA, THIS_ARCH, THIS_OS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage
    from tests.registry import Registry

NAME = "llama.cpp for CPU, b11146"
STILL_RUNS = f"{NAME} still runs: the app ended before it could be stopped."


def leave(bundle_id: str) -> None:
    """Leave the record of an app that was killed while a runtime ran."""
    order = Order(Verb.RUN, ("runtime", "bundles", "run", bundle_id, "--port", "1"), is_writer=False, about=NAME)
    save_records(find_own_files(()).activity, [Record(order, None, "2026-11-23T08:00:00+00:00")])


def lines(window: MainWindow) -> list[str]:
    return [strip.accessibleName() for strip in window.screens.findChildren(Strip) if strip.isVisible()]


def test_it_is_offered_to_be_stopped(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    leave(scene.LLAMA_CPU)
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(is_running=True))])
    stage.script("stop", [scene.outcome(result={})])
    window = open_window()
    assert lines(window) == [STILL_RUNS]
    click(qtbot, window, "Stop it")
    idle(qtbot, window)
    assert lines(window) == []
    assert stage.calls("stop") == [["runtime", "bundles", "stop", scene.LLAMA_CPU]]


def test_it_may_run_on(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    leave(scene.LLAMA_CPU)
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(is_running=True))])
    window = open_window()
    click(qtbot, window, "Let it run")
    assert lines(window) == []
    assert stage.calls("stop") == []


def test_why_it_cannot_be_stopped_is_said(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    leave(scene.LLAMA_CPU)
    stage.script("run-plan", [scene.outcome(result=scene.run_plan(is_running=True))])
    stage.script("stop", [scene.outcome("failed", error={"code": "not-running", "message": "It has ended."})])
    window = open_window()
    click(qtbot, window, "Stop it")
    idle(qtbot, window)
    assert lines(window) == ["It has ended.\nError code: not-running"]
    click(qtbot, window, "Close")
    assert lines(window) == []


def test_one_that_has_ended_is_nothing_to_speak_of(stage: Stage, open_window: OpenWindow) -> None:
    leave(scene.LLAMA_CPU)
    window = open_window()
    assert len(stage.calls("run-plan")) == 1
    assert lines(window) == []


def test_without_such_a_record_nobody_asks(stage: Stage, open_window: OpenWindow) -> None:
    open_window()
    assert stage.calls("run-plan") == []


SERVER = python_program("""
import sys, time
if "--version" in sys.argv:
    print("version: 1"); sys.exit()
time.sleep(600)
""")


@pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")
def test_a_real_one_is_found_and_stopped(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> None:
    publish(registry, "b1", {"llama-server": Executable(SERVER.encode())})
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1")
    idle(qtbot, window)
    notes = RunNotes(open_launcher(environ=dict(os.environ)).places.running)
    command = [sys.executable, "-P", "-m", "launcher", "cli", "runtime", "bundles", "run", LLAMA, "--events", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
        await_(lambda: notes.find(LLAMA), "it does not start")
        note = notes.find(LLAMA)
        assert note is not None
        worker.kill()
    try:
        assert find_birth(note.pid) == note.born  # what would have ended it is gone
        leave(LLAMA)
        again = open_real(open_window)
        assert lines(again)[0] == STILL_RUNS
        click(qtbot, again, "Stop it")
        idle(qtbot, again)
        assert find_birth(note.pid) != note.born
    finally:
        if find_birth(note.pid) == note.born:
            os.kill(note.pid, signal.SIGKILL)
