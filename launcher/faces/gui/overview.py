"""What the window knows of the store and the catalogs, read by a worker and kept up to date."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from launcher.faces.gui.arrange import Entry
from launcher.faces.gui.events import Event, Row
from launcher.faces.gui.jobs import Job, JobQueue, Order, Verb

if TYPE_CHECKING:
    from launcher.domain.views import BannerView, BundleView, CatalogView, ErrorView, SignatureSummary

# An install renames several files; one reading at the end of them is enough.
DEBOUNCE_MS: Final = 400
# Below it the system's limit of watched folders could be reached; jobs of this window are noticed anyway.
MAX_WATCHED: Final = 2000

LIST: Final = Order(Verb.LIST, ("runtime", "bundles", "list"), is_writer=False)
REFRESH: Final = Order(Verb.REFRESH, ("runtime", "bundles", "refresh"))


@dataclass(slots=True)
class Snapshot:
    """One reading of everything; `launcher.domain.views.Overview` in pieces."""

    entries: dict[str, Entry] = field(default_factory=dict)
    catalogs: list[CatalogView] = field(default_factory=list)
    banners: list[BannerView] = field(default_factory=list)
    problems: list[ErrorView] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    machine: str = ""
    more_banners: int = 0
    signature_summary: SignatureSummary | None = None

    def find_bundle(self, bundle_id: str) -> BundleView | None:
        """Return a bundle by its id."""
        entry = self.entries.get(bundle_id)
        return None if entry is None else entry.bundle

    def take(self, row: Row) -> None:
        """Add one row; kinds that the window does not show are left out."""
        match row.kind:
            case "bundle":
                self.entries[row.value["id"]] = Entry(cast("BundleView", row.value))
            case "catalog":
                self.catalogs.append(cast("CatalogView", row.value))
            case "banner":
                self.banners.append(cast("BannerView", row.value))
            case _:
                pass

    def close(self, result: dict[str, Any]) -> None:
        """Add what comes with the outcome."""
        self.problems = list(result.get("problems") or [])
        self.roots = [str(root) for root in result.get("roots") or []]
        self.machine = str(result.get("machine") or "")
        self.more_banners = int(result.get("more_banners") or 0)
        summary = result.get("signature_summary")
        self.signature_summary = cast("SignatureSummary", summary) if summary else None


class OverviewReader(QObject):
    """Reads the overview at start, after every change, and when another process has changed the store.

    Attributes:
        snapshot: The last good reading.
        error: Why the last reading failed, if it did.

    Signals:
        changed: There is a new `Snapshot`.
        failed: A reading failed; carries the `ErrorView`. The last snapshot stays.
        refreshed: The sources were asked over the network; carries the `Outcome`.
        busy: Whether something is being read or refreshed.
    """

    changed = Signal(object)
    failed = Signal(object)
    refreshed = Signal(object)
    busy = Signal(object)

    def __init__(self, queue: JobQueue, parent: QObject | None = None) -> None:
        """Read through ``queue``; nothing is read before `read` is called."""
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.error: ErrorView | None = None
        self._queue = queue
        self._coming = Snapshot()
        self._job: Job | None = None
        self._is_stale = False
        self._settling: set[str] = set()  # bundles that a job has changed since the last reading began
        self._refresh: Job | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_store_changed)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self._on_store_quiet)
        queue.ended.connect(self._on_job_ended)

    @property
    def is_refreshing(self) -> bool:
        """Whether the sources are being asked."""
        return self._refresh is not None

    def is_settling(self, bundle_id: str) -> bool:
        """Tell whether a job has changed a bundle and the reading that shows it is still to come."""
        return bundle_id in self._settling

    def read(self) -> None:
        """Read everything that is on this machine; no network. While a reading runs, one more follows it."""
        if self._job is not None:
            self._is_stale = True
            return
        self._is_stale = False
        self._coming = Snapshot()
        self._job = self._queue.submit(LIST)
        self._job.told.connect(self._on_row)
        self._job.ended.connect(self._on_read)
        self.busy.emit(True)  # noqa: FBT003 - a signal has no names

    def refresh(self) -> None:
        """Ask the sources for new catalogs, then read; what is shown meanwhile stays."""
        self._ask_sources(REFRESH)

    def refresh_with(self, build: str) -> None:
        """Do the same after a locally built runtime, a folder or an archive, has joined the sample registry."""
        self._ask_sources(Order(Verb.REFRESH, (*REFRESH.arguments, "--bundle-from", build)))

    def _ask_sources(self, order: Order) -> None:
        if self._refresh is None:
            self._refresh = self._queue.submit(order)
            self.busy.emit(True)  # noqa: FBT003 - a signal has no names

    def _on_row(self, event: Event) -> None:
        if isinstance(event, Row):
            self._coming.take(event)

    def _on_read(self, job: Job) -> None:
        self._job = None
        outcome = job.outcome
        if outcome is None:
            return
        if not self._is_stale:
            self._settling.clear()
        if outcome.is_good:
            self._coming.close(outcome.result or {})
            self.snapshot, self.error = self._coming, None
            self._watch(self.snapshot)
            self.changed.emit(self.snapshot)
        elif outcome.error is not None:
            self.error = outcome.error
            self.failed.emit(self.error)
        self.busy.emit(self.is_refreshing)
        if self._is_stale:
            self.read()

    def _on_job_ended(self, job: Job) -> None:
        if job is self._refresh:
            self._refresh = None
            self.refreshed.emit(job.outcome)
        if job.order.is_writer:
            if job.order.bundle_id is not None:
                self._settling.add(job.order.bundle_id)
            self.read()

    def _on_store_changed(self) -> None:
        self._debounce.start()

    def _on_store_quiet(self) -> None:
        # A writer of ours is followed by a reading anyway, and until it ends it changes the store all the time.
        if not self._queue.is_changing_store:
            self.read()

    def _watch(self, snapshot: Snapshot) -> None:
        """Watch the folders in which a change of state renames files: the roots, and each bundle's own."""
        bundles = [name for name, entry in snapshot.entries.items() if entry.bundle["revisions"]]
        wanted = [path for root in map(Path, snapshot.roots) for path in (root, *(root / name for name in bundles))]
        paths = {str(path) for path in wanted[:MAX_WATCHED] if path.is_dir()}
        watched = set(self._watcher.directories())
        if gone := watched - paths:
            self._watcher.removePaths(sorted(gone))
        if new := paths - watched:
            self._watcher.addPaths(sorted(new))
