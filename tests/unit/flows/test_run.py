"""Running a bundle: watched until it is healthy, ended with its job, left where it never was healthy (threat E9)."""

from __future__ import annotations

import threading
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.bundle import Consent
from launcher.domain.errors import (
    AlreadyRunning,
    Cancelled,
    LauncherError,
    NeedsConsent,
    NotInstalled,
    NotRunning,
    RuntimeEnded,
    UsageError,
)
from launcher.domain.progress import Phase, Silent
from launcher.store.leases import is_leased
from tests.packing import Executable, python_program
from tests.registry import LLAMA
from tests.store_world import Recorder, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.packing import Member

SERVER = python_program("""
import http.server, sys
if "--version" in sys.argv:
    print("version: 1"); sys.exit()
print("serving", *sys.argv[1:], flush=True)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
""")
CRASH = python_program("""
import sys
if "--version" in sys.argv:
    print("version: 2"); sys.exit()
print("no such device", flush=True); sys.exit(7)
""")
PROCESS: dict[str, Any] = {
    "process": {
        "command": "llama-server",
        "args": ["--port", "8080"],
        "probe": {"args": ["--version"], "expect_status": 0, "timeout_ms": 10_000},
        "health": {"url": "http://127.0.0.1:8080/health", "method": "GET", "expect_status": 200, "timeout_ms": 2000},
    }
}
CONSENT = {"consent": {"required": True, "modalities": ["audio"], "note": "It listens to the microphone."}}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def install(world: World, program: str, version: str, **metadata: Any) -> str:  # noqa: ANN401 - of a manifest
    tree: dict[str, Member] = {"llama-server": Executable(program.encode()), "VERSION": version.encode()}
    world.publish(version, tree, more={"metadata": PROCESS | metadata})
    return str(world.install()["revision"])


def cancelled_when_healthy() -> Recorder:
    return Recorder(cancel_in=Phase.HEALTHY)


def test_a_run_is_leased_healthy_and_ends_with_its_job(world: World) -> None:
    name = install(world, SERVER, "b1")
    leases: list[bool] = []
    answers: list[bytes] = []

    def look(phase: Phase) -> None:
        if phase is Phase.HEALTHY:
            leases.append(is_leased(world.folder, name))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answers.append(answer.read())

    port = world.launcher()._wiring.runtime.find_free_port()
    recorder = Recorder(cancel_in=Phase.HEALTHY, on_phase=look)
    with pytest.raises(Cancelled):
        world.launcher().running.run(LLAMA, recorder, port=port, args=["--threads", "1"])

    assert (leases, answers) == ([True], [b"ok"])
    assert recorder.phases == [Phase.VERIFYING, Phase.STARTING, Phase.HEALTHY]
    assert recorder.messages == [f"serving --port {port} --threads 1"]
    assert not is_leased(world.folder, name)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)


def test_stop_ends_what_run_started_and_only_that(world: World) -> None:
    install(world, SERVER, "b1")
    healthy = threading.Event()
    results: list[Any] = []
    recorder = Recorder(on_phase=lambda phase: healthy.set() if phase is Phase.HEALTHY else None)
    runner = threading.Thread(target=lambda: results.append(world.launcher().running.run(LLAMA, recorder)))
    runner.start()
    assert healthy.wait(20)
    with pytest.raises(AlreadyRunning):
        world.launcher().running.run(LLAMA, Silent())

    stopped = world.launcher().running.stop(LLAMA, Silent())
    runner.join(20)

    assert (stopped["was_killed"], results[0]["was_healthy"], results[0]["exit_status"]) == (False, True, -15)
    with pytest.raises(NotRunning):
        world.launcher().running.stop(LLAMA, Silent())


def test_a_note_of_a_foreign_process_stops_nothing(world: World) -> None:
    install(world, SERVER, "b1")
    running = world.launcher().running
    running._notes.note(LLAMA, "rev-20260101T000000Z", 1, 8080)
    path = running._notes._path(LLAMA)
    path.write_text(path.read_text(encoding="utf-8").replace('"born": "', '"born": "9'), encoding="utf-8")
    with pytest.raises(NotRunning):
        running.stop(LLAMA, Silent())


def test_a_new_revision_that_never_was_healthy_is_left_once(world: World) -> None:
    first = install(world, SERVER, "b1")
    with pytest.raises(Cancelled):
        world.launcher().running.run(LLAMA, cancelled_when_healthy())
    second = install(world, CRASH, "b2")

    with pytest.raises(RuntimeEnded) as caught:
        world.launcher().running.run(LLAMA, Silent())

    assert "no such device" in caught.value.message
    assert caught.value.actual == "exit status 7"
    assert f"{second} was never healthy" in (caught.value.hint or "")
    assert world.active == first
    assert [row["reason"] for row in world.update()["skipped"]] == ["held"]
    world.roll_back(second)  # whoever insists, may
    with pytest.raises(RuntimeEnded):
        world.launcher().running.run(LLAMA, Silent())
    assert world.active == second


