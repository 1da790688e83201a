from __future__ import annotations

import json
from pathlib import Path

import pytest

from launcher.domain.accelerator import min_cuda_driver, parse_accelerator
from launcher.domain.bundle import Platform, Support, parse_manifest
from launcher.domain.canonical import parse_document
from launcher.domain.choose import assess_bundle, choose
from launcher.domain.machine import Gpu, GpuVendor, Machine, VulkanDevice
from launcher.domain.reason import Reason, ReasonCode
from tests.unit.domain.machines import (
    DEBIAN,
    GTX_1080,
    LLVMPIPE,
    MAC,
    RADEON,
    RTX_3090,
    VULKAN_3090,
    WINDOWS,
    make_bundle,
)

ROOT = Path(__file__).resolve().parents[3]
GAMER = DEBIAN._replace(
    gpus=(RTX_3090,), nvidia_driver="570.86.10", has_vulkan_loader=True, vulkan_devices=(VULKAN_3090,)
)
LINUX_X64 = (Platform("linux", "x86_64"),)
WINDOWS_X64 = (Platform("windows", "x64"),)
MACOS_ARM64 = (Platform("darwin", "aarch64"),)


def first_reason(accelerator: str, machine: Machine, support: Support | None = None) -> Reason:
    platforms = (Platform(machine.os or "", machine.arch or ""),)
    return assess_bundle(make_bundle(accelerator, platforms, support), machine).reasons[0]


def order(machine: Machine, *accelerators: str) -> list[str]:
    platforms = (Platform(machine.os or "", machine.arch or ""),)
    choices = choose([make_bundle(accelerator, platforms) for accelerator in accelerators], machine)
    return [choice.bundle.accelerator for choice in choices if choice.fit.fits]


# --- the sentence ----------------------------------------------------------------------------------


def test_recommendation_says_why_what_else_works_and_what_does_not() -> None:
    bundles = [make_bundle(name) for name in ("cpu", "vulkan", "rocm-10.0", "cuda-12.8")]
    best, *_ = choose([*bundles, make_bundle("metal", MACOS_ARM64)], GAMER)
    assert best.is_recommended
    assert best.bundle.accelerator == "cuda-12.8"
    assert best.fit.reasons == (
        Reason(
            ReasonCode.RECOMMENDED,
            "Recommended: CUDA 12.8, because of an RTX 3090 with driver 570. Vulkan also works. ROCm: no AMD GPU.",
        ),
    )


@pytest.mark.parametrize(
    ("machine", "accelerators", "sentence"),
    [
        (
            DEBIAN,
            ("cpu", "vulkan", "cuda-12.8", "cuda-13.4", "rocm-10.0"),
            (
                "Recommended: CPU, because it needs no GPU. CUDA: no NVIDIA GPU. ROCm: no AMD GPU. "
                "Vulkan: no Vulkan loader (`libvulkan.so.1`)."
            ),
        ),
        (
            GAMER,
            ("cuda-13.4", "cuda-12.8"),
            (
                "Recommended: CUDA 12.8, because of an RTX 3090 with driver 570. "
                "CUDA 13.4: NVIDIA driver 570.86.10 is too old; 590 or later is needed."
            ),
        ),
        (
            GAMER._replace(nvidia_driver="591.1", gpus=(RTX_3090, RADEON)),
            ("cuda-13.4", "cuda-12.8", "vulkan", "rocm-10.0"),
            (
                "Recommended: CUDA 13.4, because of an RTX 3090 with driver 591. "
                "CUDA 12.8, ROCm 10.0 and Vulkan also work."
            ),
        ),
        (MAC, ("metal", "cpu"), "Recommended: Metal, because of an Apple M2."),
        (
            DEBIAN._replace(gpus=(RADEON,)),
            ("rocm-10.0",),
            "Recommended: ROCm 10.0, because of an AMD Radeon RX 7900 XTX.",
        ),
    ],
)
def test_recommended_sentences(machine: Machine, accelerators: tuple[str, ...], sentence: str) -> None:
    platforms = (Platform(machine.os or "", machine.arch or ""),)
    best = choose([make_bundle(name, platforms) for name in accelerators], machine)[0]
    assert best.fit.reasons[0].sentence == sentence


def test_the_same_accelerator_on_another_channel_is_no_alternative() -> None:
    best, other = choose([make_bundle("vulkan"), make_bundle("vulkan", suffix="-2")], GAMER)
    assert best.fit.reasons[0].sentence == "Recommended: Vulkan, because of an RTX 3090."
    assert (best.bundle.id, other.is_recommended) == ("llama.cpp-preview/bundle-vulkan", False)


