"""Accelerators: what each one needs of a machine, with the source of every fact.

Facts are from 6-interfaces.md, "Choosing for a machine", where no other source is named. A bundle's own ``support``
fields override them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from launcher.domain.machine import Gpu, GpuVendor, find_version, is_at_least
from launcher.domain.reason import Reason, ReasonCode
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from launcher.domain.bundle import Support
    from launcher.domain.machine import Machine, Os

_NAME = re.compile(r"([a-z0-9]{1,20})(?:-([a-z0-9.-]{1,40}))?", re.ASCII)

# The fastest first; what follows CPU is only ever chosen by hand.
_TITLES: Final = {
    "cuda": "CUDA",
    "rocm": "ROCm",
    "metal": "Metal",
    "vulkan": "Vulkan",
    "sycl": "SYCL",
    "openvino": "OpenVINO",
    "opencl": "OpenCL",
    "cpu": "CPU",
}
_RANKS: Final = {family: rank for rank, family in enumerate(_TITLES)}

# CUDA toolkit from this version on -> least driver on (Linux, Windows). 12.0: NVIDIA's release notes, "minor version
# compatibility". 12.4 on Linux and 12.8 on Windows: the driver branches that came with those toolkits.
_CUDA_DRIVERS: Final = (
    ((13, 4), "590", "590"),
    ((13,), "580", "580"),
    ((12, 8), "570", "570"),
    ((12, 4), "550", "551.78"),
    ((12,), "525.60", "528.33"),
)
# CUDA major version -> least compute capability. 13 dropped all before Turing; 12 (release notes) those before Maxwell.
_CUDA_CAPABILITIES: Final = {13: "7.5", 12: "5.0"}
# What llama.cpp's ROCm builds are compiled for (its release.yml, `gpu_targets`); other GPUs find no kernels in them.
_ROCM_TARGETS: Final = frozenset(
    f"gfx{target}" for target in ("908", "90a", "942", "1030", "1100", "1101", "1102", "1150", "1151", "1200", "1201")
)


class Accelerator(NamedTuple):
    """A manifest's ``accelerator``, taken apart: ``cuda-12.8`` is the family ``cuda`` in the variant ``12.8``."""

    family: str
    variant: str = ""

    @property
    def family_title(self) -> str:
        """The family's name for people: ``ROCm``."""
        return _TITLES.get(self.family, self.family)

    @property
    def title(self) -> str:
        """The full name for people: ``CUDA 12.8``, ``SYCL FP16``, ``OpenCL Adreno``."""
        variant = self.variant.title() if self.variant.isalpha() else self.variant.upper()
        return f"{self.family_title} {variant}".rstrip()

    @property
    def preference(self) -> tuple[int, tuple[int, ...]]:
        """Sort key among accelerators that all work: the faster family first, then the newer version."""
        version = find_version(self.variant) or ()
        return _RANKS.get(self.family, len(_RANKS)), tuple(-number for number in version)


class DeviceFit(NamedTuple):
    """Whether the machine has the device that an accelerator drives.

    Attributes:
        blocker: Why not.
        because: What makes it work, to follow the word "because": ``of an RTX 3090 with driver 570``.
        is_certain: False where the device is there and only trying shows whether it is one that is driven.
    """

    blocker: Reason | None = None
    because: str = ""
    is_certain: bool = True


def parse_accelerator(text: str) -> Accelerator:
    """Take an accelerator's name apart; one that is no name at all is a family that nobody knows."""
    match = _NAME.fullmatch(text.lower())
    if match is None:
        return Accelerator(ascii(text[:40]))
    return Accelerator(match.group(1), match.group(2) or "")


def assess_device(accelerator: Accelerator, support: Support, machine: Machine) -> DeviceFit:
    """Judge whether a machine has what an accelerator drives; what is unknown never counts as there."""
    assess = _ASSESSMENTS.get(accelerator.family)
    if assess is None:
        sentence = f"The accelerator `{accelerator.family}` is unknown, so whether it works here is too."
        return _no_device(accelerator, sentence, "Update ARW Launcher.")
    return assess(accelerator, support, machine)


