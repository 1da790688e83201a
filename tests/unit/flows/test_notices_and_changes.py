"""What the change log says: notices that are shown or past, and what an update would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.domain.progress import Silent
from tests.registry import LLAMA
from tests.store_world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from launcher.domain.views import BundleView


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        yield world


def entry(revision: int, title: str, *fields: str, severity: str = "info") -> str:
    lines = "\n".join(f"- {field}" for field in fields)
    return f"### 2026-11-18 · preview r{revision} · {severity}\n{title}\n{lines}\n\nMore of **{title}**\n"


def row(world: World) -> BundleView:
    world.launcher().refresh(Silent())
    (bundle,) = world.launcher().overview()["bundles"]
    return bundle


def test_every_skipped_revision_is_told_newest_first(world: World) -> None:
    world.install_versions("b1")
    installed = world.registry.revision
    world.registry.announce(entry(installed, "Known already."))
    for step in (2, 3):
        world.registry.announce(entry(installed + step, f"Step {step}."))
    world.registry.announce(entry(installed + 3, "About others.", "bundles: whisper.cpp-preview/linux-x86_64-cpu"))
    world.registry.announce(entry(installed + 90, "Not yet offered."))
    world.publish("b2")

    bundle = row(world)

    assert bundle["state"] == "update-available"
    told = [(change["channel_revision"], change["title"], change["is_signed"]) for change in bundle["changes"]]
    assert told == [(installed + 3, "Step 3.", True), (installed + 2, "Step 2.", True)]
    assert "<b>Step 3.</b>" in bundle["changes"][0]["html"]


def test_without_an_update_there_is_nothing_to_tell(world: World) -> None:
    world.publish("b1")
    world.registry.announce(entry(1, "New."))
    assert row(world)["changes"] == []  # not installed
    world.install()
    assert row(world)["changes"] == []  # up to date


def test_past_notices_come_when_they_are_asked_for(world: World) -> None:
    world.install_versions("b1")
    revision = world.registry.revision
    world.registry.announce(entry(revision, "Done.", "action: update", severity="action"))
    world.registry.announce(entry(revision + 9, "Over.", "until: 2020-01-01"))
    world.registry.announce(entry(revision + 9, "Dismissed."))
    world.registry.announce(entry(revision + 9, "Current.", f"bundles: {LLAMA}"))
    world.launcher().refresh(Silent())
    key = next(row["key"] for row in world.launcher().notices() if row["title"] == "Dismissed.")
    world.launcher().dismiss_banner(key)

    shown, everything = world.launcher().notices(), world.launcher().notices(with_past=True)

    assert [row["title"] for row in shown] == ["Current."]
    assert shown == world.launcher().overview()["banners"]
    assert {row["title"]: row["standing"] for row in everything} == {
        "Done.": "done",
        "Over.": "over",
        "Dismissed.": "dismissed",
        "Current.": "current",
    }
