"""What an import takes, and what it says; what it refuses stands in tests/hostile/test_imports.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.choose import Fit
from launcher.domain.errors import (
    Cancelled,
    CatalogExpired,
    LauncherError,
    MachineError,
    NoSuchBundle,
    NoSuchSource,
    NothingToDo,
    ProbeFailed,
    UnknownSigner,
    UsageError,
)
from launcher.domain.fields import format_time
from launcher.domain.progress import Phase, Silent
from launcher.domain.reason import Reason, ReasonCode
from tests.hostile.import_bench import Bench
from tests.packing import Executable, runtime_tree
from tests.registry import LLAMA, WHISPER, Key, Offer
from tests.store_world import Recorder, World, active_of, big_tree, faults_of, leftovers_of, snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.app import Launcher
    from tests.packing import Member


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "bench")


def other_machine(world: World, tmp_path: Path) -> Launcher:
    """Return a launcher on a store of its own, which follows no source."""
    return open_launcher(dest=tmp_path / "other", environ=world.environ)


def exported(world: World, tmp_path: Path, **options: Any) -> Path:  # noqa: ANN401 - as Offline.export
    path = tmp_path / "x.arwcache"
    world.launcher().offline.export([], str(path), Silent(), **options)
    return path


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    world.install_versions("b1", "b2")
    path = exported(world, tmp_path, all_revisions=True)
    view = other_machine(world, tmp_path).offline.import_paths([path], Silent(), dry_run=True)
    assert [item["result"] for item in view["items"]] == ["accepted", "accepted"]
    assert [row["result"] for row in view["catalogs"]] == ["accepted"]
    assert not (tmp_path / "other").exists()


def test_what_is_stored_is_what_was_signed_and_not_active(world: World, tmp_path: Path) -> None:
    for version in ("b1", "b2"):
        world.publish(version, big_tree(version))
        world.install()
    view = other_machine(world, tmp_path).offline.import_paths(
        [exported(world, tmp_path, all_revisions=True)], Silent()
    )
    store = tmp_path / "other"
    names = [item["revision"] for item in view["items"]]
    assert [faults_of(store, name) for name in names if name] == [[], []]
    assert active_of(store) is None
    assert leftovers_of(store) == []
    shared = {(store / LLAMA / "revisions" / str(name) / "payload/lib/same.bin").stat().st_ino for name in names}
    assert len(shared) == 1  # the object store works for imports, too


def test_the_record_says_where_it_came_from_and_that_it_was_tried(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    launcher = other_machine(world, tmp_path)
    (item,) = launcher.offline.import_paths([exported(world, tmp_path)], Silent())["items"]
    record = json.loads((tmp_path / "other" / LLAMA / "revisions" / str(item["revision"]) / "install.json").read_text())
    assert (record["source"], record["probe"]) == ("imported from x.arwcache", "version: b1")


def test_importing_again_changes_nothing(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    path = exported(world, tmp_path)
    launcher = other_machine(world, tmp_path)
    launcher.offline.import_paths([path], Silent())
    before = snapshot_of(tmp_path / "other")
    view = launcher.offline.import_paths([path], Silent())
    assert [row["result"] for row in (*view["items"], *view["catalogs"])] == ["already-here", "already-here"]
    assert snapshot_of(tmp_path / "other") == before


def test_force_stores_it_again_and_so_mends_it(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    path = exported(world, tmp_path)
    launcher = other_machine(world, tmp_path)
    launcher.offline.import_paths([path], Silent())
    (item,) = launcher.offline.import_paths([path], Silent(), force=True)["items"]
    assert item["result"] == "accepted"
    assert len(list((tmp_path / "other" / LLAMA / "revisions").iterdir())) == 2


def test_importing_again_mends_what_is_damaged(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    path = exported(world, tmp_path)
    launcher = other_machine(world, tmp_path)
    (first,) = launcher.offline.import_paths([path], Silent())["items"]
    damaged = tmp_path / "other" / LLAMA / "revisions" / str(first["revision"]) / "payload/LICENSE"
    damaged.write_bytes(bytes(damaged.stat().st_size))
    before = snapshot_of(tmp_path / "other")
    (planned,) = launcher.offline.import_paths([path], Silent(), dry_run=True)["items"]
    assert (planned["result"], snapshot_of(tmp_path / "other")) == ("accepted", before)
    (again,) = launcher.offline.import_paths([path], Silent())["items"]
    assert (again["result"], again["revision"] != first["revision"]) == ("accepted", True)
    assert faults_of(tmp_path / "other", str(again["revision"])) == []


def test_it_merges_with_what_is_active(world: World, tmp_path: Path) -> None:
    (first,) = world.install_versions("b1")
    bench = open_launcher(dest=tmp_path / "other", catalog=world.registry.catalog_url, environ=world.environ)
    bench.install([LLAMA], Silent())
    active = active_of(tmp_path / "other")
    world.install_versions("b2")
    view = other_machine(world, tmp_path).offline.import_paths(
        [exported(world, tmp_path, all_revisions=True)], Silent()
    )
    assert [(item["upstream_version"], item["result"]) for item in view["items"]] == [
        ("b1", "already-here"),
        ("b2", "accepted"),
    ]
    assert active_of(tmp_path / "other") == active
    assert first


def test_only_one_bundle(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    world.registry.publish(
        Offer(id=WHISPER, tree=runtime_tree("w1", command="whisper-cli"), version="w1", command="whisper-cli")
    )
    world.launcher().install([WHISPER], Silent())
    path = exported(world, tmp_path)
    launcher = other_machine(world, tmp_path)
    view = launcher.offline.import_paths([path], Silent(), bundle_id=WHISPER)
    assert [item["id"] for item in view["items"]] == [WHISPER]
    with pytest.raises(NoSuchBundle, match="nobody/knows"):
        launcher.offline.import_paths([path], Silent(), bundle_id="nobody/knows")


def test_nothing_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        other_machine(world, tmp_path).offline.import_paths([], Silent())


def test_a_cancel_keeps_what_was_stored_and_leaves_nothing_half(world: World, tmp_path: Path) -> None:
    world.install_versions("b1", "b2")
    path = exported(world, tmp_path, all_revisions=True)
    recorder = Recorder()

    def cancel_in_the_second(phase: Phase) -> None:
        if phase is Phase.UNPACKING and recorder.phases.count(phase) == 2:
            recorder.cancel_in = phase

    recorder.on_phase = cancel_in_the_second
    with pytest.raises(Cancelled):
        other_machine(world, tmp_path).offline.import_paths([path], recorder)
    (name,) = [entry.name for entry in (tmp_path / "other" / LLAMA / "revisions").iterdir()]
    assert faults_of(tmp_path / "other", name) == []
    assert leftovers_of(tmp_path / "other") == []


def test_every_byte_is_told(world: World, tmp_path: Path) -> None:
    world.publish("b1", big_tree("b1"))
    world.install()
    recorder = Recorder()
    (item,) = other_machine(world, tmp_path).offline.import_paths([exported(world, tmp_path)], recorder)["items"]
    assert recorder.done_bytes[Phase.UNPACKING] == item["size_bytes"]


def test_installing_what_was_imported_fetches_nothing(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    path = exported(world, tmp_path)
    world.registry.server.__exit__(None, None, None)
    launcher = other_machine(world, tmp_path)
    launcher.offline.import_paths([path], Silent())
    plan = launcher.install([LLAMA], Silent(), dry_run=True)
    assert [(view["fetch_bytes"], view["dry_run"]) for view in plan] == [(0, True)]
    (installed,) = launcher.install([LLAMA], Silent())
    assert installed["revision"] == active_of(tmp_path / "other")
    with pytest.raises(NothingToDo):
        other_machine(world, tmp_path).install([LLAMA], Silent())


def test_an_expired_imported_catalog_activates_nothing_new(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")

    def expire(root: dict[str, Any]) -> None:
        root["expires_at"] = format_time(world.launcher()._wiring.clock.now().replace(year=2020))

    world.registry.revision += 1
    world.registry.write_catalog(expire)
    world.launcher().refresh(Silent())
    launcher = other_machine(world, tmp_path)
    view = launcher.offline.import_paths([exported(world, tmp_path)], Silent())
    assert "has expired" in view["catalogs"][0]["sentence"]
    with pytest.raises(CatalogExpired):
        launcher.install([LLAMA], Silent())


def test_without_a_catalog_the_newest_trusted_revision_is_taken(bench: Bench) -> None:
    for version in ("b1", "b2"):
        path = bench.cache_of(version).write(bench.root / "x.arwcache")
        assert bench.import_one(path)["result"] == "accepted"
    (installed,) = bench.launcher().install([LLAMA], Silent())
    assert installed["upstream_version"] == "b2"


def test_what_no_catalog_offers_is_shown_all_the_same(bench: Bench) -> None:
    bench.import_one(bench.cache_of("b1").write(bench.root / "x.arwcache"))
    (row,) = bench.launcher().overview()["bundles"]
    assert (row["id"], row["state"], row["channel"]) == (LLAMA, "installed", "preview")
    assert row["signature"]["state"] == "trusted"


def test_without_a_catalog_the_signature_must_hold_now(bench: Bench) -> None:
    bench.import_one(bench.cache_of("b1").write(bench.root / "x.arwcache"))
    bench.registry.trust(Key(key_id="another").as_signer())
    with pytest.raises(UnknownSigner):
        bench.launcher().install([LLAMA], Silent())
    assert active_of(bench.store) is None


def test_a_bundle_for_another_system_is_stored_and_never_active(bench: Bench) -> None:
    tree: dict[str, Member] = {**runtime_tree("b1"), "llama-server": Executable(b"MZ")}
    more = {"platforms": [{"os": "windows", "arch": "x86_64"}]}
    bench.import_one(bench.cache_of("b1", tree, more=more).write(bench.root / "x.arwcache"), all_platforms=True)
    with pytest.raises(MachineError):
        bench.launcher().install([LLAMA], Silent())
    assert active_of(bench.store) is None


def test_what_was_stored_untried_is_tried_before_it_is_active(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver came later: what did not fit at its import fits now, and was never started."""
    tree: dict[str, Member] = {**runtime_tree("b1"), "llama-server": Executable(b"#!/bin/sh\nexit 7\n")}
    path = bench.cache_of("b1", tree).write(bench.root / "x.arwcache")
    with monkeypatch.context() as patch:
        reason = Reason(ReasonCode.NO_DEVICE, "No device.")
        patch.setattr("launcher.flows.transfer.judging.assess_bundle", lambda *_: Fit(fits=False, reasons=(reason,)))
        assert bench.import_one(path)["result"] == "accepted"
    with pytest.raises(ProbeFailed):
        bench.launcher().install([LLAMA], Silent())
    assert active_of(bench.store) is None


