"""The Run screen with real worker processes and a real server."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QUrl

from launcher.faces.gui.run_screen import RunScreen
from tests.gui.test_real_worker import open_real, point_at_server
from tests.gui.test_runtimes_screen import click, idle, texts
from tests.packing import Executable, python_program
from tests.registry import THIS_ARCH, THIS_OS, Offer, Registry

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")

SERVER = python_program("""
import http.server, os, sys
if "--version" in sys.argv:
    print("version: 1"); sys.exit()
if "--crash" in sys.argv:
    print("error: failed to load model", flush=True); sys.exit(3)
open("left-behind", "w").close()
print("greeting", os.environ.get("GREETING"), "model", sys.argv[sys.argv.index("-m") + 1], flush=True)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"at your service")
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
""")
METADATA: dict[str, Any] = {
    "process": {
        "command": "llama-server",
        "args": ["--port", "8080"],
        "env": {"GREETING": "hello"},
        "probe": {"args": ["--version"], "expect_status": 0, "timeout_ms": 10_000},
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 2000},
    },
    "consent": {"required": True, "modalities": ["audio"], "note": "It listens to the microphone."},
}


def open_run(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> tuple[MainWindow, RunScreen]:
    tree = {"llama-server": Executable(SERVER.encode())}
    registry.publish(Offer(tree=tree, version="b1", more={"metadata": METADATA}))
    point_at_server(registry)
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1")
    idle(qtbot, window)
    window.screens.open("run")
    screen = window.screens.visit("run")
    assert isinstance(screen, RunScreen)
    idle(qtbot, window)
    return window, screen


def test_a_model_is_served_restarted_crashes_and_is_stopped(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path
) -> None:
    window, screen = open_run(qtbot, registry, open_window)
    model = tmp_path / "tiny.gguf"
    model.write_bytes(b"GGUF")
    screen.take_model(str(model))

    def is_healthy() -> bool:
        return screen.light.accessibleName() == "Healthy"

    # Consent: asked for once, in the manifest's words.
    idle(qtbot, window)
    assert "It will ask before its first start: It listens to the microphone." in texts(screen)
    click(qtbot, screen, "Start")
    qtbot.waitUntil(screen.consent.isVisible, timeout=60_000)
    click(qtbot, screen, "I agree, start it")
    qtbot.waitUntil(is_healthy, timeout=60_000)
    port = QUrl(screen._url).port()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.read() == b"at your service"
    line = f"greeting hello model {model}"
    qtbot.waitUntil(lambda: line in screen.log.view.toPlainText(), timeout=60_000)

    click(qtbot, screen, "Restart")
    qtbot.waitUntil(lambda: is_healthy() and QUrl(screen._url).port() != port, timeout=60_000)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
    click(qtbot, screen, "Stop")
    idle(qtbot, window)
    assert screen.light.accessibleName() == "Not running"
    (payload,) = (tmp_path / "store").glob("*/*/revisions/*/payload")
    assert [path.name for path in payload.iterdir()] == ["llama-server"]  # it works elsewhere than where it lies

    # What one adds comes over the manifest's, and a crash says what to try.
    assert "You agreed to: It listens to the microphone." in texts(screen)
    screen.details.env.setText("GREETING=moin")
    screen.details.args.setText("--crash")
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() == "Failed", timeout=60_000)
    assert "failed to load model" in texts(screen)
    assert "It cannot read the model" in texts(screen)
    assert "failed to load model" in screen.log.view.toPlainText()

    click(qtbot, screen, "Take the consent back")
    qtbot.waitUntil(lambda: "It will ask before" in texts(screen), timeout=60_000)
    idle(qtbot, window)
