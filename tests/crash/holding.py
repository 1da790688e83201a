"""What a store holds, as its disk says and not the program: the oracle of all crash tests.

A revision is known by its label, ``bundle version kind``, with ``damaged`` behind it where its tree is not what its
index says. An operation takes a store from one set of labels to another; a crash may leave anything in between, and
nothing else.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.crash.runner import LLAMA, SHARED_FROM_BYTES
from tests.store_world import active_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Holding(NamedTuple):
    """What is in a store.

    Attributes:
        active: The label of the active revision; None where nothing is active, or the state cannot be read.
        labels: Of all revisions.
        objects: The digests (with ``.x`` for programs) of the shared contents.
        needed: Those of them that a revision has a file of.
        floors: The highest channel revision accepted, by subject.
        catalogs: The cached catalogs and change logs, by name.
    """

    active: str | None
    labels: frozenset[str]
    objects: frozenset[str]
    needed: frozenset[str]
    floors: Mapping[str, int]
    catalogs: Mapping[str, bytes]


def holding_of(store: Path) -> Holding:
    """Look at everything that a store holds."""
    labels: dict[Path, str] = {}
    needed: set[str] = set()
    for path in store.glob("*/*/revisions/*"):
        labels[path] = _label(path)
        if not labels[path].startswith(path.name):
            needed.update(_object_name(row) for row in _rows(path) if row.get("size_bytes", 0) >= SHARED_FROM_BYTES)
    active = _readable_active(store)
    catalogs = [path for path in store.glob(".catalogs/*") if path.suffixes != [".note", ".json"]]
    return Holding(
        active=labels[store / LLAMA / "revisions" / active] if active else None,
        labels=frozenset(labels.values()),
        objects=frozenset(path.parent.name + path.name for path in store.glob(".objects/sha256/*/*")),
        needed=frozenset(needed),
        floors=_floors(store),
        catalogs={path.name: path.read_bytes() for path in catalogs},
    )


def faults_between(before: Holding, found: Holding, after: Holding) -> list[str]:
    """Return how what a crash left, once it recovered, is not between what was before and what was to be."""
    faults = []
    if found.active not in {before.active, after.active}:
        faults.append(f"{found.active} is active")
    faults += [f"{label} is gone" for label in sorted(before.labels & after.labels - found.labels)]
    faults += [f"{label} was never to be" for label in sorted(found.labels - before.labels - after.labels)]
    lost = before.objects & found.needed - found.objects
    faults += [f"the object {name} is gone, and a revision needs it" for name in sorted(lost)]
    for subject, revision in before.floors.items():
        if found.floors.get(subject, 0) < revision:
            faults.append(f"the floor of {subject} fell from {revision} to {found.floors.get(subject)}")
    return faults


def faults_after(found: Holding, after: Holding, may_stay: frozenset[str] = frozenset()) -> list[str]:
    """Return how the store is not what the operation was to make of it; ``may_stay`` are labels that do no harm."""
    faults = [f"{label} is missing" for label in sorted(after.labels - found.labels)]
    faults += [f"{label} is too much" for label in sorted(found.labels - after.labels - may_stay)]
    if found.floors != after.floors:
        faults.append(f"the floors are {dict(found.floors)}, not {dict(after.floors)}")
    if found.catalogs != after.catalogs:
        faults.append("the cached catalogs are others")
    return faults


def unneeded_objects(found: Holding, after: Holding) -> list[str]:
    """Return the shared contents that no revision needs, and that an operation left behind."""
    return sorted(found.objects - found.needed - after.objects)


def floors_missing(store: Path) -> list[str]:
    """Return the revisions whose channel could be taken back behind them: an unfinished import must leave none."""
    floors = _floors(store)
    rows = [json.loads(path.read_bytes()) for path in store.glob("*/*/revisions/*/install.json")]
    return [
        f"{row['bundle_id']} has revision {row['channel_revision']} and no such floor"
        for row in rows
        if floors.get(f"bundle {row['bundle_id']} {row['channel']}", 0) < row["channel_revision"]
    ]


def faults_of_exports(folder: Path) -> list[str]:
    """Return how what has the name of an export, in either form, is not whole: half of one must have no such name."""
    caches = [*folder.rglob("*.arwcache"), *(path.parent for path in folder.rglob("arwcache.json"))]
    return [f"{cache.name}: {fault}" for cache in caches for fault in faults_of_cache(cache)]


def faults_of_cache(cache: Path) -> list[str]:
    """Return how an exported cache, in either of its forms, is not whole by its own listing."""
    try:
        members = _read_folder(cache) if cache.is_dir() else _read_file(cache)
        listing = json.loads(members["arwcache.json"])
    except (tarfile.TarError, ValueError, KeyError) as error:
        return [f"no listing: {error!r}"]
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in members.items()}
    return [f"{path} is not what was listed" for path, sha256 in _members(listing) if digests.get(path) != sha256]


def _read_folder(cache: Path) -> dict[str, bytes]:
    return {path.relative_to(cache).as_posix(): path.read_bytes() for path in cache.rglob("*") if path.is_file()}


def _read_file(cache: Path) -> dict[str, bytes]:
    with tarfile.open(cache) as tar:
        return {member.name: file.read() for member in tar if (file := tar.extractfile(member)) is not None}


def _members(listing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for item in listing["items"]:
        yield f"manifests/{item['bundle_id']}/{item['revision']}/bundle.json", item["manifest"]["sha256"]
    for sha256 in listing["objects"]:
        yield f"objects/{sha256[:2]}/{sha256}", sha256


def _readable_active(store: Path) -> str | None:
    try:
        return active_of(store)
    except ValueError:
        return None


def _label(revision: Path) -> str:
    try:
        record = json.loads((revision / "install.json").read_bytes())
        name = f"{record['bundle_id']} {record['upstream_version']} {record['kind']}"
        return f"{name} damaged" if _is_damaged(revision) else name
    except (FileNotFoundError, ValueError, KeyError) as error:
        return f"{revision.name} unreadable: {error!r}"


def _is_damaged(revision: Path) -> bool:
    payload = revision / "payload"
    rows = {row["path"]: (row.get("link"), row.get("sha256"), row.get("executable", False)) for row in _rows(revision)}
    paths = [path for path in payload.rglob("*") if path.is_symlink() or path.is_file()]
    return rows != {path.relative_to(payload).as_posix(): facts_of(path) for path in paths}


def _rows(revision: Path) -> list[dict[str, Any]]:
    """Return the index that counts: a recorded one where hands changed the tree or nobody signed one."""
    rows: list[dict[str, Any]] | None = json.loads((revision / "install.json").read_bytes()).get("files")
    return json.loads((revision / "bundle.json").read_bytes())["files"] if rows is None else rows


def _object_name(row: Mapping[str, Any]) -> str:
    return f"{row['sha256']}.x" if row["executable"] else str(row["sha256"])


def _floors(store: Path) -> dict[str, int]:
    try:
        rows = json.loads((store / "channels.json").read_bytes())["floors"]
    except (FileNotFoundError, ValueError):  # half a file holds no floor
        rows = {}
    return {subject: row["revision"] for subject, row in rows.items()}
