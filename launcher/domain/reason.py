"""Why a bundle fits a machine or does not: one list of reasons, shared by all faces (6-interfaces, "Choosing")."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from launcher.domain.values import NamedTuple


class ReasonCode(StrEnum):
    """The stable names of the reasons."""

    RECOMMENDED = "recommended"
    COMPATIBLE = "compatible"
    UPDATE_AVAILABLE = "update-available"
    UNSUPPORTED = "unsupported"
    DRIVER_TOO_OLD = "driver-too-old"
    NO_DEVICE = "no-device"
    COMPUTE_CAPABILITY = "compute-capability"
    LOW_MEMORY = "low-memory"


BLOCKING: Final = frozenset(
    {ReasonCode.UNSUPPORTED, ReasonCode.DRIVER_TOO_OLD, ReasonCode.NO_DEVICE, ReasonCode.COMPUTE_CAPABILITY}
)


class Reason(NamedTuple):
    """One reason, as data.

    Attributes:
        sentence: For people; complete, and true without the ones beside it.
        act: What helps, where something does.
        subject: What it is about: ``os``, ``arch``, ``glibc`` or ``macos`` of an ``unsupported``, the accelerator of a
            ``no-device``.
        have: What this machine has, where it is a matter of comparing.
        need: What the bundle needs.
    """

    code: ReasonCode
    sentence: str
    act: str | None = None
    subject: str | None = None
    have: str | None = None
    need: str | None = None

    @property
    def is_blocking(self) -> bool:
        """Tell whether the bundle cannot work for this reason."""
        return self.code in BLOCKING

    @property
    def clause(self) -> str:
        """The sentence as it goes on after a colon: ``no AMD GPU.``."""
        first, rest = self.sentence[:1], self.sentence[1:]
        return first.lower() + rest if rest[:1].islower() else self.sentence
