from __future__ import annotations

import hashlib
import io
import random
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import DamagedRevision, DiskFailure, DiskFull
from launcher.domain.progress import Silent
from launcher.store.cache_file.file_writing import writing_file
from launcher.store.cache_file.folder_writing import writing_folder
from launcher.store.cache_file.listing import Pin

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.progress import Observer
    from launcher.store.cache_file.writing import CacheWriter

LISTING = b'{"type": "runtime-cache"}\n'
MIB = 1024 * 1024
LONG_NAME = f"manifests/{'a' * 100}/{'b' * 80}/rev-20261123T080000Z/bundle.json"


def pin_of(content: bytes) -> Pin:
    return Pin(hashlib.sha256(content).hexdigest(), len(content))


def contents() -> dict[str, bytes]:
    """Members of every size that is handled in another way."""
    source = random.Random(1)  # noqa: S311 - the same every time
    sizes = [0, 1, 511, 512, 513, 128 * 1024 - 1, 128 * 1024, MIB - 1, MIB, MIB + 1, 9 * MIB + 5]
    return {f"objects/{number:02}": source.randbytes(size) for number, size in enumerate(sizes)} | {LONG_NAME: b"{}"}


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "sources"
    folder.mkdir()
    files = {}
    for number, (name, content) in enumerate(contents().items()):
        files[name] = folder / str(number)
        files[name].write_bytes(content)
    return files


def write_file(
    path: Path, sources: dict[str, Path], observer: Observer | None = None, writers: list[CacheWriter] | None = None
) -> None:
    """Write the one-file form; the writer is left in ``writers``."""
    pins = {name: pin_of(content) for name, content in contents().items()}
    with writing_file(path, LISTING, pins, observer or Silent()) as writer:
        if writers is not None:
            writers.append(writer)
        for name, source in sources.items():
            writer.add(name, pins[name], source)


def write_folder(path: Path, sources: dict[str, Path]) -> None:
    pins = {name: pin_of(content) for name, content in contents().items()}
    with writing_folder(path, LISTING, pins, Silent()) as writer:
        for name, source in sources.items():
            writer.add(name, pins[name], source)


def test_the_file_is_a_plain_tar_that_begins_with_its_listing(tmp_path: Path, sources: dict[str, Path]) -> None:
    path = tmp_path / "x.arwcache"
    write_file(path, sources)
    with tarfile.open(path, "r:") as archive:
        members = {member.name: archive.extractfile(member).read() for member in archive}  # type: ignore[union-attr]
        kinds = {(member.type, member.mode, member.uid) for member in archive}
    assert list(members.items()) == [("arwcache.json", LISTING), *contents().items()]
    assert kinds == {(tarfile.REGTYPE, 0o644, 0)}


def test_the_headers_are_those_of_the_standard_library(tmp_path: Path, sources: dict[str, Path]) -> None:
    path = tmp_path / "x.arwcache"
    write_file(path, sources)
    expected = io.BytesIO()
    with tarfile.open(fileobj=expected, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in {"arwcache.json": LISTING, **contents()}.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    ours, theirs = path.read_bytes(), expected.getvalue()
    # The library fills its last record with zeros, and writes two empty device numbers.
    assert _without_devices(ours).rstrip(b"\0") == _without_devices(theirs).rstrip(b"\0")


def _without_devices(archive: bytes) -> bytes:
    found = bytearray(archive)
    position = 0
    while any(found[position : position + 512]):
        size = int(bytes(found[position + 124 : position + 135]), 8)
        found[position + 148 : position + 156] = bytes(8)
        found[position + 329 : position + 345] = bytes(16)
        position += 512 + -(-size // 512) * 512
    return bytes(found)


def test_gnu_tar_reads_it(tmp_path: Path, sources: dict[str, Path]) -> None:
    path = tmp_path / "x.arwcache"
    write_file(path, sources)
    said = subprocess.run(["tar", "tf", path], check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["arwcache.json", *contents()]
    assert said.stderr == ""


@pytest.mark.parametrize("name", list(contents()))
@pytest.mark.parametrize("damage", ["changed", "longer", "gone"])
def test_a_source_that_is_not_what_was_signed(tmp_path: Path, sources: dict[str, Path], name: str, damage: str) -> None:
    content = contents()[name]
    if damage == "gone":
        sources[name].unlink()
    else:
        sources[name].write_bytes(content[:-1] + b"\xff" if damage == "changed" else content + b"x")
    writers: list[CacheWriter] = []
    with pytest.raises(DamagedRevision) as caught:
        write_file(tmp_path / "x.arwcache", sources, writers=writers)
    assert f"`{sources[name]}`" in caught.value.message
    assert writers[0].damaged == name
    assert list(tmp_path.glob("x.arwcache*")) == []


def test_the_folder_holds_the_same_and_its_listing_last(tmp_path: Path, sources: dict[str, Path]) -> None:
    folder = tmp_path / "stick"
    write_folder(folder, sources)
    for name, content in {"arwcache.json": LISTING, **contents()}.items():
        assert (folder / name).read_bytes() == content
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(contents()) + 1


def test_what_is_in_the_folder_already_is_kept_if_it_is_right(tmp_path: Path, sources: dict[str, Path]) -> None:
    folder = tmp_path / "stick"
    write_folder(folder, sources)
    kept, damaged = folder / "objects/08", folder / "objects/09"
    inode = kept.stat().st_ino
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + b"\xff")
    (folder / "objects/10.part").write_bytes(b"of an export that was killed")
    write_folder(folder, sources)
    assert kept.stat().st_ino == inode
    assert damaged.read_bytes() == content


def test_a_damaged_source_leaves_the_folder_without_a_listing(tmp_path: Path, sources: dict[str, Path]) -> None:
    folder = tmp_path / "stick"
    sources["objects/10"].write_bytes(b"x")
    with pytest.raises(DamagedRevision):
        write_folder(folder, sources)
    assert not (folder / "arwcache.json").exists()
    assert not (folder / "objects/10").exists()
    assert list(folder.rglob("*.part")) == []


def test_leftovers_of_a_killed_export_go_and_other_files_stay(tmp_path: Path, sources: dict[str, Path]) -> None:
    leftover = tmp_path / f"x.arwcache.{'0' * 32}.part"
    others = [tmp_path / "x.arwcache.part", tmp_path / f"y.arwcache.{'0' * 32}.part", tmp_path / "x.arwcache.0.part"]
    for path in (leftover, *others):
        path.write_bytes(b"x")
    write_file(tmp_path / "x.arwcache", sources)
    assert not leftover.exists()
    assert [path.read_bytes() for path in others] == [b"x"] * 3


def test_more_than_the_disk_has_is_refused_before_the_first_byte(tmp_path: Path) -> None:
    pins = {"objects/x": Pin("0" * 64, 2**60)}
    with pytest.raises(DiskFull), writing_file(tmp_path / "x.arwcache", LISTING, pins, Silent()):
        pytest.fail("it began")
    with pytest.raises(DiskFull), writing_folder(tmp_path / "stick", LISTING, pins, Silent()):
        pytest.fail("it began")
    assert list(tmp_path.glob("x.arwcache*")) == []


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskFailure), writing_folder(tmp_path / "file" / "stick", LISTING, {}, Silent()):
        pytest.fail("it began")
