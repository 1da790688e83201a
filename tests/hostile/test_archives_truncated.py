"""A good archive, cut at every 97th byte or with one bit of every 97th byte flipped, is refused or changes nothing."""

from __future__ import annotations

import hashlib
import io
import random
from typing import TYPE_CHECKING

import pytest

from launcher.domain.bundle import ARCHIVE_FORMATS, ArchiveFormat
from launcher.domain.errors import ArchiveError, ArtifactError, DamagedArchive, UnsafePath
from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.progress import Silent
from launcher.store.archive import unpack_archive, write_links
from launcher.store.tree import TreeWriter
from tests.packing import Executable, Link, Member, pack

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.index import IndexEntry

STEP = 97
CONTENTS: dict[str, Member] = {
    "llama-server": Executable(random.Random(5).randbytes(20_000)),  # noqa: S311 - the same bytes every time
    "LICENSE": b"MIT\n" * 300,
    "lib/libllama.so.0.0.1": Executable(b"\x7fELF" * 2000),
    "lib/libllama.so.0": Link("libllama.so.0.0.1"),
    "lib/libllama.so": Link("libllama.so.0"),
    "empty": b"",
}


def signed_index() -> tuple[IndexEntry, ...]:
    return tuple(_entry(path, member) for path, member in CONTENTS.items())


def _entry(path: str, member: Member) -> IndexEntry:
    if isinstance(member, Link):
        return LinkEntry(path, member.target)
    content = member.content if isinstance(member, Executable) else member
    assert isinstance(content, bytes)
    return FileEntry(path, 0, len(content), hashlib.sha256(content).hexdigest(), isinstance(member, Executable))


@pytest.fixture(params=ARCHIVE_FORMATS)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[ArchiveFormat, bytes]:
    return request.param, pack(CONTENTS, request.param, tmp_path / "archive").read_bytes()


def unpack(data: bytes, archive_format: str, stage: Path, index: tuple[IndexEntry, ...] | None) -> None:
    stage.mkdir()
    with TreeWriter(stage) as tree:
        entries = unpack_archive(io.BytesIO(data), archive_format, index, 0, None, tree, Silent())
        write_links(entries if index is None else index, tree)


def contents(stage: Path) -> dict[str, bytes]:
    return {str(path.relative_to(stage)): path.read_bytes() for path in sorted(stage.rglob("*")) if path.is_file()}


def test_whole_archive_is_good(archive: tuple[ArchiveFormat, bytes], tmp_path: Path) -> None:
    archive_format, data = archive
    assert len(data) > 100 * STEP, "too short to be worth cutting"
    unpack(data, archive_format, tmp_path / "stage", signed_index())
    assert contents(tmp_path / "stage").keys() == CONTENTS.keys()


def test_cut_at_any_byte_is_refused(archive: tuple[ArchiveFormat, bytes], tmp_path: Path) -> None:
    archive_format, data = archive
    for length in sorted({*range(0, len(data), STEP), *range(len(data) - 30, len(data))}):
        with pytest.raises(DamagedArchive):  # threat C15
            unpack(data[:length], archive_format, tmp_path / str(length), None)


def test_one_flipped_bit_is_refused_or_changes_nothing(archive: tuple[ArchiveFormat, bytes], tmp_path: Path) -> None:
    archive_format, data = archive
    unpack(data, archive_format, tmp_path / "good", signed_index())
    for position in range(0, len(data), STEP):
        damaged = bytearray(data)
        damaged[position] ^= 1 << position % 8
        stage = tmp_path / str(position)
        try:
            unpack(bytes(damaged), archive_format, stage, signed_index())
        except (ArchiveError, ArtifactError, UnsafePath):
            continue
        assert contents(stage) == contents(tmp_path / "good")  # a time stamp, an owner, or padding was hit