def test_every_bundle_that_is_not_recommended_says_why_and_what_would_help() -> None:
    names = ("cpu", "vulkan", "rocm-10.0", "cuda-12.8", "cuda-13.4")
    others = [make_bundle("metal", MACOS_ARM64), make_bundle("cpu", (Platform("linux", "arm64"),), suffix="-arm")]
    _, *rest = choose([*(make_bundle(name) for name in names), *others], GAMER)
    told = {choice.bundle.id.split("bundle-")[1]: choice.fit.reasons[0] for choice in rest}
    assert {name: reason.act for name, reason in told.items()} == {
        "vulkan": "CUDA 12.8 suits this machine better.",
        "cpu": "CUDA 12.8 suits this machine better.",
        "rocm-10.0": None,
        "cuda-13.4": "Install NVIDIA driver 590 or later.",
        "metal": "Choose a bundle for Linux.",
        "cpu-arm": "Choose a bundle for x86_64.",
    }
    assert all(reason.sentence for reason in told.values())
    assert told["rocm-10.0"].sentence == "No AMD GPU."


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("RTX 3090", "an"),
        ("GTX 1080", "a"),
        ("H100 PCIe", "an"),
        ("A100", "an"),
        ("L4", "an"),
        ("T4", "a"),
        ("Tesla V100", "a"),
        ("Quadro P2000", "a"),
        ("Arc A770", "an"),
        ("UHD 620", "a"),
        ("8800 GT", "an"),
    ],
)
def test_articles(name: str, article: str) -> None:
    machine = DEBIAN._replace(gpus=(RTX_3090._replace(name=f"NVIDIA {name}"),), nvidia_driver="570")
    assert f"because of {article} {name} with" in choose([make_bundle("cuda-12.8")], machine)[0].fit.reasons[0].sentence


# --- ranking ---------------------------------------------------------------------------------------


def test_order_of_accelerators() -> None:
    machine = GAMER._replace(gpus=(RTX_3090, RADEON, Gpu(GpuVendor.INTEL, "Intel Arc A770")), nvidia_driver="590")
    names = ("cpu", "openvino-2026.3.1", "sycl-fp16", "vulkan", "cuda-12.8", "rocm-10.0", "cuda-13.4", "quantum")
    expected = ["cuda-13.4", "cuda-12.8", "rocm-10.0", "vulkan", "sycl-fp16", "openvino-2026.3.1", "cpu"]
    assert order(machine, *names) == expected


def test_newest_cuda_that_the_driver_carries() -> None:
    assert order(GAMER._replace(nvidia_driver="589.99"), "cuda-13.4", "cuda-12.8", "cuda-12.4")[0] == "cuda-12.8"
    assert order(GAMER._replace(nvidia_driver="580.1"), "cuda-13.2", "cuda-13.4", "cuda-12.8")[0] == "cuda-13.2"


def test_each_runtime_has_a_recommendation_of_its_own() -> None:
    bundles = [make_bundle("cpu"), make_bundle("cpu", runtime="whisper.cpp"), make_bundle("vulkan")]
    choices = choose(bundles, GAMER)
    assert [(choice.bundle.runtime, choice.bundle.accelerator, choice.rank) for choice in choices] == [
        ("llama.cpp", "vulkan", 1),
        ("llama.cpp", "cpu", 2),
        ("whisper.cpp", "cpu", 1),
    ]
    assert [choice.is_recommended for choice in choices] == [True, False, True]


def test_nothing_is_recommended_where_nothing_fits() -> None:
    (choice,) = choose([make_bundle("cpu", WINDOWS_X64)], DEBIAN)
    assert (choice.is_recommended, choice.fit.fits, choice.rank) == (False, False, 1)


def test_the_callers_order_decides_between_equals() -> None:
    choices = choose([make_bundle(suffix="-b"), make_bundle(suffix="-a")], DEBIAN)
    assert [choice.bundle.id[-2:] for choice in choices] == ["-b", "-a"]


def test_what_warns_comes_after_what_does_not() -> None:
    hungry = make_bundle("vulkan", support=Support(min_memory_bytes=64 * 2**30))
    choices = choose([hungry, make_bundle("cpu")], GAMER)
    assert [choice.bundle.accelerator for choice in choices] == ["cpu", "vulkan"]
    assert choices[1].fit.fits


