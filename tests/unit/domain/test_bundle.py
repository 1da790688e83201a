from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launcher.domain.bundle import (
    Artifact,
    Consent,
    Health,
    Platform,
    Probe,
    Process,
    Release,
    Support,
    parse_bundle_id,
    parse_channel,
    parse_manifest,
    parse_signed_channel,
)
from launcher.domain.errors import BadField, MissingHash, ParseError, UnknownVersion, UnsafePath
from launcher.domain.index import FileEntry, LinkEntry
from tests.documents import ARCHIVE, SHA256, bundle_root, document, manifest_root

PROCESS = {
    "command": "bin/run",
    "args": ["--port", "{port}", ""],
    "env": {"A": "1", "B": ""},
    "health": {"url": "http://127.0.0.1:8080/health"},
    "probe": {"args": ["--version"], "expect_status": 1, "timeout_ms": 500},
}


def with_bundle(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return manifest_root(bundle=bundle_root(**changes))


def with_process(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return with_bundle(metadata={"process": PROCESS | changes})


def test_manifest_is_read_whole() -> None:
    root = with_bundle(
        description="d",
        modalities=["text"],
        profiles=["balanced"],
        platforms=[{"os": "linux", "arch": "x86_64", "min_version": "5.15", "notes": "n"}],
        notes=["a", "b"],
        license="MIT",
        support={"min_glibc": "2.34", "min_driver": "570", "min_memory_bytes": 1, "driver_notes": "n"},
        metadata={"process": PROCESS, "consent": {"required": True, "modalities": ["text"], "note": "c"}},
    )

    manifest = parse_manifest(document(root))

    bundle = manifest.bundle
    assert (manifest.channel, manifest.channel_revision, manifest.is_older_format) == ("preview", 42, False)
    assert manifest.release == Release("llama.cpp", "b11146", datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert manifest.files == (
        FileEntry("llama-server", 0, 10, SHA256, executable=True),
        LinkEntry("libllama.so", "llama-server"),
    )
    assert (bundle.id, bundle.runtime, bundle.accelerator) == (
        "llama.cpp-preview/linux-x86_64-cpu",
        "llama.cpp",
        "cpu",
    )
    assert (bundle.modalities, bundle.profiles, bundle.notes, bundle.license) == (
        ("text",),
        ("balanced",),
        ("a", "b"),
        "MIT",
    )
    assert bundle.platforms == (Platform("linux", "x86_64", "5.15", "n"),)
    assert bundle.artifacts == (Artifact("archive", "tar.zst", "payload.tar.zst", SHA256, 1000),)
    assert bundle.support == Support(min_glibc="2.34", min_driver="570", min_memory_bytes=1, driver_notes="n")
    assert bundle.consent == Consent(required=True, modalities=("text",), note="c")
    assert bundle.process == Process(
        "bin/run",
        ("--port", "{port}", ""),
        (("A", "1"), ("B", "")),
        Health("http://127.0.0.1:8080/health", "GET", 200, 2000),
        Probe(("--version",), 1, 500),
    )


def test_manifest_of_the_older_format_needs_little() -> None:
    root = {"bundle": {"id": "a/b", "name": "N"}, "catalog": {"channel": "preview"}}

    manifest = parse_manifest(document(root))

    assert manifest.is_older_format
    assert (manifest.files, manifest.channel_revision, manifest.bundle.process) == (None, 0, None)
    assert (manifest.bundle.adapter, manifest.bundle.accelerator, manifest.bundle.artifacts) == ("process", "cpu", ())


def test_unknown_fields_are_ignored_and_covered_by_the_signature() -> None:
    parsed = document(manifest_root(later={"x": 1}))

    assert parse_manifest(parsed).channel == "preview"
    assert b'"later":{"x":1}' in parsed.canonical


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "runtime-catalog"},
        {"type": "runtime-signers"},
        {"type": ""},
        {"type": "Runtime-Bundle"},
        {"version": 2},
        {"version": 0},
        {"type": None, "version": 2},  # the older format too
    ],
)
def test_another_type_or_version_is_not_read(changes: dict[str, Any]) -> None:
    with pytest.raises(UnknownVersion):
        parse_manifest(document(manifest_root(**changes)))


