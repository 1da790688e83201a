"""Room is asked for before the first byte (threat D15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DiskFailure, DiskFull
from launcher.store.space import RESERVE_BYTES, find_space, require_space

if TYPE_CHECKING:
    from pathlib import Path


def test_a_byte_is_there_and_an_exabyte_is_not(tmp_path: Path) -> None:
    require_space(tmp_path, 1)
    with pytest.raises(DiskFull) as caught:
        require_space(tmp_path, 10**18)

    assert caught.value.expected == f"{10**18 + RESERVE_BYTES:,} bytes free"
    assert caught.value.actual is not None


def test_reserve_is_left(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        require_space(tmp_path, find_space(tmp_path).free - RESERVE_BYTES + 2**30)


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DiskFailure):
        find_space(tmp_path / "gone")
