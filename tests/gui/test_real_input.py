"""The real window on a real X server, moved by real keys alone: from first start to quit.

Xvfb gives the server and xdotool the keys; both come from the distribution. The registry is on the loopback interface.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.packing import runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MISSING: Final = [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]
pytestmark = [
    pytest.mark.x11,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)}"),
    pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64"),
]
PATIENCE_S: Final = 30
TRIES: Final = 8
BETWEEN_TRIES_S: Final = 3.0
QUIET_S: Final = 0.7
ROOT: Final = Path(__file__).resolve().parents[2]


def await_(is_so: Callable[[], object], what: str) -> None:
    """Look again until something is so; another process does it, and tells nobody when."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """Start an X server with a window manager, on a number that it chooses."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with (tmp_path / "xvfb.log").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=[write_end], stderr=log)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        name = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(timeout=PATIENCE_S)


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_SIGNERS", str(registry.signers_path))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_DIR", str(registry.root))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_ROOT", str(tmp_path / "store"))
        yield registry


def publish(registry: Registry, version: str) -> None:
    registry.publish(Offer(tree=runtime_tree(version), version=version))
    point_at_server(registry)


def point_at_server(registry: Registry) -> None:
    def edit(root: dict[str, Any]) -> None:
        for bundle in root["bundles"]:
            for artifact in bundle["artifacts"]:
                artifact["url"] = f"{registry.server.url}/{artifact['url']}"

    registry.write_catalog(edit)


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


class Person:
    """Someone with a keyboard in front of a display."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        command = ["xdotool", "key", "--clearmodifiers", "--delay", "60", *keys]
        subprocess.run(command, env=self._environment, check=True, timeout=PATIENCE_S)

    def sees_window(self) -> bool:
        """Tell whether the window is on the display."""
        command = ["xdotool", "search", "--onlyvisible", "--name", "^ARW Launcher$"]
        found = subprocess.run(command, env=self._environment, capture_output=True, check=False, timeout=PATIENCE_S)
        return bool(found.stdout.strip())

    def try_until(self, is_so: Callable[[], object], what: str, *keys: str) -> None:
        """Press keys as a person does: wait a little for what they should do, and press them again."""
        for _ in range(TRIES):
            self.press(*keys)
            deadline = time.monotonic() + BETWEEN_TRIES_S
            while time.monotonic() < deadline:
                if is_so():
                    return
                time.sleep(0.05)
        pytest.fail(what)


def test_from_first_start_to_quit_by_real_keys(display: str, registry: Registry, tmp_path: Path, home: Path) -> None:
    payload = tmp_path / "store" / LLAMA / "current" / "payload" / "model.txt"
    state = home / ".local" / "state" / "arw"

    def is_active(version: str) -> bool:
        return payload.exists() and payload.read_bytes() == f"built from {version}\n".encode()

    def is_told(verb: str, end: str = "") -> bool:
        path = state / "activity.json"
        jobs = json.loads(path.read_bytes())["jobs"] if path.exists() else []
        return any(job["order"]["verb"] == verb and end in {"", job["state"]} for job in jobs)

    publish(registry, "b1000")
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    with (tmp_path / "window.log").open("wb") as log:
        app = subprocess.Popen([sys.executable, "-P", "-m", "launcher"], env=environment, stdout=log, stderr=log)
    try:
        person = Person(display)
        await_(person.sees_window, "no window")
        await_quiet(app.pid)
        # First start: the recommended bundle is selected, and its button has the focus.
        person.try_until(lambda: is_told("install"), "nothing is installed", "Return")
        await_(lambda: is_told("install", "done"), "the install does not end")
        await_quiet(app.pid)
        assert is_active("b1000")
        # The button that installed has become another one, and after a refresh it updates.
        publish(registry, "b2000")
        registry.announce("### 2026-11-18 · preview r2 · info\nFaster on old machines.\n\nA word more.")
        point_at_server(registry)
        person.press("F5")
        await_quiet(app.pid)
        person.try_until(lambda: is_told("update"), "nothing is updated", "Return")
        await_(lambda: is_told("update", "done"), "the update does not end")
        await_quiet(app.pid)
        assert is_active("b2000")
        # The banner: on the Notices screen, some tabs away from the rail.
        person.press("ctrl+4")
        person.try_until((state / "dismissed.json").exists, "the notice is not dismissed", "Tab", "Return")
        await_quiet(app.pid)
        # Enter in the list does what the bundle's main button does.
        person.press("ctrl+1", "ctrl+f", *["Tab"] * 5)
        person.try_until(lambda: is_told("rollback"), "nothing is rolled back", "Return")
        await_(lambda: is_told("rollback", "done"), "the rollback does not end")
        await_quiet(app.pid)
        assert is_active("b1000")
        person.press("alt+F4")
        assert app.wait(timeout=PATIENCE_S) == 0
    finally:
        if app.poll() is None:
            app.kill()
            app.wait()
    assert (tmp_path / "window.log").read_text(encoding="utf-8") == ""
