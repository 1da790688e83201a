from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import Cancelled
from launcher.domain.progress import Phase
from launcher.faces.cli.cancel import CancelToken, cancel_on_stdin_line, cancelled_by_signals, interrupt_main_thread
from launcher.faces.cli.observers import Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals as on POSIX")


@pytest.fixture
def stdin_pipe() -> Iterator[int]:
    """Let descriptor 0 be a pipe, and give its other end."""
    saved = os.dup(0)
    reader, writer = os.pipe()
    os.dup2(reader, 0)
    os.close(reader)
    yield writer
    os.dup2(saved, 0)
    os.close(saved)


def _listener() -> threading.Thread:
    return next(thread for thread in threading.enumerate() if thread.name == "cancel-listener")


def test_a_token_that_nobody_set_lets_work_go_on() -> None:
    CancelToken().check()


def test_the_first_to_ask_is_named() -> None:
    token = CancelToken()
    token.cancel("Ctrl-C")
    token.cancel("the window")

    with pytest.raises(Cancelled, match="by Ctrl-C"):
        token.check()


@posix
@pytest.mark.parametrize(
    ("number", "who"), [(signal.SIGINT, "Ctrl-C"), (signal.SIGTERM, "a termination signal")], ids=["int", "term"]
)
def test_a_signal_sets_the_token_and_the_second_one_interrupts(number: signal.Signals, who: str) -> None:
    token = CancelToken()
    before = signal.getsignal(number)
    with cancelled_by_signals(token):
        signal.raise_signal(number)
        with pytest.raises(Cancelled, match=who):
            token.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert signal.getsignal(number) == before


@pytest.mark.parametrize(
    "pieces", [[b"cancel\n"], [b"can", b"cel", b"\r\n"], [b"hello\n\ncancel\n"], [b"x" * 9000 + b"\ncancel\n"]]
)
def test_a_line_on_stdin_sets_the_token(stdin_pipe: int, pieces: list[bytes]) -> None:
    token = CancelToken()
    cancel_on_stdin_line(token)
    listener = _listener()
    for piece in pieces:
        os.write(stdin_pipe, piece)
    listener.join(10)
    os.close(stdin_pipe)

    assert not listener.is_alive()
    with pytest.raises(Cancelled, match="by the window"):
        token.check()


@posix
def test_work_that_asks_nobody_is_interrupted(stdin_pipe: int) -> None:
    token = CancelToken()
    with cancelled_by_signals(token):
        cancel_on_stdin_line(token, interrupt_main_thread)
        os.write(stdin_pipe, b"cancel\n")
        with pytest.raises(KeyboardInterrupt):
            threading.Event().wait(20)
    os.close(stdin_pipe)


@posix
def test_work_that_has_heard_is_left_to_come_to_its_end(stdin_pipe: int) -> None:
    token, interrupts = CancelToken(), list[int]()
    cancel_on_stdin_line(token, lambda: interrupts.append(1))
    listener = _listener()
    os.write(stdin_pipe, b"cancel\n")
    while not token.is_set:
        os.sched_yield()
    with pytest.raises(Cancelled):
        token.check()
    listener.join(10)
    os.close(stdin_pipe)
    assert interrupts == []


@posix
def test_a_last_step_is_not_interrupted(stdin_pipe: int) -> None:
    token, interrupts = CancelToken(), list[int]()
    Quiet(token).phase(Phase.ACTIVATING, "a")
    cancel_on_stdin_line(token, lambda: interrupts.append(1))
    listener = _listener()
    os.write(stdin_pipe, b"cancel\n")
    listener.join(10)
    os.close(stdin_pipe)
    assert (token.is_set, token.is_heard, interrupts) == (True, False, [])


@pytest.mark.parametrize("said", [b"", b"cancel", b"cancelled\nplease cancel\n", b"not cancel\n"])
def test_other_lines_and_the_end_of_stdin_mean_nothing(stdin_pipe: int, said: bytes) -> None:
    token = CancelToken()
    cancel_on_stdin_line(token)
    listener = _listener()
    os.write(stdin_pipe, said)
    os.close(stdin_pipe)
    listener.join(10)

    assert not listener.is_alive()
    token.check()
