from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.adapters.libraries import may_be_installed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    path = tmp_path / "ld.so.cache"
    path.write_bytes(b"glibc-ld.so.cache1.1\0libvulkan.so.1\0/usr/lib/libvulkan.so.1\0")
    return path


def test_what_the_linker_has_in_its_cache_is_worth_trying(cache: Path) -> None:
    assert may_be_installed("libvulkan.so.1", platform="linux", cache=cache, environ={}) is True


def test_what_it_has_not_is_certainly_absent(cache: Path) -> None:
    assert may_be_installed("libnvidia-ml.so.1", platform="linux", cache=cache, environ={}) is False


def test_a_folder_of_the_environment_counts(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "libnvidia-ml.so.1").touch()
    environ = {"LD_LIBRARY_PATH": f"/nowhere:{tmp_path}"}
    assert may_be_installed("libnvidia-ml.so.1", platform="linux", cache=cache, environ=environ) is True


def test_without_a_cache_trying_is_the_only_way(tmp_path: Path) -> None:
    assert may_be_installed("libvulkan.so.1", platform="linux", cache=tmp_path / "none", environ={}) is True


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_have_no_such_cache(platform: str, cache: Path) -> None:
    assert may_be_installed("nvml.dll", platform=platform, cache=cache, environ={}) is True
