"""Which bundles the list shows and in which order: plain values, so that 10,000 of them filter within a frame.

Qt's sorting proxy asks the model back for every row and every comparison; from Python that costs ten times as much as
this whole module, which prepares each entry's keys once, when it arrives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from launcher.domain.accelerator import parse_accelerator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from launcher.domain.views import BundleView


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


def arrange(entries: Iterable[Entry], totals: Mapping[str, int]) -> list[Heading | Entry]:
    """Return the rows of the list: the entries under a heading for each runtime.

    Args:
        entries: Those that are shown, sorted by their `Entry.sort_key`.
        totals: How many there are of each runtime, shown or not.
    """
    rows: list[Heading | Entry] = []
    for runtime, group in groupby(entries, key=lambda entry: entry.bundle["runtime"]):
        shown = list(group)
        rows.append(Heading(runtime, len(shown), totals[runtime]))
        rows.extend(shown)
    return rows
