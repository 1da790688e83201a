"""What to try when a runtime ended or never became healthy, by what it printed last and how it ended."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEMORY: Final = "It had too little memory: try a smaller model or a smaller context, or close other programs."
_PROCESSOR: Final = "This processor lacks an instruction that the build uses: install another bundle."
# The words of llama.cpp, whisper.cpp, the C library and the dynamic loaders. The first that occurs counts: a runtime
# that finds no memory goes on to say that it could not load the model.
_ADVICE: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("out of memory", "outofdevicememory", "failed to allocate", "bad_alloc", "cannot allocate"), _MEMORY),
    (
        ("address already in use", "couldn't bind", "could not bind", "bind failed"),
        "The port is taken: choose another.",
    ),
    (
        ("cuda driver version is insufficient", "no cuda-capable device", "no kernel image is available", "hip error"),
        "The GPU or its driver does not suit the build: update the driver, or install the Vulkan or the CPU bundle.",
    ),
    (
        ("error while loading shared libraries", "library not loaded", "cannot open shared object"),
        "A library of the system is missing: `doctor` may know which; the CPU bundle needs the fewest.",
    ),
    (
        ("unknown model architecture", "invalid magic", "failed to load model", "error loading model", "bad magic"),
        "It cannot read the model: see that the file is whole and made for this runtime, or update the runtime.",
    ),
    (
        ("unknown argument", "invalid argument", "unrecognized", "error: invalid parameter"),
        "It does not take one of its arguments: leave out those that you added.",
    ),
)


def find_advice(lines: Iterable[str], exit_status: int | None = None) -> str | None:
    """Return what helps, or None where nothing is known to.

    Args:
        lines: The last lines that the runtime printed.
        exit_status: How it ended, negative for a signal; None where it still runs.
    """
    said = "\n".join(lines).casefold()
    for words, advice in _ADVICE:
        if any(word in said for word in words):
            return advice
    by_signal = {-signal.SIGILL: _PROCESSOR}
    if hasattr(signal, "SIGKILL"):  # nobody of ours sent it: the system takes memory back so
        by_signal[-signal.SIGKILL] = _MEMORY
    return by_signal.get(exit_status) if exit_status is not None else None
