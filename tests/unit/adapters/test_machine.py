from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.adapters.machine import LocalMachine, merge_gpu_facts, survey_system
from launcher.adapters.machine_linux import find_gpus, find_libc, read_cpu, read_os_name, survey_linux
from launcher.adapters.machine_macos import survey_macos
from launcher.adapters.machine_windows import parse_display_adapter
from launcher.adapters.nvml import NvidiaFacts, query_nvml
from launcher.adapters.vulkan import FROZEN_ARGUMENT, VulkanFacts, child_command, query_vulkan
from launcher.domain.machine import Gpu, GpuVendor, Machine, VulkanDevice
from tests.unit.domain.machines import DEBIAN, RTX_3090

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads the files of a Linux kernel")
NO_VULKAN = VulkanFacts(has_loader=False, devices=())


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add_pci_device(root: Path, address: str, kind: str, vendor: str, device: str, **more: str) -> None:
    for name, text in {"class": kind, "vendor": vendor, "device": device, **more}.items():
        write(root / "sys/bus/pci/devices" / address / name, text + "\n")


def add_kfd_node(root: Path, number: int, **facts: int) -> None:
    lines = "".join(f"{name} {value}\n" for name, value in facts.items())
    write(root / f"sys/class/kfd/kfd/topology/nodes/{number}/properties", lines)