def test_a_revision_that_was_healthy_once_is_not_left(world: World) -> None:
    install(world, SERVER, "b1")
    name = install(world, SERVER, "b2")
    with pytest.raises(Cancelled):
        world.launcher().running.run(LLAMA, cancelled_when_healthy())

    with pytest.raises(RuntimeEnded):
        world.launcher().running.run(LLAMA, Silent(), args=["--version"])
    assert world.active == name


def test_consent_is_asked_once_remembered_and_revoked(world: World) -> None:
    install(world, SERVER, "b1", **CONSENT)
    with pytest.raises(NeedsConsent) as caught:
        world.launcher().running.run(LLAMA, Silent())
    assert "It listens to the microphone." in caught.value.message

    for gives_consent in (True, False):
        with pytest.raises(Cancelled):
            world.launcher().running.run(LLAMA, cancelled_when_healthy(), gives_consent=gives_consent)
    assert world.launcher().running.revoke_consent(LLAMA)
    assert not world.launcher().running.revoke_consent(LLAMA)
    with pytest.raises(NeedsConsent):
        world.launcher().running.run(LLAMA, Silent())


def test_a_changed_note_asks_again(world: World) -> None:
    install(world, SERVER, "b1", **CONSENT)
    with pytest.raises(Cancelled):
        world.launcher().running.run(LLAMA, cancelled_when_healthy(), gives_consent=True)
    install(world, SERVER, "b2", consent=CONSENT["consent"] | {"note": "It also watches."})
    with pytest.raises(NeedsConsent):
        world.launcher().running.run(LLAMA, Silent())


def test_what_cannot_run_is_refused_before_anything_starts(world: World, tmp_path: Path) -> None:
    def refusal(**said: Any) -> type[LauncherError]:  # noqa: ANN401 - as Running.run
        with pytest.raises(LauncherError) as caught:
            world.launcher().running.run(LLAMA, Silent(), **said)
        return type(caught.value)

    assert refusal() is NotInstalled
    install(world, SERVER, "b1")
    assert refusal(model=tmp_path / "absent.gguf") is UsageError


def test_a_server_without_a_health_probe_is_told_to_run(world: World) -> None:
    process = {key: value for key, value in PROCESS["process"].items() if key != "health"}
    install(world, SERVER, "b1", process=process | {"args": ["--port", "{port}"]})
    recorder = Recorder(cancel_in=Phase.RUNNING)
    with pytest.raises(Cancelled):
        world.launcher().running.run(LLAMA, recorder)
    assert recorder.phases == [Phase.VERIFYING, Phase.STARTING, Phase.RUNNING]


def test_what_would_be_started_can_be_read_before(world: World, tmp_path: Path) -> None:
    name = install(world, SERVER, "b1", process=PROCESS["process"] | {"env": {"A": "1", "B": "2"}}, **CONSENT)
    running = world.launcher().running
    plan = running.plan(LLAMA, model=tmp_path / "m.gguf", port=8099, args=["--threads", "2"], env=[("B", "3")])
    assert plan == {
        "id": LLAMA,
        "revision": name,
        "command": [
            str(world.payload / "llama-server"),
            *("--port", "8099", "-m", str(tmp_path / "m.gguf"), "--threads", "2"),
        ],
        "env": {"A": "1", "B": "3"},
        "port": 8099,
        "url": "http://127.0.0.1:8099/health",
        "consent": {"note": "It listens to the microphone.", "modalities": ["audio"], "is_given": False},
        "is_running": False,
        "dry_run": True,
    }
    running._consents.give(LLAMA, Consent(required=True, modalities=("audio",), note="It listens to the microphone."))
    consent = running.plan(LLAMA)["consent"]
    assert consent is not None
    assert consent["is_given"]


def test_the_environment_that_was_said_comes_over_the_manifests(world: World) -> None:
    program = python_program("""
import os, sys
if "--version" in sys.argv:
    print("version: 1"); sys.exit()
print(os.environ["A"], os.environ["B"], os.environ["C"], flush=True); sys.exit(1)
""")
    install(world, program, "b1", process=PROCESS["process"] | {"env": {"A": "1", "B": "2"}})
    recorder = Recorder()
    with pytest.raises(RuntimeEnded):
        world.launcher().running.run(LLAMA, recorder, env=[("B", "3"), ("C", "4")])
    assert recorder.messages[0] == "1 3 4"


def test_a_crash_says_what_to_try(world: World) -> None:
    install(world, CRASH.replace("no such device", "llama_model_load: error loading model"), "b1")
    with pytest.raises(RuntimeEnded) as caught:
        world.launcher().running.run(LLAMA, Silent())
    assert "error loading model" in caught.value.message
    assert "It cannot read the model" in (caught.value.hint or "")
