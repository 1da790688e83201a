"""The window's first paint, and its event loop while it works: `python -m tests.benchmarks.bench_window [paint|gap]`.

``paint``: whole processes until the first painted window, ours on the shipped catalogs against a minimal PySide6
window with a table of 500 rows, in turn. ``gap``: the longest time between two turns of our event loop, measured by a
timer of one millisecond, while a real worker installs 1 GiB from a loopback server, and while 10,000 bundles are read,
filtered and scrolled. Offscreen unless ``QT_QPA_PLATFORM`` says otherwise.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.measure import Figures, compare, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from launcher.faces.gui.window import MainWindow
    from launcher.faces.gui.worker import WorkerCommand

ROOT: Final = Path(__file__).resolve().parents[2]
RUNS: Final = 15
PAINT_AT_MOST: Final = 1.6
GAP_AT_MOST_MS: Final = 50
MANY: Final = 10_000

# Both end as soon as the window has painted itself for the first time.
_ENDING: Final = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, end)
        return False
painted = Painted()
window.installEventFilter(painted)
"""
MINIMAL: Final = (
    """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
app = QApplication([])
window = QMainWindow()
table = QTableWidget(500, 4)
for row in range(500):
    for column in range(4):
        table.setItem(row, column, QTableWidgetItem(f"{row} {column}"))
window.setCentralWidget(table)
window.resize(1180, 780)
def end():
    os._exit(0)
"""
    + _ENDING
    + """
window.show()
app.exec()
"""
)
OURS: Final = """
import os, sys
from PySide6.QtWidgets import QApplication
from launcher.faces.gui import app as face
from launcher.faces.gui.window import MainWindow
def end():
    os._exit(0)  # nothing was started yet
def show(self):
    global window
    window = self
    exec(ENDING, globals())
    super(MainWindow, self).show()
MainWindow.show = show
ENDING = sys.argv.pop()
sys.exit(face.main([]))
"""


def main() -> int:
    """Measure what is named on the command line, or everything; 0 if all promises are kept."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parts = {"paint": paint, "gap": gaps}
    wanted = sys.argv[1:] or list(parts)
    return int(not all([parts[name]() for name in wanted]))  # noqa: C419 - all of them, whatever the first says


def paint() -> bool:
    """Compare the first paints, by wall and by CPU time."""
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HOME": home, "PYTHONPATH": str(ROOT)}
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            environ.pop(name, None)

        def ours() -> Figures:
            return run([sys.executable, "-c", OURS, _ENDING], environ)

        def minimal() -> Figures:
            return run([sys.executable, "-c", MINIMAL], environ)

        wall = compare("first paint, wall", ours, minimal, runs=RUNS, limit=PAINT_AT_MOST)
        compare("first paint, CPU", ours, minimal, runs=RUNS, figure=lambda figures: figures.cpu_s)
    return wall <= PAINT_AT_MOST


def gaps() -> bool:
    """Measure the longest gaps of the event loop."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - `paint` must not import it into this process

    from launcher.faces.gui.theme import follow_system  # noqa: PLC0415 - the same

    app = QApplication([])
    app.setStyle("Fusion")
    follow_system(app)
    with tempfile.TemporaryDirectory() as folder:
        results = [_idle_gap(), *_many_bundles(Path(folder)), _install_gap(Path(folder))]
    for gap in results:
        print(f"longest gap {gap}")
    return all(gap.wall_ms <= gap.at_most_ms for gap in results)


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest gap of a time: how long it was, and how long our own thread worked in it."""

    name: str
    wall_ms: float
    own_ms: float
    taken_s: float
    at_most_ms: float = GAP_AT_MOST_MS

    def __str__(self) -> str:
        """Return a line for people."""
        wanted = "" if self.at_most_ms == inf else f" (wanted: at most {self.at_most_ms})"
        return (
            f"{self.name}: {self.wall_ms:.1f} ms{wanted}, of it own work {self.own_ms:.1f}; {self.taken_s:.1f} s in all"
        )


def _longest_gap(
    name: str, act: Callable[[], object], is_over: Callable[[], bool], at_most_ms: float = GAP_AT_MOST_MS
) -> Gap:
    """Run the event loop until something is over; return the longest time between two ticks of a 1 ms timer."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: PLC0415 - see `gaps`

    loop = QEventLoop()
    started_s = perf_counter()
    last = (started_s, thread_time())
    longest = (0.0, 0.0)

    def tick() -> None:
        nonlocal last, longest
        now = (perf_counter(), thread_time())
        longest, last = max(longest, (now[0] - last[0], now[1] - last[1])), now
        if is_over():
            loop.quit()

    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
    timer.timeout.connect(tick)
    timer.start()
    QTimer.singleShot(0, act)
    loop.exec()
    return Gap(name, longest[0] * 1000, longest[1] * 1000, perf_counter() - started_s, at_most_ms)


