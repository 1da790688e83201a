"""A machine without any network: a namespace without interfaces for root, sockets that reach nobody for others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.e2e.program import ROOT, Program

if TYPE_CHECKING:
    from pathlib import Path

_BLOCKED_SOCKETS = """
import errno, socket

def refuse(*_arguments, **_more):
    raise OSError(errno.ENETUNREACH, "Network is unreachable")

socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.getaddrinfo = socket.gethostbyname = refuse
"""


def offline_machine(root: Path, signers: Path | None) -> Program:
    """Return the program on a machine of its own below ``root``, which trusts ``signers`` and reaches nobody."""
    environ = {
        variable: str(root / folder)
        for variable, folder in {
            "HOME": "home",
            "XDG_CACHE_HOME": "home/.cache",
            "XDG_CONFIG_HOME": "home/.config",
            "XDG_STATE_HOME": "home/.local/state",
        }.items()
    }
    for folder in environ.values():
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - texts of an environment
    if signers is not None:
        environ["ARW_RUNTIME_BUNDLE_SIGNERS"] = str(signers)
    if _can_unshare():
        return Program(environ, prefix=("unshare", "--net"))
    patch = root / "patch"
    patch.mkdir(parents=True)
    (patch / "sitecustomize.py").write_text(_BLOCKED_SOCKETS)
    return Program(environ | {"PYTHONPATH": os.pathsep.join([str(patch), str(ROOT)])})


def _can_unshare() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(["unshare", "--net", sys.executable, "-c", ""], check=False, capture_output=True)
    return tried.returncode == 0
