from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.bug_dialog import BugReporter
from tests.e2e.program import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


def raise_one(reporter: BugReporter, message: str) -> None:
    try:
        raise RuntimeError(message)  # noqa: TRY301 - a traceback is what the test needs
    except RuntimeError as error:
        reporter(type(error), error, error.__traceback__)


def test_an_exception_opens_one_dialog_with_the_logs_path(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    log = tmp_path / "log" / "window.log"
    reporter = BugReporter(log)
    raise_one(reporter, "first")
    first = reporter.dialog
    raise_one(reporter, "second")
    assert first is not None
    assert first is reporter.dialog
    assert "RuntimeError: first" in first.what
    assert str(log) in first.place
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError: first" in text
    assert "RuntimeError: second" in text
    first.close()


@pytest.mark.parametrize(
    ("kind", "what"),
    [("slot", "in a slot"), ("timer", "in a slot"), ("model", "in a model"), ("painting", "in painting")],
)
def test_wherever_the_event_loop_meets_a_bug_it_is_shown_once_and_the_loop_goes_on(
    tmp_path: Path, kind: str, what: str
) -> None:
    log = tmp_path / "window.log"
    command = [sys.executable, "-m", "tests.gui.app_with_bugs", kind, str(log)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    dialogs, said, place = json.loads(done.stdout)
    assert (dialogs, place) == (1, str(log))
    assert said.startswith("RuntimeError: ")
    assert said.endswith(what)
    tracebacks = log.read_text(encoding="utf-8").split("Traceback (most recent call last)")[1:]
    assert len(tracebacks) == len(set(tracebacks)) >= 1


def test_a_log_that_cannot_be_written_hides_no_bug(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    reporter = BugReporter(tmp_path / "file" / "window.log")
    raise_one(reporter, "first")
    assert reporter.dialog is not None
    assert "could not be written" in reporter.dialog.place
    reporter.dialog.close()


def test_the_usual_log_is_beside_the_workers_log(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    reporter = BugReporter()
    raise_one(reporter, "first")
    assert reporter.dialog is not None
    reporter.dialog.close()
    assert [path.name for path in home.rglob("window.log")] == ["window.log"]
