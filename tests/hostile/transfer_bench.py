"""What the transfer tests share: a file, a fetcher that never really waits, and an observer with a memory."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from launcher.adapters.http import HttpFetcher, Patience, RetryRule
from launcher.domain.progress import Silent
from launcher.store.downloads import Downloads

if TYPE_CHECKING:
    from launcher.domain.progress import Observer, Phase
    from launcher.store.downloads import Downloaded

CHECKOUT = Path(__file__).parents[2]
CONTENT = hashlib.shake_128(b"an artifact").digest(200_000)
SIZE = len(CONTENT)
HALF = SIZE // 2
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class SkippingClock:
    """Real time, but sleeping only moves the hands."""

    def __init__(self, factor: float = 1.0) -> None:
        self.slept_s: list[float] = []
        self._factor = factor
        self._skipped_s = 0.0

    def monotonic(self) -> float:
        return time.monotonic() * self._factor + self._skipped_s

    def sleep(self, wait_s: float) -> None:
        self.slept_s.append(wait_s)
        self._skipped_s += wait_s


@dataclass
class Diary:
    """An observer that remembers."""

    advances: list[int] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    @property
    def done_bytes(self) -> int:
        return sum(self.advances)

    def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
        """Not of interest here."""

    def advance(self, added_bytes: int) -> None:
        if added_bytes:
            self.advances.append(added_bytes)

    def log(self, message: str) -> None:
        self.messages.append(message)


@dataclass
class Bench:
    """A folder of downloads and a fetcher with limits of the test's choice."""

    folder: Path
    clock: SkippingClock = field(default_factory=SkippingClock)
    patience: Patience = field(default_factory=Patience)
    attempts: int = 5

    @property
    def downloads(self) -> Downloads:
        return Downloads(self.folder)

    @property
    def part(self) -> Path:
        return self.folder / f"{SHA256}.part"

    @property
    def kept_bytes(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    @property
    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def fetcher(self) -> HttpFetcher:
        retry = RetryRule(max_attempts=self.attempts, jitter=lambda: 1.0)
        return HttpFetcher(
            user_agent="test/1",
            patience=self.patience,
            retry=retry,
            monotonic=self.clock.monotonic,
            sleep=self.clock.sleep,
        )

    def fetch(self, url: str, observer: Observer | None = None) -> Downloaded:
        observer = observer or Silent()
        with self.downloads.open_partial(SHA256, SIZE, observer) as partial:
            self.fetcher().fetch_artifact(url, partial, observer)
            return partial.finish()

    def keep(self, content: bytes, url: str, etag: str | None = '"v1"') -> None:
        """Leave behind what a killed transfer would have."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.part.write_bytes(content)
        self.part.chmod(0o600)
        note = {"version": 1, "url": url, "etag": etag, "sha256": SHA256, "size_bytes": SIZE}
        self.part.with_name(f"{SHA256}.part.json").write_text(json.dumps(note))

    def assert_whole(self, downloaded: Downloaded) -> None:
        """The file is there under its digest, and nothing else is."""
        assert downloaded.path.read_bytes() == CONTENT
        assert (downloaded.sha256, downloaded.size_bytes) == (SHA256, SIZE)
        assert downloaded.path.stat().st_mode & 0o777 == 0o600
        assert self.names == {SHA256}
