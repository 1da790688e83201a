"""The window as a screen reader has it: read and used from another process, by the accessibility bus alone."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import pytest

from tests.gui.display import Person, await_, await_quiet, on_display, serving
from tests.gui.screen_reader import Reader, Thing
from tests.gui.session_bus import session_bus
from tests.gui.test_real_input import METADATA, SERVER, Session, registry
from tests.lying_server import Lie
from tests.packing import Executable, Tree
from tests.registry import Offer, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.gui.session_bus import SessionBus

pytestmark = on_display
SCREENS: Final = ("Runtimes", "Run", "Activity", "Notices", "Health", "Settings")
USED: Final = {"push button", "check box", "combo box", "text", "list", "list item", "progress bar", "spin button"}
HELD_AT: Final = 200

__all__ = ["registry"]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with session_bus(monkeypatch) as bus:
        yield bus


@pytest.fixture
def person(bus: SessionBus, tmp_path: Path) -> Iterator[Person]:
    with serving(tmp_path / "display") as person:
        yield person


@pytest.fixture
def reader(bus: SessionBus) -> Reader:
    """Have a screen reader before the app starts: Qt may not hear of one that comes within the app's first second."""
    return Reader(bus)


@pytest.fixture
def session(reader: Reader, person: Person, registry: Registry, home: Path) -> Iterator[Session]:
    assert reader.announcements() == []
    session = Session(person, registry, offer, home)
    yield session
    if session.app.poll() is None:
        session.app.kill()
        session.app.wait()


def offer(version: str) -> Offer:
    tree: Tree = {"llama-server": Executable(SERVER.encode()), "model.txt": version.encode()}
    return Offer(tree=tree, version=version, more={"metadata": METADATA})


def row(reader: Reader) -> str:
    """Return what is said of the bundle in the list; nothing while the list is being filled anew."""
    bundles = (thing for thing in reader.read_on() if thing.role == "list item" and "selected" in thing.states)
    return next((thing.name for thing in bundles), "")


def focused(reader: Reader) -> list[Thing]:
    return [thing for thing in reader.things() if "focused" in thing.states]


def await_row(reader: Reader, words: str) -> None:
    """Wait until the row of the bundle says something."""
    await_(lambda: words in row(reader), f"the row never says {words}")


def await_said(reader: Reader, *begins: str) -> None:
    """Wait until each of these was said by itself, wherever the focus was."""
    for words in begins:
        is_said = functools.partial(lambda words: any(said.startswith(words) for said in reader.announcements()), words)
        await_(is_said, f"nobody is told {words}: {reader.announcements()}")


def faults(things: list[Thing]) -> list[str]:
    """Find what a person who does not see it could not make sense of."""
    used = [thing for thing in things if thing.role in USED and ("focusable" in thing.states)]
    nameless = [f"no name: {thing}" for thing in used if not thing.name and not thing.labels]
    choices = [f"not said what is chosen: {thing}" for thing in used if thing.role == "combo box" and not thing.labels]
    layers = [f"noise: {thing}" for thing in things if thing.role in {"layered pane", "unknown"} and thing.name]
    return [*nameless, *choices, *layers]


def test_every_screen_can_be_read(reader: Reader, session: Session) -> None:
    found = {}
    for screen in SCREENS:
        reader.press("check box", screen)
        await_quiet(session.app.pid)
        things = found[screen] = reader.things()
        assert faults(things) == []
        checked = [thing.name for thing in things if "Screens" in thing.inside and "checked" in thing.states]
        assert checked == [screen]
    (start,) = [thing for thing in found["Run"] if thing.spoken == "Start, push button"]
    assert "enabled" not in start.states  # there is nothing to start yet
    appearance = next(thing for thing in found["Settings"] if "Appearance" in thing.labels)
    assert (appearance.role, appearance.name) == ("combo box", "As the system")
    chips = [thing.name for thing in found["Runtimes"] if thing.role == "label"]
    assert {"Not installed", "Recommended"} <= set(chips)
    order = [thing.name for thing in found["Runtimes"]]
    assert order.index("Bundles") < order.index("Details of the selected bundle")


def test_from_install_to_rollback_without_looking(reader: Reader, session: Session, registry: Registry) -> None:
    install = "Install b1000"
    await_(lambda: "focused" in reader.await_("push button", install).states, f"{install} is not focused")
    assert "Not installed" in row(reader)
    reader.press("push button", "Install b1000")
    await_row(reader, ", Active, ")
    await_quiet(session.app.pid)
    await_said(reader, "Installing: ", "llama.cpp cpu: b1000 is active. Fetched ")
    for words in ("Active", "Trusted", "b1000 · preview r1", " bytes"):
        assert words in row(reader)
    assert any("focusable" in thing.states and thing.name for thing in focused(reader))

    session.publish("b2000")
    session.announce("Faster on old machines.")
    reader.press("push button", "Refresh")
    await_quiet(session.app.pid)
    assert "Update available" in row(reader)
    await_said(reader, "Notice: Faster on old machines.")
    registry.server.lie(registry.archive_path(), Lie(hold_at=HELD_AT))
    reader.press("push button", "Update to b2000")
    await_row(reader, "Downloading 200 of ")
    bar = reader.find("progress bar", "Progress")
    assert bar is not None
    await_said(reader, "Updating: Downloading 200 of ")
    registry.server.tell_the_truth()
    registry.server.release()
    await_row(reader, "b2000 · preview r2")
    await_quiet(session.app.pid)

    reader.press("push button", "Roll back to b1000")
    reader.await_("push button", "Undo")
    await_quiet(session.app.pid)
    assert reader.find("push button", "Undo") is not None
    await_said(reader, "llama.cpp cpu: b2000 is active. ", "llama.cpp cpu: b1000 is active. ")
    assert "b1000 · preview r1" in row(reader)
    assert any("focusable" in thing.states and thing.name for thing in focused(reader))
    assert session.quit() == 0
    assert session.log.read_text(encoding="utf-8") == ""
