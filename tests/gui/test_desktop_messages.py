"""Messages of the desktop on a real bus: taken, followed, and told by others where nobody takes them."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher.faces.gui import desktop_messages
from launcher.faces.gui.dbus_wire import Kind, read_number, take_message, write_call
from launcher.faces.gui.desktop_messages import DesktopMessages, find_bus
from launcher.faces.gui.orders import Order, Verb
from tests.gui.session_bus import session_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.gui.session_bus import SessionBus

WAIT_MS = 30_000
ORDER = Order(Verb.INSTALL, ("install", "a"), "a")
PLACE = ("org.example", "/a", "org.example.A", "Do")
NOTIFICATIONS = ("/org/freedesktop/Notifications", "org.freedesktop.Notifications")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    monkeypatch.setattr(desktop_messages, "_PLATFORMS", {"offscreen"})
    with session_bus(monkeypatch) as bus:
        yield bus


def test_a_message_arrives_as_it_is_and_a_click_leads_back(qtbot: QtBot, bus: SessionBus) -> None:
    bus.stand_for_desktop()
    messages = DesktopMessages()
    assert messages.tell("Größer: “a”", "b\0c", ORDER, is_problem=False)
    assert messages.tell("Second", "", ORDER, is_problem=True)
    qtbot.waitUntil(lambda: len(bus.heard("Notify")) == 2, timeout=WAIT_MS)
    first, second = (news.words for news in bus.heard("Notify"))
    hints = {"desktop-entry": "arw-launcher", "urgency": 0}
    assert first == ["arw-launcher", 0, "arw-launcher", "Größer: “a”", "bc", ["default", "Show"], hints, -1]
    assert second[3:5] == ["Second", ""]
    assert second[6]["urgency"] == 1
    with qtbot.waitSignal(messages.followed, timeout=WAIT_MS) as followed:
        qtbot.waitUntil(lambda: len(messages._shown) == 2, timeout=WAIT_MS)
        for number in (77, 2):  # the first one is another program's
            bus.emit(*NOTIFICATIONS, "ActionInvoked", "(us)", number, "default")
    assert followed.args == [ORDER]
    assert list(messages._shown) == [1]


def test_what_no_service_takes_is_told_otherwise(qtbot: QtBot, bus: SessionBus) -> None:
    messages = DesktopMessages()
    with qtbot.waitSignal(messages.failed, timeout=WAIT_MS) as failed:
        assert messages.tell("Title", "Text", ORDER, is_problem=True)
    assert failed.args == ["Title", "Text", True]
    bus.stand_for_desktop()  # a desktop that comes later has the next one
    assert messages.tell("Title", "Text", ORDER, is_problem=True)
    qtbot.waitUntil(lambda: bool(bus.heard("Notify")), timeout=WAIT_MS)


def test_a_bus_that_is_not_there_is_tried_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, bus: SessionBus) -> None:
    bus.stand_for_desktop()
    messages = DesktopMessages()
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        assert not messages.tell("Lost", "", ORDER, is_problem=False)
    messages.tell("Found", "", ORDER, is_problem=False)
    qtbot.waitUntil(lambda: [news.words[3] for news in bus.heard("Notify")] == ["Found"], timeout=WAIT_MS)


def test_without_a_desktop_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not DesktopMessages().tell("Title", "Text", ORDER, is_problem=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")  # but this is no desktop's window
    assert not DesktopMessages().tell("Title", "Text", ORDER, is_problem=False)


@pytest.mark.parametrize(
    ("addresses", "place"),
    [
        ("unix:path=/run/user/1000/bus", ("/run/user/1000/bus", False)),
        ("unix:abstract=/tmp/dbus-Xy,guid=0123", ("/tmp/dbus-Xy", True)),  # noqa: S108 - not a file
        ("tcp:host=localhost,port=1;unix:path=/a%20b", ("/a b", False)),
        ("unix:", None),
        ("", None),
    ],
)
def test_where_the_bus_is(addresses: str, place: tuple[str, bool] | None) -> None:
    assert find_bus(addresses) == place


def test_a_message_is_taken_once_it_is_whole() -> None:
    call = write_call(7, PLACE, "u", (3).to_bytes(4, "little"))
    data = bytearray()
    for byte in call[:-1]:
        data.append(byte)
        assert take_message(data) is None
    data += call[-1:] + call
    message = take_message(data)
    assert message is not None
    assert (message.kind, message.member, read_number(message)) == (Kind.CALL, "Do", 3)
    assert bytes(data) == call


@given(st.binary(max_size=200), st.integers(0, 200))
def test_whatever_comes_is_a_message_or_refused(junk: bytes, place: int) -> None:
    call = write_call(7, PLACE, "s", b"\x01\0\0\0a\0")
    for data in (bytearray(junk), bytearray(call[:place] + junk + call[place + len(junk) :])):
        with contextlib.suppress(ValueError):
            while (message := take_message(data)) is not None:
                read_number(message)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a desktop's bus has a socket with a path")
