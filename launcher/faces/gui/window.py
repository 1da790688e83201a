"""The main window: what is painted at once, what follows, and how it goes.

The first paint waits for nothing: no worker, no screen, no icon. They come in the next turns of the event loop, so that
the window is there while the first worker starts up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from launcher.faces.gui.language import speak
from launcher.faces.gui.own_files import find_own_files
from launcher.faces.gui.remembered import Remembered
from launcher.faces.gui.theme import Type, font_of, wear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from launcher.faces.gui.jobs import Job, JobQueue
    from launcher.faces.gui.leaving import Leaving
    from launcher.faces.gui.orders import Order
    from launcher.faces.gui.overview import OverviewReader
    from launcher.faces.gui.preferences import Preferences
    from launcher.faces.gui.runtimes_screen import RuntimesScreen
    from launcher.faces.gui.screens import Screens
    from launcher.faces.gui.tray import Tray
    from launcher.faces.gui.update_keeper import UpdateKeeper
    from launcher.faces.gui.worker import WorkerCommand

FIRST_SIZE: Final = QSize(1180, 780)
LEAST_SIZE: Final = QSize(720, 480)
# A window that is minimised from the start is never painted, and is opened all the same.
OPEN_AT_LATEST_MS: Final = 300


class MainWindow(QMainWindow):
    """The window of the app. It never fetches, verifies or parses by itself: workers do (ADR 0006).

    Attributes:
        queue: The jobs; there once `is_open`, as are the others.
        reader: What is known of the store and the catalogs.
        screens: The rail and all screens.
        preferences: The settings.
        updates: What looks for updates.
        leaving: What stops jobs before the app goes.
        tray: The app in the system's tray.
        remembered: How the window was left.

    Signals:
        opened: The first screen is there.
        left: The window is closed and no job runs any more: the app may end.
    """

    opened = Signal()
    left = Signal()
    queue: JobQueue
    reader: OverviewReader
    screens: Screens
    preferences: Preferences
    updates: UpdateKeeper
    leaving: Leaving
    tray: Tray

    def __init__(
        self, flags: Sequence[str] = (), command: WorkerCommand | None = None, build: str | None = None
    ) -> None:
        """Make the window.

        Args:
            flags: The global flags of the command line program that workers are started with, e.g. ``--sample``.
            command: How workers are started; None for this very program.
            build: A locally built runtime that joins the sample registry, a folder or an archive.
        """
        super().__init__()
        self._flags, self._command, self._build = flags, command, build
        self._is_opening = self._is_other_language = False
        self.is_open = False
        self.is_sample = "--sample" in flags
        self.setMinimumSize(LEAST_SIZE)
        self.resize(FIRST_SIZE)
        self._files = find_own_files(flags)
        self.remembered = Remembered(self._files.window)
        self.restoreGeometry(self.remembered.geometry)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak(app, self.remembered.language)
            if self.remembered.appearance != "system":
                wear(app, self.remembered.appearance)
        self._name()
        opening = QLabel(self.tr("Runtimes"))
        opening.setObjectName("page")
        opening.setFont(font_of(Type.TITLE))
        opening.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setCentralWidget(opening)
        QTimer.singleShot(OPEN_AT_LATEST_MS, self._start_reading)

    @property
    def runtimes(self) -> RuntimesScreen:
        """The first screen."""
        return cast("RuntimesScreen", self.screens.visit("runtimes"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame; after the first time, open what the window is for."""
        super().paintEvent(event)
        if not self._is_opening:
            QTimer.singleShot(0, self._start_reading)

    def come_to_front(self) -> None:
        """Show the window above others, also where it is minimised, in the tray, or about to go."""
        if self.is_open:
            self.leaving.stay()
            self.tray.mark_seen()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._speak_soon()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's names
        """Move the focus as one reads, also to what was made since it last moved."""
        from launcher.faces.gui.reading_order import find_next_stop  # noqa: PLC0415 - start-up time

        stop = find_next_stop(self, self.focusWidget(), is_forward=next)
        if stop is None:
            return super().focusNextPrevChild(next)
        stop.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return True

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Say everything anew when the language changes; somebody who looks at the window needs no badge."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.is_open and self.isActiveWindow():
            self.tray.mark_seen()
        if event.type() is QEvent.Type.LanguageChange and self.is_open:
            self._is_other_language = True
            self._speak_soon()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Go into the tray where the person asked for it; else go, once what runs has stopped."""
        self.remembered.geometry = self.saveGeometry()
        if self.is_open and self.tray.keeps_app and not self.leaving.is_under_way:
            event.ignore()
            self.hide()
        elif self.is_open and not self.leaving.may_go:
            event.ignore()
            if not self.leaving.is_under_way:
                self.leaving.ask(can_hide=self.tray.is_shown)
        else:
            super().closeEvent(event)
            self.left.emit()

    def quit(self) -> None:
        """Go, also where closing the window would only hide it."""
        if self.leaving.may_go:
            self.hide()
            self.left.emit()
        else:
            self.come_to_front()  # where the question is seen
            self.leaving.ask(can_hide=self.tray.is_shown)

    def _start_reading(self) -> None:
        """Read what is on this machine, and ask the sources in the background; meanwhile build the screen."""
        if self._is_opening:
            return
        self._is_opening = True
        from launcher.faces.gui.activity import ActivityLog  # noqa: PLC0415 - start-up time: after the first paint
        from launcher.faces.gui.jobs import JobQueue  # noqa: PLC0415 - the same
        from launcher.faces.gui.overview import OverviewReader  # noqa: PLC0415 - the same
        from launcher.faces.gui.preferences import Preferences  # noqa: PLC0415 - the same
        from launcher.faces.gui.update_keeper import UpdateKeeper  # noqa: PLC0415 - the same
        from launcher.faces.gui.worker import WorkerCommand  # noqa: PLC0415 - the same

        self.queue = JobQueue(self._command or WorkerCommand.of_this_program(self._flags), self)
        self.queue.changed.connect(lambda _job: self._speak_soon())
        self.queue.ended.connect(self._on_job_ended)
        self._activity = ActivityLog(self.queue, self._files.activity)
        self.reader = OverviewReader(self.queue, self)
        self.reader.read()
        self.preferences = Preferences(self.queue, self.remembered, self)
        self.preferences.changed_elsewhere.connect(self.reader.read)  # what is in the list may hang on them
        self.updates = UpdateKeeper(self.queue, self.reader, self.preferences, self.remembered, self)
        self.preferences.read()
        if self.is_sample:  # there is nothing to show before it is made
            self.updates.count_as_checked()
            self._make_sample()
        QTimer.singleShot(0, self._show_screen)  # after the queue's own turn, in which the workers start

    def _make_sample(self) -> None:
        if self._build is None:
            self.reader.refresh()
        else:
            self.reader.refresh_with(self._build)

    def _show_screen(self) -> None:
        from PySide6.QtGui import QIcon  # noqa: PLC0415 - start-up time: after the first paint

        from launcher.faces.gui.resources import resource_path  # noqa: PLC0415 - the same

        self.setWindowIcon(QIcon(str(resource_path("icons/app.svg"))))
        self._activity.restore()
        self._watch_over_leaving()
        self._make_screens()
        self.is_open = True
        self.opened.emit()

    def _watch_over_leaving(self) -> None:
        from launcher.faces.gui.leaving import Leaving  # noqa: PLC0415 - start-up time: after the first paint
        from launcher.faces.gui.tray import Tray  # noqa: PLC0415 - the same

        self.leaving = Leaving(self.queue, self._activity, self.reader, self)
        for signal in (self.leaving.began, self.leaving.hidden):
            signal.connect(self.hide)
        self.leaving.done.connect(self.left)
        self.tray = Tray(self, self._activity, self.reader, self.preferences)
        self.tray.shown.connect(self.come_to_front)
        self.tray.message_followed.connect(self._show_what_was_told)
        self.tray.quit_asked.connect(self.quit)

    def _show_what_was_told(self, order: Order) -> None:
        """Lead to what a message was about: its bundle, or else its job."""
        self.come_to_front()
        if order.bundle_id is not None:
            self.screens.show_bundle(order.bundle_id)
        else:
            self.screens.open("run" if order.verb == "run" else "activity")

    def _make_screens(self) -> None:
        from launcher.faces.gui.left_running import LeftRunning  # noqa: PLC0415 - start-up time: after the first paint
        from launcher.faces.gui.screens import Desk, Screens  # noqa: PLC0415 - the same
        from launcher.faces.gui.update_question import UpdateQuestion  # noqa: PLC0415 - the same

        self.screens = Screens(
            Desk(self.queue, self.reader, self._activity, self.remembered, self.preferences, self._flags)
        )
        self.screens.put_above(LeftRunning(self._activity))
        question = UpdateQuestion(self.updates)
        self.screens.put_above(question)
        question.ask(self.updates.question)
        self.screens.open(self.remembered.screen)
        self.screens.opened.connect(self._remember_screen)
        self.setCentralWidget(self.screens)

    def _speak_soon(self) -> None:
        if self._is_other_language:
            QTimer.singleShot(0, self, self._speak_anew)

    def _speak_anew(self) -> None:
        """Make the screens again in the other language, once no job runs that they would lose sight of."""
        if self._is_other_language and self.leaving.may_go and not self.isHidden():
            self._is_other_language = False
            self._name()
            self._make_screens()

    def _name(self) -> None:
        self.setWindowTitle(self.tr("ARW Launcher: sample registry") if self.is_sample else self.tr("ARW Launcher"))

    def _remember_screen(self, key: str) -> None:
        self.remembered.screen = key

    def _on_job_ended(self, job: Job) -> None:
        from launcher.faces.gui.jobs import JobState, Verb  # noqa: PLC0415 - start-up time: after the first paint

        if self.is_sample and job.order.verb is Verb.INSTALL and job.state is JobState.DONE:
            self.reader.refresh()  # the sample publishes its second revision once the first is installed
        self._speak_soon()
