"""Which revisions were ever healthy on this machine, and which were left because they never were (threat E9)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from launcher.domain.canonical import parse_document
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably

if TYPE_CHECKING:
    from launcher.store.layout import BundleFolder


class Health(NamedTuple):
    """Names of revisions."""

    healthy: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()


def load_health(bundle: BundleFolder) -> Health:
    """Read what is known; a damaged file is nothing known.

    Raises:
        StoreError: It cannot be read.
    """
    path = bundle.health
    with named_disk_errors(path):
        try:
            raw = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return Health()
    try:
        fields = Fields(parse_document(raw).root, "")
        return Health(frozenset(fields.texts("healthy")), frozenset(fields.texts("failed")))
    except ParseError:
        return Health()


def save_health(bundle: BundleFolder, health: Health) -> None:
    """Write what is known.

    Raises:
        StoreError: The disk refused.
    """
    content = {"version": 1, "healthy": sorted(health.healthy), "failed": sorted(health.failed)}
    with named_disk_errors(bundle.health):
        write_durably(bundle.health, json.dumps(content, indent=1).encode())
