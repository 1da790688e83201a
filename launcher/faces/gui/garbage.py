"""Garbage collection that never stops the window.

A reading of ten thousand bundles makes a hundred thousand objects. Python's collector walks through all of them again
and again, 60 to 120 ms each time, and never finds anything: what JSON becomes has no cycles and goes by reference
counting. So the collector is off, each reading is set aside as soon as it is there, and what else has piled up (closed
dialogs, replaced rows) is looked at once a minute.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from launcher.faces.gui.window import MainWindow

COLLECT_EVERY_MS: Final = 60_000
_YOUNG: Final = 1


def keep_collections_short(window: MainWindow) -> None:
    """Take over garbage collection for as long as the process lives; ``window`` is its only one."""
    gc.disable()
    window.opened.connect(lambda: window.reader.changed.connect(lambda _snapshot: gc.freeze()))
    timer = QTimer(window, interval=COLLECT_EVERY_MS)
    timer.timeout.connect(lambda: gc.collect(_YOUNG))
    timer.start()
