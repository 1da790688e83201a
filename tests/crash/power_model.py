"""What a power cut may leave of a folder: a pure model of names, contents and the syncs that hold them.

The model is weaker than any journal: of everything that was not synced, any part may be missing, whatever came after
it. Only what is on one name, or in one file, keeps its order; a rename happens in one piece or not at all; contents
that were not synced may be cut short. Syncing a file holds its contents and not its name, syncing a folder the names in
it (fsync(2)), syncing the file system everything (syncfs(2)).
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

ROOT: Final = 0
_MORE_SUBSETS: Final = 20


class Node(NamedTuple):
    """A file, folder or link without its names: what an inode is.

    Attributes:
        kind: ``file``, ``folder`` or ``link``.
        mode: Its permissions.
        target: Where a link leads.
    """

    kind: str
    mode: int
    target: str = ""


class Name(NamedTuple):
    """A name in a folder, which is given by its node."""

    folder: int
    name: str


@dataclass(frozen=True, slots=True)
class Naming:
    """One change of names in one piece: what each stands for now, None where it is gone."""

    names: Mapping[Name, int | None]


@dataclass(frozen=True, slots=True)
class Writing:
    """New contents of one file."""

    node: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Syncing:
    """A sync of one file or folder; None for the whole file system."""

    node: int | None


Step = Naming | Writing | Syncing


@dataclass(frozen=True, slots=True)
class Recording:
    """What an operation did to a folder.

    Attributes:
        nodes: Everything that there ever was, by number; `ROOT` is the folder itself.
        before: The steps that make what was there before, all of it durable.
        steps: What the operation did, in order.
    """

    nodes: Mapping[int, Node]
    before: Sequence[Step]
    steps: Sequence[Step]


@dataclass(frozen=True)
class Image:
    """A disk after a power cut.

    Attributes:
        names: What each name stands for.
        contents: The contents of the files that have any.
        story: Which unsynced steps the disk got, for messages.
        is_done: The cut came after the operation had ended.
    """

    names: Mapping[Name, int]
    contents: Mapping[int, bytes]
    story: str
    is_done: bool

    def reached(self) -> Iterator[tuple[str, int]]:
        """Yield the path and the node of everything that can be reached from the root, folders first."""
        below: dict[int, list[tuple[str, int]]] = {}
        for (folder, name), node in sorted(self.names.items()):
            below.setdefault(folder, []).append((name, node))
        waiting = [("", ROOT)]
        while waiting:
            prefix, folder = waiting.pop()
            for name, node in below.get(folder, ()):
                yield prefix + name, node
                waiting.append((f"{prefix}{name}/", node))

    def lay_out(self, nodes: Mapping[int, Node], place: Path) -> None:
        """Make the disk's folder at ``place``, where nothing is yet."""
        place.mkdir(mode=0o700)
        made: dict[int, Path] = {}
        for text, number in self.reached():
            path, node = place / text, nodes[number]
            if node.kind == "folder":
                path.mkdir()
            elif node.kind == "link":
                path.symlink_to(node.target)
            elif number in made:
                os.link(made[number], path)
            else:
                path.write_bytes(self.contents.get(number, b""))
                path.chmod(node.mode)
                made[number] = path


def images_of(recording: Recording) -> Iterator[Image]:
    """Yield the different disks that a power cut during or after an operation may leave.

    All possible ones are too many. These are, between any two syncs: none of the unsynced steps; the first so many;
    one alone; all but one; all, or all until then, with one file empty or cut short; and some subsets by chance, the
    same every time.
    """
    seen = set()
    synced: set[int] = set()
    for number, step in enumerate([*recording.steps, None]):
        if isinstance(step, Naming | Writing):
            continue
        waiting = [index for index in range(number) if index not in synced and _is_change(recording.steps[index])]
        for kept, cut in _choices(recording.steps, waiting):
            image = _replay(recording, synced | kept, cut, f"cut at {number}, got {sorted(kept)}, cut short {cut}")
            key = tuple((path, node, image.contents.get(node)) for path, node in image.reached())
            if (key, step is None) not in seen:
                seen.add((key, step is None))
                yield image if step is not None else Image(image.names, image.contents, image.story, is_done=True)
        if step is not None:
            synced |= {index for index in waiting if _is_held(recording.steps[index], step)}


def _is_change(step: Step) -> bool:
    return not isinstance(step, Syncing)


def _is_held(step: Step, sync: Syncing) -> bool:
    match step:
        case Naming(names):
            return sync.node is None or any(name.folder == sync.node for name in names)
        case Writing(node):
            return sync.node is None or node == sync.node
        case Syncing():
            return False


def _choices(steps: Sequence[Step], waiting: Sequence[int]) -> Iterator[tuple[set[int], dict[int, int]]]:
    for count in range(len(waiting) + 1):
        yield set(waiting[:count]), {}
    for position, index in enumerate(waiting, 1):
        yield {index}, {}
        yield set(waiting) - {index}, {}
        step = steps[index]
        if isinstance(step, Writing):
            for size_bytes in (0, len(step.content) // 2):
                yield set(waiting), {index: size_bytes}
                yield set(waiting[:position]), {index: size_bytes}
    chance = random.Random(len(waiting))  # noqa: S311 - the same every time
    for _ in range(_MORE_SUBSETS if len(waiting) > 2 else 0):
        yield {index for index in waiting if chance.random() < 0.5}, {}


def _replay(recording: Recording, kept: set[int], cut: Mapping[int, int], story: str) -> Image:
    names: dict[Name, int] = {}
    contents: dict[int, bytes] = {}
    for index, step in [*((-1, step) for step in recording.before), *enumerate(recording.steps)]:
        if index >= 0 and index not in kept:
            continue
        match step:
            case Naming(changed):
                for name, node in changed.items():
                    names.pop(name, None)
                    if node is not None:
                        names[name] = node
            case Writing(node, content):
                contents[node] = content[: cut.get(index)]
            case Syncing():
                pass
    return Image(names, contents, story, is_done=False)
