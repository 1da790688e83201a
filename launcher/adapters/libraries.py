"""Asking whether a shared library is installed without loading the machinery to load it.

`list` surveys the machine at every call, and on most machines the answer is no.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NVML: Final = "nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1"
VULKAN: Final = "vulkan-1.dll" if sys.platform == "win32" else "libvulkan.so.1"
LINKER_CACHE: Final = Path("/etc/ld.so.cache")


def may_be_installed(
    name: str,
    *,
    platform: str = sys.platform,
    cache: Path = LINKER_CACHE,
    environ: Mapping[str, str] = os.environ,
) -> bool:
    """Tell whether loading a library could succeed; False is certain, True is worth trying.

    On Linux with glibc the dynamic linker looks into LD_LIBRARY_PATH and its cache (ld.so(8)); elsewhere, and where the
    cache cannot be read, trying is the only way to know.
    """
    if platform != "linux":
        return True
    folders = [folder for folder in environ.get("LD_LIBRARY_PATH", "").split(":") if folder]
    if any(os.path.exists(os.path.join(folder, name)) for folder in folders):  # noqa: PTH110, PTH118 - start-up time
        return True
    try:
        return name.encode() in cache.read_bytes()
    except OSError:
        return True
