from __future__ import annotations

import pytest

from launcher.domain.machine import GpuVendor, Machine, find_os, find_version, is_at_least, normalised_arch
from tests.unit.domain.machines import DEBIAN, GTX_1080, LLVMPIPE, MAC, RADEON, RTX_3090, VULKAN_3090


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("570.86.10", (570, 86, 10)),
        ("2.36", (2, 36)),
        ("13", (13,)),
        ("13.0", (13,)),
        ("0", (0,)),
        (" 6.1.0-18-amd64 ", (6, 1)),
        ("kernel 5.15", (5, 15)),
        ("Kernel 5.15 or later", (5, 15)),
        (">= 2.35", (2, 35)),
        ("v1.9.4", (1, 9, 4)),
        ("", None),
        ("latest", None),
        ("Ubuntu 22.04", None),
        ("-1", None),
        ("\u0663.\u0661", None),
        ("9" * 5000, None),
    ],
)
def test_find_version(text: str, numbers: tuple[int, ...] | None) -> None:
    assert find_version(text) == numbers


@pytest.mark.parametrize(
    ("have", "need", "verdict"),
    [
        ("2.36", "2.36", True),
        ("2.36", "2.4", True),
        ("2.4", "2.36", False),
        ("570", "570.0", True),
        ("570.86.10", "570", True),
        ("551.61", "551.78", False),
        ("unknown", "1", None),
        ("1", "any", None),
    ],
)
def test_versions_compare_by_numbers(have: str, need: str, verdict: bool | None) -> None:  # noqa: FBT001
    assert is_at_least(have, need) is verdict


def test_names_of_systems_and_architectures_are_normalised() -> None:
    assert [find_os(name) for name in ("Darwin", "macos", "win32", "Linux", "plan9")] == [
        "macos",
        "macos",
        "windows",
        "linux",
        None,
    ]
    names = ("AMD64", "x64", "x86-64", "aarch64", "ARM64", "s390x")
    assert [normalised_arch(name) for name in names] == ["x86_64", "x86_64", "x86_64", "arm64", "arm64", "s390x"]


def test_gpus_are_found_by_their_maker() -> None:
    machine = _with_gpus()
    assert machine.gpus_of(GpuVendor.NVIDIA) == (RTX_3090, GTX_1080)
    assert machine.gpus_of(GpuVendor.AMD) == (RADEON,)
    assert machine.gpus_of(GpuVendor.INTEL) == ()


def test_software_is_no_vulkan_device() -> None:
    assert _with_gpus().real_vulkan_devices() == (VULKAN_3090,)


def test_only_a_mac_has_a_macos_version() -> None:
    assert MAC.macos == "14.5"
    assert DEBIAN.macos is None


def _with_gpus() -> Machine:
    return DEBIAN._replace(gpus=(RTX_3090, RADEON, GTX_1080), vulkan_devices=(LLVMPIPE, VULKAN_3090))
