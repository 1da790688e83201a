"""Asks Vulkan which devices it drives, in a short-lived process: a driver that crashes or hangs must not take us along.

`launcher.adapters.vulkan_devices` is that process. It is started only where the loader is there.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from launcher.adapters.libraries import VULKAN
from launcher.adapters.nvml import SYSTEM_FOLDER_ONLY
from launcher.domain.machine import VulkanDevice

# How a frozen app, which has no interpreter to run a file with, is asked to be that process (launcher.__main__).
FROZEN_ARGUMENT: Final = "--list-vulkan-devices"

_KIND_CPU: Final = 4  # VK_PHYSICAL_DEVICE_TYPE_CPU
_SOFTWARE: Final = ("llvmpipe", "lavapipe", "swiftshader")  # also behind a virtual GPU that calls itself one
_MAX_DEVICES: Final = 64
_KILLED_WITHIN_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class VulkanFacts:
    """Whether the loader is there, and what it offers; None where its drivers did not answer."""

    has_loader: bool
    devices: tuple[VulkanDevice, ...] | None


def query_vulkan(library: str = VULKAN, timeout_s: float = 5.0) -> VulkanFacts:
    """Return what Vulkan has here."""
    if not _has_library(library):
        return VulkanFacts(has_loader=False, devices=())
    return VulkanFacts(has_loader=True, devices=_parse_devices(_run_child(library, timeout_s)))


def child_command(library: str) -> list[str]:
    """Return how the process that asks the drivers is started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_ARGUMENT, library]
    # A file of the standard library's modules only: isolated and without site-packages, it starts in 15 ms.
    return [sys.executable, "-IS", str(Path(__file__).with_name("vulkan_devices.py")), library]


def _has_library(library: str) -> bool:
    try:
        ctypes.CDLL(library, winmode=SYSTEM_FOLDER_ONLY)  # the loader itself; it loads drivers only when asked
    except OSError:
        return False
    return True


def _run_child(library: str, timeout_s: float) -> bytes:
    """Return what the process printed; nothing where it failed or took too long."""
    import subprocess  # noqa: PLC0415 - 6 ms that a machine without Vulkan does not pay

    # Overlays and recorders hook into every Vulkan program; they have no business here.
    environment = {**os.environ, "VK_LOADER_LAYERS_DISABLE": "~implicit~"}
    try:
        child = subprocess.Popen(
            child_command(library),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return b""
    with child:
        try:
            printed, _ = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            child.kill()
            return b""
    return printed if child.returncode == 0 else b""


def _parse_devices(printed: bytes) -> tuple[VulkanDevice, ...] | None:
    lines = printed.strip().splitlines()
    try:
        rows = json.loads(lines[-1]) if lines else None  # a driver may have printed above it
        if not isinstance(rows, list):
            return None
        return tuple(_parse_device(*row) for row in rows[:_MAX_DEVICES])
    except (ValueError, TypeError):
        return None


def _parse_device(name: str, kind: int, vendor_id: int, device_id: int) -> VulkanDevice:
    is_software = int(kind) == _KIND_CPU or any(word in str(name).lower() for word in _SOFTWARE)
    return VulkanDevice(str(name), is_software, int(vendor_id), int(device_id))
