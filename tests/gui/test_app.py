from __future__ import annotations

import pytest

from launcher.faces.gui.app import parse_flags


@pytest.mark.parametrize(
    ("arguments", "flags"),
    [
        ([], []),
        (["--sample"], ["--sample"]),
        (["--dest", "/s"], ["--dest", "/s"]),
        (["--dest=/s", "--sample"], ["--sample", "--dest", "/s"]),
    ],
)
def test_flags_go_on_to_the_workers(arguments: list[str], flags: list[str]) -> None:
    assert parse_flags(arguments) == flags


def test_an_unknown_flag_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_flags(["--simple"])
    assert caught.value.code == 2
    assert "--simple" in capsys.readouterr().err
