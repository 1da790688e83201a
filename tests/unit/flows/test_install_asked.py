from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NothingToDo, Unsigned
from launcher.domain.progress import Silent
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import World, active_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def test_what_is_active_already_does_not_keep_the_others_from_it(world: World) -> None:
    world.install_versions("b1000")
    world.registry.publish(Offer(id=WHISPER, tree=runtime_tree("w1"), version="w1"))
    (view,) = world.launcher().install([LLAMA, WHISPER], Silent())
    assert (view["id"], view["revision"]) == (WHISPER, active_of(world.store, WHISPER))


def test_there_is_nothing_to_do_only_where_all_are_active(world: World) -> None:
    world.install_versions("b1000")
    with pytest.raises(NothingToDo):
        world.launcher().install([LLAMA], Silent())


def test_what_is_stored_is_no_way_around_a_catalog_that_is_not_trusted(world: World) -> None:
    (released,) = world.install_versions("b1000")
    for cached in world.layout.catalogs.iterdir():
        cached.unlink()
    world.registry.write_catalog(keys=[])
    with pytest.raises(Unsigned):
        world.install(force=True)
    world.assert_sound(released)
