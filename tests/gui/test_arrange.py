from __future__ import annotations

import pytest

from launcher.faces.gui.arrange import Entry, Filter, Heading, arrange
from tests.gui import scene

TOTALS = {"llama.cpp": 5, "whisper.cpp": 1}


def entries() -> list[Entry]:
    return sorted((Entry(bundle) for bundle in scene.workshop()), key=lambda entry: entry.sort_key)


def shown(wanted: Filter) -> list[str]:
    rows = arrange(wanted.entries(entries()), TOTALS)
    return [f"# {row.runtime} {row.shown}/{row.total}" if isinstance(row, Heading) else row.accelerator for row in rows]


def test_runtimes_are_groups_with_the_recommended_bundle_first_and_misfits_last() -> None:
    assert shown(Filter()) == [
        "# llama.cpp 5/5",
        "CUDA 12.8",
        "Vulkan",
        "CPU",
        "ROCm 7.2",
        "Metal",
        "# whisper.cpp 1/1",
        "CPU",
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(fits_only=True), ["# llama.cpp 3/5", "CUDA 12.8", "Vulkan", "CPU", "# whisper.cpp 1/1", "CPU"]),
        (Filter(installed_only=True), ["# llama.cpp 1/5", "CPU", "# whisper.cpp 1/1", "CPU"]),
        (Filter(family="cuda"), ["# llama.cpp 1/5", "CUDA 12.8"]),
        (Filter(channel="stable"), []),
        (Filter(text="CUDA"), ["# llama.cpp 1/5", "CUDA 12.8"]),
        (Filter(text="llama 7.2"), ["# llama.cpp 1/5", "ROCm 7.2"]),
        (Filter(text="b11146 vulkan"), ["# llama.cpp 1/5", "Vulkan"]),
        (Filter(text="sycl"), []),
    ],
)
def test_filters(wanted: Filter, expected: list[str]) -> None:
    assert shown(wanted) == expected


def test_what_is_installed_stays_in_sight_when_it_no_longer_fits() -> None:
    bundle = scene.installed(fits=False, state="not-for-this-machine")
    assert len(Filter(fits_only=True).entries([Entry(bundle)])) == 1


def test_an_accelerator_that_nobody_knows_is_still_shown() -> None:
    entry = Entry(scene.bundle(accelerator="Quantum Foam!"))
    assert Filter(text="quantum").entries([entry]) == [entry]
