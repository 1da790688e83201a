"""All screens, each made at its first visit, and the rail that leads to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.announce import JobCrier
from launcher.faces.gui.rail import Rail
from launcher.faces.gui.stack import Stack
from launcher.faces.gui.texts import translate
from launcher.faces.gui.theme import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from launcher.faces.gui.activity import ActivityLog
    from launcher.faces.gui.activity_screen import ActivityScreen
    from launcher.faces.gui.jobs import JobQueue
    from launcher.faces.gui.notices_screen import NoticesScreen
    from launcher.faces.gui.overview import OverviewReader, Snapshot
    from launcher.faces.gui.preferences import Preferences
    from launcher.faces.gui.remembered import Remembered
    from launcher.faces.gui.run_screen import RunScreen
    from launcher.faces.gui.runtimes_screen import RuntimesScreen

RUNTIMES: Final = "runtimes"
RUN: Final = "run"
ACTIVITY: Final = "activity"
NOTICES: Final = "notices"
HEALTH: Final = "health"
# In a wider window what belongs together would be too far apart.
MAX_WIDTH: Final = 1500


@dataclass(frozen=True, slots=True)
class Desk:
    """What every screen works with.

    Attributes:
        flags: The global flags that the window was started with.
    """

    queue: JobQueue
    reader: OverviewReader
    activity: ActivityLog
    remembered: Remembered
    preferences: Preferences
    flags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """A screen before its first visit.

    Attributes:
        key: Its name in the program and in what the window remembers.
        title: Returns its name for people, in their language.
        make: Makes it; imports what it needs only then.
    """

    key: str
    icon_name: str
    title: Callable[[], str]
    make: Callable[[Desk], QWidget]


def _runtimes(desk: Desk) -> QWidget:
    from launcher.faces.gui.controls import Button  # noqa: PLC0415 - made at the first visit
    from launcher.faces.gui.runtimes_screen import RuntimesScreen  # noqa: PLC0415 - the same

    screen = RuntimesScreen(desk)
    take_in, give_out = (
        Button(translate("screens", "Import…"), "import"),
        Button(translate("screens", "Export…"), "export"),
    )
    take_in.clicked.connect(lambda: _import(screen, desk))
    give_out.clicked.connect(lambda: _export(screen, desk))
    screen.add_head(take_in)
    screen.add_head(give_out)
    return screen


def _import(parent: QWidget, desk: Desk) -> None:
    from launcher.faces.gui.transfer import ask_what_to_import  # noqa: PLC0415 - only when asked for

    ask_what_to_import(parent, desk)


def _export(parent: QWidget, desk: Desk) -> None:
    from launcher.faces.gui.export_dialog import ExportDialog  # noqa: PLC0415 - only when asked for

    ExportDialog(desk, parent).open()


def _run(desk: Desk) -> QWidget:
    from launcher.faces.gui.run_screen import RunScreen  # noqa: PLC0415 - made at the first visit

    return RunScreen(desk)


def _activity(desk: Desk) -> QWidget:
    from launcher.faces.gui.activity_screen import ActivityScreen  # noqa: PLC0415 - the same

    return ActivityScreen(desk)


def _notices(desk: Desk) -> QWidget:
    from launcher.faces.gui.notices_screen import NoticesScreen  # noqa: PLC0415 - the same

    return NoticesScreen(desk)


def _health(desk: Desk) -> QWidget:
    from launcher.faces.gui.health_screen import HealthScreen  # noqa: PLC0415 - the same

    return HealthScreen(desk)


def _settings(desk: Desk) -> QWidget:
    from launcher.faces.gui.settings_screen import SettingsScreen  # noqa: PLC0415 - the same

    return SettingsScreen(desk)


SPECS: Final = (
    Spec(RUNTIMES, "runtimes", lambda: translate("screens", "Runtimes"), _runtimes),
    Spec(RUN, "run", lambda: translate("screens", "Run"), _run),
    Spec(ACTIVITY, "activity", lambda: translate("screens", "Activity"), _activity),
    Spec(NOTICES, "notices", lambda: translate("screens", "Notices"), _notices),
    Spec(HEALTH, "health", lambda: translate("screens", "Health"), _health),
    Spec("settings", "settings", lambda: translate("screens", "Settings"), _settings),
)


class Screens(QWidget):
    """The rail and the screen that is open.

    Signals:
        opened: Another screen is shown; carries its key.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Make the rail; no screen yet."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._specs = {spec.key: spec for spec in SPECS}
        self._made: dict[str, QWidget] = {}
        self.rail = Rail(SPECS)
        self.rail.chosen.connect(self.open)
        self.rail.help_asked.connect(self._show_help)
        self._stack = Stack()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        middle = QWidget()
        middle.setMaximumWidth(scaled(MAX_WIDTH))
        column = self._column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        box.addWidget(self.rail)
        box.addStretch(1)
        box.addWidget(middle, 1000)  # all of it, up to its greatest width
        box.addStretch(1)
        for signal in (desk.queue.added, desk.queue.ended):
            signal.connect(self._count_jobs)
        self._crier = JobCrier(desk.queue, self)
        desk.reader.changed.connect(self._count_notices)
        QTimer.singleShot(0, self, self._accept_drops)

    @property
    def key(self) -> str:
        """The key of the screen that is shown; empty while there is none."""
        shown = self._stack.currentWidget()
        return next((key for key, screen in self._made.items() if screen is shown), "")

    def open(self, key: str) -> None:
        """Show a screen; one that this version does not have is the first one."""
        screen = self.visit(key if key in self._specs else RUNTIMES)
        self._stack.setCurrentWidget(screen)
        self.rail.mark(self.key)
        if self.key != RUNTIMES:  # which knows better where to begin
            self.rail.entry(self.key).setFocus()
        self.opened.emit(self.key)

    def put_above(self, widget: QWidget) -> None:
        """Show something above whichever screen is open."""
        self._column.insertWidget(0, widget)

    def visit(self, key: str) -> QWidget:
        """Return a screen, which is made now if it was not there yet."""
        if key not in self._made:
            screen = self._made[key] = self._specs[key].make(self._desk)
            self._stack.addWidget(screen)
            self._lead_on(key, screen)
        return self._made[key]

    def show_bundle(self, bundle_id: str) -> None:
        """Show a bundle on the first screen."""
        self.open(RUNTIMES)
        cast("RuntimesScreen", self.visit(RUNTIMES)).show_bundle(bundle_id)

    def _lead_on(self, key: str, screen: QWidget) -> None:
        """Connect what leads from one screen to another."""
        if key == RUNTIMES:
            cast("RuntimesScreen", screen).notices.more_asked.connect(lambda: self.open(NOTICES))
            cast("RuntimesScreen", screen).run_asked.connect(self._run)
        elif key in {ACTIVITY, RUN}:
            cast("ActivityScreen | RunScreen", screen).runtimes_asked.connect(lambda: self.open(RUNTIMES))
        elif key == NOTICES:
            cast("NoticesScreen", screen).bundle_asked.connect(self.show_bundle)

    def _run(self, bundle_id: str) -> None:
        """Show where a bundle is started."""
        self.open(RUN)
        cast("RunScreen", self.visit(RUN)).choose(bundle_id)

    def _show_help(self) -> None:
        from launcher.faces.gui.help_dialog import HelpDialog  # noqa: PLC0415 - only when asked for

        HelpDialog(self).open()

    def _count_jobs(self) -> None:
        self.rail.count(ACTIVITY, len(self._desk.activity.running))

    def _count_notices(self, snapshot: Snapshot) -> None:
        self.rail.count(NOTICES, len(snapshot.banners))

    def _accept_drops(self) -> None:
        from launcher.faces.gui.transfer import DropTarget  # noqa: PLC0415 - start-up time: after the first screen

        DropTarget(self, self._desk)
