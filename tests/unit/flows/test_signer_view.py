"""Whose keys are trusted, and how long still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.app import open_launcher
from launcher.domain.signers import Signer
from launcher.flows.signer_view import state_of
from tests.store_world import World

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, "valid"),
        ({"expires_at": NOW + 30 * DAY}, "valid"),
        ({"expires_at": NOW + 30 * DAY - timedelta(seconds=1)}, "expiring"),
        ({"expires_at": NOW}, "expiring"),
        ({"expires_at": NOW - timedelta(seconds=1)}, "expired"),
        ({"not_before": NOW + DAY}, "not-yet-valid"),
        ({"not_before": NOW}, "valid"),
        ({"revoked_at": NOW, "expires_at": NOW + 99 * DAY}, "revoked"),
        ({"revoked_at": NOW + DAY}, "valid"),
    ],
)
def test_states(dates: dict[str, Any], expected: str) -> None:
    signer = Signer("key", b"k" * 32, "issuer", ("preview",))._replace(**dates)
    assert state_of(signer, NOW) == expected


def test_the_registry_is_listed_with_its_path(tmp_path: Path) -> None:
    world = World(tmp_path)
    view = open_launcher(environ=world.environ).signers()
    assert view["path"] == str(world.registry.signers_path)
    assert view["problem"] is None
    (signer,) = view["signers"]
    assert (signer["state"], signer["channels"]) == ("valid", ["preview"])


def test_a_registry_that_is_gone_is_named(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.registry.signers_path.unlink()
    view = open_launcher(environ=world.environ).signers()
    assert view["signers"] == []
    assert view["problem"] is not None
    assert view["problem"]["code"] == "no-signer-registry"
