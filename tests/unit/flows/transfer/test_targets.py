"""Which revisions an export takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import NoSuchRevision, NotInstalled, UsageError
from launcher.domain.progress import Silent
from launcher.flows.transfer.targets import Selection, list_targets
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture
def llama(world: World) -> list[str]:
    """Three revisions of one bundle, of which the second is active."""
    names = world.install_versions("b1", "b2", "b3")
    world.roll_back()
    return names


@pytest.fixture
def whisper(world: World, llama: list[str]) -> str:
    """Another bundle, whose revision has the name of one of the first."""
    tree = runtime_tree("w1", command="whisper-cli")
    world.registry.publish(Offer(id=WHISPER, tree=tree, version="w1", command="whisper-cli"))
    world.launcher().install([WHISPER], Silent())
    folder = world.layout.bundle(WHISPER)
    (name,) = (path.name for path in folder.revisions.iterdir())
    (folder.revisions / name).rename(folder.revisions / llama[0])
    state = folder.path / "state.json"
    state.write_text(state.read_text().replace(name, llama[0]))
    return llama[0]


def targets(world: World, *bundle_ids: str, revisions: tuple[str, ...] = (), every: bool = False) -> list[list[str]]:
    session = world.launcher()._wiring.session()
    found = list_targets(session, Selection(bundle_ids, revisions, every))
    return [[folder.bundle_id, name] for folder, name in found]


def test_the_usual_is_what_is_active(world: World, llama: list[str], whisper: str) -> None:
    assert targets(world) == [[LLAMA, llama[1]], [WHISPER, whisper]]
    assert targets(world, LLAMA, LLAMA) == [[LLAMA, llama[1]]]


def test_all_revisions(world: World, llama: list[str], whisper: str) -> None:
    assert targets(world, every=True) == [*([LLAMA, name] for name in llama), [WHISPER, whisper]]


def test_named_revisions_of_a_bundle_oldest_first(world: World, llama: list[str]) -> None:
    assert targets(world, LLAMA, revisions=(llama[2], llama[0], llama[2])) == [[LLAMA, llama[0]], [LLAMA, llama[2]]]


def test_a_revision_without_a_bundle_is_looked_for_everywhere(world: World, llama: list[str], whisper: str) -> None:
    assert targets(world, revisions=(llama[2],)) == [[LLAMA, llama[2]]]
    assert targets(world, revisions=(llama[0],)) == [[LLAMA, llama[0]], [WHISPER, whisper]]
    assert targets(world, revisions=(f"{WHISPER}@{whisper}",)) == [[WHISPER, whisper]]


def test_a_bundle_that_is_named_beside_them_is_taken_as_usual(world: World, llama: list[str], whisper: str) -> None:
    assert targets(world, LLAMA, WHISPER, revisions=(llama[2],)) == [[LLAMA, llama[2]], [WHISPER, whisper]]


def test_a_revision_that_is_not_there_is_refused_with_those_that_are(world: World, llama: list[str]) -> None:
    with pytest.raises(NoSuchRevision) as raised:
        targets(world, LLAMA, revisions=(llama[0], "rev-20200101T000000Z"))
    assert raised.value.actual == "rev-20200101T000000Z"
    assert raised.value.expected == ", ".join(reversed(llama))
    with pytest.raises(NoSuchRevision):
        targets(world, revisions=(f"{WHISPER}@{llama[0]}",))


def test_what_makes_no_sense_is_refused(world: World, llama: list[str]) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        targets(world, revisions=(llama[0],), every=True)
    with pytest.raises(NotInstalled, match="whisper"):
        targets(world, WHISPER, revisions=(llama[0],))
