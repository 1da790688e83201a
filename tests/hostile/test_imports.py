"""What an exported cache may not smuggle in (threats E17, E19): rows A, B and C, wrapped in a cache that fits.

The container itself is honest in all of them: every digest and size is right, and what it lists is there.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.fields import format_time
from tests.cache_files import CacheFile, object_name, write_tar
from tests.hostile.archive_cases import UNSAFE_NAMES, Case, all_cases
from tests.hostile.import_bench import Bench
from tests.packing import Executable, Link, index_rows, runtime_tree
from tests.registry import LLAMA, WHISPER, Key
from tests.store_world import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.packing import Member

NOW = datetime.now(UTC)
STRANGER = Key(key_id="stranger")
DAY = timedelta(days=1)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def signed(bench: Bench, version: str, edit: Callable[[dict[str, Any]], None], keys: list[Key] | None = None) -> bytes:
    """Publish a version, change its manifest and sign it again."""
    bench.publish(version)
    bench.registry.edit_manifest(edit, keys=keys)
    return bench.registry.manifest_path().read_bytes()


def unchanged(_root: dict[str, Any]) -> None:
    """Edit nothing."""


def import_manifest(bench: Bench, manifest: bytes, version: str = "b1", **claims: Any) -> tuple[str, str | None]:  # noqa: ANN401
    """Import a cache with this manifest and honest contents; return what became of it, and the error's code."""
    cache = CacheFile()
    cache.add_bundle(manifest, runtime_tree(version), **claims)
    item = bench.import_one(cache.write(bench.root / "x.arwcache"))
    return item["result"], item["error"]["code"] if item["error"] else None


# --- rows A and B: whose word it is ----------------------------------------------------------------------------


def test_unsigned(bench: Bench) -> None:
    assert import_manifest(bench, signed(bench, "b1", unchanged, [])) == ("refused", "unsigned")


def test_unknown_signer(bench: Bench) -> None:
    assert import_manifest(bench, signed(bench, "b1", unchanged, [STRANGER])) == ("refused", "unknown-signer")


def test_copied_key_id(bench: Bench) -> None:
    assert import_manifest(bench, signed(bench, "b1", unchanged, [Key()])) == ("refused", "key-mismatch")


def test_changed_after_signing(bench: Bench) -> None:
    root = json.loads(bench.publish("b1"))
    root["bundle"]["metadata"]["process"]["command"] = "lib/libllama.so.0.0.1"
    assert import_manifest(bench, json.dumps(root).encode()) == ("refused", "bad-signature")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"expires_at": format_time(NOW - DAY)}, "expired-signer"),
        ({"not_before": format_time(NOW + DAY)}, "not-yet-valid-signer"),
        ({"revoked_at": format_time(NOW - DAY)}, "revoked-signer"),
    ],
)
def test_signer_that_does_not_hold_here_and_now(bench: Bench, more: dict[str, str], code: str) -> None:
    manifest = bench.publish("b1")
    bench.registry.trust(bench.registry.key.as_signer(["preview"], **more))
    assert import_manifest(bench, manifest) == ("refused", code)


def test_signer_of_another_channel(bench: Bench) -> None:
    manifest = bench.publish("b1")
    bench.registry.trust(bench.registry.key.as_signer(["stable"]))
    assert import_manifest(bench, manifest) == ("refused", "wrong-channel")


def test_threshold_of_this_machine(bench: Bench) -> None:
    manifest = bench.publish("b1")
    bench.registry.trust(bench.registry.key.as_signer(), thresholds={"preview": 2})
    assert import_manifest(bench, manifest) == ("refused", "threshold-not-met")


@pytest.mark.parametrize(
    ("content", "code"), [(None, "no-signer-registry"), ("{", "bad-signer-registry")], ids=["absent", "broken"]
)
def test_nothing_is_trusted_without_a_registry(bench: Bench, content: str | None, code: str) -> None:
    manifest = bench.publish("b1")
    bench.registry.signers_path.unlink()
    if content is not None:
        bench.registry.signers_path.write_text(content)
    assert import_manifest(bench, manifest) == ("refused", code)