@pytest.mark.parametrize(
    ("root", "error"),
    [
        (manifest_root(type=7), BadField),
        (manifest_root(version="1"), BadField),
        (manifest_root(version=True), BadField),
        (manifest_root(bundle=None), BadField),
        (manifest_root(catalog={}), BadField),
        (manifest_root(catalog={"channel": "Preview"}), BadField),
        (manifest_root(catalog={"channel": "preview", "revision": -1}), BadField),
        (manifest_root(release={"issued_at": "yesterday"}), BadField),
        (manifest_root(files={}), BadField),
        (with_bundle(id="one"), BadField),
        (with_bundle(id="a/../b"), BadField),
        (with_bundle(id="con/b"), UnsafePath),
        (with_bundle(name=""), BadField),
        (with_bundle(name="a\x1b[2J"), BadField),
        (with_bundle(platforms=[{"os": "linux"}]), BadField),
        (with_bundle(artifacts=[ARCHIVE | {"size_bytes": "1000"}]), BadField),
        (with_bundle(artifacts=[ARCHIVE | {"sha256": SHA256.upper()}]), BadField),
        (with_bundle(artifacts=[ARCHIVE | {"strip_prefix": "../x"}]), UnsafePath),
        (with_bundle(artifacts=[ARCHIVE | {"strip_prefix": "/"}]), UnsafePath),
        (with_process(command="../run"), UnsafePath),
        (with_process(args=["a\x00b"]), BadField),
        (with_process(env={"A=B": "c"}), BadField),
        (with_process(env={"": "c"}), BadField),
        (with_process(env={"A": "c\x00"}), BadField),
        (with_process(env={"A\x00": "c"}), BadField),
        (with_process(env={"A": 1}), BadField),
        (with_process(probe={"args": ["\x00"]}), BadField),
        (with_process(probe={"timeout_ms": 0}), BadField),
        (with_process(probe={"expect_status": 256}), BadField),
        (with_process(health={"url": "http://127.0.0.1:1/é"}), BadField),
        (with_process(health={"url": "http://127.0.0.1:1/\r\nX: y"}), BadField),
    ],
)
def test_wrong_field_is_refused(root: dict[str, Any], error: type[ParseError]) -> None:
    with pytest.raises(error):
        parse_manifest(document(root))


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({"sha256": None}, "size_bytes only"),
        ({"size_bytes": None}, "sha256 only"),
        ({"sha256": None, "size_bytes": None}, "neither"),
    ],
)
def test_artifact_without_proof_is_listed_but_never_fetched(changes: dict[str, Any], actual: str) -> None:
    (artifact,) = parse_manifest(document(with_bundle(artifacts=[ARCHIVE | changes]))).bundle.artifacts

    with pytest.raises(MissingHash) as caught:
        artifact.require_proof()
    assert (caught.value.expected, caught.value.actual) == ("sha256 and size_bytes", actual)


def test_artifact_with_proof_gives_it() -> None:
    (artifact,) = parse_manifest(document(manifest_root())).bundle.artifacts

    assert artifact.require_proof() == (SHA256, 1000)


@pytest.mark.parametrize("text", ["a/b", "llama.cpp-preview/linux-x86_64-cuda-12.8", f"{'a' * 100}/{'b' * 100}"])
def test_bundle_id_is_two_plain_parts(text: str) -> None:
    assert parse_bundle_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a/b/c",
        "/a",
        "a/",
        "a/.b",
        "a/b.",
        "a//b",
        ".a/b",
        "../b",
        "a/..",
        "a\\b",
        "a/b\n",
        "a/é",
        f"a/{'b' * 101}",
    ],
)
def test_other_bundle_ids_are_refused(text: str) -> None:
    with pytest.raises(BadField):
        parse_bundle_id(text)


@pytest.mark.parametrize("text", ["", "*", "Preview", "pre view", "1st", "-a", "preview\n", "a" * 41, "prévue"])
def test_a_channel_is_a_lower_case_word(text: str) -> None:
    assert parse_channel("preview-2") == "preview-2"
    with pytest.raises(BadField):
        parse_channel(text)


@pytest.mark.parametrize("root", [{"catalog": {"channel": "stable"}, "channel": "preview"}, {"channel": "stable"}])
def test_signed_channel_is_the_one_that_installing_would_read(root: dict[str, Any]) -> None:
    assert parse_signed_channel(document(root)) == "stable"


@pytest.mark.parametrize("root", [{}, {"catalog": {}}, {"catalog": {}, "channel": "preview"}, {"channel": "*"}])
def test_a_document_without_a_channel_is_signed_for_none(root: dict[str, Any]) -> None:
    with pytest.raises(BadField):
        parse_signed_channel(document(root))
