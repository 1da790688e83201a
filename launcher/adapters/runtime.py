"""Starting real runtimes: once to see that they start, and for a smoke test until they are healthy.

Every session has a `LocalRuntime` at hand, and `list` opens one too, so what starts processes is imported with the
first process.

Each program works in an empty folder that goes with it, never in its payload: what it leaves where it was started must
not change a published revision.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Final

from launcher.domain.errors import Cancelled, ProbeFailed, SmokeFailed, UsageError
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from launcher.adapters.server import Server
    from launcher.domain.bundle import Process

MAX_OUTPUT_BYTES: Final = 64 * 1024
HEALTHY_WITHIN_S: Final = 60.0
"""Loading a large model from a slow disk takes its time."""
_POLL_S: Final = 0.05
_STOP_S: Final = 5.0
_SIGKILL: Final = 9
"""By its number, which POSIX fixes: the module `signal` makes enumerations with every start."""
_CANCELLED_STOP_S: Final = 0.2
"""A person who cancelled waits a second at most, and a trial has nothing to save."""
# What a runtime needs of our environment; tokens and keys of ours are none of its business.
_KEPT_VARIABLES: Final = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "LD_LIBRARY_PATH"),
    *("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "GGML_VK_VISIBLE_DEVICES", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"),
)


class LocalRuntime:
    """Runs the programs of bundles on this machine."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Take what runtimes may know from ``environ``."""
        self._environ = {name: environ[name] for name in _KEPT_VARIABLES if name in environ}

    def probe(self, payload: Path, executable: str, process: Process) -> str:
        """Run the manifest's probe and return the first line of what it printed.

        Raises:
            ProbeFailed: It did not start, did not end in time, or ended with another status.
            StoreError: There is no room for temporary files.
        """
        import subprocess  # noqa: PLC0415 - start-up time

        probe = process.probe
        if probe is None:
            return ""
        command = [str(payload / executable), *probe.args]
        with make_scratch() as scratch:
            started = self._start(command, scratch, process, subprocess.PIPE)
            output = _Output(started)
            grace_s = _STOP_S
            try:
                started.wait(probe.timeout_ms / 1000)
            except KeyboardInterrupt:  # how a cancel is heard here
                grace_s = _CANCELLED_STOP_S
                raise
            except subprocess.TimeoutExpired:
                raise ProbeFailed(
                    f"`{executable}` did not end in time.",
                    expected=f"within {probe.timeout_ms} ms",
                    actual="still running",
                ) from None
            finally:
                stop(started, grace_s)  # with whatever it started itself, so that nothing runs on in the stage
        first_line = find_first_line(output.take().replace(f"{payload}{os.sep}".encode(), b""))
        if started.returncode != probe.expect_status:
            raise ProbeFailed(
                f"`{executable}` does not run on this machine: {first_line or 'it printed nothing'}",
                expected=f"exit status {probe.expect_status}",
                actual=describe_status(started.returncode),
            )
        return first_line

    def check_health(
        self,
        payload: Path,
        executable: str,
        process: Process,
        model: Path,
        keep_waiting: Callable[[], None] = lambda: None,
    ) -> int:
        """Start the server on a free port with a model, wait until it is healthy, stop it; return the status.

        Args:
            payload: Where the runtime is.
            executable: The program in it.
            process: What the manifest says of it.
            model: The model file.
            keep_waiting: Called several times a second meanwhile; may raise to give up, which ends the server at once.

        Raises:
            SmokeFailed: It did not start, or did not answer as the manifest says.
            UsageError: The manifest says nothing about health.
        """
        from launcher.domain.start import plan_start  # noqa: PLC0415 - as above

        plan = plan_start(process, port=find_free_port(), model=str(model.resolve()))
        if process.health is None or plan.health_url is None:
            raise UsageError("The manifest says nothing about how to see that the server is healthy.")
        with self.serving(payload, executable, plan.args, process) as server:
            return server.wait_healthy(
                plan.health_url,
                expect_status=process.health.expect_status,
                timeout_s=HEALTHY_WITHIN_S,
                keep_waiting=keep_waiting,
            )

    @contextmanager
    def serving(self, payload: Path, executable: str, args: Sequence[str], process: Process) -> Iterator[ServerRun]:
        """Run a server for the length of the block, and end it then.

        Raises:
            SmokeFailed: It cannot be started.
            StoreError: There is no room for temporary files.
        """
        # A file, because a pipe that nobody reads would stop a talkative server.
        with _make_output() as output, make_scratch() as scratch:
            try:
                started = self._start([str(payload / executable), *args], scratch, process, output)
            except ProbeFailed as error:
                raise SmokeFailed(error.message, expected=error.expected, actual=error.actual) from error
            grace_s = _STOP_S
            try:
                yield ServerRun(started, output)
            except Cancelled:
                grace_s = _CANCELLED_STOP_S
                raise
            finally:
                stop(started, grace_s)

    def find_free_port(self) -> int:
        """Return a port of this machine that is free now."""
        return find_free_port()

    def start_server(self, payload: Path, executable: str, args: Sequence[str], process: Process) -> Server:
        """Start a server whose output is kept as lines.

        Raises:
            ProbeFailed: It cannot be started.
            StoreError: There is no room for temporary files.
        """
        import subprocess  # noqa: PLC0415 - start-up time

        from launcher.adapters.server import Server  # noqa: PLC0415 - start-up time

        scratch = make_scratch()
        try:
            started = self._start([str(payload / executable), *args], scratch.name, process, subprocess.PIPE)
        except ProbeFailed:
            scratch.cleanup()
            raise
        return Server(started, scratch)

    def wait(self) -> None:
        """Let a moment pass between two looks at a server."""
        time.sleep(_POLL_S)

    def _start(
        self, command: Sequence[str], scratch: str, process: Process, output: IO[bytes] | int
    ) -> subprocess.Popen[bytes]:
        import subprocess  # noqa: PLC0415 - start-up time

        try:
            return subprocess.Popen(
                command,
                cwd=scratch,
                env={**self._environ, **dict(process.env)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=sys.platform != "win32",
            )
        except (OSError, ValueError) as error:  # a manifest's texts may hold what no argument or variable can
            raise ProbeFailed(
                f"`{command[0].rsplit(os.sep, 1)[-1]}` cannot be started.",
                expected="a program for this machine",
                actual=(error.strerror if isinstance(error, OSError) else None) or str(error),
            ) from error


class _Output:
    """What a program prints: its beginning is kept, the rest read away, so that it neither waits nor fills memory."""

    def __init__(self, started: subprocess.Popen[bytes]) -> None:
        import threading  # noqa: PLC0415 - start-up time

        assert started.stdout is not None  # noqa: S101 - started with a pipe
        self._pipe = started.stdout
        self._kept = b""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def take(self) -> bytes:
        """Return the beginning of what was printed, once the program has ended."""
        self._thread.join(_STOP_S)
        return self._kept

    def _read(self) -> None:
        with self._pipe as pipe:
            while chunk := pipe.read1(MAX_OUTPUT_BYTES):  # type: ignore[attr-defined]  # a BufferedReader has it
                self._kept += chunk[: MAX_OUTPUT_BYTES - len(self._kept)]


class ServerRun:
    """A server that was started; it may have ended by itself."""

    def __init__(self, started: subprocess.Popen[bytes], output: IO[bytes]) -> None:
        """Wrap a started process and the file that it prints into."""
        self._process = started
        self._output = output

    def wait_healthy(
        self, url: str, *, expect_status: int, timeout_s: float, keep_waiting: Callable[[], None] = lambda: None
    ) -> int:
        """Ask until the server answers as it should; return the status. ``keep_waiting`` may raise to give up.

        Raises:
            SmokeFailed: It ended, or did not answer so in time.
        """
        deadline = time.monotonic() + timeout_s
        status = 0
        question = _Question(url)
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise SmokeFailed(
                    f"The runtime ended by itself: {self._last_line() or 'it printed nothing'}",
                    expected=f"status {expect_status} from {url}",
                    actual=describe_status(self._process.returncode),
                )
            keep_waiting()
            if question.status is not None:
                status = question.status
                if status == expect_status:
                    return status
                question = _Question(url)
            time.sleep(_POLL_S)
        raise SmokeFailed(
            "The runtime did not become healthy in time.",
            expected=f"status {expect_status} from {url} within {timeout_s:.0f} s",
            actual=f"status {status}" if status else "no answer",
        )

    def _last_line(self) -> str:
        size_bytes = self._output.seek(0, os.SEEK_END)
        self._output.seek(max(0, size_bytes - MAX_OUTPUT_BYTES))
        return find_last_line(self._output.read())


class _Question:
    """One question in a thread of its own, so that a cancel need not wait for a server that says nothing."""

    def __init__(self, url: str) -> None:
        import threading  # noqa: PLC0415 - start-up time

        self.status: int | None = None
        self._url = url
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        self.status = ask(self._url)


def make_scratch() -> TemporaryDirectory[str]:
    """Make an empty folder, mode 0700, for a program to work in; whoever stops the program removes it.

    Raises:
        StoreError: Where temporary files go, there is no room, or nothing may be written (threat E2).
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - start-up time

    with named_disk_errors("the folder for temporary files"):
        return TemporaryDirectory(prefix="arw-runtime-", ignore_cleanup_errors=True)


def _make_output() -> IO[bytes]:
    from tempfile import TemporaryFile  # noqa: PLC0415 - start-up time

    with named_disk_errors("the folder for temporary files"):
        return TemporaryFile()


def find_free_port() -> int:
    """Return a port of this machine that is free now."""
    import socket  # noqa: PLC0415 - start-up time

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def find_first_line(output: bytes) -> str:
    """Return the first line that is not empty, printable and short."""
    lines = output[:MAX_OUTPUT_BYTES].decode("utf-8", "replace").splitlines()
    return next((_printable(line) for line in lines if line.strip()), "")


def find_last_line(output: bytes) -> str:
    """Return the last line that is not empty, printable and short."""
    lines = output[-MAX_OUTPUT_BYTES:].decode("utf-8", "replace").splitlines()
    return next((_printable(line) for line in reversed(lines) if line.strip()), "")


def describe_status(status: int) -> str:
    """Put an exit status into words."""
    return f"ended by signal {-status}" if status < 0 else f"exit status {status}"


def _printable(line: str) -> str:
    return "".join(character if character.isprintable() else " " for character in line.strip())[:200]


def ask(url: str) -> int:
    """Return the HTTP status of a GET on this machine, or 0 where nobody answers; proxies are not for loopback."""
    from http.client import HTTPConnection, HTTPException  # noqa: PLC0415 - start-up time
    from urllib.parse import urlsplit  # noqa: PLC0415 - start-up time

    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=2)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def stop(started: subprocess.Popen[bytes], grace_s: float = _STOP_S) -> None:
    """Ask a process to end, after a grace make it, and end what it has started and left behind."""
    import subprocess  # noqa: PLC0415 - start-up time

    with suppress(OSError):
        started.terminate()
    with suppress(subprocess.TimeoutExpired):
        started.wait(grace_s)
    if sys.platform == "win32":
        started.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # it leads a group of its own; macOS says EPERM of the dead
            os.killpg(started.pid, _SIGKILL)
    started.wait()
