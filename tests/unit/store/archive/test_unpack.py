"""Unpacking against a signed index, without one, and below a prefix."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from launcher.domain.bundle import ARCHIVE_FORMATS
from launcher.domain.errors import (
    ArchiveTooBig,
    Cancelled,
    DamagedArchive,
    ForbiddenMember,
    MissingMember,
    UnknownArchiveFormat,
    UnlistedMember,
    UnsafePath,
    WrongHash,
    WrongSize,
)
from launcher.domain.index import FileEntry, LinkEntry
from launcher.domain.progress import Silent
from launcher.store.archive import UnpackLimits, unpack_archive, write_links
from launcher.store.tree import TreeWriter
from tests.hostile.archive_bytes import (
    GNU,
    ZipMember,
    gnu_long,
    gz,
    padded,
    pax,
    tar,
    tar_file,
    tar_folder,
    tar_header,
    tar_link,
    zip64_field,
    zip_link,
    zipped,
    zst,
)
from tests.packing import Executable, Link, pack, runtime_tree

if TYPE_CHECKING:
    from pathlib import Path

    from launcher.domain.bundle import ArchiveFormat
    from launcher.domain.index import IndexEntry
    from launcher.domain.progress import Observer


def entry(path: str, content: bytes = b"content\n", *, artifact: int = 0, executable: bool = False) -> FileEntry:
    return FileEntry(path, artifact, len(content), hashlib.sha256(content).hexdigest(), executable)


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    folder.mkdir()
    return folder


def unpack(  # noqa: PLR0913 - as many as what it calls
    data: bytes,
    stage: Path,
    index: tuple[IndexEntry, ...] | None = None,
    *,
    archive_format: str = "tar.zst",
    strip_prefix: str | None = None,
    observer: Observer | None = None,
    limits: UnpackLimits | None = None,
) -> tuple[IndexEntry, ...]:
    with TreeWriter(stage) as tree:
        entries = unpack_archive(
            io.BytesIO(data),
            archive_format,
            index,
            0,
            strip_prefix,
            tree,
            observer or Silent(),
            limits or UnpackLimits(),
        )
        write_links(entries if index is None else index, tree)
    return entries


# --- what comes out --------------------------------------------------------------------------------


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
def test_a_runtime_comes_out_as_it_went_in(archive_format: ArchiveFormat, tmp_path: Path, stage: Path) -> None:
    tree = runtime_tree(extra_bytes=3_000_000)
    data = pack(tree, archive_format, tmp_path / "archive", prefix="llama-b1/").read_bytes()
    entries = unpack(data, stage, archive_format=archive_format, strip_prefix="llama-b1")
    assert {e.path for e in entries} == tree.keys()
    for path, member in tree.items():
        place = stage / path
        if isinstance(member, Link):
            assert str(place.readlink()) == member.target
            continue
        content = member.content if isinstance(member, Executable) else member
        assert place.read_bytes() == content
        assert isinstance(content, bytes)
        assert entry(path, content, executable=isinstance(member, Executable)) in entries
        assert place.stat().st_mode & 0o7777 == (0o755 if isinstance(member, Executable) else 0o644)


def test_the_chains_of_llama_cpp_are_made(stage: Path) -> None:
    # the listing of llama-b9163-bin-ubuntu-x64.tar.gz, the last before five releases with broken links (threat C14)
    names = ("libggml-base", "libggml", "libllama", "libllama-common", "libmtmd")
    parts = [tar_folder("llama-b9163")]
    for name in names:
        parts += [
            tar_link(f"llama-b9163/{name}.so", f"{name}.so.0"),
            tar_link(f"llama-b9163/{name}.so.0", f"{name}.so.0.0.9163"),
            tar_file(f"llama-b9163/{name}.so.0.0.9163", name.encode(), mode=0o755),
        ]
    entries = unpack(gz(tar(*parts)), stage, archive_format="tar.gz", strip_prefix="llama-b9163")
    assert len(entries) == 15
    assert [(stage / f"{name}.so").read_text() for name in names] == list(names)
    assert LinkEntry("libllama.so", "libllama.so.0") in entries


def test_a_link_may_climb_within_the_bundle(stage: Path) -> None:
    unpack(zst(tar(tar_file("lib/a/x.so.1"), tar_link("bin/b/x.so", "../../lib/a/x.so.1"))), stage)
    assert (stage / "bin/b/x.so").read_bytes() == b"content\n"


def test_modes_and_times_of_the_archive_are_not_applied(stage: Path) -> None:
    before = time.time() - 5
    mask = os.umask(0o077)
    try:
        unpack(
            zst(
                tar(
                    tar_folder("d", mode=0o7777),
                    tar_file("d/setuid", mode=0o6755),
                    tar_file("d/open", mode=0o1666),
                    tar_file("d/group", mode=0o070),
                )
            ),
            stage,
        )
    finally:
        os.umask(mask)
    modes = {path.name: path.stat().st_mode & 0o7777 for path in stage.rglob("*")}
    assert modes == {"d": 0o755, "setuid": 0o755, "open": 0o644, "group": 0o644}  # threats C5, C8
    assert all(path.stat().st_mtime > before for path in stage.rglob("*"))


def test_the_spelling_of_tar_with_a_dot_is_understood(stage: Path) -> None:
    unpack(zst(tar(tar_header(b"./", kind=b"5"), tar_folder("./d"), tar_file("./d/x"))), stage)
    assert (stage / "d/x").is_file()


def test_long_names_of_both_dialects(stage: Path) -> None:
    posix, gnu, split = "p" * 150, "g/" + "g" * 150, "s" * 60
    entries = unpack(
        zst(
            tar(
                pax({"comment": "made by git"}, kind=b"g"),
                pax({"mtime": "1.5", "path": posix, "LIBARCHIVE.xattr.a": b"\xff"}),
                tar_file("short"),
                gnu_long(gnu.encode()),
                tar_header(b"short", magic=GNU, size=8) + padded(b"content\n"),
                gnu_long(gnu.encode(), kind=b"K"),
                gnu_long(b"gnu-link"),
                tar_header(b"short", magic=GNU, kind=b"2", link=b"short"),
                pax({"linkpath": posix}),
                tar_link("pax-link", "short"),
                tar_header(split.encode(), prefix=split.encode(), size=8) + padded(b"content\n"),
                tar_file("old", kind=b"\0"),
            )
        ),
        stage,
    )
    assert {e.path for e in entries} == {posix, gnu, "gnu-link", "pax-link", f"{split}/{split}", "old"}
    assert (stage / "pax-link").read_bytes() == (stage / "gnu-link").read_bytes() == b"content\n"


def test_zip64_where_it_is_consistent(stage: Path) -> None:
    wide = {"size": 0xFFFFFFFF, "packed_size": 0xFFFFFFFF}
    stored = ZipMember(b"x", method=0, local={**wide, "extra": zip64_field(8, 8)})
    offset = ZipMember(b"y", method=0, central={"offset": 0xFFFFFFFF, "extra": zip64_field(len(stored.local_bytes()))})
    data = zipped(stored, offset, zip64={}, count=0xFFFF, here=0xFFFF, directory_offset=0xFFFFFFFF)
    assert {e.path for e in unpack(data, stage, archive_format="zip")} == {"x", "y"}


def test_zip_kinds(stage: Path) -> None:
    data = zipped(
        ZipMember(b"bin/", b"", mode=0o040755, method=0),
        ZipMember(b"bin/run", mode=0o100755),
        zip_link(b"bin/link", b"run"),
        ZipMember(b"windows.exe", mode=0, host=0),
        ZipMember("käse".encode(), flags=1 << 11 | 0b100),
        ZipMember(b"empty", b"", extra=b"\x55\x54\x01\x00\x00", central={"comment": b"a comment"}),
    )
    entries = unpack(data, stage, archive_format="zip")
    assert entry("bin/run", executable=True) in entries
    assert LinkEntry("bin/link", "run") in entries
    assert {e.path for e in entries} == {"bin/run", "bin/link", "windows.exe", "käse", "empty"}


def test_an_empty_archive_holds_nothing(stage: Path) -> None:
    assert unpack(zst(tar()), stage) == ()
    assert unpack(zipped(), stage, archive_format="zip") == ()


# --- against a signed index ------------------------------------------------------------------------


def test_the_executable_bit_is_the_signed_one(stage: Path) -> None:
    index = (entry("run", executable=True), entry("data"))
    assert unpack(zst(tar(tar_file("run", mode=0o644), tar_file("data", mode=0o755))), stage, index) == index
    assert (stage / "run").stat().st_mode & 0o7777 == 0o755
    assert (stage / "data").stat().st_mode & 0o7777 == 0o644


def test_signed_links_are_made_even_if_no_archive_brings_them(stage: Path) -> None:
    index = (entry("lib.so.1"), LinkEntry("lib.so", "lib.so.1"))
    assert unpack(zst(tar(tar_file("lib.so.1"))), stage, index) == index[:1]
    assert (stage / "lib.so").read_bytes() == b"content\n"


def test_two_archives_make_one_tree(stage: Path) -> None:
    index = (entry("a"), entry("lib/b", artifact=1), LinkEntry("b", "lib/b"))
    with TreeWriter(stage) as tree:
        first = unpack_archive(io.BytesIO(zst(tar(tar_file("a")))), "tar.zst", index, 0, None, tree, Silent())
        second = unpack_archive(io.BytesIO(zipped(ZipMember(b"lib/b"))), "zip", index, 1, None, tree, Silent())
        write_links(index, tree)
    assert first + second == index[:2]
    assert (stage / "b").read_bytes() == b"content\n"


@pytest.mark.parametrize(
    ("members", "failure"),
    [
        ([tar_file("good"), tar_file("evil")], UnlistedMember),
        ([tar_file("good"), tar_file("elsewhere")], UnlistedMember),
        ([tar_file("good"), tar_file("link")], UnlistedMember),
        ([tar_file("good"), tar_link("l", "good")], UnlistedMember),
        ([tar_file("good"), tar_link("link", "other")], UnlistedMember),
        ([tar_link("good", "good")], UnlistedMember),
        ([], MissingMember),
        ([tar_folder("good")], MissingMember),
        ([tar_file("good", b"content")], WrongSize),
        ([tar_file("good", b"")], WrongSize),
        ([tar_file("good", b"CONTENT\n")], WrongHash),
        ([tar_file("good"), tar_file("good")], UnsafePath),
    ],
)
def test_what_the_index_does_not_say_is_refused(members: list[bytes], failure: type[Exception], stage: Path) -> None:
    index = (entry("good"), entry("elsewhere", artifact=1), LinkEntry("link", "good"))
    with pytest.raises(failure):
        unpack(zst(tar(*members)), stage, index)
    assert not (stage / "evil").exists()
    assert not (stage / "l").is_symlink()


def test_wrong_size_is_found_before_a_byte_is_written(stage: Path) -> None:
    with pytest.raises(WrongSize) as caught:
        unpack(zst(tar(tar_file("good", b"x" * 10))), stage, (entry("good"),))
    assert (caught.value.expected, caught.value.actual) == ("8 bytes", "10 bytes")
    assert list(stage.iterdir()) == []


# --- prefix, limits, formats -----------------------------------------------------------------------


def test_a_prefix_of_two_folders(stage: Path) -> None:
    data = zst(tar(tar_folder("a"), tar_folder("a/b"), tar_file("a/b/x")))
    assert unpack(data, stage, strip_prefix="a/b") == (entry("x"),)


@pytest.mark.parametrize("name", ["x", "ab/x", "a/x", "a"])
def test_a_file_outside_of_the_prefix_is_refused(name: str, stage: Path) -> None:
    with pytest.raises(UnlistedMember):
        unpack(zst(tar(tar_file(name))), stage, strip_prefix="a/b")


def test_a_prefix_does_not_excuse_a_name(stage: Path) -> None:
    with pytest.raises(UnsafePath):
        unpack(zst(tar(tar_file("a/../x"))), stage, strip_prefix="a")
    with pytest.raises(UnsafePath):
        unpack(zst(tar(tar_file("a//x"))), stage, strip_prefix="a")


def test_limits_can_be_lower(stage: Path) -> None:
    data = zst(tar(tar_file("a"), tar_file("b")))
    with pytest.raises(ArchiveTooBig):
        unpack(data, stage, limits=UnpackLimits(max_files=1))
    with pytest.raises(ArchiveTooBig):
        unpack(data, stage, limits=UnpackLimits(max_total_bytes=2048))
    with pytest.raises(ArchiveTooBig):
        unpack(data, stage, limits=UnpackLimits(max_ratio=1, ratio_free_bytes=1))


@pytest.mark.parametrize("archive_format", ["", "tar", "tar.xz", "7z", "ZIP", "raw"])
def test_other_formats_are_named(archive_format: str, stage: Path) -> None:
    with pytest.raises(UnknownArchiveFormat):
        unpack(zst(tar()), stage, archive_format=archive_format)


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
def test_a_format_that_lies_is_damage(archive_format: ArchiveFormat, stage: Path) -> None:
    with pytest.raises(DamagedArchive):
        unpack(tar(tar_file("x")), stage, archive_format=archive_format)


def test_a_hard_link_names_its_kind(stage: Path) -> None:
    with pytest.raises(ForbiddenMember) as caught:
        unpack(zst(tar(tar_file("x"), tar_link("h", "x", kind=b"1"))), stage)
    assert caught.value.actual == "tar type '1'"
    assert "`'h'`" in caught.value.message


# --- progress and cancelling -----------------------------------------------------------------------


class Counting(Silent):
    """Counts the bytes that it is told of, and stops at a number of them."""

    def __init__(self, stop_at_bytes: int | None = None) -> None:
        self.bytes_seen = 0
        self.most_at_once = 0
        self.threads: set[str] = set()
        self._stop_at_bytes = stop_at_bytes

    def advance(self, added_bytes: int) -> None:
        self.bytes_seen += added_bytes
        self.most_at_once = max(self.most_at_once, added_bytes)
        self.threads.add(threading.current_thread().name)
        if self._stop_at_bytes is not None and self.bytes_seen >= self._stop_at_bytes:
            raise Cancelled("The person stopped it.")


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
def test_the_observer_hears_every_byte_from_the_calling_thread(
    archive_format: ArchiveFormat, tmp_path: Path, stage: Path
) -> None:
    data = pack({"a": os.urandom(5_000_000), "b": b"x"}, archive_format, tmp_path / "archive").read_bytes()
    observer = Counting()
    unpack(data, stage, archive_format=archive_format, observer=observer)
    assert observer.bytes_seen == 5_000_001
    assert observer.most_at_once <= 1024 * 1024
    assert observer.threads == {threading.current_thread().name}


@pytest.mark.parametrize("archive_format", ARCHIVE_FORMATS)
def test_cancelling_leaves_no_thread(archive_format: ArchiveFormat, tmp_path: Path, stage: Path) -> None:
    data = pack({"a": os.urandom(20_000_000)}, archive_format, tmp_path / "archive").read_bytes()
    with pytest.raises(Cancelled):
        unpack(data, stage, archive_format=archive_format, observer=Counting(stop_at_bytes=2_000_000))
    assert [t.name for t in threading.enumerate() if t.name.startswith("decompressing")] == []
    assert (stage / "a").stat().st_size < 4_000_000
