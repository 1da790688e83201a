"""The app in the system's tray: its state, a short menu, and messages while nobody looks at the window.

All of it is a convenience: where a desktop has no tray, or the person wants none, nothing else changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.notifications import Notifier
from launcher.faces.gui.texts import rollback_word, translate, version_of
from launcher.faces.gui.tray_state import TrayState, tray_icon, tray_state, tray_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from launcher.faces.gui.activity import ActivityLog
    from launcher.faces.gui.desktop_messages import DesktopMessages
    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.overview import OverviewReader
    from launcher.faces.gui.preferences import Preferences


class Tray(QObject):
    """Shows the state of the app, if there is a tray and the person wants it.

    Attributes:
        state: What is shown.
        menu: What a click with the other mouse button opens.
        notifier: Tells of finished jobs, with or without a tray.

    Signals:
        shown: The window is wanted.
        message_followed: What a message was about is wanted; carries the `Order`.
        quit_asked: The app shall end.
    """

    shown = Signal()
    message_followed = Signal(object)
    quit_asked = Signal()

    def __init__(
        self,
        window: QWidget,
        activity: ActivityLog,
        reader: OverviewReader,
        preferences: Preferences,
        icon: QSystemTrayIcon | None = None,
    ) -> None:
        """Follow the jobs, the readings and the settings; ``icon`` replaces the system's in tests."""
        super().__init__(window)
        self._window, self._activity, self._reader, self._preferences = window, activity, reader, preferences
        self._is_there = icon is not None or QSystemTrayIcon.isSystemTrayAvailable()
        self._has_failed = False
        self.state = TrayState.IDLE
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill_menu)
        self._icon = icon or QSystemTrayIcon(self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message_clicked)
        self.notifier = Notifier(window, activity, reader, preferences, self)
        self.notifier.told.connect(self._tell)
        self._messages: DesktopMessages | None = None
        self._look_soon = QTimer(self, singleShot=True, interval=0)
        self._look_soon.timeout.connect(self._show)
        activity.changed.connect(self._look_soon.start)
        reader.changed.connect(self._look_soon.start)
        reader.failed.connect(self._on_problem)
        preferences.changed.connect(self._look_soon.start)
        activity.queue.changed.connect(self._look_soon.start)
        activity.queue.ended.connect(self._on_ended)
        self._fill_menu()
        self._show()

    @property
    def is_shown(self) -> bool:
        """Whether there is an icon, from which the window can be had back."""
        return self._icon.isVisible()

    @property
    def keeps_app(self) -> bool:
        """Whether closing the window leaves the app in the tray: only where there is one, and only as asked for."""
        return self.is_shown and bool(self._preferences.value("close_to_tray"))

    def mark_seen(self) -> None:
        """Take the badge of a problem away: somebody looks at the window, which says better what failed."""
        self._has_failed = False
        self._look_soon.start()

    def _show(self) -> None:
        running = [job for job in self._activity.unfinished if job.is_running]
        snapshot = self._reader.snapshot
        state = tray_state(snapshot, running, has_failed=self._has_failed)
        if state is not self.state or self._icon.icon().isNull():
            self.state = state
            self._icon.setIcon(tray_icon(state))
        form = translate("tray", "{app}: {state}")
        self._icon.setToolTip(form.format(app=self._window.windowTitle(), state=tray_text(state, snapshot, running)))
        is_wanted = self._is_there and bool(self._preferences.value("tray"))
        if is_wanted is not self._icon.isVisible():
            self._icon.setVisible(is_wanted)

    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(translate("tray", "Show the window")).triggered.connect(self.shown)
        snapshot, queue = self._reader.snapshot, self._activity.queue
        bundles = [entry.bundle for entry in snapshot.entries.values()] if snapshot else []
        back = [bundle for bundle in bundles if bundle["rollback_target"] and queue.job_of(bundle["id"]) is None]
        if back:
            self.menu.addSeparator()
        for bundle in back:
            target = bundle["rollback_target"]
            form = translate("tray", "{name}: {action} to {version}")
            words = {"action": rollback_word(target, bundle), "version": version_of(target) if target else ""}
            self.menu.addAction(form.format(name=bundle["name"], **words)).triggered.connect(
                lambda _is_checked=False, bundle_id=bundle["id"]: queue.submit(order_for(Action.ROLL_BACK, bundle_id))
            )
        self.menu.addSeparator()
        self.menu.addAction(translate("tray", "Quit")).triggered.connect(self.quit_asked)

    def _tell(self, title: str, text: str, is_problem: object) -> None:
        from launcher.faces.gui.desktop_messages import DesktopMessages  # noqa: PLC0415 - start-up time

        if self._messages is None:
            self._messages = DesktopMessages(self)
            self._messages.followed.connect(self.message_followed)
            self._messages.failed.connect(self._tell_by_tray)
        order = self.notifier.last
        if order is None or not self._messages.tell(title, text, order, is_problem=bool(is_problem)):
            self._tell_by_tray(title, text, is_problem)

    def _tell_by_tray(self, title: str, text: str, is_problem: object) -> None:
        if self._icon.isVisible():
            kinds = QSystemTrayIcon.MessageIcon
            self._icon.showMessage(title, text, kinds.Warning if is_problem else kinds.Information)

    def _on_message_clicked(self) -> None:
        self.message_followed.emit(self.notifier.last)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.shown.emit()

    def _on_ended(self, job: Job) -> None:
        if job.state is JobState.FAILED and not self._window.isActiveWindow():
            self._on_problem()

    def _on_problem(self) -> None:
        self._has_failed = True
        self._look_soon.start()
