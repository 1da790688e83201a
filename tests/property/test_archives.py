"""Any tree goes through any format unharmed, and any bytes give a tree or a named failure."""

from __future__ import annotations

import gzip
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from launcher.domain.bundle import ARCHIVE_FORMATS, ArchiveFormat
from launcher.domain.errors import LauncherError, UnsafePath
from launcher.domain.index import FileEntry, check_one_tree
from launcher.domain.member_path import parse_member_path
from launcher.domain.progress import Silent
from launcher.store.archive import UnpackLimits, unpack_archive, write_links
from launcher.store.tree import TreeWriter
from tests.hostile.archive_bytes import gz, tar, zst
from tests.packing import Executable, Link, Member, pack

if TYPE_CHECKING:
    from launcher.domain.index import IndexEntry

LIMITS = UnpackLimits(max_total_bytes=4 * 1024 * 1024)
NAMES = st.text(st.characters(exclude_categories=["C"], exclude_characters='/<>:"|?*\\'), min_size=1, max_size=30)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
CONTENTS = st.one_of(st.binary(max_size=2000), st.integers(0, 200_000).map(lambda size: b"\x5a\x01" * (size // 2)))
FILES = st.one_of(CONTENTS, CONTENTS.map(Executable))
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def unpack(data: bytes, archive_format: str, stage: Path) -> tuple[IndexEntry, ...]:
    with TreeWriter(stage) as tree:
        entries = unpack_archive(io.BytesIO(data), archive_format, None, 0, None, tree, Silent(), LIMITS)
        write_links(entries, tree)
    return entries


def is_one_safe_tree(tree: dict[str, Member]) -> bool:
    try:
        for path in tree:
            parse_member_path(path)
        check_one_tree(list(tree))
    except UnsafePath:
        return False
    return True


def packed(tree: dict[str, Member], archive_format: ArchiveFormat, folder: Path) -> bytes:
    try:
        return pack(tree, archive_format, folder / "archive").read_bytes()
    except ValueError:  # tarfile's ustar cannot spell the name
        assume(condition=False)
        raise


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
@SETTINGS
@given(files=st.dictionaries(PATHS, FILES, max_size=8), data=st.data())
def test_any_tree_comes_out_as_it_went_in(
    archive_format: ArchiveFormat, files: dict[str, Member], data: st.DataObject
) -> None:
    tree = dict(files)
    for path in data.draw(st.lists(st.sampled_from(sorted(files)), max_size=3)) if files else []:
        tree[f"link-{len(tree)}"] = Link(path)
    assume(is_one_safe_tree(tree))
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "stage"
        stage.mkdir()
        entries = unpack(packed(tree, archive_format, Path(folder)), archive_format, stage)
        assert {entry.path for entry in entries} == tree.keys()
        for path, member in tree.items():
            if isinstance(member, Link):
                assert str((stage / path).readlink()) == member.target
            else:
                content = member.content if isinstance(member, Executable) else member
                assert (stage / path).read_bytes() == content
        executables = {entry.path for entry in entries if isinstance(entry, FileEntry) and entry.executable}
        assert executables == {path for path, member in tree.items() if isinstance(member, Executable)}


SEED_TREE: dict[str, Member] = {
    "bin/run": Executable(b"#!/bin/sh\n" * 30),
    "lib/x.so.1": b"\x7fELF",
    "lib/x.so": Link("x.so.1"),
    "empty": b"",
}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("seeds")
    seeds: dict[str, bytes] = {name: pack(SEED_TREE, name, folder / name).read_bytes() for name in ARCHIVE_FORMATS}
    return {**seeds, "tar": gzip.decompress(seeds["tar.gz"])}


MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["set", "cut", "copy", "insert"]), st.integers(0, 2**16), st.binary(min_size=1, max_size=12)
    ),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, mutations: list[tuple[str, int, bytes]]) -> bytes:
    result = bytearray(data)
    for kind, where, what in mutations:
        position = where % (len(result) + 1)
        if kind == "set":
            result[position : position + len(what)] = what
        elif kind == "insert":
            result[position:position] = what
        elif kind == "cut":
            del result[position : position + 7 * len(what)]
        else:
            result[position:position] = result[: 50 * len(what)]
    return bytes(result)


def unpack_or_refuse(data: bytes, archive_format: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "stage"
        stage.mkdir()
        try:
            entries = unpack(data, archive_format, stage)
        except LauncherError:
            assert not any(path.is_symlink() for path in stage.rglob("*"))
        else:
            assert {entry.path for entry in entries} == {
                path.relative_to(stage).as_posix()
                for path in stage.rglob("*")
                if not path.is_dir() or path.is_symlink()
            }
        assert [path.name for path in Path(folder).iterdir()] == ["stage"]


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
@SETTINGS
@given(mutations=MUTATIONS)
def test_a_mutated_archive_unpacks_or_is_refused(
    archive_format: ArchiveFormat, seeds: dict[str, bytes], mutations: list[tuple[str, int, bytes]]
) -> None:
    unpack_or_refuse(mutated(seeds[archive_format], mutations), archive_format)


@pytest.mark.parametrize(("archive_format", "compress"), [("tar.zst", zst), ("tar.gz", gz)])
@SETTINGS
@given(mutations=MUTATIONS)
def test_a_mutated_tar_inside_of_sound_compression(
    archive_format: ArchiveFormat, compress: object, seeds: dict[str, bytes], mutations: list[tuple[str, int, bytes]]
) -> None:
    assert callable(compress)
    unpack_or_refuse(compress(mutated(seeds["tar"], mutations)), archive_format)


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
@SETTINGS
@given(data=st.binary(max_size=3000))
@example(data=b"")
@example(data=tar())
@example(data=b"PK\x05\x06" + bytes(18))
@example(data=b"\x28\xb5\x2f\xfd\x00\x00")
@example(data=b"\x1f\x8b\x08\x00" + bytes(20))
def test_any_bytes_unpack_or_are_refused(archive_format: ArchiveFormat, data: bytes) -> None:
    unpack_or_refuse(data, archive_format)