def test_a_newer_import_without_a_catalog_is_a_revision_to_go_to(bench: Bench) -> None:
    bench.import_one(bench.cache_of("b1").write(bench.root / "x.arwcache"))
    bench.launcher().install([LLAMA], Silent())
    (first,) = bench.revisions
    revision = bench.import_one(bench.cache_of("b2").write(bench.root / "y.arwcache"))["revision"]
    with pytest.raises(LauncherError):
        bench.launcher().install([LLAMA], Silent())
    assert active_of(bench.store) == first
    bench.launcher().roll_back(LLAMA, Silent(), revision=revision)
    assert active_of(bench.store) == revision


def test_loose_archives_are_found_by_their_digest(bench: Bench) -> None:
    bench.publish("b1")
    archive = bench.registry.archive_path()
    renamed = bench.root / "whatever.bin"
    renamed.write_bytes(archive.read_bytes())
    decoy = bench.root / "decoy.tar.zst"
    decoy.write_bytes(bytes(len(archive.read_bytes())))
    launcher = bench.launcher()
    manifest = bench.registry.manifest_path()
    (item,) = launcher.offline.import_paths([decoy, renamed], Silent(), metadata=manifest)["items"]
    assert item["result"] == "accepted"
    bench.assert_clean(revisions=1)
    assert renamed.exists()


