"""The process that asks Vulkan's drivers for their devices; prints one line of JSON.

Run as a file by `launcher.adapters.vulkan`, so it imports the standard library only. Structures and numbers are those
of the Vulkan 1.0 specification.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys

_STRUCTURE_TYPE_INSTANCE_CREATE_INFO = 1
_SUCCESS, _INCOMPLETE = 0, 5
_MAX_DEVICES = 64
_SYSTEM_FOLDER_ONLY = 0x800  # as in launcher.adapters.nvml


class _InstanceCreateInfo(ctypes.Structure):
    _fields_ = [  # type: ignore[mutable-override] # as ctypes wants it
        ("sType", ctypes.c_int),
        ("pNext", ctypes.c_void_p),
        ("flags", ctypes.c_uint32),
        ("pApplicationInfo", ctypes.c_void_p),
        ("enabledLayerCount", ctypes.c_uint32),
        ("ppEnabledLayerNames", ctypes.c_void_p),
        ("enabledExtensionCount", ctypes.c_uint32),
        ("ppEnabledExtensionNames", ctypes.c_void_p),
    ]


class _PhysicalDeviceProperties(ctypes.Structure):
    _fields_ = [  # type: ignore[mutable-override] # as ctypes wants it
        ("apiVersion", ctypes.c_uint32),
        ("driverVersion", ctypes.c_uint32),
        ("vendorID", ctypes.c_uint32),
        ("deviceID", ctypes.c_uint32),
        ("deviceType", ctypes.c_int),
        ("deviceName", ctypes.c_char * 256),
        ("rest", ctypes.c_uint64 * 256),  # cache id, limits and sparse properties: 556 bytes that are not read
    ]


def list_devices(library: str) -> list[tuple[str, int, int, int]]:
    """Return ``(name, kind, vendor id, device id)`` of each device.

    Raises:
        OSError: There is no such library.
        AttributeError: It is no Vulkan loader.
    """
    vulkan = ctypes.CDLL(library, winmode=_SYSTEM_FOLDER_ONLY)
    instance = ctypes.c_void_p()
    create_info = _InstanceCreateInfo(sType=_STRUCTURE_TYPE_INSTANCE_CREATE_INFO)
    if vulkan.vkCreateInstance(ctypes.byref(create_info), None, ctypes.byref(instance)) != _SUCCESS:
        return []  # VK_ERROR_INCOMPATIBLE_DRIVER: a loader without any driver
    count = ctypes.c_uint32(_MAX_DEVICES)
    devices = (ctypes.c_void_p * _MAX_DEVICES)()
    if vulkan.vkEnumeratePhysicalDevices(instance, ctypes.byref(count), devices) not in {_SUCCESS, _INCOMPLETE}:
        return []
    return [_describe(vulkan, devices[index]) for index in range(count.value)]


def _describe(vulkan: ctypes.CDLL, device: int | None) -> tuple[str, int, int, int]:
    properties = _PhysicalDeviceProperties()
    vulkan.vkGetPhysicalDeviceProperties.restype = None
    vulkan.vkGetPhysicalDeviceProperties(ctypes.c_void_p(device), ctypes.byref(properties))
    name = properties.deviceName.decode("utf-8", "replace")
    return name, properties.deviceType, properties.vendorID, properties.deviceID


def main(library: str) -> None:
    """Print the devices and leave at once: what drivers do at exit is no concern of ours."""
    line = json.dumps(list_devices(library)) + "\n"
    os.write(1, line.encode("ascii"))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
