"""The facts of a Windows machine, from the registry and kernel32; whatever does not answer is None."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from launcher.domain.machine import PCI_VENDORS, Gpu, Machine, normalised_arch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# PF_… numbers of IsProcessorFeaturePresent -> feature as Linux calls it
_CPU_FEATURES: Final = {38: "sse4_2", 39: "avx", 40: "avx2", 41: "avx512f", 43: "asimddp", 46: "sve"}
# IMAGE_FILE_MACHINE_… numbers of IsWow64Process2
_NATIVE_MACHINES: Final = {0x8664: "x86_64", 0xAA64: "arm64", 0x014C: "x86"}
_DISPLAY_ADAPTERS: Final = r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
_PROCESSOR: Final = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
_VERSION: Final = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
# Qualcomm's GPUs are not on a PCI bus; Windows calls them `VEN_QCOM`.
_MODEL = re.compile(r"VEN_([0-9A-F]{4}|QCOM)(?:&DEV_([0-9A-F]{4}))?", re.IGNORECASE)
_QUALCOMM_ID: Final = 0x5143


def parse_display_adapter(values: Mapping[str, object]) -> Gpu | None:
    """Make a GPU of a display adapter's registry values; None for makers that no runtime is built for."""
    match = _MODEL.search(str(values.get("MatchingDeviceId", "")))
    if match is None:
        return None
    maker, model = match.groups()
    vendor = PCI_VENDORS.get(_QUALCOMM_ID if maker.upper() == "QCOM" else int(maker, 16))
    if vendor is None:
        return None
    memory = values.get("HardwareInformation.qwMemorySize")
    return Gpu(
        vendor=vendor,
        name=str(values.get("DriverDesc") or f"{vendor} GPU"),
        memory_bytes=memory if isinstance(memory, int) and memory > 0 else None,
        device_id=int(model, 16) if model else None,
    )


if sys.platform == "win32":
    import ctypes
    import platform
    import winreg

    def survey_windows() -> Machine:
        """Return what the system tells."""
        version = _read_version()
        name = _read_registry(_VERSION).get("ProductName")
        cpu_name = _read_registry(_PROCESSOR).get("ProcessorNameString")
        adapters = [_read_registry(rf"{_DISPLAY_ADAPTERS}\{number:04}") for number in range(16)]
        return Machine(
            os="windows",
            os_name=str(name) if name else "Windows",
            os_version=version,
            arch=_find_native_arch(),
            memory_bytes=_find_memory_bytes(),
            cpu_name=str(cpu_name).strip() if cpu_name else None,
            cpu_features=tuple(_find_cpu_features()),
            gpus=tuple(gpu for gpu in map(parse_display_adapter, adapters) if gpu is not None),
            has_metal=False,
        )

    def _read_version() -> str | None:
        # Not `sys.getwindowsversion()[:3]`, which is what the program was built for.
        return ".".join(str(number) for number in sys.getwindowsversion().platform_version)

    def _read_registry(path: str) -> dict[str, object]:
        values: dict[str, object] = {}
        try:
            # 64-bit view: a 32-bit or emulated Python would see a copy with less in it.
            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, path, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            ) as key:
                for index in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, index)
                    values[name] = value
        except OSError:
            pass
        return values

    def _find_native_arch() -> str | None:
        process_machine, native_machine = ctypes.c_ushort(), ctypes.c_ushort()
        try:
            kernel32 = ctypes.WinDLL("kernel32")
            kernel32.GetCurrentProcess.restype = ctypes.c_void_p
            answers = kernel32.IsWow64Process2(
                ctypes.c_void_p(kernel32.GetCurrentProcess()),
                ctypes.byref(process_machine),
                ctypes.byref(native_machine),
            )
        except (OSError, AttributeError):  # before Windows 10 1709
            answers = 0
        if answers and native_machine.value in _NATIVE_MACHINES:
            return _NATIVE_MACHINES[native_machine.value]
        return normalised_arch(platform.machine()) or None

    def _find_memory_bytes() -> int | None:
        status = (ctypes.c_uint64 * 8)()  # MEMORYSTATUSEX: length and load in the first word, then seven of 64 bits
        ctypes.cast(status, ctypes.POINTER(ctypes.c_uint32))[0] = ctypes.sizeof(status)
        try:
            answers = ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))
        except (OSError, AttributeError):
            return None
        return int(status[1]) if answers else None

    def _find_cpu_features() -> Iterator[str]:
        try:
            is_present = ctypes.WinDLL("kernel32").IsProcessorFeaturePresent
        except (OSError, AttributeError):
            return
        yield from (feature for number, feature in _CPU_FEATURES.items() if is_present(number))
