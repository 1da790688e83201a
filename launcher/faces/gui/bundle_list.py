"""The list's model: headings and bundles as rows, and the job that each bundle has."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from launcher.faces.gui.arrange import Entry, Filter, Heading, arrange
from launcher.faces.gui.texts import job_text, main_reason, shown_size, state_word, translate, trust_word, version_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from launcher.faces.gui.jobs import Job, JobQueue

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole
    JOB = Qt.ItemDataRole.UserRole + 1


class BundleListModel(QAbstractListModel):
    """Rows are an `Entry` or a `Heading`; a new reading of the same bundles only changes what they show."""

    def __init__(self, queue: JobQueue) -> None:
        """Make an empty list that shows the jobs of ``queue``."""
        super().__init__()
        self._queue = queue
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
        self._entries = sorted(entries, key=attrgetter("sort_key"))
        self._totals = Counter(entry.bundle["runtime"] for entry in self._entries)
        self._arrange()

    def show_only(self, wanted: Filter) -> None:
        """Take a new filter over."""
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
        match role:
            case Role.ROW:
                return row
            case Role.JOB:
                return self._queue.job_of(row.bundle["id"]) if isinstance(row, Entry) else None
            case Qt.ItemDataRole.DisplayRole:
                return row.runtime if isinstance(row, Heading) else row.bundle["name"]
            case Qt.ItemDataRole.AccessibleTextRole:
                return heading_text(row) if isinstance(row, Heading) else self._spoken(row)
            case _:
                return None

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
            trust_word(bundle["signature"]["state"]),
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
