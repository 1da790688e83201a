"""Exported caches that lie about themselves (threat E17): the container is refused before a byte of it is stored."""

from __future__ import annotations

import io
import os
import tarfile
from typing import TYPE_CHECKING

import pytest

from launcher.domain.errors import (
    BadField,
    DamagedCacheFile,
    DuplicateKey,
    LauncherError,
    NoSuchSource,
    TooLarge,
    UnknownVersion,
    UnsafePath,
)
from tests.cache_files import object_name, write_tar
from tests.hostile.archive_bytes import gnu_long, pax, tar, tar_file, tar_folder, tar_header, tar_link
from tests.hostile.import_bench import Bench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cache_files import CacheFile, Members

TREE_FILE = b"MIT\n"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def refuses(bench: Bench, path: Path, error: type[LauncherError]) -> LauncherError:
    with pytest.raises(error) as caught:
        bench.import_file(path)
    assert type(caught.value) is error
    bench.assert_clean()
    return caught.value


def _renamed(members: Members, old: str, new: str) -> Members:
    return [(new if name == old else name, content) for name, content in members]


LIES_ABOUT_MEMBERS: dict[str, Callable[[Members], Members]] = {
    "an extra member": lambda members: [*members, ("objects/aa/" + "a" * 64, b"")],
    "an extra member with dots": lambda members: [*members, ("../evil", b"x")],
    "an absolute member": lambda members: [*members, ("/etc/evil", b"x")],
    "a member twice": lambda members: [*members, members[-1]],
    "the listing twice": lambda members: [*members, members[0]],
    "the listing last": lambda members: [*members[1:], members[0]],
    "no listing": lambda members: members[1:],
    "a member missing": lambda members: members[:-1],
    "an object longer": lambda members: [(n, c + b"x" if n == object_name(TREE_FILE) else c) for n, c in members],
    "an object shorter": lambda members: [(n, c[1:] if n == object_name(TREE_FILE) else c) for n, c in members],
    "right digest but not listed": lambda members: [*members, (object_name(b"unlisted"), b"unlisted")],
    "an object under another name": lambda members: _renamed(members, object_name(TREE_FILE), "objects/license"),
    "an object in another folder": lambda members: _renamed(
        members, object_name(TREE_FILE), object_name(TREE_FILE).replace("objects/", "archives/")
    ),
    "upper case": lambda members: _renamed(members, object_name(TREE_FILE), object_name(TREE_FILE).upper()),
}


@pytest.mark.parametrize("lie", LIES_ABOUT_MEMBERS.values(), ids=LIES_ABOUT_MEMBERS)
def test_members_that_are_not_as_listed(bench: Bench, tmp_path: Path, lie: Callable[[Members], Members]) -> None:
    members = lie(bench.cache_of("b1").members())
    refuses(bench, write_tar(tmp_path / "x.arwcache", members), DamagedCacheFile)
    bench.assert_next_good_import_works()


LIES_IN_THE_LISTING: dict[str, tuple[Callable[[CacheFile], None], type[LauncherError]]] = {
    "another type": (lambda cache: cache.listing.update(type="runtime-bundle"), UnknownVersion),
    "no type": (lambda cache: cache.listing.pop("type"), UnknownVersion),
    "a later version": (lambda cache: cache.listing.update(version=2), UnknownVersion),
    "no time": (lambda cache: cache.listing.pop("created_at"), BadField),
    "an item twice": (lambda cache: cache.listing["items"].append(cache.listing["items"][0]), BadField),
    "an id with dots": (lambda cache: cache.listing["items"][0].update(bundle_id="../x"), BadField),
    "an id of Windows": (lambda cache: cache.listing["items"][0].update(bundle_id="a/nul.x"), UnsafePath),
    "a revision with dots": (lambda cache: cache.listing["items"][0].update(revision="../../x"), BadField),
    "a manifest of 9 MiB": (
        lambda cache: cache.listing["items"][0]["manifest"].update(size_bytes=9 * 1024**2),
        BadField,
    ),
    "a digest with dots": (lambda cache: cache.listing["objects"].update({"../" + "a" * 61: 1}), BadField),
    "a negative size": (lambda cache: cache.listing["objects"].update({"a" * 64: -1}), BadField),
    "a huge size": (lambda cache: cache.listing["objects"].update({"a" * 64: 2**40}), BadField),
    "a size as text": (lambda cache: cache.listing["objects"].update({"a" * 64: "1"}), BadField),
    "1,001 items": (lambda cache: cache.listing.update(items=cache.listing["items"] * 1001), BadField),
    "a catalog of a local file": (
        lambda cache: cache.add_catalog("file:///etc/passwd", b"{}"),
        BadField,
    ),
    "a catalog of a path": (lambda cache: cache.add_catalog("/etc/passwd", b"{}"), BadField),
    "a catalog with a user name": (lambda cache: cache.add_catalog("https://me@example.com/x", b"{}"), BadField),
    "a catalog with a query": (lambda cache: cache.add_catalog("https://example.com/x?token=1", b"{}"), BadField),
    "a catalog with a line break": (lambda cache: cache.add_catalog("a\nb", b"{}"), BadField),
}


