from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.app import parse_arguments
from launcher.faces.gui.window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.scene import Stage


@pytest.mark.parametrize(
    ("arguments", "flags", "build"),
    [
        ([], [], None),
        (["--sample"], ["--sample"], None),
        (["--dest", "/s"], ["--dest", "/s"], None),
        (["--dest=/s", "--sample"], ["--sample", "--dest", "/s"], None),
        (["--sample", "--bundle-from", "build"], ["--sample"], "build"),
    ],
)
def test_flags_go_on_to_the_workers(arguments: list[str], flags: list[str], build: str | None) -> None:
    assert parse_arguments(arguments) == (flags, build)


@pytest.mark.parametrize("arguments", [["--simple"], ["--bundle-from", "build"]])
def test_a_command_line_that_makes_no_sense_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(arguments)
    assert caught.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_a_local_build_joins_the_sample_at_the_first_refresh(qtbot: QtBot, stage: Stage) -> None:
    window = MainWindow(["--sample"], stage.command, build="my build")
    window.show()
    qtbot.waitUntil(lambda: window.is_open and not window.queue.jobs, timeout=20_000)
    window.reader.refresh()
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)
    verb = ["runtime", "bundles", "refresh"]
    assert stage.calls("refresh") == [[*verb, "--bundle-from", "my build"], verb]
    window.close()
    window.deleteLater()
