"""Looks for updates, fetches them and activates them, each as far as the settings allow (domain/update_policy.py)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from launcher.domain.update_policy import Consent, Deed, Policy, Situation, UpdatePlan, plan_updates
from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.connection import Connection
from launcher.faces.gui.jobs import JobState, Order, Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from launcher.faces.gui.jobs import Job, JobQueue
    from launcher.faces.gui.overview import OverviewReader
    from launcher.faces.gui.preferences import Preferences
    from launcher.faces.gui.remembered import Remembered

LOOK_EVERY_MS: Final = 10 * 60 * 1000
"""How often it is asked whether something is due; what is due, `plan_updates` knows."""


def now() -> datetime:
    """Return the time of day."""
    return datetime.now(UTC)


class UpdateKeeper(QObject):
    """One for each window. It only submits jobs, and asks by a signal.

    Signals:
        asked: What a person is to be asked; an `UpdatePlan`, without a deed where there is no question any more.
    """

    asked = Signal(object)

    def __init__(  # noqa: PLR0913 - what it looks at, and the world that tests replace
        self,
        queue: JobQueue,
        reader: OverviewReader,
        preferences: Preferences,
        remembered: Remembered,
        parent: QObject | None = None,
        *,
        clock: Callable[[], datetime] = now,
        connection: Connection | None = None,
    ) -> None:
        """Look for what is due after every reading and job, when the connection changes, and from time to time."""
        super().__init__(parent)
        self._queue, self._reader, self._preferences, self._remembered = queue, reader, preferences, remembered
        self._clock = clock
        self._connection = connection or Connection(self)
        self._last_checked_at: datetime | None = None
        self._put_off: set[tuple[Deed, str]] = set()
        self._question = UpdatePlan()
        self._own: list[Job] = []
        preferences.changed.connect(self.look)
        reader.changed.connect(self.look)
        self._connection.changed.connect(self.look)
        queue.ended.connect(self._on_ended)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def question(self) -> UpdatePlan:
        """What a person is asked now; without a deed where nothing is."""
        return self._question

    def count_as_checked(self) -> None:
        """Count the sources as asked just now."""
        self._last_checked_at = self._clock()

    def look(self) -> None:
        """Do what is due and allowed, or ask."""
        if not self._preferences.is_read or self._own or self._reader.is_refreshing:
            return
        plan = plan_updates(self._policy(), self._situation(), self._clock())
        if plan.deed is not None and not plan.asks:
            self.carry_out(plan)
            plan = UpdatePlan()
        if plan != self._question:
            self._question = plan
            self.asked.emit(plan)

    def carry_out(self, plan: UpdatePlan) -> None:
        """Do what was planned, because it is allowed or a person said so."""
        if plan.deed is Deed.CHECK:
            self.count_as_checked()
            self._put_off.clear()
            self._reader.refresh()
        for name in plan.bundle_ids:
            order = _fetch(name) if plan.deed is Deed.DOWNLOAD else order_for(Action.UPDATE, name)
            self._own.append(self._queue.submit(order))
        self._forget_question()

    def put_off(self, plan: UpdatePlan) -> None:
        """Do not ask for the same again before the next look at the sources."""
        if plan.deed is Deed.CHECK:
            self.count_as_checked()
        elif plan.deed is not None:
            self._put_off |= {(plan.deed, name) for name in plan.bundle_ids}
        self._forget_question()
        self.look()

    def _forget_question(self) -> None:
        if self._question.deed is not None:
            self._question = UpdatePlan()
            self.asked.emit(self._question)

    def _policy(self) -> Policy:
        names = ("check_updates", "download_updates", "activate_updates")
        return Policy(*(Consent(self._preferences.value(name)) for name in names))

    def _situation(self) -> Situation:
        offered = self._offered()
        put_off_download = {name for deed, name in self._put_off if deed is Deed.DOWNLOAD}
        put_off_activation = {name for deed, name in self._put_off if deed is Deed.ACTIVATE}
        fetched = {name for name, number in self._remembered.fetched.items() if offered.get(name) == number}
        busy = {job.order.bundle_id for job in self._queue.jobs if job.order.bundle_id is not None}
        return Situation(
            last_checked_at=self._last_checked_at,
            updates=tuple(name for name in offered if name in fetched or name not in put_off_download),
            downloaded=frozenset(fetched),
            running=frozenset(self._running() | put_off_activation | busy),
            is_offline=self._preferences.value("offline"),
            is_metered=self._connection.is_metered(),
        )

    def _offered(self) -> dict[str, int | None]:
        """Return the channel revision of each update that is there and not held."""
        snapshot = self._reader.snapshot
        if snapshot is None:
            return {}
        bundles = (entry.bundle for entry in snapshot.entries.values())
        return {
            bundle["id"]: bundle["offered_channel_revision"]
            for bundle in bundles
            if bundle["state"] == "update-available" and not bundle["is_update_held"]
        }

    def _running(self) -> set[str]:
        runs = (job.order.arguments for job in self._queue.jobs if job.order.verb is Verb.RUN)
        return {words[words.index("run") + 1] for words in runs if "run" in words[:-1]}

    def _on_ended(self, job: Job) -> None:
        if job in self._own:
            self._own.remove(job)
            self._note(job)
        if not self._own:
            self.look()

    def _note(self, job: Job) -> None:
        name = job.order.bundle_id or ""
        is_fetch = job.order.verb is Verb.FETCH
        if is_fetch and job.state is JobState.DONE:
            self._remembered.add_fetched(name, self._offered().get(name))
        # Whatever came of it, not again and again.
        self._put_off.add((Deed.DOWNLOAD if is_fetch else Deed.ACTIVATE, name))


def _fetch(bundle_id: str) -> Order:
    return Order(Verb.FETCH, ("runtime", "bundles", "update", "--download-only", bundle_id), bundle_id)