@pytest.mark.parametrize(("lie", "error"), LIES_IN_THE_LISTING.values(), ids=LIES_IN_THE_LISTING)
def test_listings_that_make_no_sense(
    bench: Bench, tmp_path: Path, lie: Callable[[CacheFile], None], error: type[LauncherError]
) -> None:
    cache = bench.cache_of("b1")
    lie(cache)
    refuses(bench, cache.write(tmp_path / "x.arwcache"), error)
    refuses(bench, cache.write_folder(tmp_path / "folder"), error)


def test_a_listing_with_a_key_twice(bench: Bench, tmp_path: Path) -> None:
    (name, listing), *rest = bench.cache_of("b1").members()
    twice = listing.replace(b'"items":', b'"items": [], "items":')
    refuses(bench, write_tar(tmp_path / "x.arwcache", [(name, twice), *rest]), DuplicateKey)


def test_a_listing_that_never_ends(bench: Bench, tmp_path: Path) -> None:
    refuses(bench, write_tar(tmp_path / "x.arwcache", [("arwcache.json", b" " * (9 * 1024**2))]), TooLarge)


TAR_LIES: dict[str, bytes] = {
    "a link": tar_link("objects/aa/" + "a" * 64, "/etc/passwd"),
    "a hard link": tar_header(b"objects/aa/x", kind=b"1", link=b"arwcache.json"),
    "a device": tar_header(b"objects/aa/x", kind=b"3"),
    "a folder": tar_folder("objects"),
    "a pax size": pax({"size": "1"}),
    "a second name": gnu_long(b"a") + gnu_long(b"b"),
    "a header with a wrong checksum": tar_header(b"objects/aa/x", checksum_error=1),
}


@pytest.mark.parametrize("hostile", TAR_LIES.values(), ids=TAR_LIES)
def test_tar_members_of_other_kinds(bench: Bench, tmp_path: Path, hostile: bytes) -> None:
    honest = [tar_file(name.encode(), content) for name, content in bench.cache_of("b1").members()]
    path = tmp_path / "x.arwcache"
    path.write_bytes(tar(*honest, hostile))
    refuses(bench, path, DamagedCacheFile)


@pytest.mark.parametrize(
    "end", [b"junk", bytes(10240) + b"junk".ljust(512, b"\0"), tar(tar_file("b"))], ids=["junk", "later junk", "a tar"]
)
def test_a_tar_that_goes_on_after_its_end(bench: Bench, tmp_path: Path, end: bytes) -> None:
    path = bench.cache_of("b1").write(tmp_path / "x.arwcache")
    with path.open("ab") as file:
        file.write(end)
    refuses(bench, path, DamagedCacheFile)


def test_cut_at_every_4_kib(bench: Bench, tmp_path: Path) -> None:
    whole = bench.cache_of("b1").write(tmp_path / "x.arwcache").read_bytes()
    cut = tmp_path / "cut.arwcache"
    end_of_contents = len(whole.rstrip(b"\0"))
    places = sorted({*range(0, end_of_contents, 4096), *range(512, end_of_contents, 512), end_of_contents})
    assert len(places) > 10
    for place in places:
        cut.write_bytes(whole[:place])
        with pytest.raises(DamagedCacheFile):
            bench.import_file(cut)
    bench.assert_clean()
    bench.assert_next_good_import_works()


@pytest.mark.parametrize("content", [b"", b"x", b"\x1f\x8b" + bytes(600), bytes(1024), b"{}" * 600])
def test_files_that_are_no_tar(bench: Bench, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.arwcache"
    path.write_bytes(content)
    refuses(bench, path, DamagedCacheFile)


def test_a_compressed_tar_is_not_guessed_at(bench: Bench, tmp_path: Path) -> None:
    plain = bench.cache_of("b1").write(tmp_path / "x.arwcache").read_bytes()
    path = tmp_path / "x.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("x")
        member.size = len(plain)
        archive.addfile(member, io.BytesIO(plain))
    refuses(bench, path, DamagedCacheFile)


@pytest.mark.parametrize("name", ["nothing", "folder"])
def test_what_is_no_cache(bench: Bench, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    refuses(bench, tmp_path / name, NoSuchSource)


def test_a_folder_with_more_in_it_is_nobodys_business(bench: Bench, tmp_path: Path) -> None:
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    (folder / "System Volume Information").mkdir()
    (folder / "objects" / "readme.txt").write_text("not listed")
    assert bench.import_one(folder)["result"] == "accepted"


@pytest.mark.parametrize("change", ["missing", "longer", "link", "folder", "pipe"])
def test_a_folder_that_lacks_what_it_lists(bench: Bench, tmp_path: Path, change: str) -> None:
    folder = bench.cache_of("b1").write_folder(tmp_path / "stick")
    member = folder / object_name(TREE_FILE)
    content = member.read_bytes()
    if change == "longer":
        member.write_bytes(content + b"x")
    else:
        member.unlink()
    if change == "link":
        (folder / "elsewhere").write_bytes(content)
        member.symlink_to(folder / "elsewhere")
    elif change == "folder":
        member.mkdir()
    elif change == "pipe":
        os.mkfifo(member)
    refuses(bench, folder, DamagedCacheFile)
