from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from launcher.domain.bundle import Bundle, Platform, Support
from launcher.domain.choose import choose
from launcher.domain.machine import Gpu, GpuVendor, Machine, VulkanDevice, find_version, is_at_least
from tests.unit.domain.machines import make_bundle

versions = st.one_of(st.from_regex(r"(kernel )?\d{1,4}(\.\d{1,4}){0,3}", fullmatch=True), st.text(max_size=12))
maybe_version = st.none() | versions
systems = st.sampled_from(["linux", "macos", "darwin", "windows", "plan9"])
archs = st.sampled_from(["x86_64", "amd64", "arm64", "aarch64", "s390x"])
accelerators = st.one_of(
    st.sampled_from(["cpu", "vulkan", "metal", "rocm-10.0", "sycl-fp16", "openvino-2026.3.1", "opencl-adreno"]),
    versions.map("cuda-{}".format),
    st.text(max_size=12),
)
sizes = st.none() | st.integers(0, 2**40)
supports = st.builds(Support, maybe_version, maybe_version, maybe_version, maybe_version, sizes)
platforms = st.lists(st.builds(Platform, systems, archs, maybe_version), max_size=3).map(tuple)
bundles = st.builds(make_bundle, accelerators, platforms, supports, st.sampled_from(["llama.cpp", "whisper.cpp"]))
gpus = st.builds(
    Gpu,
    st.sampled_from(GpuVendor),
    st.text(max_size=20),
    sizes,
    maybe_version,
    st.sampled_from([None, "gfx803", "gfx1100"]),
)
machines = st.builds(
    Machine,
    os=st.sampled_from([None, "linux", "macos", "windows"]),
    os_version=maybe_version,
    arch=st.sampled_from([None, "x86_64", "arm64"]),
    libc=st.sampled_from([None, "glibc", "musl"]),
    glibc=maybe_version,
    memory_bytes=sizes,
    gpus=st.none() | st.lists(gpus, max_size=3).map(tuple),
    nvidia_driver=maybe_version,
    has_vulkan_loader=st.sampled_from([None, False, True]),
    vulkan_devices=st.none()
    | st.lists(st.builds(VulkanDevice, st.text(max_size=9), st.booleans()), max_size=2).map(tuple),
    has_metal=st.sampled_from([None, False, True]),
)


@given(st.lists(bundles, max_size=6), machines)
def test_each_runtime_recommends_one_bundle_that_fits_if_any_does(offered: list[Bundle], machine: Machine) -> None:
    choices = choose(offered, machine)
    assert sorted(choice.bundle.id for choice in choices) == sorted(bundle.id for bundle in offered)
    for runtime in {bundle.runtime for bundle in offered}:
        judged = [choice for choice in choices if choice.bundle.runtime == runtime]
        recommended = [choice for choice in judged if choice.is_recommended]
        assert len(recommended) == any(choice.fit.fits for choice in judged)
        assert all(choice.fit.fits and choice.rank == 1 for choice in recommended)
        assert [choice.rank for choice in judged] == list(range(1, len(judged) + 1))


@given(st.lists(bundles, min_size=1, max_size=4), machines)
def test_each_choice_has_reasons_that_agree_with_it(offered: list[Bundle], machine: Machine) -> None:
    for choice in choose(offered, machine):
        assert choice.fit.reasons
        assert choice.fit.fits == (not any(reason.is_blocking for reason in choice.fit.reasons))
        assert all(reason.sentence for reason in choice.fit.reasons)
        assert choice.is_recommended == (choice.fit.reasons[0].code == "recommended")


@given(st.lists(bundles, max_size=6), machines, st.randoms(use_true_random=False))
def test_the_order_of_the_catalog_never_changes_what_fits(
    offered: list[Bundle], machine: Machine, random: object
) -> None:
    shuffled = sorted(offered, key=lambda _: random.random())  # type: ignore[attr-defined]
    before = sorted((choice.bundle.id, choice.fit.fits) for choice in choose(offered, machine))
    assert sorted((choice.bundle.id, choice.fit.fits) for choice in choose(shuffled, machine)) == before


@given(st.text(), st.text())
def test_any_text_is_a_version_or_none(have: str, need: str) -> None:
    assert (is_at_least(have, need) is None) == (find_version(have) is None or find_version(need) is None)
