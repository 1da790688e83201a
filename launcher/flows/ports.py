"""The seams: what a flow needs of the world outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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


class RuntimeProbe(Protocol):
    """Runs a runtime to see that it starts, and that its server answers."""

    def probe(self, payload: Path, executable: str, process: Process) -> str:
        """Run the manifest's probe with the program at ``executable`` inside ``payload``; return its first line.

        Raises:
            ProbeFailed: It did not start, not end in time, or ended with another status.
        """

    def check_health(self, payload: Path, executable: str, process: Process, model: Path) -> int:
        """Start the server on a free port with a model, wait until it is healthy, stop it; return the status.

        Raises:
            SmokeFailed: It did not start, or did not answer as the manifest says.
            UsageError: The manifest says nothing about health.
        """
