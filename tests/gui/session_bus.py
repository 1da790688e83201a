"""A desktop session's D-Bus of its own, and what other programs of a desktop do over it: read the screen, be a tray.

The bus and the accessibility service come from the distribution, and so does the library to speak D-Bus with: its
Python has PyGObject, and runs `bus_bridge`.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from tests.gui.display import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM_PYTHON: Final = "/usr/bin/python3"
ACCESSIBILITY: Final = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


class News(NamedTuple):
    """A signal, or a call to what the test stands for.

    Attributes:
        name: The signal or method.
        sender: Who sent it.
        path: The object that it is about.
        words: What it carries.
    """

    name: str
    sender: str
    path: str
    words: list[Any]


@functools.cache
def why_not() -> str:
    """Return what is missing here; empty if nothing is."""
    if shutil.which("dbus-daemon") is None:
        return "needs dbus-daemon"
    if not ACCESSIBILITY.exists():
        return "needs at-spi2-core"
    probe = [SYSTEM_PYTHON, "-c", "from gi.repository import Gio"]
    has_library = (
        Path(SYSTEM_PYTHON).exists() and not subprocess.run(probe, capture_output=True, check=False).returncode
    )
    return "" if has_library else "needs python3-gi"


class SessionBus:
    """The session's bus as another program sees it.

    Attributes:
        news: What came in, oldest first.
    """

    def __init__(self, bridge: subprocess.Popen[str]) -> None:
        """Speak through a bridge."""
        self._bridge = bridge
        self.news: list[News] = []

    def call(self, to: str, path: str, interface: str, method: str, kinds: str = "", *args: object) -> list[Any]:
        """Call a method on the session's bus; ``kinds`` are the D-Bus types of ``args``."""
        return self._call("session", (to, path, interface, method), kinds, args)

    def ask(self, to: str, path: str, interface: str, method: str, kinds: str = "", *args: object) -> list[Any]:
        """Call a method on the accessibility bus."""
        return self._call("accessibility", (to, path, interface, method), kinds, args)

    def value(self, to: str, path: str, interface: str, name: str) -> Any:  # noqa: ANN401 - any D-Bus value
        """Return a property on the session's bus."""
        return self.call(to, path, "org.freedesktop.DBus.Properties", "Get", "(ss)", interface, name)[0]

    def listen_to_accessibility(self, event: str, interface: str, member: str) -> None:
        """Note events, e.g. ``object:announcement``, from now on."""
        self._do("listen", bus="accessibility", interface=interface, member=member)
        registry = "org.a11y.atspi.Registry"
        self.ask(registry, "/org/a11y/atspi/registry", registry, "RegisterEvent", "(s)", event)

    def stand_for_desktop(self) -> None:
        """Be the tray and the notification service."""
        self._do("stand_for_desktop")

    def emit(self, path: str, interface: str, member: str, kinds: str, *args: object) -> None:
        """Send a signal to everybody on the session's bus."""
        self._do("emit", path=path, interface=interface, member=member, kinds=kinds, args=args)

    def heard(self, name: str) -> list[News]:
        """Return what came in of a kind, up to now."""
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId")
        return [news for news in self.news if news.name == name]

    def _call(self, bus: str, place: tuple[str, str, str, str], kinds: str, args: object) -> list[Any]:
        words = dict(zip(("to", "path", "interface", "method"), place, strict=True))
        answer: list[Any] = self._do("call", bus=bus, **words, kinds=kinds, args=args)
        return answer

    def _do(self, what: str, **words: object) -> Any:  # noqa: ANN401 - any D-Bus value
        assert self._bridge.stdin is not None
        assert self._bridge.stdout is not None
        self._bridge.stdin.write(json.dumps({"do": what, **words}) + "\n")
        self._bridge.stdin.flush()
        answer = json.loads(self._bridge.stdout.readline())
        self.news += [News(*news) for news in answer["news"]]
        if "error" in answer:
            raise BusError(answer["error"])
        return answer["value"]


class BusError(Exception):
    """The other side refused, or is not there any more."""


@contextmanager
def session_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    """Start a session's bus, and let every program that is started from now on find it; skips where that is impossible.

    The accessibility bus makes its socket in the run-time folder, whose path must be short for that.
    """
    if missing := why_not():
        pytest.skip(missing)
    with TemporaryDirectory(prefix="arw-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
            assert daemon.stdout is not None
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
            monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
            bridge_command = [SYSTEM_PYTHON, str(Path(__file__).with_name("bus_bridge.py"))]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            with subprocess.Popen(bridge_command, text=True, **pipes) as bridge:  # type: ignore[call-overload]
                yield SessionBus(bridge)
                bridge.stdin.close()
                bridge.wait(timeout=PATIENCE_S)
            daemon.terminate()