def test_loose_archives_that_are_not_there(bench: Bench) -> None:
    bench.publish("b1")
    launcher = bench.launcher()
    with pytest.raises(NoSuchSource):
        launcher.offline.import_paths([bench.root / "nothing"], Silent(), metadata=bench.registry.manifest_path())
    (item,) = launcher.offline.import_paths([], Silent(), metadata=bench.registry.manifest_path())["items"]
    assert item["error"] is not None
    assert item["error"]["code"] == "no-such-source"


def test_a_loose_manifest_of_another_bundle_than_asked_for(bench: Bench) -> None:
    bench.publish("b1")
    (item,) = bench.launcher().offline.import_paths(
        [bench.registry.archive_path()], Silent(), metadata=bench.registry.manifest_path(), bundle_id=WHISPER
    )["items"]
    assert item["error"] is not None
    assert item["error"]["code"] == "wrong-bundle"


def test_an_imported_catalog_gives_way_to_a_followed_source(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    path = exported(world, tmp_path)
    other_machine(world, tmp_path).offline.import_paths([path], Silent())
    followed = open_launcher(dest=tmp_path / "other", environ=world.environ)
    followed.offline.add_source(world.registry.catalog_url, Silent())
    world.publish("b2")
    followed = open_launcher(dest=tmp_path / "other", environ=world.environ)
    catalogs = [row["path"] for row in followed.refresh(Silent())]
    assert catalogs.count(world.registry.catalog_url) == 1
    (installed,) = followed.install([LLAMA], Silent())
    assert installed["upstream_version"] == "b2"


def test_a_named_catalog_is_the_only_one(world: World, tmp_path: Path) -> None:
    world.install_versions("b1")
    other_machine(world, tmp_path).offline.import_paths([exported(world, tmp_path)], Silent())
    named = open_launcher(dest=tmp_path / "other", catalog=str(world.registry.catalog_path), environ=world.environ)
    assert [row["path"] for row in named.overview()["catalogs"]] == [world.registry.catalog_path.as_uri()]
