"""Looks at this machine: the facts of its system first, then what the GPU libraries add to them.

`list` surveys each time, so this stays cheap where there is no GPU; and `--help` imports this module, so it imports
what looks at hardware only when it does.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from launcher.adapters.libraries import NVML, VULKAN, may_be_installed
from launcher.domain.machine import PCI_VENDORS, Gpu, GpuVendor, Machine
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from launcher.adapters.nvml import NvidiaFacts
    from launcher.adapters.vulkan import VulkanFacts
    from launcher.domain.machine import VulkanDevice


class LocalMachine(NamedTuple):
    """This machine; a `launcher.flows.ports.MachineProbe`.

    Attributes:
        vulkan_timeout_s: How long Vulkan's drivers may take to say which devices they drive.
    """

    vulkan_timeout_s: float = 5.0

    def survey(self) -> Machine:
        """Look at the system, NVIDIA's driver and Vulkan; what cannot be found out is None, never an error."""
        machine = survey_system()
        if machine.os == "macos":  # Metal is all that runtimes use there
            return machine
        return merge_gpu_facts(machine, self._ask_nvidia(), self._ask_vulkan())

    def _ask_nvidia(self) -> NvidiaFacts | None:
        if not may_be_installed(NVML):
            return None
        from launcher.adapters.nvml import query_nvml  # noqa: PLC0415 - start-up, as said at the top

        return query_nvml()

    def _ask_vulkan(self) -> VulkanFacts | None:
        if not may_be_installed(VULKAN):
            return None
        from launcher.adapters.vulkan import query_vulkan  # noqa: PLC0415 - start-up, as said at the top

        return query_vulkan(timeout_s=self.vulkan_timeout_s)


def survey_system() -> Machine:
    """Look at the operating system, the processor, and the GPUs that the system lists."""
    if sys.platform == "win32":
        from launcher.adapters.machine_windows import survey_windows as survey  # noqa: PLC0415 - exists there only
    elif sys.platform == "darwin":
        from launcher.adapters.machine_macos import survey_macos as survey  # noqa: PLC0415 - needed there only
    elif sys.platform == "linux":
        from launcher.adapters.machine_linux import survey_linux as survey  # noqa: PLC0415 - needed there only
    else:
        survey = Machine
    return survey()


def merge_gpu_facts(machine: Machine, nvidia: NvidiaFacts | None, vulkan: VulkanFacts | None) -> Machine:
    """Add what the libraries say to what the system lists: drivers, devices, and the names of GPUs.

    None stands for a library that is not there.
    """
    devices = vulkan.devices if vulkan else ()
    gpus = list(machine.gpus or ())
    if nvidia is not None and nvidia.gpus:
        gpus = [*nvidia.gpus, *(gpu for gpu in gpus if gpu.vendor is not GpuVendor.NVIDIA)]
    real = [device for device in devices or () if not device.is_software]
    gpus = [_named(gpu, real) for gpu in gpus]
    known = {gpu.vendor for gpu in gpus}
    unlisted = [gpu for gpu in map(_as_gpu, real) if gpu is not None and gpu.vendor not in known]
    is_known = machine.gpus is not None or gpus or unlisted
    return machine._replace(
        gpus=(*gpus, *unlisted) if is_known else None,
        nvidia_driver=nvidia.driver if nvidia else None,
        has_vulkan_loader=vulkan is not None and vulkan.has_loader,
        vulkan_devices=devices,
    )


def _named(gpu: Gpu, devices: Sequence[VulkanDevice]) -> Gpu:
    """Take the model's name from Vulkan where the system only knows a number."""
    if gpu.device_id is None:
        return gpu
    for device in devices:
        if device.device_id == gpu.device_id and PCI_VENDORS.get(device.vendor_id) is gpu.vendor:
            return gpu._replace(name=_model_name(device))
    return gpu


def _as_gpu(device: VulkanDevice) -> Gpu | None:
    """Make a GPU of a device that the system's own list lacks, as on an ARM board; None for an unknown maker."""
    vendor = PCI_VENDORS.get(device.vendor_id)
    return Gpu(vendor, _model_name(device), device_id=device.device_id) if vendor else None


def _model_name(device: VulkanDevice) -> str:
    """Drop what Mesa appends: ``AMD Radeon RX 7900 XTX (RADV NAVI31)``."""
    return device.name.partition(" (")[0]
