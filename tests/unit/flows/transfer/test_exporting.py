from __future__ import annotations

import json
import os
import sys
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.errors import CannotExport, DamagedRevision, NotInstalled, UsageError
from launcher.domain.progress import Phase, Silent
from launcher.flows.transfer.exporting import Destination, parse_destination
from launcher.store.lock import find_holder, locked
from tests.cache_files import read_tar
from tests.packing import runtime_tree
from tests.registry import LLAMA, WHISPER, Offer
from tests.store_world import Recorder, World, big_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.views import ExportView


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def export(world: World, output: Path, *bundle_ids: str, **options: Any) -> ExportView:  # noqa: ANN401 - as Offline.export
    return world.launcher().offline.export(bundle_ids, str(output), Silent(), **options)


def listing_of(path: Path) -> dict[str, Any]:
    listing: dict[str, Any] = json.loads(read_tar(path)[0][1])
    return listing


def members_of(path: Path) -> dict[str, bytes]:
    return dict(read_tar(path))


def install_whisper(world: World) -> None:
    world.registry.publish(
        Offer(id=WHISPER, tree=runtime_tree("w1", command="whisper-cli"), version="w1", command="whisper-cli")
    )
    world.launcher().install([WHISPER], Silent())


@pytest.mark.parametrize(
    ("text", "is_folder"),
    [
        ("x.arwcache", False),
        ("new", True),
        ("new/", True),
        ("v1.2/", True),
        ("there.d", True),
        ("a.b/x.arwcache", False),
    ],
)
def test_what_a_destination_is(text: str, *, is_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.d").mkdir()
    assert parse_destination(text) == Destination(tmp_path / text, is_folder=is_folder)


@pytest.mark.parametrize("text", ["x.tar", "x.zip", "v1.2"])
def test_a_destination_that_could_be_either(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError):
        parse_destination(text)


def test_the_active_revision_of_every_bundle(world: World, tmp_path: Path) -> None:
    world.install_versions("b1", "b2")
    install_whisper(world)
    world.roll_back()
    view = export(world, tmp_path / "x.arwcache")
    assert [(item["id"], item["upstream_version"], item["ok"]) for item in view["items"]] == [
        (LLAMA, "b1", True),
        (WHISPER, "w1", True),
    ]
    assert view["catalogs"] == [world.registry.catalog_url]
    assert (view["form"], view["ok"]) == ("file", True)
    assert view["members"] == len(read_tar(tmp_path / "x.arwcache")) - 1


def test_named_bundles_and_all_revisions(world: World, tmp_path: Path) -> None:
    first, second = world.install_versions("b1", "b2")
    install_whisper(world)
    view = export(world, tmp_path / "x.arwcache", LLAMA, all_revisions=True)
    assert [(item["id"], item["revision"]) for item in view["items"]] == [(LLAMA, first), (LLAMA, second)]


def test_what_revisions_share_is_stored_once(world: World, tmp_path: Path) -> None:
    for version in ("b1", "b2", "b3"):
        world.publish(version, big_tree(version))
        world.install()
    export(world, tmp_path / "one.arwcache")
    export(world, tmp_path / "all.arwcache", all_revisions=True)
    one, three = ((tmp_path / name).stat().st_size for name in ("one.arwcache", "all.arwcache"))
    assert one > 2 * 1024**2
    assert three < 2.1 * one  # the large file that never changes is not there three times


def test_the_signed_bytes_travel_as_they_are(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    world.registry.announce("### 2026-11-18 · preview r2 · info\nHello.\n")
    world.launcher().refresh(Silent())
    export(world, tmp_path / "x.arwcache")
    members = members_of(tmp_path / "x.arwcache")
    assert world.registry.manifest_path().read_bytes() in members.values()
    assert world.registry.catalog_path.read_bytes() in members.values()
    assert (world.registry.root / "changelog.md").read_bytes() in members.values()


def test_nothing_of_this_machine_leaves_it(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    listing = tmp_path / "x.arwcache"
    local = world.launcher(is_local=True)
    view = local.offline.export([], str(listing), Silent())
    assert view["catalogs"] == ["bundles.preview.json"]  # and not in which folder it lies
    for name, content in read_tar(listing):
        assert str(tmp_path).encode() not in content, name
    assert set(listing_of(listing)) == {"type", "version", "created_at", "items", "catalogs", "objects", "archives"}


def test_a_damaged_revision_is_left_out_and_named(world: World, tmp_path: Path) -> None:
    for version in ("b1", "b2"):
        world.publish(version, big_tree(version))
        world.install()
    payload = world.payload
    damaged = payload / "lib" / "own.bin"
    damaged.chmod(0o644)
    damaged.write_bytes(b"\xff" * damaged.stat().st_size)
    recorder = Recorder()
    view = world.launcher().offline.export([], str(tmp_path / "x.arwcache"), recorder, all_revisions=True)
    assert [(item["upstream_version"], item["ok"]) for item in view["items"]] == [("b1", True), ("b2", False)]
    error = view["items"][1]["error"]
    assert error is not None
    assert error["code"] == "damaged-revision"
    assert "lib/own.bin" in error["message"]
    assert view["ok"] is False
    assert [row["upstream_version"] for row in listing_of(tmp_path / "x.arwcache")["items"]] == ["b1"]
    assert any("is left out" in message for message in recorder.messages)
    assert recorder.phases.count(Phase.SAVING) == 2


def test_a_damaged_revision_alone_leaves_nothing(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    (world.payload / "LICENSE").unlink()
    with pytest.raises(DamagedRevision):
        export(world, tmp_path / "x.arwcache")
    assert list(tmp_path.glob("x.*")) == []


def test_hand_edits_are_never_exported_as_signed(world: World, tmp_path: Path) -> None:
    first, second = world.install_versions("b1", "b2")
    (world.payload / "model.txt").write_text("mine")
    snapshot = world.launcher().snapshot(LLAMA, Silent())["revision"]
    view = export(world, tmp_path / "x.arwcache", all_revisions=True)
    codes = {item["revision"]: item["error"] and item["error"]["code"] for item in view["items"]}
    assert codes == {first: None, second: "damaged-revision", snapshot: "cannot-export"}
    assert b"mine" not in members_of(tmp_path / "x.arwcache").values()


def test_a_bundle_without_an_index_needs_its_archives(world: World, tmp_path: Path) -> None:
    world.publish("b1", has_index=False)
    world.install()
    view = export(world, tmp_path / "x.arwcache")
    assert [(item["index"], item["ok"]) for item in view["items"]] == [("recorded", True)]
    assert world.registry.archive_path().read_bytes() in members_of(tmp_path / "x.arwcache").values()
    for path in world.layout.downloads.iterdir():
        path.unlink()
    with pytest.raises(CannotExport, match="archives are no longer here"):
        export(world, tmp_path / "y.arwcache")


def test_archives_of_signed_indexes_do_not_stay(world: World) -> None:
    world.install_versions("b1")
    assert [path.name for path in world.layout.downloads.iterdir()] == []


def test_nothing_to_export(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotInstalled):
        export(world, tmp_path / "x.arwcache")
    world.install_versions("b1")
    with pytest.raises(NotInstalled, match=WHISPER):
        export(world, tmp_path / "x.arwcache", WHISPER)
    assert list(tmp_path.glob("x.*")) == []


def test_readers_share_the_store_and_writers_wait(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    with locked(world.layout.lock, "reading", shared=True):
        assert export(world, tmp_path / "x.arwcache")["ok"]

    class Trying(Silent):
        could_write = False

        def phase(self, phase: Phase, subject: str, total_bytes: int | None = None) -> None:
            del subject, total_bytes
            if phase is Phase.SAVING:
                with pytest.raises(Exception, match="Another process"), locked(world.layout.lock, "writing"):
                    Trying.could_write = True

    world.launcher().offline.export([], str(tmp_path / "y.arwcache"), Trying())
    assert not Trying.could_write


def test_unsigned_catalogs_stay_behind(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    world.registry.write_catalog(keys=[])
    view = world.launcher(is_local=True).offline.export([], str(tmp_path / "x.arwcache"), Silent())
    assert view["catalogs"] == []


def test_a_folder_is_written_on_and_its_old_listing_replaced(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    folder = tmp_path / "stick"
    export(world, folder)
    inodes = {path: path.stat().st_ino for path in (folder / "objects").glob("*/*")}
    world.install_versions("b2")
    export(world, folder, all_revisions=True)
    assert {path: path.stat().st_ino for path in inodes} == inodes
    assert len(json.loads((folder / "arwcache.json").read_bytes())["items"]) == 2


def test_the_file_can_be_read_with_the_standard_library_alone(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    export(world, tmp_path / "x.arwcache")
    with tarfile.open(tmp_path / "x.arwcache", "r:") as archive:
        archive.extractall(tmp_path / "out", filter="data")
    rows = {row["path"]: row for row in json.loads(world.registry.manifest_path().read_bytes())["files"]}
    for path, row in rows.items():
        if "sha256" in row:
            content = (tmp_path / "out" / "objects" / row["sha256"][:2] / row["sha256"]).read_bytes()
            assert content == (world.payload / path).read_bytes()
    assert os.listdir(tmp_path / "out" / "manifests")  # noqa: PTH208 - only whether there is any


def test_the_installed_program_is_named_to_those_who_wait(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.install_versions("b1")
    monkeypatch.setattr(sys, "argv", ["/usr/local/bin/arw-cli", "runtime"])
    holders: list[str | None] = []

    def look(_phase: Phase) -> None:
        holders.append(find_holder(world.layout.lock))

    world.launcher().offline.export([], str(tmp_path / "x.arwcache"), Recorder(on_phase=look))
    assert holders == [f"process {os.getpid()} (arw-cli: exporting)"]
