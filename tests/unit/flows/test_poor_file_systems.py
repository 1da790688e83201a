"""File systems without hard links, symbolic links or locks: said by the doctor, and still correct (threat E16)."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NoReturn

import pytest

from launcher.domain.errors import StoreError
from launcher.store.states import load_state
from tests.store_world import World, big_tree, faults_of, leftovers_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def refuse(*_: object, **__: object) -> NoReturn:
    """Answer as a file system does that has no such thing."""
    raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def sentences(world: World) -> list[tuple[str, str]]:
    checks = world.launcher().doctor()["checks"]
    return [(row["status"], row["sentence"]) for row in checks if row["name"] == "Store"]


def install_update_and_roll_back(world: World) -> tuple[str, str]:
    """Use the store as people do; return its two revisions, the first of which is active again."""
    for version in ("b1", "b2"):
        world.publish(version, {k: v for k, v in big_tree(version).items() if not k.startswith("lib/libllama")})
        world.install()
    second, first = load_state(world.folder).state.active, load_state(world.folder).state.previous
    assert first is not None
    assert second is not None
    world.roll_back()
    return first, second


def test_without_links_revisions_are_copies_and_the_previous_state_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "symlink", refuse)

    first, second = install_update_and_roll_back(world)

    world.assert_sound(first)
    assert faults_of(world.store, second) == []
    assert not world.folder.current.exists()
    inodes = {(world.folder.revision(name).payload / "lib/same.bin").stat().st_ino for name in (first, second)}
    assert len(inodes) == 2
    world.folder.state.write_bytes(b"{")
    assert load_state(world.folder).state.active == second  # what was active before the rollback
    (first_status, first_sentence), (second_status, second_sentence) = sentences(world)[:2]
    assert (first_status, second_status) == ("warning", "warning")
    assert "without links" in first_sentence
    assert "cannot share files" in second_sentence
    assert leftovers_of(world.store) == []


def test_without_locks_nothing_is_written_and_the_doctor_says_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = world.install_versions("b1")
    world.publish("b2")
    monkeypatch.setattr("fcntl.flock", refuse)

    with pytest.raises(StoreError):
        world.install()

    world.assert_sound(first)
    assert not world.launcher().doctor()["ok"]
    status, sentence = sentences(world)[0]
    assert status == "warning"
    assert "without locks" in sentence