def min_cuda_driver(version: str, os: Os | None) -> str | None:
    """Return the least NVIDIA driver for a CUDA toolkit, or None for one that the table does not know."""
    numbers = find_version(version)
    for since, linux, windows in _CUDA_DRIVERS:
        if numbers is not None and numbers[0] == since[0] and numbers >= since:
            return windows if os == "windows" else linux
    return None


def _assess_cpu(_accelerator: Accelerator, _support: Support, _machine: Machine) -> DeviceFit:
    # x86_64 archives choose their CPU variant (AVX, AVX2, AVX-512) at run time, so there is nothing to choose here.
    return DeviceFit(because="it needs no GPU")


def _assess_cuda(accelerator: Accelerator, support: Support, machine: Machine) -> DeviceFit:
    gpus = machine.gpus_of(GpuVendor.NVIDIA)
    if not gpus:
        return _no_gpu(accelerator, GpuVendor.NVIDIA, machine)
    need = _version_or_none(support.min_driver) or min_cuda_driver(accelerator.variant, machine.os)
    if need is None:
        sentence = f"Which driver {accelerator.title} needs is unknown."
        return _no_device(accelerator, sentence, "Update ARW Launcher.")
    have = machine.nvidia_driver
    if have is None or is_at_least(have, need) is False:
        return DeviceFit(_driver_too_old(have, need))
    return _assess_capability(accelerator, support, gpus, have)


def _assess_capability(accelerator: Accelerator, support: Support, gpus: Sequence[Gpu], driver: str) -> DeviceFit:
    major = (find_version(accelerator.variant) or (0,))[0]
    need = _version_or_none(support.min_compute_capability) or _CUDA_CAPABILITIES.get(major, "0")
    able = [gpu for gpu in gpus if gpu.compute_capability is None or is_at_least(gpu.compute_capability, need)]
    if able:
        best = max(able, key=lambda gpu: gpu.memory_bytes or 0)
        return DeviceFit(because=f"of {_with_article(_short_name(best.name))} with driver {driver.partition('.')[0]}")
    newest = max(gpus, key=lambda gpu: find_version(gpu.compute_capability or "") or ())
    return DeviceFit(
        Reason(
            ReasonCode.COMPUTE_CAPABILITY,
            f"{_short_name(newest.name)} has compute capability {newest.compute_capability}; {need} is needed.",
            act="Take a build for an older CUDA, or the Vulkan build.",
            have=newest.compute_capability,
            need=need,
        )
    )


def _assess_rocm(accelerator: Accelerator, _support: Support, machine: Machine) -> DeviceFit:
    gpus = machine.gpus_of(GpuVendor.AMD)
    if not gpus:
        return _no_gpu(accelerator, GpuVendor.AMD, machine)
    for gpu in gpus:
        if gpu.gfx in _ROCM_TARGETS:
            return DeviceFit(because=f"of {_with_article(gpu.name)}")
    if machine.os == "windows":  # where nothing tells which gfx a GPU is
        return DeviceFit(because=f"of {_with_article(gpus[0].name)}", is_certain=False)
    known = [gpu.gfx for gpu in gpus if gpu.gfx]
    if known:
        sentence = f"{gpus[0].name} ({known[0]}) is not one of the GPUs that ROCm builds are made for."
        return _no_device(accelerator, sentence, "Take the Vulkan build.")
    return _no_device(accelerator, "AMD's compute driver is not loaded.", "Install the `amdgpu` driver with ROCm.")


def _assess_metal(accelerator: Accelerator, _support: Support, machine: Machine) -> DeviceFit:
    if not machine.has_metal:
        return _no_device(accelerator, "No GPU that Metal drives.")
    gpus = machine.gpus_of(GpuVendor.APPLE)
    return DeviceFit(because=f"of {_with_article(gpus[0].name)}" if gpus else "this Mac's GPU supports it")


