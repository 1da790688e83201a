"""The real window on a real X server, moved by real keys alone: from first start to quit.

The registry is on the loopback interface; the runtime is a small server, and where this machine has one, llama.cpp's.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from launcher.faces.gui.theme import LIGHT
from tests.gui.display import PATIENCE_S, Person, await_, await_quiet, on_display, serving
from tests.packing import Executable, Tree, python_program
from tests.registry import LLAMA, Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = on_display
ROOT: Final = Path(__file__).resolve().parents[2]
TITLE: Final = "ARW Launcher"
CHIP_PIXELS: Final = 300
SERVER: Final = python_program("""
import http.server, json, sys
if "--version" in sys.argv:
    print("version: 1"); sys.exit()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer({"status": "ok"})
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer({"content": asked["prompt"] + " is answered"})
    def answer(self, value):
        self.send_response(200); self.end_headers(); self.wfile.write(json.dumps(value).encode())
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
""")
METADATA: Final[dict[str, Any]] = {
    "process": {
        "command": "llama-server",
        "args": ["--host", "127.0.0.1", "--port", "8080"],
        "env": {},
        "probe": {"args": ["--version"], "expect_status": 0, "timeout_ms": 20_000},
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 60_000},
    }
}


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    with serving(tmp_path / "display") as person:
        yield person


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    with Registry(tmp_path / "registry") as registry:
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_SIGNERS", str(registry.signers_path))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_DIR", str(registry.root))
        monkeypatch.setenv("ARW_RUNTIME_BUNDLE_ROOT", str(tmp_path / "store"))
        yield registry


def point_at_server(registry: Registry) -> None:
    def edit(root: dict[str, Any]) -> None:
        for bundle in root["bundles"]:
            for artifact in bundle["artifacts"]:
                artifact["url"] = f"{registry.server.url}/{artifact['url']}"

    registry.write_catalog(edit)


class Session:
    """The app on a person's display, and what one can see of it from outside."""

    def __init__(self, person: Person, registry: Registry, offer: Callable[[str], Offer], home: Path) -> None:
        """Start the app and wait until it is at rest."""
        self.person, self._registry, self._offer = person, registry, offer
        self._state = home / ".local" / "state" / "arw"
        self._current = registry.root.parent / "store" / LLAMA / "current"
        self.log = registry.root.parent / "window.log"
        self.publish("b1000")
        environment = {**person.environment, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        with self.log.open("wb") as log:
            command = [sys.executable, "-P", "-m", "launcher"]
            self.app = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        await_(lambda: person.sees_window(TITLE), "no window")
        await_quiet(self.app.pid)

    def publish(self, version: str) -> None:
        self._registry.publish(self._offer(version))
        point_at_server(self._registry)

    def announce(self, title: str) -> None:
        self._registry.announce(f"### 2026-11-18 · preview r2 · info\n{title}\n\nA word more.")
        point_at_server(self._registry)

    @property
    def revision(self) -> Path:
        """The active revision."""
        return self._current.resolve(strict=True)

    def is_told(self, verb: str, end: str = "") -> bool:
        """Tell whether a job was begun, or how it ended."""
        path = self._state / "activity.json"
        jobs = json.loads(path.read_bytes())["jobs"] if path.exists() else []
        return any(job["order"]["verb"] == verb and end in {"", job["state"]} for job in jobs)

    def is_dismissed(self) -> bool:
        """Tell whether a notice was dismissed."""
        return (self._state / "dismissed.json").exists()

    def do(self, verb: str, *keys: str) -> None:
        """Press keys until they begin a job, and wait for its good end."""
        self.person.try_until(lambda: self.is_told(verb), f"no {verb} begins", *keys)
        await_(lambda: self.is_told(verb, "done"), f"the {verb} does not end")
        await_quiet(self.app.pid)

    def run_and_stop(self, model: Path) -> str:
        """Run a model by keys alone until it has answered once; return the answer."""
        person, port = self.person, find_free_port()
        person.press("ctrl+2")
        person.try_until(lambda: person.sees_window("Choose a model"), "no dialog", "Tab", "Return", tries=14)
        person.type(str(model))
        person.press("Return")
        await_(lambda: not person.sees_window("Choose a model"), "the dialog stays")
        person.press("Tab", "Tab")  # over the folder's button to the port
        person.type(str(port))
        assert person.count(LIGHT.good_soft) < CHIP_PIXELS
        person.try_until(lambda: self.is_told("run"), "nothing is started", "Tab", "Return")
        await_(lambda: person.count(LIGHT.good_soft) > CHIP_PIXELS, "the light does not turn healthy")
        answer = complete(port)
        person.press("Return")  # the focus is on Stop
        await_(lambda: not listens(port), "it does not stop")
        await_(lambda: person.count(LIGHT.good_soft) < CHIP_PIXELS, "the light stays healthy")
        await_quiet(self.app.pid)
        return answer

    def quit(self) -> int:
        """Close the window as a window manager does; return the exit status."""
        self.person.press("alt+F4")
        return self.app.wait(timeout=PATIENCE_S)


@pytest.fixture
def start(person: Person, registry: Registry, home: Path) -> Iterator[Callable[[Callable[[str], Offer]], Session]]:
    sessions: list[Session] = []

    def start(offer: Callable[[str], Offer]) -> Session:
        sessions.append(Session(person, registry, offer, home))
        return sessions[-1]

    yield start
    for session in sessions:
        if session.app.poll() is None:
            session.app.kill()
            session.app.wait()


def find_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def complete(port: int) -> str:
    """Ask a server to go on with a text."""
    body = json.dumps({"prompt": "Once upon a time", "n_predict": 4}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/completion", body, headers)
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - the same
        return str(json.loads(answer.read())["content"])


def from_first_start_to_quit(session: Session, model: Path) -> str:
    """Install, run, update, dismiss the banner, roll back, quit; return what the model answered."""
    # First start: the recommended bundle is selected, and its button has the focus.
    session.do("install", "Return")
    first = session.revision
    answer = session.run_and_stop(model)
    # After a refresh the button that installed updates; Enter in the list does what the bundle's main button does.
    session.publish("b2000")
    session.announce("Faster on old machines.")
    session.person.press("ctrl+1", "F5")
    await_quiet(session.app.pid)
    session.person.press("ctrl+f", *["Tab"] * 6)
    session.do("update", "Return")
    assert session.revision != first
    # The banner: on the Notices screen, some tabs away from the rail.
    session.person.press("ctrl+4")
    session.person.try_until(session.is_dismissed, "the notice is not dismissed", "Tab", "Return")
    await_quiet(session.app.pid)
    session.person.press("ctrl+1", "ctrl+f", *["Tab"] * 6)
    session.do("rollback", "Return")
    assert session.revision == first
    assert session.quit() == 0
    assert session.log.read_text(encoding="utf-8") == ""
    return answer


def test_from_first_start_to_quit_by_real_keys(
    start: Callable[[Callable[[str], Offer]], Session], tmp_path: Path
) -> None:
    model = tmp_path / "tiny.gguf"
    model.write_bytes(b"GGUF")

    def offer(version: str) -> Offer:
        tree: Tree = {"llama-server": Executable(SERVER.encode()), "model.txt": version.encode()}
        return Offer(tree=tree, version=version, more={"metadata": METADATA})

    assert from_first_start_to_quit(start(offer), model) == "Once upon a time is answered"


@pytest.mark.real_runtime
def test_the_same_with_llama(
    start: Callable[[Callable[[str], Offer]], Session], payloads: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "llama.cpp-linux-x86_64-cpu.tar.zst"
    shutil.copyfile(payloads / archive.name, archive)
    prefix = archive.name.removesuffix(".tar.zst")

    def offer(version: str) -> Offer:
        more = {"metadata": METADATA}
        return Offer(tree={}, version=version, archives=[archive], strip_prefix=prefix, has_index=False, more=more)

    model = tmp_path / "tiny.gguf"
    shutil.copyfile(next(payloads.rglob("*.gguf")), model)
    from_first_start_to_quit(start(offer), model)
