"""The facts of a Linux machine, from the kernel's files; ``root`` is where tests put files of their own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from launcher.domain.machine import PCI_VENDORS, Gpu, GpuVendor, Machine, normalised_arch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from launcher.domain.machine import Libc

# Those that ggml has kernels for.
CPU_FEATURES: Final = (
    *("sse4_2", "avx", "avx2", "avx_vnni", "f16c", "fma", "bmi2"),
    *("avx512f", "avx512bw", "avx512vbmi", "avx512_vnni", "avx512_bf16", "amx_int8"),
    *("asimd", "asimddp", "i8mm", "sve", "sve2", "sme"),
)

_DISPLAY_CLASS: Final = 0x03  # PCI base class "display controller"
# A 64-bit kernel may carry a 32-bit system, which cannot run 64-bit programs.
_IS_32_BIT: Final = sys.maxsize < 2**32
_32_BIT_NAMES: Final = {"x86_64": "x86", "arm64": "armv7l"}


def survey_linux(root: Path = Path("/")) -> Machine:
    """Return what the kernel and the C library tell."""
    uname = os.uname()
    arch = normalised_arch(uname.machine)
    libc, glibc = find_libc(root)
    cpu_name, cpu_features = read_cpu(root)
    return Machine(
        os="linux",
        os_name=read_os_name(root),
        os_version=uname.release,
        arch=_32_BIT_NAMES.get(arch, arch) if _IS_32_BIT else arch,
        libc=libc,
        glibc=glibc,
        memory_bytes=find_memory_bytes(),
        cpu_name=cpu_name,
        cpu_features=cpu_features,
        gpus=find_gpus(root),
        has_metal=False,
    )


def find_memory_bytes() -> int | None:
    """Return the machine's memory, on any POSIX system."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None


def find_libc(root: Path) -> tuple[Libc | None, str | None]:
    """Return which C library there is, and its version where it is glibc."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (OSError, ValueError):  # musl does not know the question
        name, version = "", ""
    if name == "glibc" and version:
        return "glibc", version
    return ("musl", None) if any((root / "lib").glob("ld-musl-*.so.1")) else (None, None)


def read_os_name(root: Path) -> str | None:
    """Return the distribution's name, as os-release(5) has it."""
    text = _read(root / "etc/os-release") or _read(root / "usr/lib/os-release") or ""
    for line in text.splitlines():
        name, _, value = line.partition("=")
        if name == "PRETTY_NAME":
            return value.strip("\"' ") or None
    return None


def read_cpu(root: Path) -> tuple[str | None, tuple[str, ...]]:
    """Return the name and the features of the first processor in ``/proc/cpuinfo``."""
    fields: dict[str, str] = {}
    try:
        with (root / "proc/cpuinfo").open(encoding="utf-8", errors="replace") as file:
            for line in file:
                if not line.strip():
                    break  # the next processor; machines have hundreds
                name, _, value = line.partition(":")
                fields[name.strip().lower()] = value.strip()
    except OSError:
        return None, ()
    features = set(fields.get("flags", fields.get("features", "")).split())
    return fields.get("model name"), tuple(feature for feature in CPU_FEATURES if feature in features)


def find_gpus(root: Path) -> tuple[Gpu, ...] | None:
    """Return the display controllers on the PCI bus of makers that runtimes are built for."""
    devices = root / "sys/bus/pci/devices"
    try:
        addresses = sorted(device.name for device in devices.iterdir())
    except OSError:
        return None
    gfx_names = dict(_find_gfx_names(root))
    return tuple(_find_gpus_at(devices, addresses, gfx_names))


def _find_gpus_at(devices: Path, addresses: list[str], gfx_names: dict[str, str]) -> Iterator[Gpu]:
    for address in addresses:
        if (_read_number(devices / address / "class") or 0) >> 16 != _DISPLAY_CLASS:
            continue
        vendor = PCI_VENDORS.get(_read_number(devices / address / "vendor") or 0)
        if vendor is not None:
            yield Gpu(
                vendor=vendor,
                name=f"{vendor} GPU",
                memory_bytes=_read_number(devices / address / "mem_info_vram_total"),
                gfx=gfx_names.get(address) if vendor is GpuVendor.AMD else None,
                device_id=_read_number(devices / address / "device"),
            )


def _find_gfx_names(root: Path) -> Iterator[tuple[str, str]]:
    """Yield PCI address and gfx name of each GPU that AMD's compute driver (kfd) drives."""
    for properties in (root / "sys/class/kfd/kfd/topology/nodes").glob("*/properties"):
        lines = (line.split() for line in (_read(properties) or "").splitlines())
        facts = {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[1].isdecimal()}  # noqa: PLR2004
        version = facts.get("gfx_target_version", 0)
        if version:  # processors are nodes as well, with a 0 here
            place = facts.get("location_id", 0)
            address = f"{facts.get('domain', 0):04x}:{place >> 8:02x}:{place >> 3 & 31:02x}.{place & 7}"
            yield address, f"gfx{version // 10_000}{version // 100 % 100:x}{version % 100:x}"


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _read_number(path: Path) -> int | None:
    """Read a number as sysfs writes it, decimal or ``0x…``."""
    try:
        return int(_read(path) or "", base=0)
    except ValueError:
        return None
