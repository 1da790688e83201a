"""The signer registry (3-trust, "Signer registry"): which keys this machine trusts, for what, until when."""

from __future__ import annotations

import binascii
import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from launcher.domain.bundle import parse_channel
from launcher.domain.canonical import parse_document
from launcher.domain.errors import (
    BadSignerRegistry,
    ExpiredSigner,
    NotYetValidSigner,
    ParseError,
    RevokedSigner,
    SignatureError,
    WrongChannel,
)
from launcher.domain.fields import Fields, format_time
from launcher.domain.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KEY_BYTES: Final = 32
MAX_THRESHOLD: Final = 100
EVERY_CHANNEL: Final = "*"

_FIELD_PRIME: Final = 2**255 - 19
# The y coordinates of the eight points of small order: 0, 1, -1 and the two of order eight.
# A signature under such a key can be forged without any secret (threat B4).
_LOW_ORDER_Y: Final = frozenset(
    {
        0,
        1,
        _FIELD_PRIME - 1,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


class Signer(NamedTuple):
    """One trusted key. An empty ``channels`` means none; ``*`` means all (3-trust, step 4)."""

    key_id: str
    public_key: bytes
    issuer: str
    channels: tuple[str, ...]
    not_before: datetime | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    notes: str | None = None

    def find_objection(self, channel: str, at: datetime) -> SignatureError | None:
        """Return why this signer's word does not count for a channel at a time, or None (threat B7)."""
        name = f"`{self.key_id}`"
        if self.revoked_at is not None and at >= self.revoked_at:
            return RevokedSigner(
                f"The key {name} was revoked.",
                expected="a signer that was not revoked",
                actual=f"revoked {format_time(self.revoked_at)}",
            )
        if self.expires_at is not None and at > self.expires_at:
            return ExpiredSigner(
                f"The key {name} has expired.",
                expected=f"a signer that is valid on {format_time(at)}",
                actual=f"expired {format_time(self.expires_at)}",
            )
        if self.not_before is not None and at < self.not_before:
            return NotYetValidSigner(
                f"The key {name} is not valid yet.",
                expected=f"a signer that is valid on {format_time(at)}",
                actual=f"valid from {format_time(self.not_before)}",
            )
        if channel not in self.channels and EVERY_CHANNEL not in self.channels:
            return WrongChannel(
                f"The key {name} is not trusted for the channel `{channel}`.",
                expected=f"a signer of `{channel}`",
                actual=f"a signer of {', '.join(f'`{name}`' for name in self.channels) or 'no channel'}",
            )
        return None


class SignerRegistry(NamedTuple):
    """All trusted keys, and how many of them each channel demands."""

    signers: tuple[Signer, ...] = ()
    thresholds: Mapping[str, int] = MappingProxyType({})

    def find_by_key_id(self, key_id: str) -> Signer | None:
        """Return the signer of that id."""
        return next((signer for signer in self.signers if signer.key_id == key_id), None)

    def find_by_key(self, public_key: bytes) -> Signer | None:
        """Return the signer of that key."""
        return next((signer for signer in self.signers if signer.public_key == public_key), None)

    def standing_keys(self, at: datetime) -> frozenset[str]:
        """Return the fingerprints of the keys that are listed and not revoked, be they expired or not."""
        standing = (signer for signer in self.signers if signer.revoked_at is None or at < signer.revoked_at)
        return frozenset(default_key_id(signer.public_key) for signer in standing)

    def threshold(self, channel: str) -> int:
        """Return how many trusted keys must sign for a channel."""
        return self.thresholds.get(channel, 1)


NOBODY: Final = SignerRegistry()
"""What is trusted where there is no registry, or a broken one: nothing."""


def parse_signer_registry(raw: bytes) -> SignerRegistry:
    """Read ``bundle_signers.json``; one bad entry refuses the whole registry (3-trust, step 2).

    Raises:
        BadSignerRegistry: It is not a strict document, or an entry is malformed, weak or stands twice.
    """
    try:
        root = Fields(parse_document(raw).root, "")
        if "type" in root and root.text("type") != "runtime-signers":  # threat A11
            raise root.bad("type", "runtime-signers", root.text("type"))
        if root.integer("version") != 1:
            raise root.bad("version", "1", root.integer("version"))
        signers = tuple(_parse_signer(fields) for fields in root.children("signers"))
        channels = root.child("channels")
        thresholds = {
            parse_channel(channel): channels.child(channel).integer("threshold", 1, MAX_THRESHOLD, default=1)
            for channel in channels
        }
    except ParseError as error:
        raise BadSignerRegistry(
            f"The signer registry is broken. {error.message}", expected=error.expected, actual=error.actual
        ) from error
    _check_distinct(signers)
    return SignerRegistry(signers, thresholds)


def decode_base64(text: str) -> bytes | None:
    """Decode standard base64 in its one canonical spelling, or return None (threat B6).

    Decoders forgive much (junk, line ends, trailing bits), so the result must encode back to the same text.
    """
    try:
        decoded = binascii.a2b_base64(text)
    except ValueError:  # binascii.Error is one
        return None
    return decoded if encode_base64(decoded) == text else None


def encode_base64(content: bytes) -> str:
    """Encode as standard base64, on one line."""
    return binascii.b2a_base64(content, newline=False).decode()


def is_weak_key(public_key: bytes) -> bool:
    """Tell whether a key is of low order or spelled in a non-canonical way (threat B4)."""
    y = int.from_bytes(public_key, "little") & (2**255 - 1)
    return y >= _FIELD_PRIME or y in _LOW_ORDER_Y


def default_key_id(public_key: bytes) -> str:
    """Return the id that a key has where nobody chose one."""
    return f"ed25519-sha256:{hashlib.sha256(public_key).digest()[:10].hex()}"


def _parse_signer(fields: Fields) -> Signer:
    public_key = decode_base64(fields.text("public_key_b64"))
    if public_key is None or len(public_key) != KEY_BYTES:
        found = ascii(fields.text("public_key_b64")[:60])
        raise fields.bad("public_key_b64", f"{KEY_BYTES} bytes in canonical base64", found)
    if is_weak_key(public_key):
        raise fields.bad("public_key_b64", "a key of full order", "a weak key, under which anybody can sign")
    return Signer(
        key_id=fields.name("key_id"),
        public_key=public_key,
        issuer=fields.text("issuer", ""),
        channels=fields.texts("channels"),
        not_before=fields.find_time("not_before"),
        expires_at=fields.find_time("expires_at"),
        revoked_at=fields.find_time("revoked_at"),
        notes=fields.find_text("notes"),
    )


def _check_distinct(signers: tuple[Signer, ...]) -> None:
    # Decoded bytes are compared, so that two spellings of a key are one key (threat B3).
    for index, signer in enumerate(signers):
        for other in signers[:index]:
            if signer.key_id == other.key_id or signer.public_key == other.public_key:
                raise BadSignerRegistry(
                    f"`signers[{index}]` of the signer registry stands twice.",
                    expected="each key id and each key once",
                    actual=f"`{signer.key_id}` and `{other.key_id}`",
                )
