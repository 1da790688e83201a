"""A D-Bus connection for a program without a D-Bus library: run by the system's Python, which has one (PyGObject).

    /usr/bin/python3 bus_bridge.py        with DBUS_SESSION_BUS_ADDRESS

Each line of stdin is a request, and each line of stdout its answer. With it come all signals and calls that came in
since the last one. It also stands for what a desktop has and a test's display has not: a tray, and a notification
service.
"""

# mypy: ignore-errors
# ruff: noqa: PLR0913, PLR0917 - a call on D-Bus has so many parts
# PyGObject is the system's own, and not there when this is checked.
from __future__ import annotations

import json
import sys

from gi.repository import Gio, GLib

CALL_MS = 30_000
TRAY = """<node><interface name="org.kde.StatusNotifierWatcher">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierHostRegistered"/></interface></node>"""
NOTIFICATIONS = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method></interface></node>"""
PROPERTIES = {
    "RegisteredStatusNotifierItems": GLib.Variant("as", []),
    "IsStatusNotifierHostRegistered": GLib.Variant("b", 1),
    "ProtocolVersion": GLib.Variant("i", 0),
}


class Bridge:
    """The session's bus, the accessibility bus, and what comes in from both."""

    def __init__(self) -> None:
        self.loop = GLib.MainLoop()
        self.buses = {"session": Gio.bus_get_sync(Gio.BusType.SESSION)}
        self.news = []
        self.count = 0

    def answer(self, request: dict) -> object:
        """Do what a request asks for."""
        do = {"call": self.call, "listen": self.listen, "emit": self.emit, "stand_for_desktop": self.stand_for_desktop}
        return do[request.pop("do")](**request)

    def bus(self, name: str) -> Gio.DBusConnection:
        """Return a connection; the accessibility bus is made when it is first asked for."""
        if name not in self.buses:
            place = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None)
            (address,) = self.buses["session"].call_sync(*place, Gio.DBusCallFlags.NONE, CALL_MS).unpack()
            flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
            self.buses[name] = Gio.DBusConnection.new_for_address_sync(address, flags)
        return self.buses[name]

    def call(self, bus: str, to: str, path: str, interface: str, method: str, kinds: str, args: list) -> object:
        """Call a method, and serve who calls meanwhile: an app that asks the tray just then would wait for us."""
        words = GLib.Variant(kinds, tuple(args)) if kinds else None
        place, flags, done = (to, path, interface, method), Gio.DBusCallFlags.NONE, []
        self.bus(bus).call(*place, words, None, flags, CALL_MS, None, lambda _bus, result: done.append(result))
        while not done:
            GLib.MainContext.default().iteration(True)  # noqa: FBT003 - wait for what comes in
        return self.bus(bus).call_finish(done[0]).unpack()

    def listen(self, bus: str, interface: str, member: str) -> None:
        """Note a signal from now on."""

        def note(_bus, sender, path, _interface, member, words) -> None:  # noqa: ANN001 - Gio's
            self.news.append([member, sender, path, words.unpack()])

        none = Gio.DBusSignalFlags.NONE
        self.bus(bus).signal_subscribe(None, interface, member, None, None, none, note)

    def emit(self, path: str, interface: str, member: str, kinds: str, args: list) -> None:
        """Tell everybody on the session's bus."""
        self.buses["session"].emit_signal(None, path, interface, member, GLib.Variant(kinds, tuple(args)))

    def stand_for_desktop(self) -> None:
        """Have a tray and a notification service."""
        for name, path, description in (
            ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", TRAY),
            ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", NOTIFICATIONS),
        ):
            (interface,) = Gio.DBusNodeInfo.new_for_xml(description).interfaces
            session = self.buses["session"]
            session.register_object(path, interface, self._on_call, lambda *words: PROPERTIES[words[4]], None)
            place = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName")
            session.call_sync(*place, GLib.Variant("(su)", (name, 0)), None, Gio.DBusCallFlags.NONE, CALL_MS)

    def _on_call(self, _bus, sender, path, _interface, method, words, invocation) -> None:  # noqa: ANN001 - Gio's
        self.news.append([method, sender, path, words.unpack()])
        self.count += method == "Notify"  # 0 is nobody's number
        answers = {
            "Notify": lambda: GLib.Variant("(u)", (self.count,)),
            "GetCapabilities": lambda: GLib.Variant("(as)", (["body", "actions"],)),
            "GetServerInformation": lambda: GLib.Variant("(ssss)", ("test", "test", "1", "1.2")),
        }
        invocation.return_value(answers[method]() if method in answers else None)

    def on_line(self, stdin: int, _condition: int) -> bool:
        """Answer the next line; the end of stdin is the end of this program."""
        line = stdin.readline()
        if not line:
            self.loop.quit()
            return False
        try:
            answer = {"value": self.answer(json.loads(line))}
        except GLib.Error as error:
            answer = {"error": error.message}
        while GLib.MainContext.default().iteration(False):  # noqa: FBT003 - what has come in while this waited
            pass
        news, self.news = self.news, []
        print(json.dumps({**answer, "news": news}, default=str), flush=True)
        return True


if __name__ == "__main__":
    bridge = Bridge()
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_LOW, GLib.IO_IN | GLib.IO_HUP, bridge.on_line)
    bridge.loop.run()
