"""What the tests of attacks on a whole machine begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A machine on which b1000 runs, and a registry that has published it as revision 1."""
    with World(tmp_path) as world:
        world.install_versions("b1000")
        world.registry.server.requests.clear()
        yield world
