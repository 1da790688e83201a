"""Fetches the file of the transfer tests in a process of its own: `python -m tests.hostile.transfer_child`.

Arguments: the folder, the URL, and any of ``small-files`` (no file may grow over 100 kB) and ``no-locks``.
Prints what it logs, and at last ``done <sha256 of the file>`` or the error's code.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import IO

from launcher.domain.errors import LauncherError
from launcher.store import lock
from tests.hostile.transfer_bench import Bench, Diary


class Loud(Diary):
    def log(self, message: str) -> None:
        print(message, flush=True)


def lock_nothing(file: IO[bytes], *, shared: bool) -> bool:
    """Say yes and do nothing, as some network file systems do."""
    return True


def main(folder: str, url: str, *options: str) -> None:
    if "small-files" in options:
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    if "no-locks" in options:
        lock.try_lock = lock_nothing
    try:
        downloaded = Bench(Path(folder)).fetch(url, Loud())
    except LauncherError as error:
        print(error.code)
    else:
        print("done", hashlib.sha256(downloaded.path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