def compile_library(folder: Path, source: str) -> str:
    """Compile a stand-in for a driver's library and return its path."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler to make a library with")
    code, library = folder / "library.c", folder / "library.so"
    code.write_text(source, encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, code], check=True)
    return str(library)


# --- this machine --------------------------------------------------------------------------------------


def test_survey_of_this_machine() -> None:
    machine = LocalMachine().survey()
    assert machine.os == {"linux": "linux", "darwin": "macos", "win32": "windows"}[sys.platform]
    assert machine.arch
    assert machine.os_version
    assert machine.memory_bytes is not None
    assert machine.memory_bytes > 2**28


@linux_only
def test_glibc_is_the_one_that_programs_here_use() -> None:
    libc, glibc = find_libc(Path("/"))
    said = subprocess.run(["ldd", "--version"], capture_output=True, text=True, check=False)
    if libc == "glibc":
        assert said.stdout.splitlines()[0].endswith(f" {glibc}")
    else:
        assert "musl" in said.stderr


def test_importing_the_probe_imports_nothing_heavy() -> None:
    code = (
        "import sys, launcher.adapters.machine; print(*sorted({'ctypes', 'subprocess', 'platform'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""


# --- Linux ---------------------------------------------------------------------------------------------


@linux_only
def test_gpus_on_the_pci_bus(tmp_path: Path) -> None:
    add_pci_device(tmp_path, "0000:00:02.0", "0x030000", "0x8086", "0x56a0")
    add_pci_device(tmp_path, "0000:01:00.0", "0x030200", "0x10de", "0x2204")
    add_pci_device(tmp_path, "0000:03:00.0", "0x030000", "0x1002", "0x744c", mem_info_vram_total="25753026560")
    add_pci_device(tmp_path, "0000:04:00.0", "0x030000", "0x1a03", "0x2000")  # a server's console
    add_pci_device(tmp_path, "0000:05:00.0", "0x020000", "0x8086", "0x15f3")  # a network card
    add_kfd_node(tmp_path, 0, simd_count=0, gfx_target_version=0)
    add_kfd_node(tmp_path, 1, simd_count=192, gfx_target_version=110000, location_id=0x300, domain=0)
    assert find_gpus(tmp_path) == (
        Gpu(GpuVendor.INTEL, "Intel GPU", device_id=0x56A0),
        Gpu(GpuVendor.NVIDIA, "NVIDIA GPU", device_id=0x2204),
        Gpu(GpuVendor.AMD, "AMD GPU", 25753026560, gfx="gfx1100", device_id=0x744C),
    )


@linux_only
@pytest.mark.parametrize(
    ("version", "gfx"),
    [(90010, "gfx90a"), (90402, "gfx942"), (100300, "gfx1030"), (110501, "gfx1151"), (80003, "gfx803")],
)
def test_gfx_names(tmp_path: Path, version: int, gfx: str) -> None:
    add_pci_device(tmp_path, "0001:c1:1f.3", "0x038000", "0x1002", "0x1")
    add_kfd_node(tmp_path, 1, gfx_target_version=version, location_id=0xC1FB, domain=1)
    assert [gpu.gfx for gpu in find_gpus(tmp_path) or ()] == [gfx]


@linux_only
def test_no_pci_bus_is_unknown_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert find_gpus(tmp_path) is None
    (tmp_path / "sys/bus/pci/devices").mkdir(parents=True)
    assert find_gpus(tmp_path) == ()


@linux_only
def test_unreadable_numbers_are_skipped(tmp_path: Path) -> None:
    add_pci_device(tmp_path, "0000:01:00.0", "display", "0x10de", "0x1")
    add_pci_device(tmp_path, "0000:02:00.0", "0x030000", "0x1002", "", mem_info_vram_total="much")
    add_kfd_node(tmp_path, 1)
    assert find_gpus(tmp_path) == (Gpu(GpuVendor.AMD, "AMD GPU"),)


@linux_only
def test_cpu_of_the_first_processor_only(tmp_path: Path) -> None:
    first = "processor\t: 0\nmodel name\t: AMD Ryzen 9 5950X\nflags\t\t: fpu avx2 avx sse4_2 unheard_of\n"
    write(tmp_path / "proc/cpuinfo", f"{first}\nprocessor\t: 1\nmodel name\t: Other\nflags\t: avx512f\n")
    assert read_cpu(tmp_path) == ("AMD Ryzen 9 5950X", ("sse4_2", "avx", "avx2"))


@linux_only
def test_arm_processors_have_features_and_no_name(tmp_path: Path) -> None:
    write(tmp_path / "proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd asimddp i8mm\nCPU part\t: 0xd0c\n")
    assert read_cpu(tmp_path) == (None, ("asimd", "asimddp", "i8mm"))


@linux_only
def test_name_of_the_distribution(tmp_path: Path) -> None:
    assert read_os_name(tmp_path) is None
    write(tmp_path / "usr/lib/os-release", 'NAME="Alpine"\nPRETTY_NAME="Alpine Linux v3.20"\n')
    assert read_os_name(tmp_path) == "Alpine Linux v3.20"
    write(tmp_path / "etc/os-release", "PRETTY_NAME='Ubuntu 24.04 LTS'\n")
    assert read_os_name(tmp_path) == "Ubuntu 24.04 LTS"


@linux_only
def test_musl_is_known_by_its_loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def confstr(_name: str) -> str:
        raise ValueError

    monkeypatch.setattr(os, "confstr", confstr)  # what a Python that is linked against musl does
    assert find_libc(tmp_path) == (None, None)
    write(tmp_path / "lib/ld-musl-x86_64.so.1", "")
    assert find_libc(tmp_path) == ("musl", None)


@linux_only
def test_an_empty_root_gives_unknowns_and_no_error(tmp_path: Path) -> None:
    machine = survey_linux(tmp_path)
    assert (machine.os_name, machine.cpu_name, machine.cpu_features, machine.gpus) == (None, None, (), None)


# --- macOS ---------------------------------------------------------------------------------------------


APPLE_SILICON = {
    "hw.optional.arm64": b"\1\0\0\0",
    "hw.optional.AdvSIMD": b"\1\0\0\0",
    "hw.optional.arm.FEAT_DotProd": b"\1\0\0\0",
    "hw.optional.arm.FEAT_I8MM": b"\0\0\0\0",
    "kern.osproductversion": b"14.5\0",
    "machdep.cpu.brand_string": b"Apple M2\0",
    "hw.memsize": (16 * 2**30).to_bytes(8, "little"),
}
INTEL_MAC = {
    "hw.optional.avx1_0": b"\1\0\0\0",
    "hw.optional.avx2_0": b"\1\0\0\0",
    "kern.osproductversion": b"13.6.1\0",
    "machdep.cpu.brand_string": b"Intel(R) Core(TM) i7\0",
}


def test_apple_silicon() -> None:
    machine = survey_macos(APPLE_SILICON.get)
    assert machine == Machine(
        os="macos",
        os_name="macOS 14.5",
        os_version="14.5",
        arch="arm64",
        memory_bytes=16 * 2**30,
        cpu_name="Apple M2",
        cpu_features=("asimd", "asimddp"),
        gpus=(Gpu(GpuVendor.APPLE, "Apple M2"),),
        has_vulkan_loader=False,
        vulkan_devices=(),
        has_metal=True,
    )


def test_a_translated_python_sees_the_hardware() -> None:
    translated = {name: value for name, value in APPLE_SILICON.items() if name != "hw.optional.arm64"}
    assert survey_macos({**translated, "sysctl.proc_translated": b"\1\0\0\0"}.get).arch == "arm64"


def test_an_intel_mac() -> None:
    machine = survey_macos(INTEL_MAC.get)
    assert (machine.arch, machine.os_version, machine.has_metal, machine.gpus) == ("x86_64", "13.6.1", True, None)
    assert machine.cpu_features == ("avx", "avx2")


def test_a_mac_that_says_nothing() -> None:
    machine = survey_macos(lambda _name: None)
    assert (machine.os, machine.os_version, machine.memory_bytes, machine.has_metal) == ("macos", None, None, None)


# --- Windows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "gpu"),
    [
        (
            {
                "MatchingDeviceId": r"PCI\VEN_1002&DEV_744C&REV_C8",
                "DriverDesc": "AMD Radeon RX 7900 XTX",
                "HardwareInformation.qwMemorySize": 25753026560,
            },
            Gpu(GpuVendor.AMD, "AMD Radeon RX 7900 XTX", 25753026560, device_id=0x744C),
        ),
        (
            {"MatchingDeviceId": r"ACPI\VEN_QCOM&DEV_0C36", "DriverDesc": "Qualcomm(R) Adreno(TM) X1-85 GPU"},
            Gpu(GpuVendor.QUALCOMM, "Qualcomm(R) Adreno(TM) X1-85 GPU", device_id=0x0C36),
        ),
        ({"MatchingDeviceId": r"pci\ven_8086&dev_46a6"}, Gpu(GpuVendor.INTEL, "Intel GPU", device_id=0x46A6)),
        ({"MatchingDeviceId": r"PCI\VEN_1414&DEV_008E", "DriverDesc": "Microsoft Basic Render Driver"}, None),
        ({"MatchingDeviceId": r"ROOT\BasicDisplay"}, None),
        ({}, None),
    ],
)
def test_display_adapters_of_the_registry(values: dict[str, object], gpu: Gpu | None) -> None:
    assert parse_display_adapter(values) == gpu


# --- NVIDIA --------------------------------------------------------------------------------------------

NVML = r"""
#include <string.h>
static int up = 0;
int nvmlInit_v2(void) { up = 1; return INIT; }
int nvmlShutdown(void) { up = 0; return 0; }
int nvmlSystemGetDriverVersion(char *text, unsigned size) { strncpy(text, "570.86.10", size); return DRIVER; }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return up ? COUNT : 1; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) {
    if (index == 1) return 15;  /* lost */
    *device = (void *)0x123456789abcdef0; return 0;
}
int nvmlDeviceGetName(void *device, char *text, unsigned size) {
    if (device != (void *)0x123456789abcdef0) return 2;
    strncpy(text, "NVIDIA GeForce RTX 3090", size); return DETAILS;
}
int nvmlDeviceGetCudaComputeCapability(void *device, int *major, int *minor) { *major = 8; *minor = 6; return DETAILS; }
int nvmlDeviceGetMemoryInfo(void *device, unsigned long long *memory) {
    memory[0] = 25769803776ULL; memory[1] = memory[2] = 1; return DETAILS;
}
"""
NVML_OK = {"INIT": 0, "DRIVER": 0, "COUNT": 0, "DETAILS": 0}


def fake_nvml(folder: Path, **results: int) -> str:
    defines = "".join(f"#define {name} {value}\n" for name, value in {**NVML_OK, **results}.items())
    return compile_library(folder, defines + NVML)


def test_nvml_tells_driver_and_devices(tmp_path: Path) -> None:
    assert query_nvml(fake_nvml(tmp_path)) == NvidiaFacts("570.86.10", (RTX_3090,))


@pytest.mark.parametrize(
    ("failing", "facts"),
    [
        ({"INIT": 18}, None),  # library and driver of two versions
        ({"DRIVER": 1}, NvidiaFacts(None, (RTX_3090,))),
        ({"COUNT": 999}, NvidiaFacts("570.86.10", ())),
        ({"DETAILS": 3}, NvidiaFacts("570.86.10", (Gpu(GpuVendor.NVIDIA, "NVIDIA GPU"),))),
    ],
)
def test_nvml_that_fails_in_part(tmp_path: Path, failing: dict[str, int], facts: NvidiaFacts | None) -> None:
    assert query_nvml(fake_nvml(tmp_path, **failing)) == facts


def test_no_nvml(tmp_path: Path) -> None:
    assert query_nvml(str(tmp_path / "absent.so")) is None
    (tmp_path / "text.so").write_text("no library", encoding="ascii")
    assert query_nvml(str(tmp_path / "text.so")) is None
    assert query_nvml(compile_library(tmp_path, "int other(void) { return 0; }")) is None


def test_nvml_without_a_function(tmp_path: Path) -> None:
    source = "int nvmlInit_v2(void) { return 0; } int nvmlShutdown(void) { return 0; }"
    assert query_nvml(compile_library(tmp_path, source)) is None


# --- Vulkan --------------------------------------------------------------------------------------------

VULKAN = r"""
#include <stdint.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
struct properties { uint32_t api, driver, vendor, device; int32_t type; char name[256]; char rest[548]; };
int vkCreateInstance(const int *info, const void *allocator, void **instance) {
    if (*info != 1 || allocator) return -3;
    BEGIN
    *instance = (void *)0x1111; return CREATE;
}
int vkEnumeratePhysicalDevices(void *instance, uint32_t *count, void **devices) {
    if (instance != (void *)0x1111 || *count < 3) return -3;
    devices[0] = (void *)0xa000000000000000; devices[1] = (void *)0xb; devices[2] = (void *)0xc; *count = 3; return 0;
}
void vkGetPhysicalDeviceProperties(void *device, struct properties *out) {
    memset(out, 7, sizeof *out);  /* as much as a driver writes */
    out->vendor = 0x1002; out->device = 0x744c; out->type = 2;
    strcpy(out->name, "AMD Radeon RX 7900 XTX (RADV NAVI31)");
    if (device == (void *)0xb) { out->vendor = 0x10005; out->device = 0; out->type = 4; strcpy(out->name, "llvmpipe"); }
    if (device == (void *)0xc) { out->vendor = 0x1af4; strcpy(out->name, "Virtio-GPU Venus (llvmpipe)"); }
}
"""
RADV = VulkanDevice("AMD Radeon RX 7900 XTX (RADV NAVI31)", vendor_id=0x1002, device_id=0x744C)


def fake_vulkan(folder: Path, begin: str = "", create: int = 0) -> str:
    return compile_library(folder, f"#define BEGIN {begin}\n#define CREATE {create}\n{VULKAN}")


def test_vulkan_tells_hardware_from_software(tmp_path: Path) -> None:
    assert query_vulkan(fake_vulkan(tmp_path)) == VulkanFacts(
        has_loader=True,
        devices=(
            RADV,
            VulkanDevice("llvmpipe", is_software=True, vendor_id=0x10005),
            VulkanDevice("Virtio-GPU Venus (llvmpipe)", is_software=True, vendor_id=0x1AF4, device_id=0x744C),
        ),
    )


def test_a_driver_that_prints_disturbs_nothing(tmp_path: Path) -> None:
    facts = query_vulkan(fake_vulkan(tmp_path, begin=r'write(1, "WARNING: []\n", 12);'))
    assert facts.devices is not None
    assert len(facts.devices) == 3


def test_a_loader_without_drivers(tmp_path: Path) -> None:
    assert query_vulkan(fake_vulkan(tmp_path, create=-9)) == VulkanFacts(has_loader=True, devices=())


@pytest.mark.parametrize(
    "begin",
    [
        "abort();",
        "*(volatile int *)0 = 1;",
        "_exit(0);",
        r'write(1, "{}\n", 3); _exit(0);',
        r'write(1, "[[1]]\n", 6); _exit(0);',
        r'write(1, "text\n", 5); _exit(0);',
    ],
)
def test_a_driver_that_crashes_does_not_take_us_along(tmp_path: Path, begin: str) -> None:
    assert query_vulkan(fake_vulkan(tmp_path, begin)) == VulkanFacts(has_loader=True, devices=None)


def test_a_driver_that_hangs_is_given_up(tmp_path: Path) -> None:
    library = fake_vulkan(tmp_path, begin="pause();")
    assert query_vulkan(library, timeout_s=0.5) == VulkanFacts(has_loader=True, devices=None)


def test_a_library_that_is_no_loader(tmp_path: Path) -> None:
    library = compile_library(tmp_path, "int other(void) { return 0; }")
    assert query_vulkan(library) == VulkanFacts(has_loader=True, devices=None)


def test_no_loader(tmp_path: Path) -> None:
    assert query_vulkan(str(tmp_path / "absent.so")) == NO_VULKAN


def test_a_frozen_app_asks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("libvulkan.so.1") == [sys.executable, FROZEN_ARGUMENT, "libvulkan.so.1"]


def test_a_child_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = fake_vulkan(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "absent"))
    assert query_vulkan(library) == VulkanFacts(has_loader=True, devices=None)


# --- together ------------------------------------------------------------------------------------------


def test_nvml_knows_nvidia_gpus_better_than_the_bus() -> None:
    intel = Gpu(GpuVendor.INTEL, "Intel GPU", device_id=0x56A0)
    machine = DEBIAN._replace(gpus=(Gpu(GpuVendor.NVIDIA, "NVIDIA GPU", device_id=0x2204), intel))
    merged = merge_gpu_facts(machine, NvidiaFacts("570", (RTX_3090,)), NO_VULKAN)
    assert (merged.gpus, merged.nvidia_driver) == ((RTX_3090, intel), "570")


def test_a_card_whose_driver_does_not_answer_stays_listed() -> None:
    card = Gpu(GpuVendor.NVIDIA, "NVIDIA GPU", device_id=0x2204)
    merged = merge_gpu_facts(DEBIAN._replace(gpus=(card,)), None, NO_VULKAN)
    assert (merged.gpus, merged.nvidia_driver) == ((card,), None)


def test_vulkan_names_what_the_bus_only_numbers() -> None:
    machine = DEBIAN._replace(gpus=(Gpu(GpuVendor.AMD, "AMD GPU", 24, gfx="gfx1100", device_id=0x744C),))
    merged = merge_gpu_facts(machine, None, VulkanFacts(has_loader=True, devices=(RADV,)))
    assert merged.gpus == (Gpu(GpuVendor.AMD, "AMD Radeon RX 7900 XTX", 24, gfx="gfx1100", device_id=0x744C),)
    assert merged.vulkan_devices == (RADV,)


def test_a_gpu_that_only_vulkan_knows() -> None:
    adreno = VulkanDevice("Adreno X1-85", vendor_id=0x5143, device_id=7)
    software = VulkanDevice("SwiftShader", is_software=True, vendor_id=0x1AE0)
    facts = VulkanFacts(has_loader=True, devices=(adreno, software))
    assert merge_gpu_facts(Machine(), None, facts).gpus == (Gpu(GpuVendor.QUALCOMM, "Adreno X1-85", device_id=7),)


def test_gpus_that_nobody_could_look_for_stay_unknown() -> None:
    assert merge_gpu_facts(Machine(), None, NO_VULKAN).gpus is None


def test_another_system_is_unknown_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "freebsd14")
    assert survey_system() == Machine()
