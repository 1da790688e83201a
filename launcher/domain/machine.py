"""What a machine is and has, as plain facts; nothing here looks at a machine (`adapters.machine` does).

None always means "could not be found out", never "is not there".
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Final, Literal

from launcher.domain.values import NamedTuple

Os = Literal["linux", "macos", "windows"]
Libc = Literal["glibc", "musl"]

_OS_NAMES: Final[dict[str, Os]] = {
    "darwin": "macos",
    "linux": "linux",
    "mac": "macos",
    "macos": "macos",
    "osx": "macos",
    "ubuntu": "linux",
    "win": "windows",
    "win32": "windows",
    "windows": "windows",
}
_ARCH_NAMES: Final = {"aarch64": "arm64", "amd64": "x86_64", "i386": "x86", "i686": "x86", "x64": "x86_64"}
# Nine digits a part: no version has more, and int() of thousands of digits is slow and then refuses.
_VERSION = re.compile(r"(?:kernel|v|>=)?\s*(\d{1,9}(?:\.\d{1,9}){0,7})(?![0-9])", re.ASCII | re.IGNORECASE)


class GpuVendor(StrEnum):
    """Who made a GPU."""

    AMD = "AMD"
    APPLE = "Apple"
    INTEL = "Intel"
    NVIDIA = "NVIDIA"
    QUALCOMM = "Qualcomm"


PCI_VENDORS: Final = {
    0x1002: GpuVendor.AMD,
    0x106B: GpuVendor.APPLE,
    0x10DE: GpuVendor.NVIDIA,
    0x5143: GpuVendor.QUALCOMM,
    0x8086: GpuVendor.INTEL,
}


class Gpu(NamedTuple):
    """One graphics processor.

    Attributes:
        name: As its driver or the system calls it.
        memory_bytes: Its own memory; None where it shares the machine's, or unknown.
        compute_capability: NVIDIA's ``8.6``.
        gfx: AMD's ``gfx1100``, known only where the compute driver is there.
        device_id: The PCI number of the model, by which two sources can tell that they mean the same GPU.
    """

    vendor: GpuVendor
    name: str
    memory_bytes: int | None = None
    compute_capability: str | None = None
    gfx: str | None = None
    device_id: int | None = None


class VulkanDevice(NamedTuple):
    """One device that Vulkan offers. A software one (llvmpipe, SwiftShader) is slower than the plain CPU build."""

    name: str
    is_software: bool = False
    vendor_id: int = 0
    device_id: int = 0


class Machine(NamedTuple):
    """All facts that choosing needs, and that `survey` shows.

    Attributes:
        os: One of ours; None for a system that no bundle is for.
        os_name: As people call it, ``Debian GNU/Linux 12 (bookworm)``.
        os_version: What ``platforms[].min_version`` is compared with: the kernel's version on Linux, macOS' own,
            Windows' with its build number (``10.0.22631``).
        arch: The hardware's, normalised (``x86_64``, ``arm64``), also where this program runs translated.
        libc: Which C library Linux programs find here.
        glibc: Its version where it is glibc.
        cpu_features: Those that runtimes choose their kernels by (``avx2``, ``avx512f``, ``asimddp``).
        gpus: All that were found.
        nvidia_driver: Version of NVIDIA's driver; None also where there is none.
        has_vulkan_loader: Whether ``libvulkan.so.1`` or ``vulkan-1.dll`` can be loaded.
        vulkan_devices: What the loader offers; None where its drivers did not answer.
        has_metal: Whether this is a Mac whose GPU Metal drives.
    """

    os: Os | None = None
    os_name: str | None = None
    os_version: str | None = None
    arch: str | None = None
    libc: Libc | None = None
    glibc: str | None = None
    memory_bytes: int | None = None
    cpu_name: str | None = None
    cpu_features: tuple[str, ...] = ()
    gpus: tuple[Gpu, ...] | None = None
    nvidia_driver: str | None = None
    has_vulkan_loader: bool | None = None
    vulkan_devices: tuple[VulkanDevice, ...] | None = None
    has_metal: bool | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the facts as an object of JSON."""
        facts = self._asdict() | {"cpu_features": list(self.cpu_features)}
        facts["gpus"] = None if self.gpus is None else [gpu._asdict() for gpu in self.gpus]
        devices = self.vulkan_devices
        facts["vulkan_devices"] = None if devices is None else [device._asdict() for device in devices]
        return facts

    @property
    def macos(self) -> str | None:
        """The version of macOS; None elsewhere."""
        return self.os_version if self.os == "macos" else None

    def gpus_of(self, vendor: GpuVendor) -> tuple[Gpu, ...]:
        """Return the GPUs of one maker; empty also where GPUs could not be looked for."""
        return tuple(gpu for gpu in self.gpus or () if gpu.vendor is vendor)

    def real_vulkan_devices(self) -> tuple[VulkanDevice, ...]:
        """Return the Vulkan devices that are hardware."""
        return tuple(device for device in self.vulkan_devices or () if not device.is_software)


def find_os(name: str) -> Os | None:
    """Return our name for an operating system that goes by several, or None for one that we do not know."""
    return _OS_NAMES.get(name.strip().lower())


def normalised_arch(name: str) -> str:
    """Return the one name that we use for a CPU architecture: ``x86_64`` for ``amd64`` and ``x64``, and so on."""
    lower = name.strip().lower().replace("-", "_")
    return _ARCH_NAMES.get(lower, lower)


def find_version(text: str) -> tuple[int, ...] | None:
    """Return the numbers of a version that begins ``text``, or None where there is none (prose).

    ``570.86.10``, ``kernel 5.15``, ``v13`` and ``>= 2.35`` begin with one. Trailing zeros say nothing and are dropped,
    so that 13 equals 13.0.
    """
    match = _VERSION.match(text.strip())
    if match is None:
        return None
    numbers = [int(part) for part in match.group(1).split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_at_least(have: str, need: str) -> bool | None:
    """Tell whether one dotted version reaches another; None where either is not a version."""
    have_numbers, need_numbers = find_version(have), find_version(need)
    if have_numbers is None or need_numbers is None:
        return None
    return have_numbers >= need_numbers