def test_from_the_future(bench: Bench) -> None:
    manifest = signed(bench, "b1", lambda root: root["release"].update(issued_at=format_time(NOW + DAY)))
    assert import_manifest(bench, manifest) == ("refused", "not-yet-issued")


@pytest.mark.parametrize("claim", [{"bundle_id": WHISPER}, {"channel": "stable"}])
def test_validly_signed_for_something_else(bench: Bench, claim: dict[str, str]) -> None:
    assert import_manifest(bench, bench.publish("b1"), **claim) == ("refused", "wrong-bundle")
    bench.assert_clean()
    bench.assert_next_good_import_works()


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (b"{", "not-json"),
        (b"\xff", "not-utf8"),
        (b"[]", "not-json"),
        (b'{"a": 1, "a": 2}', "duplicate-key"),
        (b'{"a": 1.5}', "unsafe-number"),
        (b"[" * 64 + b"]" * 64, "too-deep"),
        (b'{"type": "runtime-catalog"}', "unknown-version"),
    ],
)
def test_manifests_that_are_none(bench: Bench, manifest: bytes, code: str) -> None:
    cache = CacheFile()
    cache.add_bundle(bench.publish("b1"), runtime_tree("b1"))
    item = cache.listing["items"][0]
    path = f"manifests/{item['bundle_id']}/{item['revision']}/bundle.json"
    honest = cache.contents[path]
    cache.contents[path] = manifest
    cache.listing["items"][0]["manifest"] = _pin(manifest)
    view = bench.import_one(cache.write(bench.root / "x.arwcache"))
    assert (view["result"], view["error"]["code"] if view["error"] else None) == ("refused", code)
    cache.contents[path] = honest
    bench.assert_clean()


def _pin(content: bytes) -> dict[str, Any]:
    cache = CacheFile()
    cache.add_object(content)
    ((sha256, size_bytes),) = cache.listing["objects"].items()
    return {"sha256": sha256, "size_bytes": size_bytes}


def test_refusals_leave_nothing_and_the_next_good_import_works(bench: Bench) -> None:
    for keys in ([], [STRANGER], [Key()]):
        import_manifest(bench, signed(bench, "b1", unchanged, keys))
    bench.assert_clean()
    bench.assert_next_good_import_works()


# --- rows A2 and A3, E19: channel floors -----------------------------------------------------------------------


def test_older_than_what_this_machine_has_seen(bench: Bench) -> None:
    old = bench.cache_of("b1").write(bench.root / "old.arwcache")
    new = bench.cache_of("b2").write(bench.root / "new.arwcache")
    assert bench.import_one(new)["result"] == "accepted"
    item = bench.import_one(old)
    assert item["result"] == "refused"
    assert item["error"] is not None
    assert item["error"]["code"] == "channel-revision-too-low"
    assert bench.import_one(old, force=True)["result"] == "refused"
    bench.assert_clean(revisions=1)


def test_all_revisions_of_one_cache_come_in_their_order(bench: Bench) -> None:
    cache = CacheFile()
    manifests = [bench.publish("b1"), bench.publish("b2"), bench.publish("b3")]
    for number in (2, 0, 1):
        cache.add_bundle(manifests[number], runtime_tree(f"b{number + 1}"))
    items = bench.import_file(cache.write(bench.root / "x.arwcache"))["items"]
    assert [(item["upstream_version"], item["result"]) for item in items] == [
        ("b1", "accepted"),
        ("b2", "accepted"),
        ("b3", "accepted"),
    ]
    bench.assert_clean(revisions=3)