def _assess_vulkan(accelerator: Accelerator, _support: Support, machine: Machine) -> DeviceFit:
    real = machine.real_vulkan_devices()
    if real:
        return DeviceFit(because=f"of {_with_article(_short_name(real[0].name))}")
    act = "Install your GPU's driver with Vulkan support."
    if machine.has_vulkan_loader is None:
        return _no_device(accelerator, "Whether there is a Vulkan device could not be found out.")
    if not machine.has_vulkan_loader:
        library = "vulkan-1.dll" if machine.os == "windows" else "libvulkan.so.1"
        return _no_device(accelerator, f"No Vulkan loader (`{library}`).", act)
    if machine.vulkan_devices is None:
        return _no_device(accelerator, "The Vulkan driver did not answer.", "Update your GPU's driver.")
    if machine.vulkan_devices:
        name = machine.vulkan_devices[0].name
        return _no_device(accelerator, f"Vulkan has no GPU here, only software ({name}).", act)
    return _no_device(accelerator, "No Vulkan device.", act)


def _assess_intel(accelerator: Accelerator, _support: Support, machine: Machine) -> DeviceFit:
    return _assess_vendor(accelerator, GpuVendor.INTEL, machine)


def _assess_opencl(accelerator: Accelerator, _support: Support, machine: Machine) -> DeviceFit:
    if accelerator.variant != "adreno":
        return _no_device(accelerator, f"Which GPUs {accelerator.title} is for is unknown.", "Update ARW Launcher.")
    return _assess_vendor(accelerator, GpuVendor.QUALCOMM, machine)


_ASSESSMENTS: Final[dict[str, Callable[[Accelerator, Support, Machine], DeviceFit]]] = {
    "cpu": _assess_cpu,
    "cuda": _assess_cuda,
    "metal": _assess_metal,
    "opencl": _assess_opencl,
    "openvino": _assess_intel,
    "rocm": _assess_rocm,
    "sycl": _assess_intel,
    "vulkan": _assess_vulkan,
}


def _assess_vendor(accelerator: Accelerator, vendor: GpuVendor, machine: Machine) -> DeviceFit:
    gpus = machine.gpus_of(vendor)
    return DeviceFit(because=f"of {_with_article(gpus[0].name)}") if gpus else _no_gpu(accelerator, vendor, machine)


def _no_gpu(accelerator: Accelerator, vendor: GpuVendor, machine: Machine) -> DeviceFit:
    if machine.gpus is None:
        return _no_device(accelerator, f"Whether there is an {vendor} GPU could not be found out.")
    return _no_device(accelerator, f"No {vendor} GPU.")


def _no_device(accelerator: Accelerator, sentence: str, act: str | None = None) -> DeviceFit:
    return DeviceFit(Reason(ReasonCode.NO_DEVICE, sentence, act, subject=accelerator.family))


def _driver_too_old(have: str | None, need: str) -> Reason:
    found = f"NVIDIA driver {have} is too old" if have else "The NVIDIA driver is not there or does not answer"
    return Reason(
        ReasonCode.DRIVER_TOO_OLD,
        f"{found}; {need} or later is needed.",
        act=f"Install NVIDIA driver {need} or later.",
        have=have,
        need=need,
    )


def _version_or_none(text: str | None) -> str | None:
    """Return a limit that can be compared with; prose is no limit."""
    return text if text is not None and find_version(text) is not None else None


def _short_name(name: str) -> str:
    return name.removeprefix("NVIDIA ").removeprefix("GeForce ")


def _with_article(name: str) -> str:
    """Put "a" or "an" before a device's name, as one says it: an RTX, a GTX, an AMD, a Tesla."""
    is_spelled_out = not name[1:2].islower()  # letters by their names: "ar tee ex"
    vowels = "AEFHILMNORSX8" if is_spelled_out else "AEIO"
    return f"an {name}" if name[:1].upper() in vowels else f"a {name}"