# --- the platform ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platforms", "machine", "subject", "sentence"),
    [
        (WINDOWS_X64, DEBIAN, "os", "Made for Windows; this machine runs Linux."),
        ((*WINDOWS_X64, *MACOS_ARM64), DEBIAN, "os", "Made for Windows and macOS; this machine runs Linux."),
        ((), DEBIAN, "os", "Made for a system that it does not name; this machine runs Linux."),
        (LINUX_X64, Machine(), "os", "Made for Linux; this machine runs another system."),
        ((Platform("plan9", "x86_64"),), Machine(), "os", "Made for plan9; this machine runs another system."),
        ((Platform("linux", "aarch64"),), DEBIAN, "arch", "Made for arm64; this machine is x86_64."),
        (LINUX_X64, DEBIAN._replace(arch="arm64"), "arch", "Made for x86_64; this machine is arm64."),
        (
            (Platform("macos", "arm64", "15.0"),),
            MAC,
            "macos",
            "Needs macOS 15.0 or later; this Mac has 14.5.",
        ),
        (
            (Platform("linux", "x86_64", "kernel 6.2"),),
            DEBIAN,
            "os",
            "Needs kernel 6.2 or later; this machine has 6.1.0-18-amd64.",
        ),
        (
            (Platform("windows", "x86_64", "10.0.26100"),),
            WINDOWS,
            "os",
            "Needs Windows 10.0.26100 or later; this machine has 10.0.22631.",
        ),
        (
            (Platform("windows", "x86_64", "11"),),
            WINDOWS._replace(os_version="10.0.19045"),
            "os",
            "Needs Windows 11 or later; this machine has 10.0.19045.",
        ),
    ],
)
def test_unsupported_platforms(platforms: tuple[Platform, ...], machine: Machine, subject: str, sentence: str) -> None:
    fit = assess_bundle(make_bundle(platforms=platforms), machine)
    assert not fit.fits
    (reason,) = fit.reasons
    assert (reason.code, reason.subject, reason.sentence) == (ReasonCode.UNSUPPORTED, subject, sentence)


@pytest.mark.parametrize(
    ("platform", "machine"),
    [
        (Platform("Linux", "amd64", "kernel 5.15"), DEBIAN),
        (Platform("linux", "x64", "22.04"), DEBIAN),
        (Platform("linux", "x64", "any recent one"), DEBIAN),
        (Platform("linux", "x86_64", "kernel 99"), DEBIAN._replace(os_version=None)),
        (Platform("linux", "x86_64"), DEBIAN._replace(arch=None)),
        (Platform("darwin", "aarch64", "13.3"), MAC),
        (Platform("windows", "x64", "11"), WINDOWS),
        (Platform("windows", "x64", "10"), WINDOWS),
    ],
)
def test_supported_platforms(platform: Platform, machine: Machine) -> None:
    assert assess_bundle(make_bundle(platforms=(platform,)), machine).fits


def test_one_platform_of_several_is_enough() -> None:
    platforms = (Platform("linux", "x86_64", "kernel 99"), Platform("linux", "x86_64", "kernel 5"))
    assert assess_bundle(make_bundle(platforms=platforms), DEBIAN).fits


def test_glibc_too_old() -> None:
    reason = first_reason("cpu", DEBIAN, Support(min_glibc="2.39"))
    assert reason == Reason(
        ReasonCode.UNSUPPORTED,
        "Needs glibc 2.39 or later; this machine has 2.36.",
        "Use a newer release of the distribution.",
        subject="glibc",
        have="2.36",
        need="2.39",
    )


def test_musl_is_no_glibc() -> None:
    reason = first_reason("cpu", DEBIAN._replace(libc="musl", glibc=None), Support(min_glibc="2.17"))
    assert (reason.code, reason.subject, reason.have) == (ReasonCode.UNSUPPORTED, "glibc", "musl")


def test_what_is_unknown_or_prose_does_not_refuse() -> None:
    assert first_reason("cpu", DEBIAN._replace(glibc=None, libc=None), Support(min_glibc="2.39")).code == "compatible"
    assert first_reason("cpu", DEBIAN, Support(min_glibc="a recent one")).code == "compatible"
    assert first_reason("cpu", MAC, Support(min_glibc="2.39")).code == "compatible"
    assert first_reason("cpu", MAC._replace(os_version=None), Support(min_macos="15")).code == "compatible"


def test_macos_too_old_by_support() -> None:
    reason = first_reason("metal", MAC._replace(os_version="12.6"), Support(min_macos="13.3"))
    assert (reason.subject, reason.have, reason.need, reason.act) == ("macos", "12.6", "13.3", "Update macOS.")


