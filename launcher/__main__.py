"""Entry points: `python -m launcher` opens the window, `python -m launcher cli ...` is the command line."""

from __future__ import annotations

import os
import sys


def run_cli() -> int:
    """Run `arw-cli`, and end the process with its exit status.

    Everything is closed, flushed and synced when a command has answered. What the interpreter would do after that is to
    free each object of the process one by one, a tenth of what a short command costs (ADR 0010).
    """
    from launcher.faces.cli.main import main  # noqa: PLC0415 - a face never pays for another one

    os._exit(main(sys.argv[1:]))


def run_gui() -> int:
    """Run `arw-launcher` and return its exit status; as `arw-launcher cli ...` it is the window's worker.

    A frozen app has one executable, which starts itself again as the command line (ADR 0006), and to ask Vulkan's
    drivers in a process of their own (`launcher.adapters.vulkan`).
    """
    if sys.argv[1:2] == ["cli"]:
        del sys.argv[1]
        return run_cli()
    if sys.argv[1:2] == ["--list-vulkan-devices"]:
        from launcher.adapters.vulkan_devices import main as list_devices  # noqa: PLC0415 - a frozen app's child only

        list_devices(sys.argv[2])
        return 0
    from launcher.faces.gui.app import main  # noqa: PLC0415 - see above

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run_gui())
