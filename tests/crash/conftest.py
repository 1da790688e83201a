"""What the crash tests get: small files that are shared as large ones are, and a folder in which syncs cost nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from launcher.store import objects
from tests.crash.runner import SHARED_FROM_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Path("/dev/shm")  # noqa: S108 - below it, a folder of our own is made safely
ENOUGH_BYTES = 8 * 1024**3  # with less, installations delete old revisions by themselves


@pytest.fixture(autouse=True)
def small_files_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share in this process what `tests.crash.runner` shares in its own."""
    monkeypatch.setattr(objects, "SHARED_FROM_BYTES", SHARED_FROM_BYTES)


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory (tmpfs) where there is one: a kill loses nothing that was not synced."""
    if not is_good(MEMORY):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="crash-", dir=MEMORY) as folder:
        yield Path(folder)


def is_good(memory: Path) -> bool:
    """Tell whether stores may lie there, with programs that start."""
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ENOUGH_BYTES:
        return False
    return not os.statvfs(memory).f_flag & getattr(os, "ST_NOEXEC", 0)
