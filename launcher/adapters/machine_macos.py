"""The facts of a Mac, from sysctl(3)."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final

from launcher.domain.machine import Gpu, GpuVendor, Machine, is_at_least

if TYPE_CHECKING:
    from collections.abc import Callable

# sysctl name -> feature as Linux calls it
_ARM_FEATURES: Final = {
    "hw.optional.AdvSIMD": "asimd",
    "hw.optional.arm.FEAT_DotProd": "asimddp",
    "hw.optional.arm.FEAT_I8MM": "i8mm",
    "hw.optional.arm.FEAT_SME": "sme",
}
_INTEL_FEATURES: Final = {
    "hw.optional.avx1_0": "avx",
    "hw.optional.avx2_0": "avx2",
    "hw.optional.f16c": "f16c",
    "hw.optional.fma": "fma",
    "hw.optional.avx512f": "avx512f",
}
_FIRST_WITH_METAL_ONLY: Final = "10.14"  # from here on macOS installs on Metal GPUs only


def read_sysctl(name: str) -> bytes | None:
    """Return the value of a sysctl as raw bytes, or None where there is none of that name."""
    sysctlbyname = ctypes.CDLL(None).sysctlbyname
    size = ctypes.c_size_t()
    if sysctlbyname(name.encode(), None, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        return None
    value = ctypes.create_string_buffer(size.value)
    if sysctlbyname(name.encode(), value, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        return None
    return value.raw[: size.value]


def survey_macos(sysctl: Callable[[str], bytes | None] = read_sysctl) -> Machine:
    """Return what the system tells; a Python that Rosetta translates sees the hardware all the same."""

    def text(name: str) -> str | None:
        return (sysctl(name) or b"").rstrip(b"\0").decode("utf-8", "replace") or None

    def number(name: str) -> int:
        return int.from_bytes(sysctl(name) or b"", "little")

    # hw.optional.arm64 says what the machine is; uname says x86_64 to a translated program.
    is_arm = bool(number("hw.optional.arm64") or number("sysctl.proc_translated"))
    version, cpu_name = text("kern.osproductversion"), text("machdep.cpu.brand_string")
    features = _ARM_FEATURES if is_arm else _INTEL_FEATURES
    return Machine(
        os="macos",
        os_name=f"macOS {version}" if version else "macOS",
        os_version=version,
        arch="arm64" if is_arm else "x86_64",
        memory_bytes=number("hw.memsize") or None,
        cpu_name=cpu_name,
        cpu_features=tuple(feature for name, feature in features.items() if number(name)),
        gpus=(Gpu(GpuVendor.APPLE, cpu_name or "Apple GPU"),) if is_arm else None,
        has_vulkan_loader=False,
        vulkan_devices=(),
        has_metal=is_at_least(version, _FIRST_WITH_METAL_ONLY) if version else None,
    )
