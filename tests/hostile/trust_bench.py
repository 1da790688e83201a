"""A machine under attack: what the tests of threat rows A and B on whole installations have in common."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from launcher.adapters.clock import SystemClock
from launcher.domain.progress import Silent
from tests.packing import proof_of
from tests.registry import LLAMA, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from launcher.app import Launcher
    from launcher.domain.errors import LauncherError
    from launcher.domain.views import CatalogView
    from tests.store_world import World

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
OTHER = Key("other", "Other", b"\x0a" * 32)


class ScriptedClock(SystemClock):
    """Tells these times, one after the other, and then the last one for ever."""

    def __init__(self, *moments: datetime) -> None:
        self._moments = list(moments)

    def now(self) -> datetime:
        return self._moments.pop(0) if len(self._moments) > 1 else self._moments[0]


def launcher_at(world: World, *moments: datetime) -> Launcher:
    launcher = world.launcher()
    launcher._wiring.clock = ScriptedClock(*moments)
    return launcher


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def install(launcher: Launcher) -> str | None:
    (view,) = launcher.install([LLAMA], Silent())
    return view["revision"]


def refresh(launcher: Launcher) -> CatalogView:
    (view,) = launcher.refresh(Silent())
    return view


def problem_of(view: CatalogView) -> str | None:
    """Return the code of what is wrong with a catalog."""
    return None if view["problem"] is None else view["problem"]["code"]


def archives_asked_for(world: World) -> list[str]:
    return [path for path in world.registry.server.requests if "payload" in path]


@contextmanager
def untouched(world: World) -> Iterator[None]:
    """Assert that the block changes nothing that is active, leaves nothing behind and fetches no archive."""
    before = world.active
    asked = archives_asked_for(world)
    yield
    world.assert_sound(before)
    assert archives_asked_for(world) == asked


def refuses_catalog(world: World, error: type[LauncherError], launcher: Launcher | None = None) -> None:
    """Assert that the served catalog is refused for this reason, and that the last good one stays in use."""
    with untouched(world):
        view = refresh(launcher or world.launcher())
    assert (problem_of(view), view["revision"]) == (error.code, 1)


def refuses_install(
    world: World, error: type[LauncherError], launcher: Launcher | None = None, *, message: str | None = None
) -> None:
    """Assert that installing is refused for this reason before any archive is fetched."""
    with untouched(world), pytest.raises(error, match=message) as caught:
        install(launcher or world.launcher())
    assert type(caught.value) is error


def next_good_update_works(world: World, version: str = "b9000") -> None:
    """Publish honestly, update, and see that it is what runs (row A18)."""
    world.registry.server.tell_the_truth()
    world.publish(version)
    updated = world.update()
    assert [view["upstream_version"] for view in updated["updated"]] == [version], updated["skipped"]
    world.assert_sound(updated["updated"][0]["revision"])


def rewrite(path: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change a served document and leave its signatures as they were."""
    root = json.loads(path.read_bytes())
    edit(root)
    path.write_text(json.dumps(root), encoding="utf-8")


def point_manifest_at(world: World, path: Path) -> Callable[[dict[str, Any]], None]:
    """Return an edit of the catalog that offers another manifest file for the bundle."""

    def edit(root: dict[str, Any]) -> None:
        bundle = next(bundle for bundle in root["bundles"] if bundle["id"] == LLAMA)
        pin = next(artifact for artifact in bundle["artifacts"] if artifact["kind"] == "manifest")
        pin.update(url=path.relative_to(world.registry.root).as_posix(), **proof_of(path))

    return edit
