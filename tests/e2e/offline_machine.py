"""A machine without any network: a namespace that has only itself for root, sockets that reach nobody for others."""

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

def only_this_machine(method):
    def call(this, address, *more):
        if isinstance(address, tuple) and not address[0].startswith("127."):
            refuse()
        return method(this, address, *more)
    return call

for name in ("connect", "connect_ex", "bind"):
    setattr(socket.socket, name, only_this_machine(getattr(socket.socket, name)))
socket.getaddrinfo = socket.gethostbyname = refuse
"""

# A machine without a network can still talk to itself, which is how a runtime that it runs is reached.
_ALONE = ("unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh")


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
        return Program(environ, prefix=_ALONE)
    patch = root / "patch"
    patch.mkdir(parents=True)
    (patch / "sitecustomize.py").write_text(_BLOCKED_SOCKETS)
    return Program(environ | {"PYTHONPATH": os.pathsep.join([str(patch), str(ROOT)])})


def _can_unshare() -> bool:
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    tried = subprocess.run([*_ALONE, sys.executable, "-c", ""], check=False, capture_output=True)
    return tried.returncode == 0
