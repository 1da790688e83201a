"""`update --download-only`: what is newer is here and proven, and nothing else has changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DiskFailure, LauncherError
from launcher.domain.progress import Silent
from tests.lying_server import Lie
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.install_versions("b1")
        world.publish("b2")
        yield world


def archive_requests(world: World) -> list[str]:
    return [
        path
        for path in world.registry.server.requests
        if "/r2/" in path and path.endswith(world.registry.archive_path().name)
    ]


def test_it_is_fetched_once_and_activated_later_without_the_network(world: World) -> None:
    before = world.active
    (view,) = world.launcher().update([], Silent(), fetch_only=True)["updated"]
    assert (view["revision"], view["path"], view["dry_run"]) == (None, None, False)
    assert view["fetch_bytes"] == world.registry.archive_path().stat().st_size
    world.assert_sound(before)
    assert len(list(world.folder.revisions.iterdir())) == 1
    world.launcher().update([], Silent(), fetch_only=True)
    world.update()
    assert world.active != before
    world.assert_sound(world.active)
    assert len(archive_requests(world)) == 1
    assert list(world.layout.downloads.iterdir()) == []


def test_a_stored_revision_that_is_damaged_does_not_count_as_here(world: World) -> None:
    before = world.active
    world.update()
    assert world.active is not None
    newer = world.folder.revision(world.active)
    world.roll_back()
    state = json.loads(world.folder.state.read_bytes())
    world.folder.state.write_text(json.dumps({**state, "held": []}))  # else it would not be updated to at all
    (newer.payload / "LICENSE").write_bytes(b"mit\n")
    (fetched,) = world.launcher().update([], Silent(), fetch_only=True)["updated"]
    assert fetched["fetch_bytes"] == world.registry.archive_path().stat().st_size
    assert len(archive_requests(world)) == 2
    world.assert_sound(before)


def test_what_is_held_is_not_fetched(world: World) -> None:
    world.install()
    world.roll_back()
    view = world.launcher().update([LLAMA], Silent(), fetch_only=True)
    assert (view["updated"], [row["reason"] for row in view["skipped"]]) == ([], ["held"])


def test_what_is_not_what_was_signed_is_not_kept(world: World) -> None:
    archive = world.registry.archive_path()
    world.registry.server.lie(archive, Lie(body=b"x" * archive.stat().st_size))
    with pytest.raises(LauncherError) as caught:
        world.launcher().update([LLAMA], Silent(), fetch_only=True)
    assert caught.value.code == "wrong-hash"
    assert not isinstance(caught.value, DiskFailure)
    assert [path for path in world.layout.downloads.iterdir() if path.suffix == ""] == []
