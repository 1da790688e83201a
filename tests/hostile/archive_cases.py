"""Archives that must be refused, by the row of the threat table that each stands for, and the failure that names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import UnsafePath
from tests.hostile.archive_bytes import ZipMember, gnu_long, gz, pax, tar, tar_file, tar_folder, tar_link, zipped, zst
from tests.hostile.stream_cases import STREAMS
from tests.hostile.tar_cases import GOOD, TAR_MEMBERS, TAR_STRUCTURE
from tests.hostile.zip_cases import ZIP_GOOD, ZIPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.errors import LauncherError


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile archive; ``data`` is a tar archive not yet compressed where the format is ``tar``."""

    row: str
    name: str
    archive_format: str
    data: bytes
    failure: type[LauncherError]

    def __str__(self) -> str:
        return f"{self.row}-{self.name}-{self.archive_format}"


UNSAFE_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "C1": (
        "../x", "a/../../x", "a/../x", "a/..", "..", "/x", "//x", "/", "C:/x", "C:x", "c:\\x", "\\\\?\\C:\\x", "a\\x",
        "..\\x", "\\x", "a//x", "a/./x", "./../x", ".//x", "././x", "~/../x",
    ),
    "C3": ("d" * 201, "/".join(["d" * 100] * 3), "/".join("d" * 25), "é" * 101, "/".join(["d" * 247] * 16)),
    "C11": (
        "CON", "nul.txt", "a/PRN", "AUX.tar.gz", "COM1", "com9.log", "COM¹", "LPT³.x", "CONIN$", "a:ads", "dot.",
        "space ", "a/b. ", " lead", 'a"b', "a<b", "a>b", "a|b", "a?b", "a*b", "nul .txt",
    ),
    "C12": (
        "", "a\nb", "a\x1bb", "a\x7fb", "a\u0085b", "a\u202eb", "a\u200bb", "\ufeffa", "a\u2066b", "a\ue000b",
        "a\u00adb", "a\U000e0041b",
    ),
}  # fmt: skip


def _name_cases() -> Iterator[Case]:
    for row, names in UNSAFE_NAMES.items():
        for name in names:
            label, raw = ascii(name)[1:41], name.encode()
            if 0 < len(raw) <= 100:
                yield Case(row, f"name {label}", "tar", tar(GOOD, tar_file(raw)), UnsafePath)
                yield Case(row, f"folder {label}", "tar", tar(GOOD, tar_folder(name)), UnsafePath)
                yield Case(row, f"link {label}", "tar", tar(GOOD, tar_link(raw, "good.txt")), UnsafePath)
            if raw:
                yield Case(row, f"pax {label}", "tar", tar(GOOD, pax({"path": raw}), tar_file("x")), UnsafePath)
                yield Case(row, f"gnu {label}", "tar", tar(GOOD, gnu_long(raw), tar_file("x")), UnsafePath)
            member = ZipMember(raw, flags=0 if raw.isascii() else 1 << 11)
            if not name.endswith("/"):
                yield Case(row, f"name {label}", "zip", zipped(ZIP_GOOD, member), UnsafePath)


def all_cases() -> list[Case]:
    """Return every case, the tar archives in both of their compressions."""
    plain = [
        *_name_cases(),
        *(Case(row, name, "tar", data, failure) for row, name, data, failure in (*TAR_MEMBERS, *TAR_STRUCTURE)),
        *(Case(row, name, archive_format, data, failure) for row, name, archive_format, data, failure in STREAMS),
        *(Case(row, name, "zip", data, failure) for row, name, data, failure in ZIPS),
    ]
    cases = []
    for case in plain:
        if case.archive_format == "tar":
            cases.append(Case(case.row, case.name, "tar.zst", zst(case.data), case.failure))
            cases.append(Case(case.row, case.name, "tar.gz", gz(case.data), case.failure))
        else:
            cases.append(case)
    return cases
