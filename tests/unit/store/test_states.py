"""The pointer, and what stands in for it when it is lost (threat E5)."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DamagedState
from launcher.domain.history import BundleState, Hold
from launcher.store.layout import StoreLayout
from launcher.store.records import InstallRecord, record_as_bytes
from launcher.store.states import list_revisions, load_state, save_state

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.store.layout import BundleFolder

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
OLD, NEW, NEWEST = "rev-20261101T000000Z", "rev-20261102T000000Z", "rev-20261103T000000Z"
DAMAGE = {
    "truncated": b'{"version": 1, "seq',
    "empty": b"",
    "zeros": bytes(400),
    "from the future": b'{"version": 2, "sequence": 9}',
    "no object": b"[]",
    "no revision": json.dumps({"version": 1, "sequence": 1, "active": "../../elsewhere"}).encode(),
    "not UTF-8": b"\xff\xfe{}",
}


@pytest.fixture
def folder(tmp_path: Path) -> BundleFolder:
    folder = StoreLayout(tmp_path).bundle("llama.cpp-preview/linux-x86_64-cpu")
    for name in (OLD, NEW, NEWEST):
        folder.revision(name).payload.mkdir(parents=True)
    return folder


def test_state_comes_back_as_it_was_saved(folder: BundleFolder) -> None:
    state = BundleState().activated(OLD, "a" * 64, AT).activated(NEW, "b" * 64, AT)
    state = state.rolled_back(OLD, Hold(NEW, "b" * 64, 7), AT)

    save_state(folder, state)

    assert load_state(folder).state == state
    assert load_state(folder).problem is None


def test_nothing_installed_is_an_empty_state(tmp_path: Path) -> None:
    folder = StoreLayout(tmp_path).bundle("a/b")

    assert load_state(folder).state == BundleState()
    assert load_state(folder).problem is None


def test_revisions_alone_make_nothing_active(folder: BundleFolder) -> None:
    assert load_state(folder).state == BundleState()
    assert load_state(folder).problem is None


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_state_falls_back_to_the_one_before(folder: BundleFolder, damage: bytes) -> None:
    before = BundleState().activated(NEW, "a" * 64, AT)
    save_state(folder, before)
    save_state(folder, before.activated(OLD, "b" * 64, AT))
    folder.state.write_bytes(damage)

    loaded = load_state(folder)

    assert loaded.state == before
    assert isinstance(loaded.problem, DamagedState)
    assert "its previous state" in loaded.problem.message


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_two_damaged_states_fall_back_to_the_newest_revision(folder: BundleFolder, damage: bytes) -> None:
    save_state(folder, BundleState().activated(OLD, "a" * 64, AT))
    save_state(folder, BundleState().activated(NEW, "a" * 64, AT))
    folder.state.write_bytes(damage)
    folder.state.with_name("state.json.prev").write_bytes(damage)

    loaded = load_state(folder)

    assert loaded.state == BundleState(active=NEWEST)
    assert loaded.problem is not None
    assert NEWEST in loaded.problem.message


def test_hand_edits_never_become_active_by_a_guess(folder: BundleFolder) -> None:
    record = InstallRecord(AT, "a/b", "preview", 1, None, "a" * 64, "b" * 64, 1, "here")
    for name in (OLD, NEW):
        folder.revision(name).record.write_bytes(record_as_bytes(record))
    folder.revision(NEWEST).record.write_bytes(record_as_bytes(record._replace(kind="manual-edit")))
    folder.state.write_bytes(b"")

    assert load_state(folder).state.active == NEW


def test_revision_with_a_readable_record_is_the_better_guess(folder: BundleFolder) -> None:
    record = InstallRecord(AT, "a/b", "preview", 1, None, "a" * 64, "b" * 64, 1, "here")
    folder.revision(OLD).record.write_bytes(record_as_bytes(record))
    folder.state.write_bytes(b"")

    assert load_state(folder).state.active == OLD


def test_lost_state_falls_back_to_the_one_before(folder: BundleFolder) -> None:
    save_state(folder, BundleState().activated(OLD, "a" * 64, AT))
    save_state(folder, BundleState().activated(NEW, "b" * 64, AT))
    folder.state.unlink()

    loaded = load_state(folder)

    assert loaded.state.active == OLD
    assert loaded.problem is not None
    assert loaded.problem.actual == "no state.json"


def test_state_that_names_a_lost_revision_falls_back(folder: BundleFolder) -> None:
    save_state(folder, BundleState().activated(OLD, "a" * 64, AT))
    save_state(folder, BundleState().activated("rev-20261109T000000Z", "b" * 64, AT))

    loaded = load_state(folder)

    assert loaded.state.active == OLD
    assert loaded.problem is not None
    assert loaded.problem.actual is not None
    assert "gone" in loaded.problem.actual


def test_damaged_state_without_any_revision_is_empty_and_said(tmp_path: Path) -> None:
    folder = StoreLayout(tmp_path).bundle("a/b")
    folder.path.mkdir(parents=True)
    folder.state.write_bytes(b"{")

    loaded = load_state(folder)

    assert loaded.state == BundleState()
    assert loaded.problem is not None


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_state_of_another_user_does_not_count(folder: BundleFolder) -> None:
    save_state(folder, BundleState().activated(OLD, "a" * 64, AT))
    save_state(folder, BundleState().activated(NEW, "b" * 64, AT))
    os.chown(folder.state, 65534, 65534)

    loaded = load_state(folder)

    assert loaded.state.active == OLD
    assert loaded.problem is not None


def test_reader_that_meets_a_writer_sees_old_or_new(folder: BundleFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A revision that is published and made active while somebody reads is not gone: it is new."""
    fresh = "rev-20261104T000000Z"
    save_state(folder, BundleState().activated(OLD, "a" * 64, AT))
    parse = json.loads

    def publish_then_read(path: Path) -> BundleState:
        monkeypatch.undo()
        folder.revision(fresh).payload.mkdir(parents=True)
        save_state(folder, BundleState().activated(fresh, "b" * 64, AT))
        state: dict[str, str] = parse(path.read_bytes())
        return BundleState(active=state["active"])

    monkeypatch.setattr("launcher.store.states._read", publish_then_read)
    loaded = load_state(folder)

    assert loaded.state.active == fresh
    assert loaded.problem is None


def test_only_revisions_are_listed_oldest_first(folder: BundleFolder) -> None:
    for name in ("rev-20261301T000000Z", "rev-2026", "notes", ".tmp", "rev-20261103T000000Z.tmp"):
        (folder.revisions / name).mkdir()

    assert list_revisions(folder) == (OLD, NEW, NEWEST)


def test_saving_over_damage_keeps_the_good_one_before(folder: BundleFolder) -> None:
    before = BundleState().activated(OLD, "a" * 64, AT)
    save_state(folder, before)
    save_state(folder, before.activated(NEW, "b" * 64, AT))
    folder.state.write_bytes(b"{")

    save_state(folder, load_state(folder).state, keep_previous=False)

    previous = folder.state.with_name("state.json.prev")
    assert json.loads(previous.read_bytes()) == json.loads(folder.state.read_bytes())
