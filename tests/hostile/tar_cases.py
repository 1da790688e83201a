"""Hostile tar archives, not yet compressed, by row of the threat table: what they hold, and how they are built."""

from __future__ import annotations

import random
from typing import Final

from launcher.domain.errors import (
    ArchiveTooBig,
    DamagedArchive,
    ForbiddenMember,
    LauncherError,
    UnsafeLink,
    UnsafePath,
)
from tests.hostile.archive_bytes import (
    GNU,
    gnu_long,
    padded,
    pax,
    pax_record,
    tar,
    tar_file,
    tar_folder,
    tar_header,
    tar_link,
)

Rows = list[tuple[str, str, bytes, type[LauncherError]]]

GOOD: Final = tar_file("good.txt")
MIB: Final = 1024 * 1024


# --- what they hold


def _cve_2025_4517(component: bytes) -> list[bytes]:
    """Return folders so deep that a path through links to them is too long for the operating system to resolve."""
    folders = [b"/".join([component] * depth) for depth in range(1, 16)]
    return [
        part
        for letter, folder in zip("abcdefghijklmno", folders, strict=True)
        for part in (gnu_long(folder + b"/"), tar_folder("x"), gnu_long(folder, kind=b"K"), tar_link(letter, "x"))
    ]


TAR_MEMBERS: Final[Rows] = [
    ("C2", "link then through it, absolute", tar(tar_link("d", "/etc"), tar_file("d/x")), UnsafePath),
    ("C2", "link then through it, up", tar(tar_link("d", ".."), tar_file("d/x")), UnsafePath),
    ("C2", "link then through it, inside", tar(tar_folder("e"), tar_link("d", "e"), tar_file("d/x")), UnsafePath),
    ("C2", "through it, then the link", tar(tar_file("d/x"), tar_link("d", "..")), UnsafePath),
    ("C2", "two links, the second through the first", tar(tar_link("a", ".."), tar_link("a/b", "..")), UnsafePath),
    ("C2", "dirsymlink2a", tar(tar_link("cur", "."), tar_link("par", "cur/.."), tar_file("par/x")), UnsafePath),
    ("C2", "dirsymlink2b", tar(tar_link("cur", "."), tar_link("cur/par", ".."), tar_file("par/x")), UnsafePath),
    ("C2", "file through a link to a file", tar(GOOD, tar_link("l", "good.txt"), tar_file("l/x")), UnsafePath),
    ("C2", "file instead of a link", tar(GOOD, tar_link("l", "../out"), tar_file("l")), UnsafePath),
    ("C3", "CVE-2025-4517", tar(*_cve_2025_4517(b"d" * 247), tar_link("escape", "o/" + "../" * 16), GOOD), UnsafePath),
    (
        "C3",
        "CVE-2025-4517 in short",
        tar(*_cve_2025_4517(b"d" * 15), tar_link("escape", "o/" + "../" * 16), GOOD),
        UnsafeLink,
    ),
    ("C4", "CVE-2025-4138 absolute link", tar(GOOD, tar_link("l", "/etc/passwd")), UnsafeLink),
    (
        "C4",
        "CVE-2025-4330 hard link to a link",
        tar(tar_link("a", "../s"), tar_link("h", "a", kind=b"1")),
        ForbiddenMember,
    ),
    ("C4", "hard link to a file", tar(GOOD, tar_link("h", "good.txt", kind=b"1")), ForbiddenMember),
    ("C4", "hard link to outside", tar(GOOD, tar_link("h", "/etc/passwd", kind=b"1")), ForbiddenMember),
    ("C5", "CVE-2024-12718 folder above", tar(tar_folder("..", mode=0o777), GOOD), UnsafePath),
    ("C6", "good, bad, good", tar(GOOD, tar_file("../bad"), tar_file("good2.txt")), UnsafePath),
    *(
        ("C7", f"type {kind!a}", tar(GOOD, tar_header(b"n", kind=kind)), ForbiddenMember)
        for kind in (b"3", b"4", b"6", b"7", b"8", b"9", b"A", b"D", b"I", b"M", b"N", b"S", b"V", b"X", b"Z", b"\xff")
    ),
    ("C9", "file twice", tar(GOOD, GOOD), UnsafePath),
    ("C9", "file twice, once with ./", tar(GOOD, tar_file("./good.txt")), UnsafePath),
    ("C9", "file and link", tar(GOOD, tar_link("good.txt", "x")), UnsafePath),
    ("C9", "link twice", tar(GOOD, tar_link("l", "good.txt"), tar_link("l", "good.txt")), UnsafePath),
    ("C9", "file, then folder", tar(GOOD, tar_folder("good.txt")), UnsafePath),
    ("C9", "folder, then file", tar(tar_folder("good.txt"), GOOD), UnsafePath),
    ("C9", "file, then file below it", tar(GOOD, tar_file("good.txt/x")), UnsafePath),
    ("C9", "file below, then file", tar(tar_file("good.txt/x"), GOOD), UnsafePath),
    ("C10", "case", tar(tar_file("F"), tar_file("f")), UnsafePath),
    ("C10", "case of a folder", tar(tar_file("D/a"), tar_file("d/b")), UnsafePath),
    ("C10", "case of a folder above", tar(tar_file("D/e/a"), tar_file("d/f/b")), UnsafePath),
    ("C10", "case of a folder and a file", tar(tar_file("D/a"), tar_file("d")), UnsafePath),
    ("C10", "case of an empty folder", tar(tar_folder("D"), tar_file("d")), UnsafePath),
    ("C10", "normalisation", tar(tar_file("caf\u00e9"), tar_file("cafe\u0301")), UnsafePath),
    ("C10", "compatibility", tar(tar_file("\ufb01le"), tar_file("file")), UnsafePath),
    ("C10", "sharp s", tar(tar_file("stra\u00dfe"), tar_file("STRASSE")), UnsafePath),
    ("C10", "kelvin", tar(tar_file("\u212a"), tar_file("k")), UnsafePath),
    ("C10", "link and file", tar(GOOD, tar_link("GOOD.txt", "good.txt")), UnsafePath),
    ("C12", "surrogate", tar(GOOD, tar_file(b"a\xed\xa0\x80b")), DamagedArchive),
    ("C12", "not UTF-8", tar(GOOD, tar_file(b"caf\xe9")), DamagedArchive),
    ("C12", "pax path not UTF-8", tar(pax({"path": b"caf\xe9"}), GOOD), DamagedArchive),
    ("C12", "no name", tar(GOOD, tar_file(b"")), UnsafePath),
    ("C13", "NUL in a name", tar(tar_file(b"good.txt\0evil")), DamagedArchive),
    ("C13", "NUL in a prefix", tar(tar_header(b"x", prefix=b"a\0b")), DamagedArchive),
    ("C13", "NUL in a link", tar(GOOD, tar_link("l", b"good.txt\0evil")), DamagedArchive),
    ("C13", "NUL in a pax path", tar(pax({"path": b"good.txt\0evil"}), GOOD), DamagedArchive),
    ("C13", "NUL in a pax linkpath", tar(GOOD, pax({"linkpath": b"good.txt\0"}), tar_link("l", "x")), DamagedArchive),
    ("C13", "NUL in a GNU name", tar(gnu_long(b"good.txt\0evil"), tar_file("x")), DamagedArchive),
    ("C14", "b9165", tar(tar_file("l/lib.so.0.0.9165"), tar_link("l/lib.so", "llama-b9165ibllama.so.0")), UnsafeLink),
    ("C14", "dangling", tar(GOOD, tar_link("l", "nothing")), UnsafeLink),
    ("C14", "to itself", tar(GOOD, tar_link("l", "l")), UnsafeLink),
    ("C14", "circle of two", tar(GOOD, tar_link("a", "b"), tar_link("b", "a")), UnsafeLink),
    ("C14", "chain into a circle", tar(tar_link("a", "b"), tar_link("b", "c"), tar_link("c", "b"), GOOD), UnsafeLink),
    ("C14", "to a folder", tar(tar_file("d/x"), tar_link("l", "d")), UnsafeLink),
    ("C14", "to its own folder", tar(tar_file("d/x"), tar_link("d/l", ".")), UnsafeLink),
    ("C14", "to the folder above", tar(tar_file("d/x"), tar_link("d/l", "..")), UnsafeLink),
    ("C14", "out of the bundle", tar(GOOD, tar_link("l", "../good.txt")), UnsafeLink),
    ("C14", "out of the bundle and in again", tar(GOOD, tar_link("d/l", "../../stage/good.txt")), UnsafeLink),
    ("C14", "through a link", tar(tar_file("d/x"), tar_link("l", "d"), tar_link("m", "l/x")), UnsafeLink),
    ("C14", "through a file", tar(GOOD, tar_link("l", "good.txt/../good.txt")), UnsafeLink),
    ("C14", "down and up", tar(GOOD, tar_file("d/x"), tar_link("l", "d/../good.txt")), UnsafeLink),
    ("C14", "empty target", tar(GOOD, tar_link("l", "")), UnsafeLink),
    ("C14", "target of Windows", tar(tar_file("d/x"), tar_link("l", "d\\x")), UnsafeLink),
    ("C14", "target with a drive", tar(GOOD, tar_link("l", "C:good.txt")), UnsafeLink),
    ("C14", "target in other case", tar(GOOD, tar_link("l", "GOOD.txt")), UnsafeLink),
    ("C14", "chain that ends outside", tar(GOOD, tar_link("a", "b"), tar_link("b", "../x")), UnsafeLink),
]


