"""The program of a proven revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launcher.domain.errors import NoExecutable

if TYPE_CHECKING:
    from launcher.domain.bundle import Process
    from launcher.store.revisions import Intact


def require_program(intact: Intact, bundle_id: str) -> tuple[Process, str]:
    """Return how the manifest starts its program, and the program's path inside of the payload.

    Raises:
        NoExecutable: The manifest names none, or it is not there.
    """
    process = intact.manifest.bundle.process
    if process is None or intact.executable is None:
        raise NoExecutable(
            f"`{bundle_id}` has no program to try.",
            expected=f"`{process.command}`" if process else "a `process` in the manifest",
            actual="no such executable file" if process else "none",
        )
    return process, intact.executable
