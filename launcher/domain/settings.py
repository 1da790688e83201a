"""What a person may choose; everything has a sensible default, and no file at all is fine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from launcher.domain.bundle import parse_channel
from launcher.domain.canonical import parse_document
from launcher.domain.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_CHANNELS: Final = ("preview", "stable")
_TRUE_WORDS: Final = frozenset({"1", "true", "yes", "on"})


class DiskLimits(NamedTuple):
    """Below which room on the store's volume old revisions are deleted by themselves; either is enough."""

    min_free_bytes: int = 5 * 1024**3
    min_free_percent: int = 10


USUAL_DISK_LIMITS: Final = DiskLimits()


class Settings(NamedTuple):
    """The settings of one person on one machine.

    Attributes:
        channels: The channels that are followed.
        sources: URLs of further catalogs, besides the shipped ones.
        http_hosts: Hosts that may be asked over plain http.
        disk_limits: When old revisions go by themselves.
    """

    channels: tuple[str, ...] = DEFAULT_CHANNELS
    sources: tuple[str, ...] = ()
    http_hosts: tuple[str, ...] = ()
    disk_limits: DiskLimits = USUAL_DISK_LIMITS


def parse_settings(raw: bytes) -> Settings:
    """Read ``settings.json``.

    Raises:
        ParseError: It is not a settings file.
    """
    fields = Fields(parse_document(raw).root, "")
    return Settings(
        channels=tuple(parse_channel(channel) for channel in fields.texts("channels")) or DEFAULT_CHANNELS,
        sources=fields.texts("sources"),
        http_hosts=fields.texts("http_hosts"),
        disk_limits=DiskLimits(
            fields.integer("min_free_bytes", default=USUAL_DISK_LIMITS.min_free_bytes),
            fields.integer("min_free_percent", maximum=100, default=USUAL_DISK_LIMITS.min_free_percent),
        ),
    )


def is_enforced(environ: Mapping[str, str]) -> bool:
    """Tell whether ``ARW_REQUIRE_SIGNED_BUNDLES`` demands signatures (3-trust, end of "Verification")."""
    return environ.get("ARW_REQUIRE_SIGNED_BUNDLES", "").strip().lower() in _TRUE_WORDS
