from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.domain.bundle import parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.catalog import find_manifest_artifact, parse_catalog
from launcher.domain.errors import (
    BadField,
    DamagedArchive,
    DiskFailure,
    NoExecutable,
    UnlistedMember,
    UnsafeLink,
    UnsafePath,
    UsageError,
)
from launcher.flows.publish import ArchiveToPublish, Edition, PublishedFile, create_catalog, create_manifest
from launcher.flows.signing import dump
from tests.packing import Executable, Link, index_rows, pack, proof_of, runtime_tree

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.bundle import ArchiveFormat

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EDITION = Edition("preview", 7, AT)
RELEASE = {"upstream": "llama.cpp", "upstream_version": "b1000"}
BUNDLE: dict[str, Any] = {
    "id": "llama.cpp-preview/linux-x86_64-cpu",
    "name": "llama.cpp",
    "platforms": [{"os": "linux", "arch": "x86_64"}],
    "metadata": {"process": {"command": "llama-server"}},
}


@pytest.mark.parametrize("archive_format", ["tar.zst", "tar.gz", "zip"])
def test_manifest_lists_what_the_archive_holds(archive_format: ArchiveFormat, tmp_path: Path) -> None:
    tree = runtime_tree()
    path = pack(tree, archive_format, tmp_path / "payload", prefix="build/")
    archive = ArchiveToPublish(path, archive_format, f"payload.{archive_format}", "build")

    root = create_manifest(BUNDLE, RELEASE, [archive], EDITION)

    assert list(root) == ["type", "version", "bundle", "catalog", "release", "files"]
    artifact = {"kind": "archive", "format": archive_format, "url": archive.url, "strip_prefix": "build"}
    assert root["bundle"] == {**BUNDLE, "artifacts": [artifact | proof_of(path)]}
    assert root["catalog"] == {"channel": "preview", "revision": 7}
    assert root["release"] == {"issued_at": "2026-11-23T08:00:00Z", **RELEASE}
    assert by_path(root["files"]) == by_path(index_rows(tree))
    assert parse_manifest(parse_document(dump(root))).channel_revision == 7


def test_several_archives_become_one_tree_with_numbered_files(tmp_path: Path) -> None:
    build = pack({"llama-server": Executable(b"#!"), "lib/a.so": Link("../libcudart.so.12")}, "zip", tmp_path / "a")
    companion = pack({"cudart/libcudart.so.12": b"lib"}, "tar.gz", tmp_path / "b")
    archives = [ArchiveToPublish(build, "zip", "a"), ArchiveToPublish(companion, "tar.gz", "b", "cudart")]

    files = create_manifest(BUNDLE, RELEASE, archives, EDITION)["files"]

    assert {row["path"]: row.get("artifact") for row in files} == {
        "llama-server": 0,
        "lib/a.so": None,
        "libcudart.so.12": 1,
    }


def test_issue_time_that_the_release_states_is_kept(tmp_path: Path) -> None:
    archive = ArchiveToPublish(pack(runtime_tree(), "zip", tmp_path / "a"), "zip", "a")
    release = RELEASE | {"issued_at": "2026-01-01T00:00:00Z"}

    assert create_manifest(BUNDLE, release, [archive], EDITION)["release"] == release


@pytest.mark.parametrize(
    ("members", "failure"),
    [
        ({"llama-server": Executable(b"x"), "../out": b"x"}, UnsafePath),
        ({"llama-server": Executable(b"x"), "a": b"x", "A": b"y"}, UnsafePath),
        ({"llama-server": Executable(b"x"), "out": Link("../../etc/passwd")}, UnsafeLink),
        ({"llama-server": b"not marked executable"}, NoExecutable),
        ({"something-else": Executable(b"x")}, NoExecutable),
    ],
)
def test_what_a_machine_would_refuse_is_not_published(
    members: dict[str, Any], failure: type[Exception], tmp_path: Path
) -> None:
    archive = ArchiveToPublish(pack(members, "tar.gz", tmp_path / "a"), "tar.gz", "a")

    with pytest.raises(failure):
        create_manifest(BUNDLE, RELEASE, [archive], EDITION)


def test_archive_outside_of_its_prefix_is_not_published(tmp_path: Path) -> None:
    archive = ArchiveToPublish(pack(runtime_tree(), "zip", tmp_path / "a"), "zip", "a", "llama-b1000")

    with pytest.raises(UnlistedMember):
        create_manifest(BUNDLE, RELEASE, [archive], EDITION)


