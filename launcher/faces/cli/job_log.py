"""The log file: what jobs said and where bugs were, without secrets. For people who report a problem."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MAX_BYTES: Final = 1_000_000
OLD_LOGS: Final = 3
SECRET_VARIABLES: Final = ("ARW_ADMIN_TOKEN",)

# Compiled with the first line that is written, not with every start.
# Threat B17: whatever looks like a secret goes, whoever wrote it. 43 characters and `=` is 32 bytes in base64.
_SECRETS: Final = (
    (r"(?i)(bearer\s+)\S+", r"\1[redacted]"),
    (r"(?i)\b((?:[a-z0-9]+[_-])*(?:token|secret|password|signature|sig|key)=)[^\s&]+", r"\1[redacted]"),
    (r"(://)[^/\s@]+@", r"\1[redacted]@"),
    (r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)", "[redacted]"),
)


class JobLog:
    """Appends redacted lines to a file that is kept short. A log that cannot be written never stops a job."""

    def __init__(
        self,
        find_path: Callable[[], Path],
        environ: Mapping[str, str],
        *,
        keeps_notes: Callable[[], bool] = lambda: True,
    ) -> None:
        """Ask for the file, and for the setting ``log_level``, when something is written.

        Args:
            find_path: Where the file is.
            environ: Its secret variables are never written.
            keeps_notes: Whether the file keeps what jobs say, or failures only.
        """
        self._find_path = find_path
        self._environ = environ
        self._find_keeps_notes = keeps_notes

    @cached_property
    def path(self) -> Path:
        """The file; it need not exist."""
        return self._find_path()

    @cached_property
    def keeps_notes(self) -> bool:
        """Whether the file keeps what jobs say, or failures only."""
        return self._find_keeps_notes()

    def note(self, text: str) -> None:
        """Append what a job says, where the settings say to keep it."""
        if self.keeps_notes:
            self.write(text)

    def write(self, text: str) -> None:
        """Append a text, after the time; further lines of it stand under the first."""
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = redact(text, self._environ).splitlines() or [""]
        entry = "".join(f"{moment if i == 0 else ' ' * len(moment)} {line}\n" for i, line in enumerate(lines))
        try:
            path = self.path
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _rotate(path)
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(entry)
        except OSError:
            return  # a full or read-only disk is reported by the job itself


def redact(text: str, environ: Mapping[str, str]) -> str:
    """Return text without the secrets of the environment, and without what looks like a key or a token."""
    for value in filter(None, map(environ.get, SECRET_VARIABLES)):
        text = text.replace(value, "[redacted]")
    for pattern, replacement in _SECRETS:
        text = re.sub(pattern, replacement, text)
    return text


def _rotate(path: Path) -> None:
    if not path.exists() or path.stat().st_size < MAX_BYTES:
        return
    numbered = [path, *(path.with_name(f"{path.name}.{i}") for i in range(1, OLD_LOGS + 1))]
    for newer, older in reversed(list(pairwise(numbered))):
        if newer.exists():
            newer.replace(older)