def test_one_revision_with_two_contents(bench: Bench) -> None:
    first = bench.publish("b1")
    assert import_manifest(bench, first)[0] == "accepted"
    second = signed(bench, "b2", lambda root: root["catalog"].update(revision=1))
    assert import_manifest(bench, second, "b2") == ("refused", "channel-equivocation")
    bench.assert_clean(revisions=1)


def test_two_contents_of_one_revision_in_one_cache(bench: Bench) -> None:
    cache = CacheFile()
    cache.add_bundle(bench.publish("b1"), runtime_tree("b1"))
    cache.add_bundle(signed(bench, "b2", lambda root: root["catalog"].update(revision=1)), runtime_tree("b2"))
    items = bench.import_file(cache.write(bench.root / "x.arwcache"))["items"]
    assert sorted(item["result"] for item in items) == ["accepted", "refused"]


def test_a_wild_channel_revision(bench: Bench) -> None:
    assert import_manifest(bench, bench.publish("b1"))[0] == "accepted"
    wild = signed(bench, "b2", lambda root: root["catalog"].update(revision=2**40))
    assert import_manifest(bench, wild, "b2") == ("refused", "channel-revision-too-low")


# --- E19: other platforms --------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", [{"os": "windows", "arch": "x86_64"}, {"os": "linux", "arch": "riscv64"}])
def test_other_platforms_only_if_asked_for_and_never_tried(bench: Bench, platform: dict[str, str]) -> None:
    tree: dict[str, Member] = {**runtime_tree("b1"), "llama-server": Executable(b"MZ not for this machine")}
    cache = bench.cache_of("b1", tree, more={"platforms": [platform]}).write(bench.root / "x.arwcache")
    item = bench.import_one(cache)
    assert (item["result"], item["error"]) == ("skipped", None)
    assert bench.revisions == []
    assert bench.import_one(cache, all_platforms=True)["result"] == "accepted"
    bench.assert_clean(revisions=1)


# --- contents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["file", "folder"])
def test_a_tampered_object_refuses_its_bundle_and_no_other(bench: Bench, form: str) -> None:
    cache = CacheFile()
    good, bad = runtime_tree("w1", command="whisper-cli"), runtime_tree("b1")
    cache.add_bundle(bench.publish("w1", id=WHISPER, tree=good, command="whisper-cli"), good)
    cache.add_bundle(bench.publish("b1", tree=bad), bad)
    content = bad["model.txt"]
    assert isinstance(content, bytes)
    cache.contents[object_name(content)] = b"X" * len(content)
    path = cache.write(bench.root / "x.arwcache") if form == "file" else cache.write_folder(bench.root / "x")
    items = {item["id"]: item for item in bench.import_file(path)["items"]}
    error = items[LLAMA]["error"]
    assert error is not None
    assert (items[LLAMA]["result"], error["code"]) == ("refused", "wrong-hash")
    assert error["expected"] == object_name(content).split("/")[-1]
    assert items[WHISPER]["result"] == "accepted"
    assert bench.revisions == []
    bench.assert_next_good_import_works()


def test_manifests_swapped(bench: Bench) -> None:
    cache = CacheFile()
    for bundle_id, version, command in ((LLAMA, "b1", "llama-server"), (WHISPER, "w1", "whisper-cli")):
        tree = runtime_tree(version, command=command)
        cache.add_bundle(bench.publish(version, id=bundle_id, tree=tree, command=command), tree)
    one, two = (name for name in cache.contents if name.startswith("manifests/"))
    cache.contents[one], cache.contents[two] = cache.contents[two], cache.contents[one]
    first, second = cache.listing["items"]
    first["manifest"], second["manifest"] = second["manifest"], first["manifest"]
    items = bench.import_file(cache.write(bench.root / "x.arwcache"))["items"]
    assert [item["error"]["code"] for item in items if item["error"]] == ["wrong-bundle", "wrong-bundle"]
    bench.assert_clean()


