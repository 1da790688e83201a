"""The real window on a real Wayland compositor: it is told apart by its name, painted, and raised by a second start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtGui import QColor, QImage

from launcher.faces.gui.theme import LIGHT
from tests.gui.display import PATIENCE_S, await_, await_quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.registry import Registry

PROGRAMS: Final = ("weston", "weston-screenshooter")
MISSING: Final = [name for name in PROGRAMS if shutil.which(name) is None]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
]
ROOT: Final = Path(__file__).resolve().parents[2]
COMMAND: Final = [sys.executable, "-P", "-m", "launcher"]
SOCKET: Final = "wayland-test"
LEAST_PIXELS: Final = 1000


@pytest.fixture
def desktop() -> Iterator[dict[str, str]]:
    """Start a compositor without a screen, and return the environment for programs on it."""
    # Not in tmp_path: the name of a socket may have 107 bytes.
    with tempfile.TemporaryDirectory() as folder:
        theirs = {"DISPLAY", "QT_QPA_PLATFORM"}
        usual = {name: value for name, value in os.environ.items() if name not in theirs}
        environment = {**usual, "XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": SOCKET, "PYTHONPATH": str(ROOT)}
        options = ["--backend=headless-backend.so", "--use-pixman", "--debug", f"--socket={SOCKET}", "--idle-time=0"]
        with (Path(folder) / "weston.log").open("wb") as log:
            command = ["weston", "--width=1400", "--height=900", *options]
            compositor = subprocess.Popen(command, env={**usual, "XDG_RUNTIME_DIR": folder}, stdout=log, stderr=log)
        try:
            await_((Path(folder) / SOCKET).exists, "no compositor")
            yield environment
        finally:
            compositor.terminate()
            compositor.wait(timeout=PATIENCE_S)


def pixels_in_accent(environment: dict[str, str], folder: Path) -> int:
    """Take a picture of the whole desktop, and count the pixels that only our window has in its colour."""
    folder.mkdir()
    subprocess.run(["weston-screenshooter"], env=environment, cwd=folder, check=True, timeout=PATIENCE_S)
    (path,) = folder.iterdir()
    picture, accent = QImage(str(path)), QColor(LIGHT.accent).rgb()
    return sum(picture.pixel(x, y) == accent for x in range(picture.width()) for y in range(picture.height()))


def test_the_window_opens_on_wayland(desktop: dict[str, str], registry: Registry, tmp_path: Path) -> None:
    assert registry.root.is_dir()
    log_path = tmp_path / "window.log"
    with log_path.open("wb") as log:
        app = subprocess.Popen(COMMAND, env={**desktop, "WAYLAND_DEBUG": "1"}, stdout=log, stderr=log)
    try:
        for told in ('set_title("ARW Launcher")', 'set_app_id("arw-launcher")', ".attach(wl_buffer@"):
            await_(lambda told=told: told in log_path.read_text(errors="replace"), told)  # type: ignore[misc]
        await_quiet(app.pid)
        assert pixels_in_accent(desktop, tmp_path / "seen") >= LEAST_PIXELS
        second = subprocess.run(COMMAND, env=desktop, capture_output=True, check=False, timeout=PATIENCE_S)
        assert (second.returncode, second.stderr) == (0, b"")
        assert app.poll() is None, "the second start shows the window of the first"
    finally:
        app.terminate()
        app.wait(timeout=PATIENCE_S)
    said = [line for line in log_path.read_text(errors="replace").splitlines() if not line.startswith("[")]
    assert [line for line in said if "qt.qpa" in line or "Traceback" in line or "rror" in line] == []