def _idle_gap() -> Gap:
    end_s = perf_counter() + 1
    return _longest_gap("while nothing happens", lambda: None, lambda: perf_counter() > end_s)


def _many_bundles(folder: Path) -> Iterator[Gap]:
    """Read, filter, sort and scroll 10,000 bundles."""
    from tests.gui import scene  # noqa: PLC0415 - see `gaps`

    stage = scene.Stage(folder / "stage")
    ids = (f"llama.cpp-preview/linux-x86_64-cuda-{number // 100}.{number % 100}" for number in range(MANY))
    stage.script("list", scene.overview(scene.bundle(name, rank=place) for place, name in enumerate(ids)))
    window = _open(stage.command)
    yield _longest_gap("while the first screen is built", lambda: None, lambda: window.is_open, inf)
    yield _longest_gap(f"while {MANY} bundles are read", lambda: None, lambda: not window.queue.jobs)
    for text in ("cuda-1", "cuda-12", "cuda-1", ""):
        yield _turns(f"while they are filtered by `{text}`", partial(window.runtimes.filters.search.setText, text))
    sorting = window.runtimes.filters.sorting
    for place in (*range(1, sorting.count()), 0):
        yield _turns(f"while they are sorted `{sorting.itemText(place)}`", partial(sorting.setCurrentIndex, place))
    bar = window.runtimes.view.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.maximum() // 5):
        yield _turns(f"while they are scrolled to {place}", partial(bar.setValue, place))
    window.close()


def _turns(name: str, act: Callable[[], object]) -> Gap:
    end_s = perf_counter() + 0.5
    return _longest_gap(name, act, lambda: perf_counter() > end_s)


def _install_gap(folder: Path) -> Gap:
    """Install the big bundle through the window."""
    from launcher.faces.gui.worker import WorkerCommand  # noqa: PLC0415 - see `gaps`
    from tests.benchmarks.big_bundle import make_tree, offer  # noqa: PLC0415 - see `gaps`
    from tests.benchmarks.file_server import serving  # noqa: PLC0415 - see `gaps`
    from tests.registry import Registry  # noqa: PLC0415 - see `gaps`

    print("making a bundle of 1 GiB")
    registry = Registry(folder / "registry")
    with serving(registry.root) as url:  # in a process of its own: it would take turns with our event loop
        registry.publish(offer(make_tree(folder / "tree")))

        def point_at_server(root: dict[str, object]) -> None:
            text = json.dumps(root["bundles"]).replace('"url": "', f'"url": "{url}/')
            root["bundles"] = json.loads(text)

        registry.write_catalog(point_at_server)
        os.environ["ARW_RUNTIME_BUNDLE_SIGNERS"] = str(registry.signers_path)
        os.environ["ARW_RUNTIME_BUNDLE_DIR"] = str(registry.root)
        os.environ["ARW_RUNTIME_BUNDLE_ROOT"] = str(folder / "store")
        window = _open(WorkerCommand.of_this_program())
        _longest_gap("", lambda: None, lambda: window.is_open and not window.queue.jobs)
        result = _longest_gap(
            "while 1 GiB is installed", window.runtimes.details.press_main, lambda: not window.queue.jobs
        )
        bundle = window.runtimes.details.bundle
        if bundle is None or bundle["active"] is None:
            message = "the bundle was not installed"
            raise SystemExit(message)
        window.close()
    return result


def _open(command: WorkerCommand) -> MainWindow:
    from launcher.faces.gui.garbage import keep_collections_short  # noqa: PLC0415 - see `gaps`
    from launcher.faces.gui.window import MainWindow  # noqa: PLC0415 - see `gaps`

    window = MainWindow((), command)
    keep_collections_short(window)
    window.show()
    return window


if __name__ == "__main__":
    sys.exit(main())
