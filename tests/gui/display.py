"""A real X server, and someone with a keyboard in front of it.

Xvfb gives the server, openbox the window manager and xdotool the keys; all of them come from the distribution.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.registry import THIS_ARCH, THIS_OS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MISSING: Final = [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]
on_display: Final = [
    pytest.mark.x11,
    pytest.mark.slow,
    pytest.mark.skipif(bool(_MISSING), reason=f"needs {', '.join(_MISSING)}"),
    pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64"),
]
"""The marks of a test that starts the app on a display, with real bundles: ``pytestmark = on_display``."""
PATIENCE_S: Final = 60
TRIES: Final = 8
BETWEEN_TRIES_S: Final = 3.0
QUIET_S: Final = 0.7
_WIDTH, _HEIGHT, _PIXEL_BYTES = 1280, 900, 4


def await_(is_so: Callable[[], object], what: str) -> None:
    """Look again until something is so; another process does it, and tells nobody when."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def await_quiet(pid: int) -> None:
    """Wait until a process has had no children for a while: no worker runs, and none is about to."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    quiet_since = time.monotonic()

    def is_quiet() -> bool:
        nonlocal quiet_since
        if children.read_text(encoding="ascii").strip():
            quiet_since = time.monotonic()
        return time.monotonic() - quiet_since > QUIET_S

    await_(is_quiet, "a worker does not end")


@contextmanager
def serving(folder: Path) -> Iterator[Person]:
    """Start an X server on a number that it chooses, with a window manager; what it shows lies in ``folder``."""
    folder.mkdir()
    read_end, write_end = os.pipe()
    screen = ["-screen", "0", f"{_WIDTH}x{_HEIGHT}x24", "-fbdir", str(folder), "-nolisten", "tcp"]
    with (folder / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(["Xvfb", "-displayfd", str(write_end), *screen], pass_fds=[write_end], stderr=log)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        display = f":{told.readline().strip()}"
    person = Person(display, folder / "Xvfb_screen0")
    manager = subprocess.Popen(
        ["openbox"], env=person.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield person
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(timeout=PATIENCE_S)


class Person:
    """Someone with a keyboard in front of a display."""

    def __init__(self, display: str, picture: Path) -> None:
        """Sit down at a display; ``picture`` is where the server keeps what it shows, in the format of xwd."""
        self._display, self._picture = display, picture

    @property
    def environment(self) -> dict[str, str]:
        """What programs on this display are started with."""
        return {**os.environ, "DISPLAY": self._display}

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self._act("key", "--clearmodifiers", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._act("type", "--clearmodifiers", "--delay", "20", text)

    def sees_window(self, title: str) -> bool:
        """Tell whether a window with a title is on the display."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        found = subprocess.run(command, env=self.environment, capture_output=True, check=False, timeout=PATIENCE_S)
        return bool(found.stdout.strip())

    def count(self, color: str) -> int:
        """Return how many pixels of the display have a colour, ``#rrggbb``."""
        shown = self._picture.read_bytes()
        pixels = shown[-_WIDTH * _HEIGHT * _PIXEL_BYTES :]
        red, green, blue = bytes.fromhex(color.removeprefix("#"))
        wanted = bytes([blue, green, red])  # and a byte that means nothing
        return sum(pixels[place : place + 3] == wanted for place in range(0, len(pixels), _PIXEL_BYTES))

    def minimize(self, title: str) -> None:
        """Put a window away, as the button in its frame does."""
        self._act("search", "--onlyvisible", "--name", f"^{title}$", "windowminimize")

    def try_until(self, is_so: Callable[[], object], what: str, *keys: str, tries: int = TRIES) -> None:
        """Press keys as a person does: wait a little for what they should do, and press them again."""
        for _ in range(tries):
            self.press(*keys)
            deadline = time.monotonic() + BETWEEN_TRIES_S
            while time.monotonic() < deadline:
                if is_so():
                    return
                time.sleep(0.05)
        pytest.fail(what)

    def _act(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=PATIENCE_S)
