from __future__ import annotations

import io
import re

import pytest

from launcher.domain.errors import Cancelled
from launcher.domain.progress import Phase
from launcher.faces.cli.bar import Bar
from launcher.faces.cli.cancel import CancelToken

LLAMA = "llama.cpp-preview/linux-x86_64-cpu"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    return _Terminal()


def _seen(terminal: _Terminal) -> list[str]:
    """Return what a person could have read at some moment, without colours and cursor movements."""
    text = _ESCAPES.sub("", terminal.getvalue())
    return [line.strip() for line in re.split(r"[\r\n]", text) if line.strip()]


def test_a_phase_with_bytes_leaves_its_line_behind(terminal: _Terminal) -> None:
    bar = Bar(terminal, CancelToken())
    bar.phase(Phase.DOWNLOADING, LLAMA, 4_000_000)
    bar.advance(4_000_000)
    bar.phase(Phase.TESTING, LLAMA)
    bar.close()

    left_behind = [line for line in _seen(terminal) if line.endswith(")")]
    assert left_behind == [f"Downloading {LLAMA} (4.0 MB)"]


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
def test_the_live_line_is_one_line_at_any_width(
    terminal: _Terminal, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    bar = Bar(terminal, CancelToken())
    bar.phase(Phase.DOWNLOADING, LLAMA, 4_000_000)
    bar.advance(1_000_000)
    bar._progress.refresh()  # not waiting for the next of its ten draws a second
    bar.close()

    live = [line for line in _seen(terminal) if "1.0 MB of 4.0 MB" in line]
    assert live
    assert all("…" in line or LLAMA in line for line in live)
    assert max(map(len, live)) <= columns


def test_messages_stand_above_the_bar_and_cannot_steer_it(terminal: _Terminal) -> None:
    bar = Bar(terminal, CancelToken())
    bar.phase(Phase.RESOLVING, LLAMA)
    bar.log("waiting [bold]for[/bold] \x1b[2J")
    bar.close()

    assert "waiting [bold]for[/bold] \\x1b[2J" in _seen(terminal)


def test_the_cursor_comes_back(terminal: _Terminal) -> None:
    token = CancelToken()
    bar = Bar(terminal, token)
    bar.phase(Phase.DOWNLOADING, LLAMA, 10)
    token.cancel("the test")
    with pytest.raises(Cancelled):
        bar.advance(1)
    bar.close()

    assert terminal.getvalue().rfind("\x1b[?25h") > terminal.getvalue().rfind("\x1b[?25l") >= 0