def test_a_manifest_that_is_not_the_listed_one(bench: Bench) -> None:
    cache = bench.cache_of("b1")
    (path,) = (name for name in cache.contents if name.startswith("manifests/"))
    cache.contents[path] = cache.contents[path].replace(b"tests", b"TESTS")
    item = bench.import_one(write_tar(bench.root / "x.arwcache", cache.members()))
    assert item["error"] is not None
    assert item["error"]["code"] == "damaged-cache"
    bench.assert_clean()


def test_contents_that_the_listing_lacks(bench: Bench) -> None:
    cache = CacheFile()
    cache.add_bundle(bench.publish("b1"), {"LICENSE": b"MIT\n"})
    item = bench.import_one(cache.write(bench.root / "x.arwcache"), dry_run=True)
    assert item["error"] is not None
    assert (item["result"], item["error"]["code"]) == ("refused", "damaged-cache")


@pytest.mark.parametrize("target", ["/etc/passwd", "../../../../etc/passwd", "lib", "nowhere", "evil"])
def test_hostile_links_of_a_signed_index(bench: Bench, target: str) -> None:
    tree: dict[str, Member] = {**runtime_tree("b1"), "evil": Link(target)}
    item = bench.import_one(bench.cache_of("b1", tree).write(bench.root / "x.arwcache"))
    assert item["error"] is not None
    assert (item["result"], item["error"]["code"]) == ("refused", "unsafe-link")
    bench.assert_clean()


@pytest.mark.parametrize("name", [name for names in UNSAFE_NAMES.values() for name in names], ids=ascii)
def test_hostile_names_of_a_signed_index(bench: Bench, name: str) -> None:
    def add_name(root: dict[str, Any]) -> None:
        root["files"] += [dict(row, path=name) for row in index_rows({"x": b"MIT\n"})]

    assert import_manifest(bench, signed(bench, "b1", add_name)) == ("refused", "unsafe-path")
    bench.assert_clean()


def test_a_name_twice_in_a_signed_index(bench: Bench) -> None:
    def add_name(root: dict[str, Any]) -> None:
        root["files"] += index_rows({"license": b"MIT\n"})

    assert import_manifest(bench, signed(bench, "b1", add_name)) == ("refused", "unsafe-path")


def test_a_program_that_is_not_there(bench: Bench) -> None:
    tree = {name: member for name, member in runtime_tree("b1").items() if name != "llama-server"}
    item = bench.import_one(bench.cache_of("b1", tree).write(bench.root / "x.arwcache"))
    assert item["error"] is not None
    assert item["error"]["code"] == "no-executable"
    bench.assert_clean()


def test_a_program_that_does_not_start(bench: Bench) -> None:
    tree: dict[str, Member] = {**runtime_tree("b1"), "llama-server": Executable(b"#!/bin/sh\nexit 7\n")}
    item = bench.import_one(bench.cache_of("b1", tree).write(bench.root / "x.arwcache"))
    assert item["error"] is not None
    assert item["error"]["code"] == "probe-failed"
    bench.assert_clean()


# --- row C: archives of bundles whose index is only recorded -----------------------------------------------------


@pytest.mark.parametrize("case", [case for case in all_cases() if case.archive_format != "tar.gz"], ids=str)
def test_hostile_archives(bench: Bench, case: Case) -> None:
    path = bench.root / f"payload.{case.archive_format}"
    path.write_bytes(case.data)
    manifest = bench.publish("b1", archives=[path], has_index=False)
    cache = CacheFile()
    cache.add_bundle(manifest, archives=[case.data])
    item = bench.import_one(cache.write(bench.root / "x.arwcache"))
    assert item["error"] is not None
    assert (item["result"], item["error"]["code"]) == ("refused", case.failure.code)
    bench.assert_clean()