def test_low_memory_warns_and_does_not_block() -> None:
    fit = assess_bundle(make_bundle(support=Support(min_memory_bytes=64 * 2**30)), DEBIAN)
    assert fit.fits
    assert [reason.code for reason in fit.reasons] == ["compatible", "low-memory"]
    assert fit.reasons[1].sentence == "Wants 64.0 GiB of memory; this machine has 32.0 GiB."


def test_memory_that_firmware_keeps_is_not_missed() -> None:
    fit = assess_bundle(
        make_bundle(support=Support(min_memory_bytes=16 * 2**30)),
        MAC._replace(os="linux", arch="x86_64", memory_bytes=int(15.3 * 2**30)),
    )
    assert [reason.code for reason in fit.reasons] == ["compatible"]


# --- devices -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "os", "driver"),
    [
        ("12.4", "windows", "551.78"),
        ("12.4", "linux", "550"),
        ("12.6", "windows", "551.78"),
        ("12.8", "linux", "570"),
        ("12.9", "linux", "570"),
        ("12.1", "linux", "525.60"),
        ("13", "linux", "580"),
        ("13.0", "windows", "580"),
        ("13.4", "linux", "590"),
        ("11.8", "linux", None),
        ("14.0", "linux", None),
        ("", "linux", None),
    ],
)
def test_least_drivers(version: str, os: str, driver: str | None) -> None:
    assert min_cuda_driver(version, "windows" if os == "windows" else "linux") == driver


def test_driver_too_old() -> None:
    assert first_reason("cuda-12.8", GAMER._replace(nvidia_driver="550.54")) == Reason(
        ReasonCode.DRIVER_TOO_OLD,
        "NVIDIA driver 550.54 is too old; 570 or later is needed.",
        "Install NVIDIA driver 570 or later.",
        have="550.54",
        need="570",
    )


def test_a_card_without_a_driver() -> None:
    reason = first_reason("cuda-12.8", GAMER._replace(nvidia_driver=None))
    assert (reason.code, reason.have, reason.need) == (ReasonCode.DRIVER_TOO_OLD, None, "570")


def test_a_bundles_own_limits_override_the_table() -> None:
    old = GAMER._replace(nvidia_driver="530.1")
    assert first_reason("cuda-12.8", old, Support(min_driver="525")).code == "compatible"
    assert first_reason("cuda-12.8", GAMER, Support(min_driver="575")).need == "575"
    assert first_reason("cuda-14.0", GAMER, Support(min_driver="570")).code == "compatible"
    assert first_reason("cuda-12.8", GAMER, Support(min_driver="a new one")).code == "compatible"
    assert first_reason("cuda-12.8", GAMER, Support(min_compute_capability="9.0")).code == "compute-capability"


def test_cuda_13_left_pascal_behind() -> None:
    machine = GAMER._replace(gpus=(GTX_1080,), nvidia_driver="590")
    assert order(machine, "cuda-13.4", "cuda-12.8") == ["cuda-12.8"]
    assert first_reason("cuda-13.4", machine) == Reason(
        ReasonCode.COMPUTE_CAPABILITY,
        "GTX 1080 has compute capability 6.1; 7.5 is needed.",
        "Take a build for an older CUDA, or the Vulkan build.",
        have="6.1",
        need="7.5",
    )


def test_one_capable_card_of_two_is_enough() -> None:
    machine = GAMER._replace(gpus=(GTX_1080, RTX_3090), nvidia_driver="590")
    assert first_reason("cuda-13.4", machine).code == "compatible"


