"""The highest channel revision that this machine has accepted (3-trust, step 7; threats A2 to A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from launcher.domain.errors import ChannelEquivocation, ChannelRevisionTooLow
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_JUMP: Final = 100_000
"""No honest channel publishes so often between two looks; a wild number would wedge the channel for good."""


class Floor(NamedTuple):
    """The highest accepted revision of a subject (a catalog or a bundle), its digest and its signers.

    Attributes:
        keys: Fingerprints of the signers' keys, not their ids: a new key may take over an old one's id.
    """

    revision: int
    sha256: str
    keys: frozenset[str]


def raise_floor(subject: str, floor: Floor | None, offered: Floor, standing_keys: Collection[str]) -> Floor:
    """Return the floor after accepting ``offered``, or refuse it.

    A rotation of the signers starts anew, which is also the way out after a wild revision number was published.
    Only the signer registry can rotate them: as long as it lists one of the floor's keys, unrevoked, the floor
    holds, and an old document that another trusted key signed does not get below it.

    Args:
        subject: What is offered, for people to read.
        floor: What was accepted before.
        offered: What is offered now.
        standing_keys: Fingerprints of the keys that the registry lists and has not revoked.

    Raises:
        ChannelRevisionTooLow: Older than what was accepted before, or absurdly far ahead.
        ChannelEquivocation: The same revision with other bytes.
    """
    if floor is None or floor.keys.isdisjoint(standing_keys):
        return offered
    if offered.revision < floor.revision:
        raise ChannelRevisionTooLow(
            f"`{subject}` is offered in an older revision than this machine has seen.",
            expected=f"revision {floor.revision} or newer",
            actual=f"revision {offered.revision}",
        )
    if offered.revision > floor.revision + MAX_JUMP:
        raise ChannelRevisionTooLow(
            f"The channel revision of `{subject}` jumps too far.",
            expected=f"at most {floor.revision + MAX_JUMP}",
            actual=f"revision {offered.revision}",
            hint="The publisher can start anew with a new signing key; the operator revokes the old one.",
        )
    if offered.revision == floor.revision and offered.sha256 != floor.sha256:
        raise ChannelEquivocation(
            f"Revision {offered.revision} of `{subject}` was published with other bytes before.",
            expected=floor.sha256,
            actual=offered.sha256,
        )
    return offered
