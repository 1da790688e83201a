"""Putting a store in order, and refusing one that is not ours."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DamagedState, LauncherError, UnsafeStore
from launcher.domain.history import BundleState
from launcher.store.abilities import find_abilities
from launcher.store.bundles import list_bundles
from launcher.store.layout import StoreLayout
from launcher.store.lock import locked
from launcher.store.recovery import open_root, recover
from launcher.store.states import load_state, save_state

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
OLD, NEW = "rev-20261101T000000Z", "rev-20261102T000000Z"
ID = "llama.cpp-preview/linux-x86_64-cpu"


@pytest.fixture
def layout(tmp_path: Path) -> StoreLayout:
    layout = StoreLayout(tmp_path / "store")
    open_root(layout)
    return layout


def test_root_is_made_for_its_owner_only(layout: StoreLayout) -> None:
    for folder in (layout.root, layout.stages, layout.trash, layout.downloads):
        assert folder.stat().st_mode & 0o777 == 0o700
    open_root(layout)


@pytest.mark.parametrize("name", ["stages", "trash", "downloads", "root"])
def test_planted_link_is_refused_and_nothing_behind_it_touched(tmp_path: Path, name: str) -> None:
    layout = StoreLayout(tmp_path / "store")
    outside = tmp_path / "outside"
    (outside / "documents").mkdir(parents=True)
    if name != "root":
        layout.root.mkdir()
    planted: Path = getattr(layout, name)
    planted.symlink_to(outside)

    with pytest.raises(UnsafeStore) as caught:
        open_root(layout)

    assert caught.value.expected == "a folder of ours"
    assert caught.value.actual == "a link"
    assert (outside / "documents").is_dir()


@pytest.mark.parametrize("name", ["stages", "root"])
def test_file_in_a_folders_place_is_refused(tmp_path: Path, name: str) -> None:
    layout = StoreLayout(tmp_path / "store")
    if name != "root":
        layout.root.mkdir()
    getattr(layout, name).write_bytes(b"")

    with pytest.raises(UnsafeStore):
        open_root(layout)


@pytest.mark.root
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give folders away")
@pytest.mark.parametrize("name", ["stages", "trash", "root"])
def test_folder_of_another_user_is_refused(layout: StoreLayout, name: str) -> None:
    os.chown(getattr(layout, name), 65534, 65534)

    with pytest.raises(UnsafeStore) as caught:
        open_root(layout)

    assert caught.value.actual == "user 65534"


def test_stage_and_trash_are_emptied_without_following_links(layout: StoreLayout, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_bytes(b"p")
    for folder in (layout.stages, layout.trash):
        (folder / "tree" / "payload").mkdir(parents=True)
        (folder / "tree" / "payload" / "link").symlink_to(outside)
        (folder / "link").symlink_to(outside)
        (folder / "file").write_bytes(b"f")

    assert recover(layout) == []

    assert list(layout.stages.iterdir()) == list(layout.trash.iterdir()) == []
    assert (outside / "precious").exists()


def test_temporaries_go_and_everything_else_stays(layout: StoreLayout) -> None:
    bundle = layout.bundle(ID)
    bundle.revision(OLD).payload.mkdir(parents=True)
    save_state(bundle, BundleState().activated(OLD, "a" * 64, AT))
    (layout.objects / "ab").mkdir(parents=True)
    layout.catalogs.mkdir()
    kept = [layout.objects / "ab" / "cd", layout.downloads / "aa.part", bundle.revision(OLD).payload / "file.tmp"]
    gone = [layout.root / "channels.json.tmp", bundle.path / "state.json.tmp", layout.catalogs / "x.note.json.tmp"]
    gone.append(layout.objects / "ab" / "cd.tmp")
    for path in kept + gone:
        path.write_bytes(b"x")

    recover(layout)

    assert [path.exists() for path in kept] == [True] * 3
    assert [path.exists() for path in gone] == [False] * 4


def test_what_a_killed_doctor_tried_goes_and_what_another_one_tries_stays(layout: StoreLayout) -> None:
    killed, trying, planted = (layout.root / f".try-{name}" for name in ("killed", "trying", "planted"))
    for folder in (killed, trying):
        folder.mkdir()
        (folder / "lock").write_bytes(b"")
        (folder / "file").write_bytes(b"content")
    planted.symlink_to(killed)

    with locked(trying / "lock", "trying what works"):
        recover(layout)
        assert [path.is_dir() for path in (killed, trying)] == [False, True]
        assert planted.is_symlink()  # not ours: `doctor` makes folders

    recover(layout)
    assert not trying.exists()


def test_what_works_is_found_beside_a_writer_who_recovers(layout: StoreLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    undisturbed = find_abilities(layout.root)
    real_link = os.link

    def recover_meanwhile(source: Path, target: Path) -> None:
        recover(layout)
        real_link(source, target)

    monkeypatch.setattr("launcher.store.abilities.os.link", recover_meanwhile)

    assert find_abilities(layout.root) == undisturbed
    assert list(layout.root.glob(".try-*")) == []


def test_damaged_state_is_mended_and_said_once(layout: StoreLayout) -> None:
    bundle = layout.bundle(ID)
    for name in (OLD, NEW):
        bundle.revision(name).payload.mkdir(parents=True)
    save_state(bundle, BundleState().activated(OLD, "a" * 64, AT))
    save_state(bundle, load_state(bundle).state.activated(NEW, "b" * 64, AT))
    bundle.state.write_bytes(b"")

    (problem,) = recover(layout)

    assert isinstance(problem, DamagedState)
    assert recover(layout) == []
    assert load_state(bundle).state.active == OLD


def test_derived_names_follow_the_state(layout: StoreLayout) -> None:
    bundle = layout.bundle(ID)
    for name in (OLD, NEW):
        bundle.revision(name).payload.mkdir(parents=True)
        bundle.revision(name).manifest.write_text(name, encoding="utf-8")
    save_state(bundle, BundleState().activated(NEW, "a" * 64, AT))
    bundle.current.symlink_to(f"revisions/{OLD}")
    bundle.manifest_copy.write_bytes(b"{}")

    recover(layout)

    assert bundle.current.resolve() == bundle.revision(NEW).path
    assert bundle.manifest_copy.read_text(encoding="utf-8") == NEW


def test_folder_that_a_person_made_at_current_is_left_alone(layout: StoreLayout) -> None:
    bundle = layout.bundle(ID)
    bundle.revision(NEW).payload.mkdir(parents=True)
    save_state(bundle, BundleState().activated(NEW, "a" * 64, AT))
    bundle.current.mkdir()
    (bundle.current / "notes").write_bytes(b"mine")

    assert recover(layout) == []

    assert (bundle.current / "notes").read_bytes() == b"mine"
    assert not bundle.current.with_name("current.tmp").is_symlink() or recover(layout) == []


def test_only_folders_that_can_be_bundles_are_listed(layout: StoreLayout, tmp_path: Path) -> None:
    for name in ("b/two", "a/one"):
        layout.bundle(name).revisions.mkdir(parents=True)
    (layout.root / "a" / "empty").mkdir()
    (layout.root / "a" / "no name!").mkdir()
    (layout.root / "a" / "file").write_bytes(b"")
    (layout.root / "notes.txt").write_bytes(b"")
    (tmp_path / "elsewhere" / "x" / "revisions").mkdir(parents=True)
    (layout.root / "linked").symlink_to(tmp_path / "elsewhere")

    assert [bundle.bundle_id for bundle in list_bundles(layout)] == ["a/one", "b/two"]


def test_no_store_has_no_bundles(tmp_path: Path) -> None:
    assert list_bundles(StoreLayout(tmp_path / "nothing")) == []


@pytest.mark.parametrize("name", ["", "x", "../x", "a/b/c", "a/..", "/a/b", "a\\b/c", ".stage/x", "a/con", "a/b."])
def test_id_that_cannot_name_a_folder_is_refused(layout: StoreLayout, name: str) -> None:
    with pytest.raises(LauncherError):
        layout.bundle(name)
