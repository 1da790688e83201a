"""Asks NVIDIA's driver through its management library, NVML, by ctypes; no program is started.

The calls and the layout are those of NVML's API reference, "Initialization and Cleanup" and "Device Queries".
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final

from launcher.adapters.libraries import NVML
from launcher.domain.machine import Gpu, GpuVendor

# LOAD_LIBRARY_SEARCH_SYSTEM32: never a DLL that lies in the working folder or on PATH. Other systems ignore it.
SYSTEM_FOLDER_ONLY: Final = 0x800

_TEXT_BYTES: Final = 96  # NVML's longest, NVML_DEVICE_NAME_V2_BUFFER_SIZE
_MAX_DEVICES: Final = 64
_SUCCESS: Final = 0


@dataclass(frozen=True, slots=True)
class NvidiaFacts:
    """What the driver says; None for the version only if it does not tell."""

    driver: str | None
    gpus: tuple[Gpu, ...]


def query_nvml(library: str = NVML) -> NvidiaFacts | None:
    """Return driver and GPUs, or None where there is no library or its driver does not answer."""
    try:
        nvml = ctypes.CDLL(library, winmode=SYSTEM_FOLDER_ONLY)
        if nvml.nvmlInit_v2() != _SUCCESS:  # for one, a library of another version than the loaded driver
            return None
    except (OSError, AttributeError):  # no such library, or one too old to have the function
        return None
    try:
        return NvidiaFacts(_read_driver(nvml), tuple(_read_gpus(nvml)))
    except AttributeError:
        return None
    finally:
        nvml.nvmlShutdown()


def _read_driver(nvml: ctypes.CDLL) -> str | None:
    text = ctypes.create_string_buffer(_TEXT_BYTES)
    if nvml.nvmlSystemGetDriverVersion(text, ctypes.c_uint(_TEXT_BYTES)) != _SUCCESS:
        return None
    return text.value.decode("ascii", "replace")


def _read_gpus(nvml: ctypes.CDLL) -> list[Gpu]:
    count = ctypes.c_uint()
    if nvml.nvmlDeviceGetCount_v2(ctypes.byref(count)) != _SUCCESS:
        return []
    gpus: list[Gpu] = []
    for index in range(min(count.value, _MAX_DEVICES)):
        device = ctypes.c_void_p()
        if nvml.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(index), ctypes.byref(device)) == _SUCCESS:
            gpus.append(_read_gpu(nvml, device))
    return gpus


def _read_gpu(nvml: ctypes.CDLL, device: ctypes.c_void_p) -> Gpu:
    name = ctypes.create_string_buffer(_TEXT_BYTES)
    has_name = nvml.nvmlDeviceGetName(device, name, ctypes.c_uint(_TEXT_BYTES)) == _SUCCESS
    major, minor = ctypes.c_int(), ctypes.c_int()
    capability = nvml.nvmlDeviceGetCudaComputeCapability(device, ctypes.byref(major), ctypes.byref(minor))
    memory = (ctypes.c_ulonglong * 3)()  # nvmlMemory_t: total, free, used
    has_memory = nvml.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory)) == _SUCCESS
    return Gpu(
        vendor=GpuVendor.NVIDIA,
        name=name.value.decode("utf-8", "replace") if has_name else "NVIDIA GPU",
        memory_bytes=int(memory[0]) if has_memory else None,
        compute_capability=f"{major.value}.{minor.value}" if capability == _SUCCESS else None,
    )
