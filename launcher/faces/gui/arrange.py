"""Which bundles the list shows and in which order: plain values, so that 10,000 of them filter within a frame.

Qt's sorting proxy asks the model back for every row and every comparison; from Python that costs ten times as much as
this whole module, which prepares each entry's keys once, when it arrives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

from launcher.domain.accelerator import parse_accelerator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from launcher.domain.views import BundleView


class Sorting(StrEnum):
    """The order of the bundles of one runtime."""

    BEST = "best"
    NAME = "name"
    SIZE = "size"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Entry:
    """A bundle with the keys that filtering and sorting need.

    Attributes:
        family: Its accelerator's family, ``cuda``.
        accelerator: The accelerator as people call it, ``CUDA 12.8``.
        needle: All its searchable words, case-folded.
        sort_key: The runtimes by name; in each the recommended one first, then those that fit, best first.
    """

    bundle: BundleView
    family: str = field(init=False)
    accelerator: str = field(init=False)
    needle: str = field(init=False)
    sort_key: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work the keys out."""
        bundle = self.bundle
        accelerator = parse_accelerator(bundle["accelerator"])
        words = (bundle["id"], bundle["name"], accelerator.title, bundle["offered_upstream_version"] or "")
        rank = (not bundle["is_recommended"], not bundle["fits"], bundle["rank"], bundle["id"])
        object.__setattr__(self, "family", accelerator.family)
        object.__setattr__(self, "accelerator", accelerator.title)
        object.__setattr__(self, "needle", " ".join(words).casefold())
        object.__setattr__(self, "sort_key", (bundle["runtime"].casefold(), *rank))


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above the bundles of one runtime.

    Attributes:
        shown: How many of them pass the filter.
        total: How many there are.
    """

    runtime: str
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What the person wants to see; the empty filter shows everything.

    Attributes:
        text: Words that must all occur.
        channel: Only this channel; empty for all.
        family: Only this accelerator family; empty for all.
    """

    text: str = ""
    channel: str = ""
    family: str = ""
    fits_only: bool = False
    installed_only: bool = False
    sorting: Sorting = Sorting.BEST

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self | None:
        """Return the filter that was kept, or None where what was kept is none."""
        try:
            return cls(
                text=str(kept["text"]),
                channel=str(kept["channel"]),
                family=str(kept["family"]),
                fits_only=bool(kept["fits_only"]),
                installed_only=bool(kept["installed_only"]),
                sorting=Sorting(kept["sorting"]),
            )
        except (KeyError, ValueError):
            return None

    def entries(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries that pass, in their order."""
        if self.channel:
            entries = [entry for entry in entries if entry.bundle["channel"] == self.channel]
        if self.family:
            entries = [entry for entry in entries if entry.family == self.family]
        if self.fits_only:  # what is on the disk stays in sight, whatever the machine became meanwhile
            entries = [entry for entry in entries if entry.bundle["fits"] or entry.bundle["revisions"]]
        if self.installed_only:
            entries = [entry for entry in entries if entry.bundle["revisions"]]
        for word in self.text.casefold().split():
            entries = [entry for entry in entries if word in entry.needle]
        return list(entries)


def sort_entries(entries: Iterable[Entry], sorting: Sorting) -> list[Entry]:
    """Return the entries by runtime, and those of each in an order; where two are equal, the better one comes first."""
    found = sorted(entries, key=attrgetter("sort_key"))
    if sorting is Sorting.NAME:
        found.sort(key=lambda entry: entry.bundle["name"].casefold())
    elif sorting is Sorting.SIZE:
        found.sort(key=lambda entry: _size_bytes(entry.bundle), reverse=True)
    elif sorting is Sorting.NEWEST:
        found.sort(key=lambda entry: _installed_at(entry.bundle), reverse=True)
    if sorting is not Sorting.BEST:
        found.sort(key=lambda entry: entry.bundle["runtime"].casefold())
    return found


def _size_bytes(bundle: BundleView) -> int:
    active = bundle["active"]
    return active["size_bytes"] if active else bundle["download_bytes"] or 0


def _installed_at(bundle: BundleView) -> str:
    return max((revision["installed_at"] or "" for revision in bundle["revisions"]), default="")


def arrange(entries: Iterable[Entry], totals: Mapping[str, int]) -> list[Heading | Entry]:
    """Return the rows of the list: the entries under a heading for each runtime.

    Args:
        entries: Those that are shown, as `sort_entries` sorts them.
        totals: How many there are of each runtime, shown or not.
    """
    rows: list[Heading | Entry] = []
    for runtime, group in groupby(entries, key=lambda entry: entry.bundle["runtime"]):
        shown = list(group)
        rows.append(Heading(runtime, len(shown), totals[runtime]))
        rows.extend(shown)
    return rows
