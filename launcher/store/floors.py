"""``channels.json``: the highest channel revision that this machine has accepted of each subject (threat A2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_document
from launcher.domain.errors import DamagedState, ParseError
from launcher.domain.fields import Fields
from launcher.domain.floor import Floor, raise_floor
from launcher.store.disk_errors import name_disk_error, named_disk_errors
from launcher.store.durable import PREVIOUS_SUFFIX, write_durably

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def load_floors(path: Path) -> dict[str, Floor]:
    """Read all floors; a damaged file falls back to the one before it.

    Raises:
        DamagedState: Both are damaged: without floors an old catalog could be passed off as new.
        StoreError: They cannot be read.
    """
    problem: ParseError | None = None
    for candidate in (path, path.with_name(path.name + PREVIOUS_SUFFIX)):
        try:
            raw = candidate.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise name_disk_error(error, candidate) from error
        try:
            return _parse(Fields(parse_document(raw).root, ""))
        except ParseError as error:
            problem = problem or error
    if problem is None:
        return {}
    raise DamagedState(
        f"`{path.name}` is damaged, so it is not known how new the channels were.",
        actual=problem.message,
        hint=f"If you trust the sources, delete `{path}`; the next refresh starts anew.",
    )


def accept(path: Path, offers: Mapping[str, Floor], standing_keys: Collection[str]) -> None:
    """Raise the floors to what was just accepted, durably; the caller holds the store's lock.

    Args:
        path: The file of the floors.
        offers: What was accepted, by subject.
        standing_keys: As for `raise_floor`.

    Raises:
        ChannelRevisionTooLow: An offer is older than what was accepted before.
        ChannelEquivocation: An offer is other than what was accepted before.
        DamagedState: The floors cannot be read.
        StoreError: The disk refused.
    """
    floors = load_floors(path)
    raised = floors | {
        subject: raise_floor(subject, floors.get(subject), offer, standing_keys) for subject, offer in offers.items()
    }
    if raised != floors:
        with named_disk_errors(path):
            # A damaged file must not become the previous one: a crash in between would leave no good one at all.
            write_durably(path, _as_bytes(raised), keep_previous=_is_readable(path))


def _is_readable(path: Path) -> bool:
    try:
        _parse(Fields(parse_document(path.read_bytes()).root, ""))
    except (FileNotFoundError, ParseError):
        return False
    return True


def _parse(root: Fields) -> dict[str, Floor]:
    if root.integer("version") != 1:
        raise root.bad("version", "1", root.integer("version"))
    floors = root.child("floors")
    return {
        subject: Floor(row.integer("revision"), row.sha256("sha256"), frozenset(row.texts("keys")))
        for subject in floors
        for row in [floors.child(subject)]
    }


def _as_bytes(floors: Mapping[str, Floor]) -> bytes:
    rows = {
        subject: {"revision": floor.revision, "sha256": floor.sha256, "keys": sorted(floor.keys)}
        for subject, floor in sorted(floors.items())
    }
    return json.dumps({"version": 1, "floors": rows}, indent=1).encode()