def test_damaged_and_absent_archives_are_named(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(pack(runtime_tree(), "tar.gz", tmp_path / "whole").read_bytes()[:-20])

    with pytest.raises(DamagedArchive):
        create_manifest(BUNDLE, RELEASE, [ArchiveToPublish(damaged, "tar.gz", "a")], EDITION)
    with pytest.raises(DiskFailure, match="absent"):
        create_manifest(BUNDLE, RELEASE, [ArchiveToPublish(tmp_path / "absent", "tar.gz", "a")], EDITION)


@pytest.mark.parametrize(
    "wrong", [{"id": "no slash"}, {"id": "llama.cpp-preview/con"}, {"name": "\u202ename"}, {"platforms": "linux"}]
)
def test_bundle_that_no_machine_would_read_is_not_published(wrong: dict[str, Any], tmp_path: Path) -> None:
    archive = ArchiveToPublish(pack(runtime_tree(), "zip", tmp_path / "a"), "zip", "a")

    with pytest.raises((BadField, UnsafePath)):
        create_manifest(BUNDLE | wrong, RELEASE, [archive], EDITION)


def test_catalog_offers_what_the_manifest_says(tmp_path: Path) -> None:
    content = manifest_bytes(tmp_path)
    url = "llama.cpp-preview/linux-x86_64-cpu/r7/bundle.json"

    root = create_catalog(Edition("preview", 9, AT), [PublishedFile(url, content)], notes="For tests.")

    manifest = json.loads(content)
    pin = {"kind": "manifest", "format": "json", "url": url, "sha256": hashlib.sha256(content).hexdigest()}
    archive = manifest["bundle"]["artifacts"][0] | {"url": "llama.cpp-preview/linux-x86_64-cpu/r7/payload.zip"}
    row = manifest["bundle"] | {
        "artifacts": [pin | {"size_bytes": len(content)}, archive],
        "release": manifest["release"],
        "revision": 7,
    }
    assert root == {
        "type": "runtime-catalog",
        "version": 1,
        "channel": "preview",
        "revision": 9,
        "issued_at": "2026-11-23T08:00:00Z",
        "notes": "For tests.",
        "bundles": [row],
    }
    (bundle,) = parse_catalog(parse_document(dump(root))).bundles
    assert bundle.channel_revision == 7
    pinned = find_manifest_artifact(bundle)
    assert pinned is not None
    assert pinned.require_proof() == (pin["sha256"], len(content))


def test_catalog_pins_its_change_log_and_its_end() -> None:
    change_log = PublishedFile("changes.md", b"## Change Log\n")

    root = create_catalog(EDITION, [], expires_at=AT + timedelta(days=30), change_log=change_log)

    assert root["expires_at"] == "2026-12-23T08:00:00Z"
    assert root["changelog"] == {"url": "changes.md", "sha256": hashlib.sha256(change_log.content).hexdigest()}


def test_absolute_addresses_stay_as_they_are(tmp_path: Path) -> None:
    content = manifest_bytes(tmp_path, url="https://example.org/payload.zip")

    row = create_catalog(EDITION, [PublishedFile("a/bundle.json", content)])["bundles"][0]

    assert [artifact["url"] for artifact in row["artifacts"]] == ["a/bundle.json", "https://example.org/payload.zip"]


@pytest.mark.parametrize("edition", [Edition("stable", 7, AT), Edition("preview", 6, AT)])
def test_manifest_of_another_channel_or_of_the_future_is_not_offered(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be offered"):
        create_catalog(edition, [PublishedFile("bundle.json", manifest_bytes(tmp_path))])


def test_bundle_is_not_offered_twice(tmp_path: Path) -> None:
    published = PublishedFile("bundle.json", manifest_bytes(tmp_path))

    with pytest.raises(BadField, match="stands twice"):
        create_catalog(EDITION, [published, published])


def manifest_bytes(folder: Path, *, url: str = "payload.zip") -> bytes:
    archive = ArchiveToPublish(pack(runtime_tree(), "zip", folder / "payload.zip"), "zip", url)
    return dump(create_manifest(BUNDLE, RELEASE, [archive], EDITION))


def by_path(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in rows}
