"""The seams: what a flow needs of the world outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from launcher.domain.bundle import Process
    from launcher.domain.machine import Machine
    from launcher.domain.progress import Observer
    from launcher.store.downloads import PartialDownload


class Clock(Protocol):
    """The time of day, read once for each operation (3-trust, step 4)."""

    def now(self) -> datetime:
        """Return the time as an aware UTC datetime."""


class Fetcher(Protocol):
    """Brings bytes from a URL of any kind that is allowed (https, loopback http, local file)."""

    def fetch_document(self, url: str, max_bytes: int) -> bytes:
        """Return a small document whole.

        Raises:
            FetchError: The transfer did not happen.
            TooLarge: It is longer than ``max_bytes``.
        """

    def fetch_artifact(self, url: str, partial: PartialDownload, observer: Observer) -> None:
        """Bring the rest of a partial download; resumes where the server proves it is the same file.

        Raises:
            FetchError: The transfer did not happen; what came is kept in ``partial``.
            WrongSize: The server offers another size than was signed.
            StoreError: The disk refused.
            Cancelled: The observer said so.
        """


class MachineProbe(Protocol):
    """Looks at this machine."""

    def survey(self) -> Machine:
        """Return what the machine is and has; what cannot be found out is None, never an error."""


class RunningServer(Protocol):
    """A runtime's server that was started; it may have ended by itself."""

    pid: int

    def take_lines(self) -> list[str]:
        """Return what it printed since the last call, printable and bounded."""

    def last_lines(self) -> list[str]:
        """Return the newest of all that it printed."""

    def find_exit_status(self) -> int | None:
        """Return its exit status, or None while it runs; negative for the signal that ended it."""

    def ask(self, url: str) -> int:
        """Return the HTTP status of its answer, or 0 where it gives none."""

    def stop(self) -> None:
        """Ask it to end, then make it; it has ended afterwards."""


class RunNotes(Protocol):
    """Remembers which servers were started."""

    def note(self, bundle_id: str, revision: str, pid: int, port: int) -> None:
        """Note a server that was started.

        Raises:
            StoreError: The disk refused.
        """

    def find(self, bundle_id: str) -> object | None:
        """Return something where a server of the bundle runs."""

    def drop(self, bundle_id: str) -> None:
        """Forget a server."""

    def is_wanted(self, bundle_id: str) -> bool:
        """Tell whether nobody asked the server to end."""


class RuntimeProbe(Protocol):
    """Runs a runtime to see that it starts, and that its server answers."""

    def probe(self, payload: Path, executable: str, process: Process) -> str:
        """Run the manifest's probe with the program at ``executable`` inside ``payload``; return its first line.

        Raises:
            ProbeFailed: It did not start, not end in time, or ended with another status.
        """

    def check_health(
        self,
        payload: Path,
        executable: str,
        process: Process,
        model: Path,
        keep_waiting: Callable[[], None] = ...,
    ) -> int:
        """Start the server on a free port with a model, wait until it is healthy, stop it; return the status.

        ``keep_waiting`` is called several times a second meanwhile and may raise to give up.

        Raises:
            SmokeFailed: It did not start, or did not answer as the manifest says.
            UsageError: The manifest says nothing about health.
        """

    def find_free_port(self) -> int:
        """Return a port of this machine that is free now."""

    def start_server(self, payload: Path, executable: str, args: Sequence[str], process: Process) -> RunningServer:
        """Start a server.

        Raises:
            ProbeFailed: It cannot be started.
        """

    def wait(self) -> None:
        """Let a moment pass between two looks at a server."""
