"""The Runtimes screen: what can be installed and what is, and everything that one can do with it (7-screens)."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from launcher.faces.gui.actions import Action, order_for
from launcher.faces.gui.announce import announce
from launcher.faces.gui.arrange import Filter
from launcher.faces.gui.bundle_list import BundleListModel
from launcher.faces.gui.bundle_view import BundleStack, BundleView
from launcher.faces.gui.capped import Capped
from launcher.faces.gui.comparison_dialog import ComparisonDialog, comparison_order
from launcher.faces.gui.controls import Button, Text
from launcher.faces.gui.details import Details
from launcher.faces.gui.dialogs import Question, TextDialog, log_text, signer_text
from launcher.faces.gui.elided_text import ElidedText
from launcher.faces.gui.filter_bar import FilterBar
from launcher.faces.gui.jobs import Job, JobState, Order, Verb
from launcher.faces.gui.notice_area import NoticeArea
from launcher.faces.gui.outcome_texts import activated_by, report_of
from launcher.faces.gui.page import Head
from launcher.faces.gui.phrasebook import say_error
from launcher.faces.gui.quantities import age_text, size_text
from launcher.faces.gui.texts import job_text
from launcher.faces.gui.theme import GAP_L, GAP_M, GAP_S, Type, scaled
from launcher.faces.gui.two_panes import TwoPanes

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from launcher.domain.views import ErrorView
    from launcher.faces.gui.overview import Snapshot
    from launcher.faces.gui.screens import Desk


# With less height than this, at the usual text size, only what is needed stands above the list.
LOW_PX: Final = 520
# What is new may take so much of the window's height; more of it scrolls.
MAX_NEWS: Final = 0.3


class RuntimesScreen(QWidget):
    """The list on the left, the details on the right, what is new above them.

    Signals:
        run_asked: The person wants to run the active revision of a bundle; carries its id.
    """

    run_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Show what the reader of ``desk`` reads, and do what is asked for through its queue."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        queue, reader, flags = desk.queue, desk.reader, desk.flags
        self._queue, self._reader = queue, reader
        self._snapshot: Snapshot | None = None
        self._reports: dict[str, Job] = {}  # by bundle: the last job, until its report is closed
        self._undo: Job | None = None  # the rollback that a strip offers to take back
        self.model = BundleListModel(queue, reader.is_settling)
        self.view = BundleView(self.model)
        self.filters = FilterBar()
        if kept := Filter.of(desk.remembered.list_filter):
            self.filters.restore(kept)
        self._is_sample = "--sample" in flags
        reading = self.tr("Preparing the sample registry") if self._is_sample else self.tr("Reading")
        self.stack = BundleStack(self.view, reading, clear=self.filters.clear, refresh=reader.refresh)
        self.details = Details(queue, flags)
        self.notices = NoticeArea()
        self._machine = ElidedText(Type.BODY, is_muted=True)
        self._age = ElidedText(Type.SMALL, is_muted=True)
        self._is_low = False
        self.refresh_button = Button(self.tr("Refresh"), "refresh")
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self.model.show_only(self.filters.filter())
        if self._is_sample:
            self.notices.show_sample()
        if reader.snapshot is not None:
            self._show(reader.snapshot)
        elif reader.error is not None:
            self._on_read_failed(reader.error)

    def _lay_out(self) -> None:
        title = Text(Type.TITLE)
        title.setWordWrap(False)
        title.setText(self.tr("Runtimes"))
        line = QWidget()
        words = QHBoxLayout(line)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(GAP_M + GAP_S)
        words.addWidget(title)
        words.addWidget(self._age, 1, Qt.AlignmentFlag.AlignBottom)
        self._age.setContentsMargins(0, 0, 0, scaled(2))  # on the line of the larger letters beside it
        head = self._head = Head(line, self._machine, least_words_px=0)
        head.add(self.refresh_button)
        left = QFrame()
        left.setObjectName("panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(GAP_S, GAP_M + GAP_S, GAP_S, GAP_S)
        column.setSpacing(GAP_M)
        bar = QHBoxLayout()
        bar.setContentsMargins(GAP_M, 0, GAP_M, 0)
        bar.addWidget(self.filters)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.panes = TwoPanes(left, self.details, self.tr("All bundles"))
        self.panes.back.setToolTip(self.tr("Back to the list"))
        left.lower()  # Qt tells screen readers of the details first: what was added last lies on top
        box = QVBoxLayout(self)
        box.setContentsMargins(GAP_L, GAP_L - GAP_S, GAP_L, GAP_L)
        box.setSpacing(GAP_M + GAP_S)
        news = Capped(self.notices, MAX_NEWS)
        news.setAccessibleName(self.tr("News"))
        box.addWidget(news)  # where the question about updates stands on every screen
        box.addWidget(head)
        box.addWidget(self.panes, 1)
        left.setFocusProxy(self.view)

    def add_head(self, widget: QWidget) -> None:
        """Put a button beside the heading."""
        self._head.add(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the height to the list where there is little of it."""
        super().resizeEvent(event)
        is_low = self.height() < scaled(LOW_PX)
        if is_low is not self._is_low:
            self._is_low = is_low
            self.filters.save_height(is_low=is_low)
            self.notices.save_height(is_low=is_low)
            self._machine.show_text(self._machine_text())

    def _connect(self) -> None:
        self._reader.changed.connect(self._show)
        self._reader.failed.connect(self._on_read_failed)
        self._reader.busy.connect(self._on_busy)
        self._reader.refreshed.connect(self.notices.show_refresh)
        self.filters.changed.connect(self._on_filter)
        self.view.chosen.connect(lambda _bundle_id: self._show_details())
        self.view.entered.connect(self._on_entered)
        self.view.opened.connect(self._go_ahead)
        self.panes.turned.connect(self._on_turned)
        self.view.pressed.connect(self._on_row_button)
        self.details.asked.connect(lambda action, revision: self._do(action, self.view.chosen_id, revision))
        self.details.comparison_asked.connect(self._compare)
        self.details.log_asked.connect(lambda text: TextDialog(self.tr("Log of the job"), text, self).open())
        self._desk.activity.changed.connect(self._show_records)
        self.details.panel.retry_asked.connect(lambda job: self._queue.submit(job.order))
        self.details.panel.log_asked.connect(
            lambda job: TextDialog(self.tr("Log of the job"), log_text(job), self).open()
        )
        self.details.panel.signer_asked.connect(self._show_signer)
        self.details.panel.closed.connect(self._close_report)
        self.notices.refresh_asked.connect(self._reader.refresh)
        self.notices.undo_asked.connect(self._on_undo)
        self.notices.dismissed.connect(self._dismiss)
        self.notices.ordered.connect(self._order)
        self.notices.bundle_asked.connect(self.show_bundle)
        self.refresh_button.clicked.connect(self._reader.refresh)
        self._queue.added.connect(self._on_job)
        self._queue.changed.connect(self._on_job_changed)
        self._queue.ended.connect(self._on_job_ended)

    def _show_records(self) -> None:
        self.details.show_records(self._desk.activity.records)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.Find, self._on_find),
            (QKeySequence.StandardKey.Refresh, self._reader.refresh),
            (QKeySequence.StandardKey.Back, self.panes.go_back),
            (QKeySequence(Qt.Key.Key_Escape), self._on_escape),
        ):
            QShortcut(keys, self).activated.connect(act)

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, snapshot: Snapshot) -> None:
        is_first = self._snapshot is None
        self._snapshot = snapshot
        self._forget_what_is_past(snapshot)
        self._machine.show_text(self._machine_text())
        self.filters.offer(snapshot.entries.values())
        self.model.show_entries(snapshot.entries.values())
        self._show_count()
        # Before the sample registry was made nothing can be right with it.
        if snapshot.entries or not (self._is_sample and self._reader.is_refreshing):
            self.notices.show_snapshot(snapshot)
        checked = max((catalog["fetched_at"] or "" for catalog in snapshot.catalogs), default="")
        self._age.show_text(self.tr("Checked {age}").format(age=age_text(checked)) if checked else "")
        if not self.view.chosen_id and (entry := self.model.first_choice):
            self.view.choose(entry.bundle["id"])
            is_new_here = not any(entry.bundle["active"] for entry in snapshot.entries.values())
            can_see_it = is_new_here and not self.panes.is_single
            (self.details.main_button if can_see_it else self.view).setFocus()
        elif is_first:
            self.filters.search.setFocus()
        self._show_details()

    def _forget_what_is_past(self, snapshot: Snapshot) -> None:
        """Take back "b1000 is active", and the way back from it, once another process has made that untrue."""
        for job in [*self._reports.values(), *filter(None, [self._undo])]:
            bundle_id, revision = job.order.bundle_id or "", activated_by(job)
            bundle = snapshot.find_bundle(bundle_id)
            active = bundle["active"] if bundle else None
            if revision is None or self._reader.is_settling(bundle_id) or (active and active["revision"] == revision):
                continue
            self._reports.pop(bundle_id, None)
            if job is self._undo:
                self._undo = None
                self.notices.hide_undo()

    def _machine_text(self) -> str:
        return self._snapshot.machine if self._snapshot and not self._is_low else ""

    def _on_turned(self) -> None:
        self.view.say_what_enter_does(is_single=self.panes.is_single)
        self._head.setVisible(not self.panes.is_ahead)  # it is about the list

    def _on_entered(self) -> None:
        if self.panes.is_single:
            self._go_ahead()
        else:
            self.details.press_main()

    def _go_ahead(self) -> None:
        """Show the details where they stand in place of the list; elsewhere they are seen already."""
        self.panes.go_ahead()
        if self.panes.is_ahead:
            (self.panes.back if self.details.main_button.isHidden() else self.details.main_button).setFocus()

    def _show_details(self) -> None:
        bundle_id = self.view.chosen_id
        bundle = self._snapshot.find_bundle(bundle_id) if self._snapshot else None
        job = self._queue.job_of(bundle_id)
        is_settling = self._reader.is_settling(bundle_id)
        self.panes.offer(is_there=bundle is not None)
        self.details.show_bundle(bundle, job, job or self._reports.get(bundle_id), is_settling=is_settling)
        self.details.show_records(self._desk.activity.records)

    def _on_filter(self, wanted: Filter) -> None:
        # What was searched for a day ago would only hide what is wanted now.
        self._desk.remembered.list_filter = asdict(replace(wanted, text=""))
        self.model.show_only(wanted)
        if self._snapshot is not None:
            self._show_count()

    def _show_count(self) -> None:
        self.stack.show_count(*self.model.entries, is_waiting=self._reader.is_refreshing)

    def _on_read_failed(self, error: ErrorView) -> None:
        self.stack.show_broken(say_error(error))
        self._show_details()

    def _on_busy(self, is_busy: object) -> None:
        self.refresh_button.setEnabled(not is_busy)

    # --- what is done --------------------------------------------------------------------------

    def _do(self, action: Action, bundle_id: str, revision: str | None = None) -> None:
        if action is Action.CANCEL:
            if job := self._queue.job_of(bundle_id):
                job.cancel()
        elif action is Action.RUN:
            self.run_asked.emit(bundle_id)
        elif action is Action.REMOVE:
            self._ask_before_removing(bundle_id)
        elif self._queue.job_of(bundle_id) is None:
            self._queue.submit(order_for(action, bundle_id, revision))

    def _ask_before_removing(self, bundle_id: str) -> None:
        """Ask, because nothing can take this back without the network."""
        bundle = self._snapshot.find_bundle(bundle_id) if self._snapshot else None
        if bundle is not None:
            size = size_text(sum(revision["size_bytes"] for revision in bundle["revisions"]))
            what = self.tr(
                "%n revision(s) go, {size}. It can be installed again while its source offers it.",
                "",
                len(bundle["revisions"]),
            )
            title = self.tr("Remove {name}?").format(name=bundle["name"])
            question = Question(title, what.format(size=size), self.tr("Remove"), self)
            question.accepted.connect(lambda: self._queue.submit(order_for(Action.REMOVE, bundle_id)))
            question.open()

    def _on_row_button(self, bundle_id: str, action: Action) -> None:
        self.view.choose(bundle_id)
        self._do(action, bundle_id)

    def _on_undo(self) -> None:
        if self._undo is not None and self._undo.outcome is not None:
            bundle_id, revision = self._undo.order.bundle_id or "", (self._undo.outcome.result or {}).get("replaces")
            self.notices.hide_undo()
            self._do(Action.ROLL_BACK, bundle_id, revision)

    def show_bundle(self, bundle_id: str) -> None:
        """Select a bundle, also where the filter hides it."""
        if not self.model.place_of(bundle_id).isValid():
            self.filters.clear()
        self.view.choose(bundle_id)
        self.view.setFocus()
        self._go_ahead()

    def _order(self, order: Order) -> None:
        if order.bundle_id is not None and self._queue.job_of(order.bundle_id) is None:
            self._queue.submit(order)

    def _dismiss(self, key: str) -> None:
        self._queue.submit(Order(Verb.DISMISS, ("runtime", "bundles", "notices", "--dismiss", key)))

    def _close_report(self) -> None:
        self._reports.pop(self.view.chosen_id, None)
        self._show_details()
        (self.panes.back if self.panes.is_ahead else self.view).setFocus()

    def _show_signer(self) -> None:
        if bundle := self.details.bundle:
            TextDialog(self.tr("Signer"), signer_text(bundle["signature"]), self).open()

    def _on_find(self) -> None:
        self.panes.go_back()
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _compare(self, before: str, after: str) -> None:
        job = self._queue.submit(comparison_order(self.view.chosen_id, before, after))
        ComparisonDialog(job, self).open()

    def _on_escape(self) -> None:
        if self.filters.search.hasFocus() and self.filters.search.text():
            self.filters.search.clear()
        elif job := self._queue.job_of(self.view.chosen_id):
            job.cancel()

    # --- jobs ----------------------------------------------------------------------------------

    def _on_job(self, job: Job) -> None:
        if job.order.bundle_id:
            self.notices.hide_undo()
            self._reports.pop(job.order.bundle_id, None)
            if job.order.bundle_id == self.view.chosen_id:
                self._show_details()

    def _on_job_changed(self, job: Job) -> None:
        bundle = self.details.bundle
        if bundle is not None and job.order.bundle_id == bundle["id"] and not job.is_over:
            self.details.show_job(bundle, job)
        elif job.order.verb is Verb.REFRESH and not job.is_over:
            self.stack.reading.words.setText(job_text(job))

    def _on_job_ended(self, job: Job) -> None:
        bundle_id = job.order.bundle_id
        bundle = self._snapshot.find_bundle(bundle_id) if self._snapshot and bundle_id else None
        if bundle_id is None or bundle is None:
            return
        report = report_of(job, bundle)
        announce(self, f"{bundle['name']}: {report.title}. {report.text}")
        if job.order.verb is Verb.ROLL_BACK and job.state is JobState.DONE:
            self._offer_undo(job)
        else:
            self._reports[bundle_id] = job
        if bundle_id == self.view.chosen_id:
            self._show_details()
            if job.state is JobState.FAILED:
                self.panes.go_ahead()  # to the reason, which is nowhere else

    def _offer_undo(self, job: Job) -> None:
        result = (job.outcome.result if job.outcome else None) or {}
        now = result.get("upstream_version") or result.get("revision")
        before = result.get("replaces_upstream_version") or result.get("replaces")
        text = self.tr("{now} is active again.").format(now=now)
        if result.get("is_held"):
            text += " " + self.tr("Updates will not bring {before} back by themselves.").format(before=before)
        self._undo = job
        self.notices.show_undo(text)
