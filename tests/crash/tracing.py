"""Faults at system calls: which calls of an operation change the disk, and how to make one of them fail or kill."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.forks import Forks
    from tests.crash.runner import Job

# Everything with which the store changes the disk; names of other architectures are not known everywhere, hence `?`.
CHANGING = (
    *("openat", "write", "?rename", "renameat", "?renameat2", "?link", "linkat", "?unlink", "unlinkat", "?rmdir"),
    *("?mkdir", "mkdirat", "?symlink", "symlinkat", "fsync", "fdatasync", "syncfs", "ftruncate", "?chmod", "fchmod"),
    *("fchmodat", "writev", "pwrite64", "sendfile", "?copy_file_range", "fallocate", "?utimensat", "ioctl"),
)
_ON_DESCRIPTORS = {"write", "fsync", "fdatasync", "ftruncate", "fchmod", "syncfs", "writev", "pwrite64", "sendfile"}
_CALL = re.compile(r"^(\w+)\((.*)$")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call of an operation: the ``number``-th of its name, and how it looks in a trace."""

    name: str
    number: int
    text: str

    def __str__(self) -> str:
        """Return a short name for messages."""
        return f"{self.name} {self.number}: {self.text[:160]}"


def find_obstacle(forks: Forks, job: Job) -> str | None:
    """Return why nothing can be traced here, or None."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    try:
        run_traced(forks, job, ["-e", "trace=fsync", "-o", "/dev/null"])
    except PermissionError as error:
        return f"this user may not trace: {error}"
    return None


def run_traced(forks: Forks, job: Job, options: list[str]) -> dict[str, Any]:
    """Run a job under strace with further options, from the moment at which it begins to work."""
    forks.start(job)
    process = forks.read()["pid"]
    with _tracer(process, options) as is_attached:
        forks.go()
        answer = forks.read()
    if not is_attached:
        raise PermissionError("strace could not attach")
    return answer


def list_changing_calls(forks: Forks, job: Job, log: Path) -> list[Call]:
    """Run a job to its end and return every call of its that changes the store, in order."""
    trace = f"trace={','.join(CHANGING)}"
    answer = run_traced(forks, job, ["-y", "-s", "0", "-o", str(log), "-e", trace, "-e", "signal=none"])
    assert answer == {"killed": False, "done": True}
    folders = [job.store, str(Path(job.cache).parent)] if job.cache else [job.store]
    counts: Counter[str] = Counter()
    calls = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        name, text = match.groups()
        counts[name] += 1
        if _changes_a_disk(name, text, folders):
            calls.append(Call(name, counts[name], text))
    return calls


def inject(call: Call, fault: str) -> list[str]:
    """Return the options that put a fault (``signal=SIGKILL``, ``error=ENOSPC``) on one call."""
    return ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", f"inject={call.name}:{fault}:when={call.number}"]


def sample(calls: list[Call], size: int) -> list[Call]:
    """Return so many of the calls, evenly spread from the first to the last, and one of each name that is left out."""
    if len(calls) <= size:
        return calls
    chosen = {round(index * (len(calls) - 1) / (size - 1)) for index in range(size)}
    names = {calls[index].name for index in chosen}
    for index, call in enumerate(calls):
        if call.name not in names:
            names.add(call.name)
            chosen.add(index)
    return [calls[index] for index in sorted(chosen)]


def _changes_a_disk(name: str, text: str, folders: list[str]) -> bool:
    if name == "openat":
        return "O_CREAT" in text
    if name == "ioctl":
        return "FICLONE" in text
    if name in _ON_DESCRIPTORS:
        return any(folder in text for folder in folders)
    return True


@contextmanager
def _tracer(process: int, options: list[str]) -> Iterator[bool]:
    # Not `-f`: other threads only hash, and what the runtime does while it is tried is its own affair.
    strace = subprocess.Popen(
        ["strace", "-p", str(process), *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    with strace:
        assert strace.stderr is not None
        yield "attached" in strace.stderr.readline()
        strace.stderr.read()
