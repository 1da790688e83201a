"""What revisions cost on the disk: what an update does not change is stored once (docs/explanation/store.md)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.packing import Tree, runtime_tree
from tests.store_world import World, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = 20
MIB = 1024**2
REVISIONS = 5
COSTS_AT_MOST = 1.3


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def tree_of(number: int) -> Tree:
    """Return 20 MiB in 20 files, of which one, another for each number, is not what it is in the others."""
    contents = {name: random.Random(name).randbytes(MIB) for name in range(FILES)}  # noqa: S311 - the same every time
    contents[number] = random.Random(-number).randbytes(MIB)  # noqa: S311 - as above
    return {**runtime_tree(f"b{number}"), **{f"lib/{name:02}.bin": content for name, content in contents.items()}}


def disk_bytes(folder: Path) -> int:
    """Return what ``du`` counts: the blocks of every inode once."""
    facts = [path.lstat() for path in (folder, *folder.rglob("*"))]
    return sum({fact.st_ino: fact.st_blocks * 512 for fact in facts}.values())


def test_five_revisions_of_which_a_twentieth_changes_cost_little_more_than_one(world: World) -> None:
    costs_bytes = []
    for number in range(1, REVISIONS + 1):
        world.publish(f"b{number}", tree_of(number))
        world.install()
        costs_bytes.append(disk_bytes(world.store))

    assert costs_bytes[0] >= FILES * MIB
    assert costs_bytes[-1] <= COSTS_AT_MOST * costs_bytes[0]
    names = [path.name for path in world.folder.revisions.iterdir()]
    assert len(names) == REVISIONS
    assert [faults_of(world.store, name) for name in names] == [[]] * REVISIONS


def test_edit_of_a_small_file_stays_in_its_revision(world: World) -> None:
    old, new = world.install_versions("b1", "b2")
    with (world.folder.revision(old).payload / "LICENSE").open("ab") as file:
        file.write(b"edited\n")

    assert (world.folder.revision(new).payload / "LICENSE").read_bytes() == b"MIT\n"
    assert faults_of(world.store, new) == []
