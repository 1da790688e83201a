"""Machines and bundles to choose between."""

from __future__ import annotations

from launcher.domain.bundle import Bundle, Consent, Platform, Release, Support
from launcher.domain.machine import Gpu, GpuVendor, Machine, VulkanDevice

RTX_3090 = Gpu(GpuVendor.NVIDIA, "NVIDIA GeForce RTX 3090", 24 * 2**30, compute_capability="8.6")
GTX_1080 = Gpu(GpuVendor.NVIDIA, "NVIDIA GeForce GTX 1080", 8 * 2**30, compute_capability="6.1")
RADEON = Gpu(GpuVendor.AMD, "AMD Radeon RX 7900 XTX", 24 * 2**30, gfx="gfx1100")
LLVMPIPE = VulkanDevice("llvmpipe (LLVM 15.0.6, 256 bits)", is_software=True)
VULKAN_3090 = VulkanDevice("NVIDIA GeForce RTX 3090", vendor_id=0x10DE)

DEBIAN = Machine(
    os="linux",
    os_name="Debian GNU/Linux 12 (bookworm)",
    os_version="6.1.0-18-amd64",
    arch="x86_64",
    libc="glibc",
    glibc="2.36",
    memory_bytes=32 * 2**30,
    gpus=(),
    has_vulkan_loader=False,
    vulkan_devices=(),
    has_metal=False,
)
MAC = Machine(
    os="macos",
    os_version="14.5",
    arch="arm64",
    memory_bytes=16 * 2**30,
    gpus=(Gpu(GpuVendor.APPLE, "Apple M2"),),
    has_vulkan_loader=False,
    has_metal=True,
)
WINDOWS = Machine(os="windows", os_version="10.0.22631", arch="x86_64", memory_bytes=16 * 2**30, gpus=())


def make_bundle(
    accelerator: str = "cpu",
    platforms: tuple[Platform, ...] = (Platform("linux", "x86_64"),),
    support: Support | None = None,
    runtime: str = "llama.cpp",
    suffix: str = "",
) -> Bundle:
    return Bundle(
        id=f"{runtime}-preview/bundle-{accelerator}{suffix}",
        name="A bundle",
        description="",
        adapter="process",
        accelerator=accelerator,
        modalities=(),
        profiles=(),
        platforms=platforms,
        artifacts=(),
        notes=(),
        license=None,
        support=support or Support(),
        process=None,
        consent=Consent(),
        release=Release(),
        channel_revision=None,
    )