@pytest.mark.parametrize(
    ("accelerator", "machine", "sentence"),
    [
        ("cuda-12.8", DEBIAN, "No NVIDIA GPU."),
        ("cuda-14.1", GAMER, "Which driver CUDA 14.1 needs is unknown."),
        ("cuda-12.8", DEBIAN._replace(gpus=None), "Whether there is an NVIDIA GPU could not be found out."),
        ("rocm-10.0", GAMER, "No AMD GPU."),
        ("rocm-10.0", DEBIAN._replace(gpus=(RADEON._replace(gfx=None),)), "AMD's compute driver is not loaded."),
        (
            "rocm-10.0",
            DEBIAN._replace(gpus=(RADEON._replace(gfx="gfx803", name="AMD Radeon RX 580"),)),
            "AMD Radeon RX 580 (gfx803) is not one of the GPUs that ROCm builds are made for.",
        ),
        ("metal", DEBIAN, "No GPU that Metal drives."),
        ("vulkan", DEBIAN, "No Vulkan loader (`libvulkan.so.1`)."),
        ("vulkan", WINDOWS._replace(has_vulkan_loader=False), "No Vulkan loader (`vulkan-1.dll`)."),
        ("vulkan", WINDOWS, "Whether there is a Vulkan device could not be found out."),
        ("vulkan", GAMER._replace(vulkan_devices=()), "No Vulkan device."),
        ("vulkan", GAMER._replace(vulkan_devices=None), "The Vulkan driver did not answer."),
        (
            "vulkan",
            GAMER._replace(vulkan_devices=(LLVMPIPE,)),
            "Vulkan has no GPU here, only software (llvmpipe (LLVM 15.0.6, 256 bits)).",
        ),
        ("sycl-fp16", GAMER, "No Intel GPU."),
        ("opencl-adreno", DEBIAN, "No Qualcomm GPU."),
        ("opencl-other", DEBIAN, "Which GPUs OpenCL Other is for is unknown."),
        ("quantum-1", GAMER, "The accelerator `quantum` is unknown, so whether it works here is too."),
        ("<b>", GAMER, "The accelerator `'<b>'` is unknown, so whether it works here is too."),
    ],
)
def test_no_device(accelerator: str, machine: Machine, sentence: str) -> None:
    reason = first_reason(accelerator, machine)
    assert (reason.code, reason.sentence) == (ReasonCode.NO_DEVICE, sentence)
    assert reason.subject == parse_accelerator(accelerator).family


def test_rocm_on_windows_is_only_certain_by_trying() -> None:
    machine = WINDOWS._replace(gpus=(RADEON._replace(gfx=None),))
    assert order(machine, "rocm-10.0", "cpu") == ["cpu", "rocm-10.0"]
    assert first_reason("rocm-10.0", machine).sentence == "Works if your GPU is one that the build supports."


def test_adreno_on_windows_on_arm() -> None:
    machine = WINDOWS._replace(arch="arm64", gpus=(Gpu(GpuVendor.QUALCOMM, "Qualcomm Adreno X1-85"),))
    assert order(machine, "cpu", "opencl-adreno") == ["opencl-adreno", "cpu"]


def test_another_systems_bundle_says_only_that() -> None:
    fit = assess_bundle(make_bundle("metal", MACOS_ARM64, Support(min_macos="13.3")), DEBIAN)
    assert [reason.code for reason in fit.reasons] == ["unsupported"]


def test_all_that_blocks_is_said() -> None:
    fit = assess_bundle(make_bundle("cuda-12.8", support=Support(min_glibc="2.39")), DEBIAN)
    assert [reason.code for reason in fit.reasons] == ["unsupported", "no-device"]


# --- data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("cuda-12.8", "CUDA 12.8"),
        ("CUDA-12.8", "CUDA 12.8"),
        ("cpu", "CPU"),
        ("sycl-fp16", "SYCL FP16"),
        ("openvino-2026.3.1", "OpenVINO 2026.3.1"),
        ("opencl-adreno", "OpenCL Adreno"),
        ("quantum", "quantum"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert parse_accelerator(name).title == title


def test_every_upstream_accelerator_is_known() -> None:
    releases = json.loads((ROOT / "packaging/runtimes/upstream-releases.json").read_bytes())
    assets = [
        asset
        for release in releases.values()
        for asset in (*release["assets"], *release.get("assets_other_release", ()))
    ]
    assert len(assets) > 20
    for asset in assets:
        machine = Machine(os=asset["os"], arch=asset["arch"], gpus=(), has_vulkan_loader=False, has_metal=False)
        sentence = first_reason(asset["accel"], machine).sentence
        assert "unknown" not in sentence, asset["name"]


def test_a_manifest_of_the_older_format_is_judged_too(golden: Path) -> None:
    bundle = parse_manifest(parse_document((golden / "16_realistic_llama.json").read_bytes())).bundle
    assert assess_bundle(bundle, DEBIAN).fits
    assert assess_bundle(bundle, DEBIAN._replace(glibc="2.31")).reasons[0].need == "2.35"


def test_vulkan_names_the_first_real_device() -> None:
    machine = GAMER._replace(vulkan_devices=(LLVMPIPE, VulkanDevice("Intel(R) UHD Graphics 620")))
    best = choose([make_bundle("vulkan")], machine)[0]
    assert best.fit.reasons[0].sentence == "Recommended: Vulkan, because of an Intel(R) UHD Graphics 620."
