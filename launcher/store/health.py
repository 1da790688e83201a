"""What is known of revisions beside their files: which were ever healthy here, which were left, which are damaged.

Those that were left never were healthy (threat E9); the damaged ones were so when they were last compared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from launcher.domain.canonical import parse_document
from launcher.domain.errors import ParseError
from launcher.domain.fields import Fields
from launcher.domain.values import NamedTuple
from launcher.store.disk_errors import named_disk_errors
from launcher.store.durable import write_durably

if TYPE_CHECKING:
    from launcher.store.layout import BundleFolder


class Health(NamedTuple):
    """Names of revisions."""

    healthy: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()


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
        return Health(*(frozenset(fields.texts(name)) for name in Health._fields))
    except ParseError:
        return Health()


def save_health(bundle: BundleFolder, health: Health) -> None:
    """Write what is known.

    Raises:
        StoreError: The disk refused.
    """
    content = {"version": 1, **{name: sorted(names) for name, names in health._asdict().items()}}
    with named_disk_errors(bundle.health):
        write_durably(bundle.health, json.dumps(content, indent=1).encode())


def note_damage(bundle: BundleFolder, revision: str, *, is_damaged: bool) -> None:
    """Remember what a comparison found, so that screens need not compare again, and the way back leads past it.

    Raises:
        StoreError: The disk refused.
    """
    known = load_health(bundle)
    damaged = known.damaged | {revision} if is_damaged else known.damaged - {revision}
    if damaged != known.damaged:
        save_health(bundle, known._replace(damaged=damaged))