def test_an_archive_that_is_not_the_signed_one(bench: Bench) -> None:
    manifest = bench.publish("b1", has_index=False)
    archive = bench.registry.archive_path().read_bytes()
    cache = CacheFile()
    cache.add_bundle(manifest, archives=[archive])
    (name,) = (name for name in cache.contents if name.startswith("archives/"))
    cache.contents[name] = bytes(len(archive))
    item = bench.import_one(cache.write(bench.root / "x.arwcache"))
    assert item["error"] is not None
    assert (item["result"], item["error"]["code"]) == ("refused", "wrong-hash")
    bench.assert_clean()


# --- catalogs and change logs -----------------------------------------------------------------------------------


def import_catalog(bench: Bench, catalog: bytes, change_log: bytes | None = None) -> tuple[str, str | None]:
    cache = CacheFile()
    cache.add_catalog("https://example.com/bundles.preview.json", catalog, change_log)
    (row,) = bench.import_file(cache.write(bench.root / "x.arwcache"))["catalogs"]
    return row["result"], row["error"]["code"] if row["error"] else None


def catalog_of(bench: Bench, version: str = "b1", **more: Any) -> bytes:  # noqa: ANN401 - as write_catalog
    bench.publish(version)
    bench.registry.write_catalog(**more)
    return bench.registry.catalog_path.read_bytes()


def test_catalogs_are_judged_as_online(bench: Bench) -> None:
    assert import_catalog(bench, catalog_of(bench, keys=[])) == ("refused", "unsigned")
    assert import_catalog(bench, catalog_of(bench, "b2", keys=[STRANGER])) == ("refused", "unknown-signer")
    assert import_catalog(bench, b"{}") == ("refused", "bad-field")
    assert bench.launcher().overview()["bundles"] == []
    assert import_catalog(bench, catalog_of(bench, "b3")) == ("accepted", None)
    assert [row["id"] for row in bench.launcher().overview()["bundles"]] == [LLAMA]


def test_an_older_catalog_of_a_source_is_refused(bench: Bench) -> None:
    old = catalog_of(bench, "b1")
    new = catalog_of(bench, "b2")
    assert import_catalog(bench, new) == ("accepted", None)
    assert import_catalog(bench, new) == ("already-here", None)
    assert import_catalog(bench, old) == ("refused", "channel-revision-too-low")


def test_a_change_log_that_its_catalog_does_not_pin(bench: Bench) -> None:
    bench.publish("b1")
    bench.registry.announce("### 2026-11-18 · preview r1 · info\nHonest.\n")
    catalog = bench.registry.catalog_path.read_bytes()
    change_log = (bench.registry.root / "changelog.md").read_bytes()
    assert import_catalog(bench, catalog, change_log.replace(b"Honest", b"Hostil")) == ("refused", "wrong-hash")
    assert import_catalog(bench, catalog, change_log) == ("accepted", None)
    assert [banner["title"] for banner in bench.launcher().overview()["banners"]] == ["Honest."]


def test_an_imported_catalog_is_never_a_local_one(bench: Bench) -> None:
    """A local catalog may be unsigned; what an import brought may not, even if somebody changes it later."""
    assert import_catalog(bench, catalog_of(bench)) == ("accepted", None)
    (cached,) = (bench.store / ".catalogs").glob("*.catalog.json")
    root = json.loads(cached.read_bytes())
    del root["signatures"]
    cached.write_text(json.dumps(root))
    overview = bench.launcher().overview()
    assert overview["bundles"] == []
    assert [problem["code"] for problem in overview["problems"]].count("unsigned") == 1


def test_hand_edits_show_that_the_oracle_of_these_tests_can_fail(bench: Bench) -> None:
    assert bench.import_one(bench.cache_of("b1").write(bench.root / "x.arwcache"))["result"] == "accepted"
    (name,) = bench.revisions
    payload = bench.store / LLAMA / "revisions" / name / "payload"
    (payload / "LICENSE").write_text("edited")
    assert faults_of(bench.store, name) != []
