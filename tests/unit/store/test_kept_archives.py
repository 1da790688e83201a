from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.progress import Silent
from launcher.store.kept_archives import drop_archives, list_kept_archives
from tests.packing import proof_of
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def install(world: World, version: str) -> str:
    """Install a version of which only the archive is signed; return the archive's digest."""
    world.publish(version, has_index=False)
    world.install()
    sha256: str = proof_of(world.registry.archive_path())["sha256"]
    return sha256


def kept(world: World) -> set[str]:
    return {path.name for path in world.layout.downloads.iterdir()}


def test_archives_stay_as_long_as_a_revision_needs_them(world: World) -> None:
    first, second = install(world, "b1"), install(world, "b2")
    world.install_versions("b3")  # with a signed index: nothing to keep
    assert list_kept_archives(world.layout) == frozenset({first, second})
    assert kept(world) == {first, second}


def test_a_removed_bundle_takes_its_archives_with_it_and_no_others(world: World) -> None:
    archive = install(world, "b1")
    unfinished = world.layout.downloads / ("a" * 64)
    unfinished.write_bytes(b"a transfer that has just ended, which nobody has unpacked yet")
    world.launcher().remove(LLAMA, Silent())
    assert kept(world) == {unfinished.name}
    assert archive not in kept(world)


def test_while_a_revision_cannot_be_read_nothing_goes(world: World) -> None:
    archive = install(world, "b1")
    assert world.active is not None
    world.folder.revision(world.active).record.write_bytes(b"{")
    assert list_kept_archives(world.layout) is None
    drop_archives(world.layout, {archive})
    assert kept(world) == {archive}
