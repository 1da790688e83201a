"""Which files changed between two revisions, from their lists of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NoSuchRevision, NotInstalled
from tests.packing import runtime_tree
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def test_the_previous_revision_is_compared_with_the_active_one(world: World) -> None:
    world.publish("b1", {**runtime_tree("b1"), "gone.txt": b"old"})
    old = world.install()["revision"]
    world.publish("b2", {**runtime_tree("b2"), "docs/new.txt": b"newer"})
    new = world.install()["revision"]

    view = world.launcher().compare(LLAMA)

    assert (view["before"], view["after"]) == (old, new)
    assert (view["before_upstream_version"], view["after_upstream_version"]) == ("b1", "b2")
    assert view["is_signed"]
    assert view["added"] == [{"path": "docs/new.txt", "before_bytes": None, "after_bytes": 5}]
    assert view["removed"] == [{"path": "gone.txt", "before_bytes": 3, "after_bytes": None}]
    changed = {row["path"] for row in view["changed"]}
    same = {path for path in runtime_tree("b1") if runtime_tree("b1")[path] == runtime_tree("b2")[path]}
    assert changed == set(runtime_tree("b1")) - same
    assert view["unchanged_count"] == len(same)


def test_any_two_can_be_named_in_either_order(world: World) -> None:
    first, _, third = world.install_versions("b1", "b2", "b3")
    forth = world.launcher().compare(LLAMA, before=first, after=third)
    back = world.launcher().compare(LLAMA, before=third, after=first)
    assert [(row["before_bytes"], row["after_bytes"]) for row in forth["changed"]] == [
        (row["after_bytes"], row["before_bytes"]) for row in back["changed"]
    ]


def test_a_recorded_list_counts_where_the_publisher_signed_none(world: World) -> None:
    world.publish("b1", has_index=False)
    world.install()
    world.publish("b2")
    world.install()
    view = world.launcher().compare(LLAMA)
    assert not view["is_signed"]
    assert (view["added"], view["removed"]) == ([], [])


def test_what_is_not_here_cannot_be_compared(world: World) -> None:
    with pytest.raises(NotInstalled):
        world.launcher().compare(LLAMA)
    world.install_versions("b1")
    with pytest.raises(NoSuchRevision, match="two revisions to compare"):
        world.launcher().compare(LLAMA)
    with pytest.raises(NoSuchRevision, match="rev-20200101T000000Z"):
        world.launcher().compare(LLAMA, before="rev-20200101T000000Z")
