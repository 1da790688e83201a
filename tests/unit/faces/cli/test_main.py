from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

import launcher.app
from launcher.__main__ import run_cli, run_gui
from launcher.faces.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

BUNDLES = ["runtime", "bundles"]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with a bug in it."""

    def open_launcher(**_settings: object) -> NoReturn:
        secret = "ARW_ADMIN_TOKEN=hunter2"
        raise KeyError(secret)

    monkeypatch.setattr(launcher.app, "open_launcher", open_launcher)


@pytest.mark.usefixtures("broken")
def test_a_bug_is_one_calm_message_and_its_traceback_is_in_the_log(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([*BUNDLES, "list"])

    log = home / ".local" / "state" / "arw" / "log" / "arw.log"
    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert told.err.splitlines() == [
        "error[internal-error]: This is a bug in ARW Launcher (KeyError); what was active still is.",
        f"  hint: Please report it with the last lines of its log: `{log}`.",
    ]
    kept = log.read_text()
    assert "Traceback (most recent call last):" in kept
    assert "KeyError: 'ARW_ADMIN_TOKEN=[redacted]" in kept
    assert "hunter2" not in kept.replace('secret = "ARW_ADMIN_TOKEN=[redacted]', "")


@pytest.mark.usefixtures("broken")
def test_a_bug_in_json_is_still_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*BUNDLES, "list", "--json"]) == 1

    assert json.loads(capsys.readouterr().out)["error"]["code"] == "internal-error"


def test_an_installation_without_a_part_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "launcher.app", None)

    assert main([*BUNDLES, "list"]) == 1

    assert "hint: Install ARW Launcher again; a part of it is missing." in capsys.readouterr().err


def test_an_interrupt_is_a_cancel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def open_launcher(**_settings: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(launcher.app, "open_launcher", open_launcher)

    assert main([*BUNDLES, "list"]) == 130
    assert capsys.readouterr().err == "Stopped: Cancelled; what was active still is.\n"


@pytest.mark.parametrize(("run", "argv"), [(run_cli, ["arw-cli"]), (run_gui, ["arw-launcher", "cli"])])
def test_both_programs_have_the_command_line(
    run: object, argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def leave(status: int) -> NoReturn:
        raise SystemExit(status)

    monkeypatch.setattr(sys, "argv", [*argv, *BUNDLES, "lst"])
    monkeypatch.setattr(os, "_exit", leave)  # it would end the tests

    assert callable(run)
    with pytest.raises(SystemExit) as left:
        run()
    assert left.value.code == 2
    assert "error[usage]: " in capsys.readouterr().err
