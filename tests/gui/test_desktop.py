"""The real app on a desktop with a tray and a notification service: what these are told, and what a click does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.gui.display import await_, await_quiet, on_display
from tests.gui.session_bus import session_bus
from tests.gui.test_real_input import TITLE, registry
from tests.gui.test_screen_reader import HELD_AT, await_row, person, reader, row, session
from tests.lying_server import Lie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.gui.screen_reader import Reader
    from tests.gui.session_bus import News, SessionBus
    from tests.gui.test_real_input import Session
    from tests.registry import Registry

pytestmark = on_display
NAME: Final = "llama.cpp cpu"
ITEM: Final = ("/StatusNotifierItem", "org.kde.StatusNotifierItem")
NOTIFICATIONS: Final = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications")

__all__ = ["person", "reader", "registry", "session"]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    """Have a desktop before the app starts."""
    with session_bus(monkeypatch) as bus:
        bus.stand_for_desktop()
        yield bus


def tooltip(bus: SessionBus, item: str) -> str:
    """Return what the tray says when the mouse rests on the icon."""
    *_, title, _text = bus.value(item, *ITEM, "ToolTip")
    return str(title)


def told_as(bus: SessionBus) -> int:
    """Return the number that the service gave the last message."""
    return len(bus.heard("Notify"))


def await_news(bus: SessionBus, name: str) -> News:
    await_(lambda: bus.heard(name), f"nobody is told {name}")
    return bus.heard(name)[-1]


def test_the_tray_tells_of_a_finished_job_and_a_click_leads_to_it(
    bus: SessionBus, reader: Reader, session: Session, registry: Registry
) -> None:
    item = await_news(bus, "RegisterStatusNotifierItem").sender
    assert tooltip(bus, item) == f"{TITLE}: Nothing to do"

    registry.server.lie(registry.archive_path(), Lie(hold_at=HELD_AT))
    reader.press("push button", "Install b1000")
    await_(lambda: tooltip(bus, item).startswith(f"{TITLE}: Installing: Downloading"), "the tray does not say it")
    reader.press("check box", "Settings")
    session.person.press("alt+F4")
    reader.press("push button", "Go on in the tray")
    await_(lambda: not session.person.sees_window(TITLE), "it does not go into the tray")
    assert bus.heard("Notify") == []
    registry.server.tell_the_truth()
    registry.server.release()
    told = await_news(bus, "Notify")
    _app, _replaced, _icon, title, text, actions, _hints, _timeout_ms = told.words
    assert (title, text) == (NAME, "b1000 is active")
    assert actions == ["default", "Show"]
    await_(lambda: tooltip(bus, item) == f"{TITLE}: Nothing to do", "the tray still says that it works")

    for number in (told_as(bus) + 1, told_as(bus)):  # the first one is another program's
        bus.emit(*NOTIFICATIONS, "ActionInvoked", "(us)", number, "default")
    await_(lambda: session.person.sees_window(TITLE), "the click does not bring the window back")
    reader.await_("check box", "Runtimes", "checked")
    await_row(reader, ", Active, ")
    assert row(reader).startswith(f"{NAME}, ")

    session.person.minimize(TITLE)
    await_(lambda: not session.person.sees_window(TITLE), "it is not put away")
    bus.call(item, *ITEM, "Activate", "(ii)", 0, 0)
    await_(lambda: session.person.sees_window(TITLE), "the tray does not bring the window back")
    await_quiet(session.app.pid)
    assert session.quit() == 0
    assert session.log.read_text(encoding="utf-8") == ""
