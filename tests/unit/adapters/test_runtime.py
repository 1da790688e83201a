"""Real programs, started, tried and stopped: those that work, fail, hang, print without end, or leave others behind."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path

import pytest

from launcher.adapters.runtime import (
    MAX_OUTPUT_BYTES,
    LocalRuntime,
    describe_status,
    find_first_line,
    find_free_port,
    find_last_line,
)
from launcher.domain.bundle import Health, Probe, Process
from launcher.domain.errors import Cancelled, DiskFailure, ProbeFailed, SmokeFailed, UsageError
from tests.crash.forks import wait_until
from tests.packing import python_program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")

PROBE = Probe(args=("--version",), expect_status=0, timeout_ms=10_000)
PROCESS = Process(command="server", probe=PROBE)
SERVER = python_program("""
import http.server, sys
port, model = int(sys.argv[2]), sys.argv[4]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()
    def log_message(self, *_):
        pass
print("loading", model, flush=True)
if model.endswith("broken.gguf"):
    sys.exit("cannot load " + model)
http.server.HTTPServer(("127.0.0.1", port), Handler).serve_forever()
""")
SERVED = Process(
    command="server",
    args=("--port", "8080", "-m", "{model}"),
    health=Health("http://127.0.0.1:8080/health", "GET", 200, 2_000),
)


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    payload = tmp_path / "pay load"
    payload.mkdir()
    return payload


@pytest.fixture
def runtime() -> LocalRuntime:
    return LocalRuntime({"PATH": os.environ["PATH"], "ARW_ADMIN_TOKEN": "secret"})


def program(payload: Path, script: str, name: str = "server") -> None:
    path = payload / name
    path.write_text(script if script.startswith("#!") else f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


# --- probes


def test_first_line_is_what_the_program_said_wherever_it_said_it(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'echo >&2; echo "  version: b1000 (abc) $1 " >&2; echo more')

    assert runtime.probe(payload, "server", PROCESS) == "version: b1000 (abc) --version"


def test_no_probe_starts_nothing(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'touch "${0%/*}/started"')

    assert runtime.probe(payload, "server", PROCESS._replace(probe=None)) == ""
    assert not (payload / "started").exists()


def test_any_status_may_be_the_expected_one(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, "echo usage; exit 2")

    assert runtime.probe(payload, "server", PROCESS._replace(probe=PROBE._replace(expect_status=2))) == "usage"


def test_wrong_status_is_told_with_the_first_line(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, "echo 'libcuda.so.1: cannot open' >&2; exit 127")

    with pytest.raises(ProbeFailed, match=r"libcuda\.so\.1: cannot open") as caught:
        runtime.probe(payload, "server", PROCESS)

    assert (caught.value.expected, caught.value.actual) == ("exit status 0", "exit status 127")


def test_crash_is_told_by_its_signal(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, "kill -ILL $$")

    with pytest.raises(ProbeFailed, match="printed nothing") as caught:
        runtime.probe(payload, "server", PROCESS)

    assert caught.value.actual == "ended by signal 4"


@pytest.mark.parametrize(
    "content", [b"#!/no/such/interpreter\n", b"\x7fELF of another machine", b""], ids=["interpreter", "binary", "empty"]
)
def test_program_that_cannot_be_started(payload: Path, runtime: LocalRuntime, content: bytes) -> None:
    (payload / "server").write_bytes(content)
    (payload / "server").chmod(0o755)

    with pytest.raises(ProbeFailed) as caught:
        runtime.probe(payload, "server", PROCESS)

    assert caught.value.expected == "a program for this machine"


def test_program_that_is_not_there(payload: Path, runtime: LocalRuntime) -> None:
    with pytest.raises(ProbeFailed, match="`server` cannot be started") as caught:
        runtime.probe(payload, "server", PROCESS)

    assert caught.value.actual == "No such file or directory"


@pytest.mark.parametrize(
    "process",
    [
        PROCESS._replace(probe=PROBE._replace(args=("a\0b",))),
        PROCESS._replace(env=(("A=B", "c"),)),
        PROCESS._replace(env=(("A", "b\0c"),)),
    ],
    ids=["argument", "variable", "value"],
)
def test_texts_that_no_program_can_be_given(payload: Path, runtime: LocalRuntime, process: Process) -> None:
    program(payload, "exit 0")

    with pytest.raises(ProbeFailed):
        runtime.probe(payload, "server", process)


def test_program_that_hangs_is_ended_with_all_that_it_started(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'sleep 600 & echo $! > "${0%/*}/child"; wait')
    process = PROCESS._replace(probe=PROBE._replace(timeout_ms=300))

    with pytest.raises(ProbeFailed) as caught:
        runtime.probe(payload, "server", process)

    assert (caught.value.expected, caught.value.actual) == ("within 300 ms", "still running")
    child = int((payload / "child").read_text(encoding="utf-8"))
    wait_until(lambda: not is_alive(child))  # a signal is on its way for a moment


def test_program_that_will_not_listen_is_made_to_end(
    payload: Path, runtime: LocalRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launcher.adapters.runtime._STOP_S", 0.2)
    program(payload, "trap '' TERM; echo $$ > \"${0%/*}/pid\"; while :; do sleep 0.05; done")
    process = PROCESS._replace(probe=PROBE._replace(timeout_ms=300))

    with pytest.raises(ProbeFailed):
        runtime.probe(payload, "server", process)

    child = int((payload / "pid").read_text(encoding="utf-8"))
    wait_until(lambda: not is_alive(child))  # a signal is on its way for a moment


def test_child_that_is_left_behind_neither_delays_nor_survives(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'sleep 600 & echo $! > "${0%/*}/child"; echo ready')
    began = time.monotonic()

    assert runtime.probe(payload, "server", PROCESS) == "ready"

    assert time.monotonic() - began < 5
    child = int((payload / "child").read_text(encoding="utf-8"))
    wait_until(lambda: not is_alive(child))  # a signal is on its way for a moment


def test_endless_output_fills_no_memory(payload: Path, runtime: LocalRuntime) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    program(payload, "echo first; exec yes a-line-of-many")
    process = PROCESS._replace(probe=PROBE._replace(timeout_ms=1_000))
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(ProbeFailed, match="did not end in time"):
        runtime.probe(payload, "server", process)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 32 * 1024


def test_much_output_does_not_stop_a_program_that_ends(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, "echo first; yes | head -c 3000000")

    assert runtime.probe(payload, "server", PROCESS) == "first"


def test_runtime_sees_its_own_variables_and_none_of_our_secrets(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'echo "token=$ARW_ADMIN_TOKEN own=$OWN"')

    line = runtime.probe(payload, "server", PROCESS._replace(env=(("OWN", "yes"),)))

    assert line == "token= own=yes"


def test_program_works_in_a_private_folder_that_goes_with_it(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'echo "$PWD $(ls -A | wc -l) $(stat -c %a .)"; touch left-behind')

    folder, entries, mode = runtime.probe(payload, "server", PROCESS).split()

    assert (int(entries), mode) == (0, "700")
    assert [path.name for path in payload.iterdir()] == ["server"]
    assert not Path(folder).exists()


def test_server_works_in_a_private_folder_that_goes_with_it(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'touch left-behind; echo "$PWD"; exec sleep 600')

    server = runtime.start_server(payload, "server", (), PROCESS)
    wait_until(lambda: server.last_lines() != [])
    folder = Path(server.last_lines()[0])

    assert folder.is_dir()
    server.stop()
    assert not folder.exists()
    assert [path.name for path in payload.iterdir()] == ["server"]


def test_path_of_the_stage_is_not_repeated(payload: Path, runtime: LocalRuntime) -> None:
    program(payload, 'echo "usage: $0 [options]"')

    assert runtime.probe(payload, "server", PROCESS) == "usage: server [options]"


# --- health


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.gguf"
    path.write_bytes(b"GGUF")
    return path


def test_server_becomes_healthy_and_is_stopped(payload: Path, runtime: LocalRuntime, model: Path) -> None:
    program(payload, SERVER)

    assert runtime.check_health(payload, "server", SERVED, model) == 200


def test_server_that_ends_by_itself_is_told_with_its_last_line(
    payload: Path, runtime: LocalRuntime, model: Path
) -> None:
    program(payload, SERVER)
    broken = model.with_name("broken.gguf")

    with pytest.raises(SmokeFailed, match=r"cannot load .*broken\.gguf") as caught:
        runtime.check_health(payload, "server", SERVED, broken)

    assert caught.value.actual == "exit status 1"


def test_server_that_answers_otherwise_is_not_healthy(
    payload: Path, runtime: LocalRuntime, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launcher.adapters.runtime.HEALTHY_WITHIN_S", 2.0)
    program(payload, SERVER)
    elsewhere = SERVED._replace(health=Health("http://127.0.0.1:8080/nothing", "GET", 200, 2_000))

    with pytest.raises(SmokeFailed) as caught:
        runtime.check_health(payload, "server", elsewhere, model)

    assert caught.value.actual == "status 404"


def test_a_cancel_ends_a_server_at_once_that_neither_answers_nor_listens(
    payload: Path, runtime: LocalRuntime, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With the usual grace, or while it waits for an answer, this would take ten minutes.
    monkeypatch.setattr("launcher.adapters.runtime._STOP_S", 600.0)
    monkeypatch.setattr("launcher.adapters.runtime.HEALTHY_WITHIN_S", 600.0)
    program(payload, """trap '' TERM; echo $$ > "${0%/*}/pid"; while :; do sleep 1; done""")
    pid = payload / "pid"

    def keep_waiting() -> None:
        if pid.exists() and pid.read_text(encoding="utf-8").endswith("\n"):
            raise Cancelled("Enough.")

    with pytest.raises(Cancelled):
        runtime.check_health(payload, "server", SERVED, model, keep_waiting)

    assert not is_alive(int(pid.read_text(encoding="utf-8")))


def test_server_that_never_answers_is_ended(
    payload: Path, runtime: LocalRuntime, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launcher.adapters.runtime.HEALTHY_WITHIN_S", 0.5)
    program(payload, 'echo $$ > "${0%/*}/pid"; exec sleep 600')

    with pytest.raises(SmokeFailed) as caught:
        runtime.check_health(payload, "server", SERVED, model)

    assert caught.value.actual == "no answer"
    child = int((payload / "pid").read_text(encoding="utf-8"))
    wait_until(lambda: not is_alive(child))  # a signal is on its way for a moment


def test_server_that_cannot_be_started_is_a_failed_smoke_test(
    payload: Path, runtime: LocalRuntime, model: Path
) -> None:
    with pytest.raises(SmokeFailed, match="cannot be started"):
        runtime.check_health(payload, "server", SERVED, model)


def test_manifest_without_health_cannot_be_smoke_tested(payload: Path, runtime: LocalRuntime, model: Path) -> None:
    with pytest.raises(UsageError):
        runtime.check_health(payload, "server", SERVED._replace(health=None), model)


def test_health_of_another_machine_is_never_asked(payload: Path, runtime: LocalRuntime, model: Path) -> None:
    program(payload, SERVER)
    elsewhere = SERVED._replace(health=Health("http://192.0.2.1:80/health", "GET", 200, 2_000))

    with pytest.raises(UsageError):
        runtime.check_health(payload, "server", elsewhere, model)


# --- small things


def test_free_port_is_free() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", find_free_port()))


@pytest.mark.parametrize(
    ("output", "first", "last"),
    [
        (b"", "", ""),
        (b"\n \n", "", ""),
        (b"one\ntwo\n", "one", "two"),
        (b"\xff\x1b[31mred\r\nlast", "\ufffd [31mred", "last"),
        (b"a" * (MAX_OUTPUT_BYTES + 5), "a" * 200, "a" * 200),
    ],
)
def test_lines_are_printable_and_short(output: bytes, first: str, last: str) -> None:
    assert (find_first_line(output), find_last_line(output)) == (first, last)


def test_status_in_words() -> None:
    assert (describe_status(3), describe_status(-9)) == ("exit status 3", "ended by signal 9")


def test_no_room_for_temporary_files_is_a_named_failure(
    runtime: LocalRuntime, payload: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(payload / "gone"))
    with pytest.raises(DiskFailure):
        runtime.probe(payload, "server", PROCESS)
    with pytest.raises(DiskFailure), runtime.serving(payload, "server", (), PROCESS):
        pass
