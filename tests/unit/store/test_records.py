"""What a machine notes about a revision, and what it makes of a damaged note."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from launcher.domain.canonical import MAX_DOCUMENT_BYTES
from launcher.domain.errors import DamagedRevision
from launcher.domain.index import MAX_FILES, FileEntry, LinkEntry
from launcher.store.layout import RevisionFolder
from launcher.store.records import InstallRecord, load_record, record_as_bytes, total_bytes

if TYPE_CHECKING:
    from pathlib import Path

RECORD = InstallRecord(
    installed_at=datetime(2026, 11, 23, 8, 1, 2, tzinfo=UTC),
    bundle_id="llama.cpp-preview/linux-x86_64-cpu",
    channel="preview",
    channel_revision=42,
    upstream_version="b11146",
    manifest_sha256="a" * 64,
    document_sha256="b" * 64,
    size_bytes=3 * 2**40,
    source="https://example.org/bundles.preview.json",
    probe="Versão: b11146",
)
INDEX = (FileEntry("bin/server", 1, 7, "c" * 64, executable=True), LinkEntry("lib.so", "lib.so.0"))


@pytest.fixture
def folder(tmp_path: Path) -> RevisionFolder:
    folder = RevisionFolder(tmp_path / "rev-20261123T080102Z")
    folder.path.mkdir()
    return folder


@pytest.mark.parametrize(
    "record",
    [RECORD, RECORD._replace(recorded_index=INDEX), RECORD._replace(upstream_version=None, probe=None)],
    ids=["signed index", "recorded index", "little known"],
)
def test_record_comes_back_as_it_was_written(folder: RevisionFolder, record: InstallRecord) -> None:
    folder.record.write_bytes(record_as_bytes(record))

    assert load_record(folder) == record


def test_largest_recorded_index_can_be_read_again(folder: RevisionFolder) -> None:
    index = tuple(
        FileEntry(f"{number:05}/{'x' * 114}/{'y' * 119}", 99, 2**36, "f" * 64, executable=False)
        for number in range(MAX_FILES)
    )
    assert len(index[0].path) == 240
    content = record_as_bytes(RECORD._replace(recorded_index=index))
    assert len(content) <= MAX_DOCUMENT_BYTES
    folder.record.write_bytes(content)

    assert load_record(folder).recorded_index == index


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("installed_at", "2026-11-23T08:01:02"),
        ("channel_revision", -1),
        ("size_bytes", "much"),
        ("manifest_sha256", "A" * 64),
        ("kind", "guess"),
        ("files", [{"path": "../x", "link": "y"}]),
        ("source", None),
    ],
)
def test_malformed_record_is_damage(folder: RevisionFolder, key: str, value: object) -> None:
    folder.record.write_text(json.dumps({**json.loads(record_as_bytes(RECORD)), key: value}), encoding="utf-8")

    with pytest.raises(DamagedRevision) as caught:
        load_record(folder)

    assert "install.json" in caught.value.message


def test_missing_record_is_damage(folder: RevisionFolder) -> None:
    with pytest.raises(DamagedRevision, match=r"has no `install\.json`"):
        load_record(folder)


def test_links_have_no_size() -> None:
    assert total_bytes(INDEX) == 7
