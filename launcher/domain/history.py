"""Which revision of a bundle is active, which was before, and what a person rolled back from.

A `BundleState` is a value: every change returns a new one, and writing that one is the commit.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from launcher.domain.errors import BadField, NoSuchRevision, NothingToDo, NotInstalled
from launcher.domain.fields import Fields, format_time
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Action = Literal["activate", "rollback"]
MAX_HISTORY: Final = 200

_REVISION = re.compile(r"rev-\d{8}T\d{6}Z", re.ASCII)
_NO_YEAR: Final = 9999
_REVISION_FORMAT: Final = "rev-%Y%m%dT%H%M%SZ"


class HistoryEntry(NamedTuple):
    """One change of the active revision."""

    sequence: int
    at: datetime
    action: Action
    revision: str
    replaced: str | None


class Hold(NamedTuple):
    """A revision that a person rolled back from, and the manifest that ``update`` must not bring back."""

    revision: str
    manifest_sha256: str
    channel_revision: int


class BundleState(NamedTuple):
    """The pointer of one bundle: what ``state.json`` holds.

    Attributes:
        sequence: Grows by one with every change.
        active: The active revision, or None before the first activation.
        previous: What a rollback without a target goes back to.
        held: What ``update`` does not bring back by itself.
        pinned: Revisions that are never collected.
        history: The newest 200 changes, oldest first.
    """

    sequence: int = 0
    active: str | None = None
    previous: str | None = None
    held: tuple[Hold, ...] = ()
    pinned: tuple[str, ...] = ()
    history: tuple[HistoryEntry, ...] = ()

    def activated(self, revision: str, manifest_sha256: str, at: datetime) -> BundleState:
        """Return the state in which a newly installed revision is active; asking for it lifts a hold."""
        return self._moved("activate", revision, at)._replace(
            held=tuple(hold for hold in self.held if hold.manifest_sha256 != manifest_sha256),
        )

    def rolled_back(self, target: str, left: Hold | None, at: datetime) -> BundleState:
        """Return the state in which an earlier revision is active again.

        Args:
            target: The revision to go to.
            left: The hold on the revision that is left, or None where it is no newer than the target.
            at: When.
        """
        held = tuple(hold for hold in self.held if hold.revision != target and (left is None or hold != left))
        return self._moved("rollback", target, at)._replace(held=held + ((left,) if left else ()))

    def pinned_as(self, revision: str, *, pinned: bool) -> BundleState:
        """Return the state in which a revision is pinned, or is not."""
        others = tuple(name for name in self.pinned if name != revision)
        return self._replace(sequence=self.sequence + 1, pinned=(*others, revision) if pinned else others)

    def repaired(self, damaged: str, whole: str, at: datetime) -> BundleState:
        """Return the state in which a sound copy has taken the place of a damaged revision, wherever it stood."""

        def in_place(name: str | None) -> str | None:
            return whole if name == damaged else name

        pinned = tuple(whole if name == damaged else name for name in self.pinned)
        held = tuple(hold._replace(revision=whole) if hold.revision == damaged else hold for hold in self.held)
        before = self._moved("activate", whole, at) if self.active == damaged else self
        previous = None if in_place(self.previous) == before.active else in_place(self.previous)
        sequence = self.sequence + 1
        return before._replace(sequence=sequence, previous=previous, pinned=pinned, held=held)

    @property
    def named(self) -> frozenset[str]:
        """All revisions that it names, those that are gone too."""
        held = (hold.revision for hold in self.held)
        changes = (name for entry in self.history for name in (entry.revision, entry.replaced))
        return frozenset(name for name in (self.active, self.previous, *held, *self.pinned, *changes) if name)

    def find_hold(self, manifest_sha256: str) -> Hold | None:
        """Return the hold on a manifest, or None."""
        return next((hold for hold in self.held if hold.manifest_sha256 == manifest_sha256), None)

    def _moved(self, action: Action, revision: str, at: datetime) -> BundleState:
        entry = HistoryEntry(self.sequence + 1, at, action, revision, self.active)
        previous = self.previous if revision == self.active else self.active
        return self._replace(
            sequence=entry.sequence,
            active=revision,
            previous=previous,
            history=(*self.history, entry)[-MAX_HISTORY:],
        )


def plan_rollback(state: BundleState, asked: str | None, installed: Collection[str], bundle_id: str) -> str:
    """Decide which revision a rollback goes to: the asked one, or the previous one.

    Raises:
        NotInstalled: Nothing of the bundle is active.
        NothingToDo: The asked revision is already active.
        NoSuchRevision: There is no previous one, or no such revision.
    """
    if state.active is None:
        raise NotInstalled(f"`{bundle_id}` is not installed, so there is nothing to roll back.")
    target = asked or state.previous
    if target is None:
        raise NoSuchRevision(
            f"`{bundle_id}` has no earlier revision.", expected="a previous revision", actual=f"only {state.active}"
        )
    if target == state.active:
        raise NothingToDo(f"`{target}` of `{bundle_id}` is already active.")
    if target not in installed:
        raise NoSuchRevision(
            f"`{bundle_id}` has no revision `{target}` on this machine.",
            expected=", ".join(sorted(installed, reverse=True)[:5]) or "an installed revision",
            actual=target,
        )
    return target


def new_revision_name(at: datetime, known: Iterable[str]) -> str:
    """Return the name of a revision that is published now: its time, or the second after the last of those known.

    Names grow whatever the clock does, so their order is that in which revisions came, and none is ever given twice.

    Args:
        at: Now.
        known: Every revision that there was, as far as anybody knows; a name of the year 9999 is nobody's clock.
    """
    times = (time for name in known if (time := find_revision_time(name)) is not None and time.year < _NO_YEAR)
    last = max(times, default=None)
    moment = at.astimezone(UTC)
    return (moment if last is None else max(moment, last + timedelta(seconds=1))).strftime(_REVISION_FORMAT)


def find_revision_time(name: str) -> datetime | None:
    """Return the time in a revision's name, or None where it is not one."""
    if not _REVISION.fullmatch(name):
        return None
    try:
        return datetime.strptime(name, _REVISION_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def state_as_json(state: BundleState) -> dict[str, object]:
    """Return what ``state.json`` holds."""
    return {
        "version": 1,
        "sequence": state.sequence,
        "active": state.active,
        "previous": state.previous,
        "held": [
            {"revision": h.revision, "manifest_sha256": h.manifest_sha256, "channel_revision": h.channel_revision}
            for h in state.held
        ],
        "pinned": list(state.pinned),
        "history": [
            {
                "sequence": entry.sequence,
                "at": format_time(entry.at),
                "action": entry.action,
                "revision": entry.revision,
                "replaced": entry.replaced,
            }
            for entry in state.history
        ],
    }


def parse_state(root: dict[str, object]) -> BundleState:
    """Read what ``state.json`` holds.

    Raises:
        BadField: A field is missing or wrong, or the file is of a later version.
    """
    fields = Fields(root, "")
    if fields.integer("version") != 1:
        raise fields.bad("version", "1", fields.integer("version"))
    return BundleState(
        sequence=fields.integer("sequence"),
        active=_find_revision(fields, "active"),
        previous=_find_revision(fields, "previous"),
        held=tuple(
            Hold(_revision(row, "revision"), row.sha256("manifest_sha256"), row.integer("channel_revision"))
            for row in fields.children("held")
        ),
        pinned=fields.texts("pinned"),
        history=tuple(_parse_entry(row) for row in fields.children("history")),
    )


def _parse_entry(row: Fields) -> HistoryEntry:
    action = row.text("action")
    if action not in ("activate", "rollback"):
        raise row.bad("action", "activate or rollback", action)
    return HistoryEntry(
        sequence=row.integer("sequence"),
        at=row.time("at"),
        action=action,  # type: ignore[arg-type]  # narrowed just above
        revision=_revision(row, "revision"),
        replaced=_find_revision(row, "replaced"),
    )


def _find_revision(fields: Fields, key: str) -> str | None:
    return _revision(fields, key) if key in fields else None


def _revision(fields: Fields, key: str) -> str:
    name = fields.text(key)
    if find_revision_time(name) is None:
        raise BadField(f"`{key}` is not a revision.", expected="rev-YYYYMMDDTHHMMSSZ", actual=ascii(name[:60]))
    return name
