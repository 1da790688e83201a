"""The Qt bindings themselves: PySide6 6.12.0 drops a reference to None at every call on Python 3.11 (ADR 0002)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
def test_a_call_that_gives_none_leaves_its_count_as_it_was(qtbot: QtBot) -> None:
    layout = QVBoxLayout()
    before = sys.getrefcount(None)
    for _ in range(1000):
        layout.takeAt(0)
    assert abs(sys.getrefcount(None) - before) < 100
