"""The list's model: headings and bundles as rows, and the job that each bundle has."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from launcher.faces.gui.actions import find_main_action
from launcher.faces.gui.arrange import Entry, Filter, Heading, arrange, sort_entries
from launcher.faces.gui.chips import bundle_trust_look
from launcher.faces.gui.texts import job_text, main_reason, shown_size, state_word, translate, version_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from launcher.faces.gui.actions import Action
    from launcher.faces.gui.jobs import Job, JobQueue

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole
    JOB = Qt.ItemDataRole.UserRole + 1
    ACTION = Qt.ItemDataRole.UserRole + 2


class BundleListModel(QAbstractListModel):
    """Rows are an `Entry` or a `Heading`; a new reading of the same bundles only changes what they show."""

    def __init__(self, queue: JobQueue, is_settling: Callable[[str], bool] = lambda _bundle_id: False) -> None:
        """Make an empty list.

        Args:
            queue: Its jobs are shown.
            is_settling: Tells whether a job has changed a bundle and what it is now was not read yet.
        """
        super().__init__()
        self._queue, self._is_settling = queue, is_settling
        self._entries: list[Entry] = []
        self._totals: Counter[str] = Counter()
        self._filter = Filter()
        self._rows: list[Heading | Entry] = []
        self._places: dict[str, int] = {}
        for signal in (queue.added, queue.changed, queue.ended):
            signal.connect(self._on_job)

    @property
    def entries(self) -> tuple[int, int]:
        """How many bundles are shown, and how many there are."""
        return len(self._places), len(self._entries)

    @property
    def first_choice(self) -> Entry | None:
        """What to select when nobody has chosen yet: the recommended bundle that is not here, or the first one."""
        waiting = (row for row in self._shown() if row.bundle["is_recommended"] and row.bundle["active"] is None)
        return next(waiting, next(self._shown(), None))

    def place_of(self, bundle_id: str) -> QModelIndex:
        """Return where a bundle is shown; an invalid index where it is not."""
        return self.index(self._places.get(bundle_id, -1))

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Take a new reading over."""
        self._entries = sort_entries(entries, self._filter.sorting)
        self._totals = Counter(entry.bundle["runtime"] for entry in self._entries)
        self._arrange()

    def show_only(self, wanted: Filter) -> None:
        """Take a new filter over."""
        if wanted.sorting is not self._filter.sorting:
            self._entries = sort_entries(self._entries, wanted.sorting)
        self._filter = wanted
        self._arrange()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are, headings included."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows, and what a screen reader says of it."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        return self._of_heading(row, role) if isinstance(row, Heading) else self._of_entry(row, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that headings cannot be selected."""
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _shown(self) -> Iterator[Entry]:
        return (row for row in self._rows if isinstance(row, Entry))

    def _arrange(self) -> None:
        rows = arrange(self._filter.entries(self._entries), self._totals)
        places = {row.bundle["id"]: place for place, row in enumerate(rows) if isinstance(row, Entry)}
        if list(places) == list(self._places) and len(rows) == len(self._rows):
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._places = rows, places
        self.endResetModel()

    def _on_job(self, job: Job) -> None:
        place = self._places.get(job.order.bundle_id or "")
        if place is not None:
            self.dataChanged.emit(self.index(place), self.index(place))

    @staticmethod
    def _of_heading(heading: Heading, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.runtime
        return heading_text(heading) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _of_entry(self, entry: Entry, role: int) -> object:
        match role:
            case Role.JOB:
                return self._queue.job_of(entry.bundle["id"])
            case Role.ACTION:
                return self._action(entry)
            case Qt.ItemDataRole.DisplayRole:
                return entry.bundle["name"]
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(entry)
            case _:
                return None

    def _action(self, entry: Entry) -> Action | None:
        """Return what the button of a row does; nothing while it is not known what would make sense."""
        bundle_id = entry.bundle["id"]
        return None if self._is_settling(bundle_id) else find_main_action(entry.bundle, self._queue.job_of(bundle_id))

    def _spoken(self, entry: Entry) -> str:
        """Return the whole row as one sentence."""
        bundle = entry.bundle
        job = self._queue.job_of(bundle["id"])
        parts = [
            bundle["name"],
            translate("bundle_list", "recommended") if bundle["is_recommended"] else "",
            entry.accelerator,
            state_word(bundle["state"]),
            job_text(job) if job else "",
            bundle_trust_look(bundle).word,
            version_line(bundle),
            shown_size(bundle),
            main_reason(bundle),
        ]
        return ", ".join(part for part in parts if part)


def heading_text(heading: Heading) -> str:
    """Return ``llama.cpp, 3 of 14``."""
    return f"{heading.runtime}, {count_text(heading)}"


def count_text(heading: Heading) -> str:
    """Return ``3 of 14``, so that filtered bundles are not forgotten, or ``14`` where all are shown."""
    if heading.shown == heading.total:
        return str(heading.total)
    return translate("bundle_list", "{shown} of {total}").format(shown=heading.shown, total=heading.total)