# --- how they are built

_INCOMPRESSIBLE = random.Random(1).randbytes(65_536)  # noqa: S311 - so that the ratio is not what refuses it
_EXTRA_ZEROS = bytes(10240)

TAR_STRUCTURE: Final[Rows] = [
    ("C15", "empty file", b"", DamagedArchive),
    ("C15", "no end", GOOD, DamagedArchive),
    ("C15", "one zero block", GOOD + bytes(512), DamagedArchive),
    ("C15", "cut at a member", GOOD + tar_file("a")[:512], DamagedArchive),
    ("C15", "cut in the padding", GOOD + tar_file("a", b"x")[:600], DamagedArchive),
    ("C15", "half a block at the end", tar(GOOD) + bytes(100), DamagedArchive),
    ("C16", "junk after the end", tar(GOOD) + b"junk", DamagedArchive),
    ("C16", "a block of junk after the end", tar(GOOD) + _EXTRA_ZEROS + padded(b"junk"), DamagedArchive),
    ("C16", "two archives", tar(GOOD) + tar(tar_file("b")), DamagedArchive),
    (
        "C16",
        "endless zeros",
        tar(GOOD, tar_file("r", _INCOMPRESSIBLE)) + bytes(2 * MIB),
        DamagedArchive,
    ),
    ("C17", "wrong checksum", tar(GOOD, tar_header(b"x", checksum_error=1)), DamagedArchive),
    ("C17", "signed checksum", tar(tar_header(b"\xc3\xa9", checksum_error=-512)), DamagedArchive),
    ("C17", "no checksum", tar(GOOD, tar_header(b"x")[:148] + bytes(8) + tar_header(b"x")[156:]), DamagedArchive),
    ("C17", "member after a zero block", tar(GOOD, bytes(512), tar_file("hidden")), DamagedArchive),
    ("C17", "junk header", tar(GOOD, b"\x01" * 512), DamagedArchive),
    ("C18", "no magic", tar(tar_header(b"x", magic=bytes(8))), DamagedArchive),
    ("C18", "another magic", tar(tar_header(b"x", magic=b"ustar 00")), DamagedArchive),
    ("C18", "GNU header with a prefix", tar(tar_header(b"x", magic=GNU, prefix=b"../..")), DamagedArchive),
    ("C18", "pax size", tar(pax({"size": "1"}), GOOD), ForbiddenMember),
    ("C18", "pax size hides a member", tar(pax({"size": "2048"}), tar_header(b"a"), tar_file("b")), ForbiddenMember),
    ("C18", "pax path twice", tar(pax(pax_record("path", "a") + pax_record("path", "b")), GOOD), DamagedArchive),
    ("C18", "pax comment twice", tar(pax(pax_record("comment", "a") * 2), GOOD), DamagedArchive),
    ("C18", "two pax headers", tar(pax({"path": "a"}), pax({"path": "b"}), GOOD), DamagedArchive),
    ("C18", "two empty pax headers", tar(pax(b""), pax(b""), GOOD), DamagedArchive),
    ("C18", "two GNU names", tar(gnu_long(b"a"), gnu_long(b"b"), GOOD), DamagedArchive),
    ("C18", "two GNU links", tar(GOOD, *[gnu_long(b"good.txt", kind=b"K")] * 2, tar_link("l", "x")), DamagedArchive),
    ("C18", "pax, then GNU", tar(pax({"path": "a"}), gnu_long(b"b"), GOOD), DamagedArchive),
    ("C18", "GNU, then pax", tar(gnu_long(b"b"), pax({"path": "a"}), GOOD), DamagedArchive),
    ("C18", "GNU link for a file", tar(gnu_long(b"b", kind=b"K"), GOOD), DamagedArchive),
    ("C18", "pax linkpath for a file", tar(pax({"linkpath": "b"}), GOOD), DamagedArchive),
    ("C18", "dangling pax", tar(GOOD, pax({"path": "a"})), DamagedArchive),
    ("C18", "dangling GNU name", tar(GOOD, gnu_long(b"a")), DamagedArchive),
    ("C18", "dangling GNU link", tar(GOOD, gnu_long(b"a", kind=b"K")), DamagedArchive),
    ("C18", "dangling empty pax", tar(GOOD, pax(b"")), DamagedArchive),
    ("C18", "empty GNU name", tar(gnu_long(b""), GOOD), DamagedArchive),
    ("C18", "empty pax path", tar(pax({"path": ""}), GOOD), DamagedArchive),
    ("C18", "global path", tar(pax({"path": "a"}, kind=b"g"), GOOD), DamagedArchive),
    ("C18", "global size", tar(pax({"size": "1"}, kind=b"g"), GOOD), ForbiddenMember),
    ("C18", "global between", tar(pax({"path": "a"}), pax({"comment": "c"}, kind=b"g"), GOOD), DamagedArchive),
    ("C18", "hdrcharset", tar(pax({"hdrcharset": "BINARY"}), GOOD), ForbiddenMember),
    ("C18", "charset", tar(pax({"charset": "BINARY"}), GOOD), ForbiddenMember),
    ("C18", "GNU.sparse.name", tar(pax({"GNU.sparse.name": "x"}), GOOD), ForbiddenMember),
    ("C18", "SCHILY.realsize", tar(pax({"SCHILY.realsize": "9"}), GOOD), ForbiddenMember),
    ("C18", "unknown vendor", tar(pax({"VENDOR.thing": "x"}), GOOD), ForbiddenMember),
    ("C18", "pax length too long", tar(pax(b"99 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length too short", tar(pax(b"5 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length zero", tar(pax(b"0 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length negative", tar(pax(b"-9 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length padded", tar(pax(b"010 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length signed", tar(pax(b"+9 path=a\n"), GOOD), DamagedArchive),
    ("C18", "pax length of digits", tar(pax(b"9" * 600), GOOD), DamagedArchive),
    ("C18", "pax without equals", tar(pax(b"8 path\n\n"), GOOD), DamagedArchive),
    ("C18", "pax without newline", tar(pax(b"9 path=ab"), GOOD), DamagedArchive),
    ("C18", "pax newline trick", tar(pax(pax_record("comment", "x\n10 path=a")[:-1]), GOOD), DamagedArchive),
    (
        "C18",
        "base-256 size",
        tar(tar_header(b"x", size=b"\x80" + bytes(10) + b"\x08"), padded(b"content\n")),
        DamagedArchive,
    ),
    ("C18", "size with junk", tar(tar_header(b"x", size=b"0000000001x\0")), DamagedArchive),
    ("C18", "size with a sign", tar(tar_header(b"x", size=b"+0000000000\0")), DamagedArchive),
    ("C18", "empty size", tar(tar_header(b"x", size=bytes(12))), DamagedArchive),
    ("C18", "size with digits after its end", tar(tar_header(b"x", size=b"00000000 001")), DamagedArchive),
    ("C18", "mode in base-256", tar(tar_header(b"x", mode=b"\x80" + bytes(7))), DamagedArchive),
    ("C18", "folder with a size", tar(tar_header(b"d/", kind=b"5", size=512), padded(b"x")), DamagedArchive),
    ("C18", "link with a size", tar(GOOD, tar_header(b"l", kind=b"2", size=512, link=b"good.txt")), DamagedArchive),
    ("C19", "GNU sparse", tar(tar_header(b"s", kind=b"S", size=512, magic=GNU), padded(b"x")), ForbiddenMember),
    (
        "C19",
        "pax sparse",
        tar(pax({"GNU.sparse.major": "1", "GNU.sparse.realsize": str(2**40)}), GOOD),
        ForbiddenMember,
    ),
    ("C19", "1 TiB file", tar(tar_header(b"s", size=b"\x80" + (2**40).to_bytes(11, "big"))), DamagedArchive),
    ("C19", "8 GiB file that is not there", tar_header(b"s", size=8**11 - 1) + bytes(4096), DamagedArchive),
    ("C24", "20,001 folders", tar(*[tar_folder("d")] * 20_001), ArchiveTooBig),
    ("C24", "20,001 global headers", tar(*[pax({"comment": "c"}, kind=b"g")] * 20_001), ArchiveTooBig),
    ("C24", "pax comment bomb", tar(pax({"comment": "c" * 65_536}), GOOD), ArchiveTooBig),
    ("C24", "pax header of 8 GiB", tar(tar_header(b"p", kind=b"x", size=8**11 - 1), GOOD), ArchiveTooBig),
    ("C24", "GNU name bomb", tar(gnu_long(b"n" * 65_536), GOOD), ArchiveTooBig),
    ("C24", "negative size", tar(tar_header(b"x", size=b"\xff" * 11 + b"\x00"), GOOD), DamagedArchive),
    ("C24", "negative octal size", tar(tar_header(b"x", size=b"-0000001000\0"), GOOD), DamagedArchive),
    ("C24", "negative pax size", tar(pax({"size": "-512"}), GOOD), ForbiddenMember),
]
