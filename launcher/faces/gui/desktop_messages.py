"""Messages of the desktop that lead back: a click on one shows what it is about.

Qt's tray sends its messages without an action, so that a click on one leads nowhere on Linux; this speaks to the
notification service itself (Desktop Notifications Specification 1.2), with or without a tray. Nothing waits for it.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalSocket

from launcher.faces.gui.dbus_wire import Kind, Writer, read_number, take_message, write_call
from launcher.faces.gui.texts import translate

if TYPE_CHECKING:
    from launcher.faces.gui.dbus_wire import Message
    from launcher.faces.gui.orders import Order

# Where a desktop with such a service is; elsewhere Qt's tray has the system's own messages.
_PLATFORMS: Final = frozenset({"xcb", "wayland"})
_BUS: Final = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_SERVICE: Final = ("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications")
_CLICKS: Final = f"type='signal',interface='{_SERVICE[2]}',member='ActionInvoked'"
APP: Final = "arw-launcher"
LOW, NORMAL = 0, 1


class DesktopMessages(QObject):
    """Sends messages to the notification service, and tells which one was clicked.

    Signals:
        followed: A message was clicked; carries the `Order` that it is about.
        failed: The service did not take a message; carries its title, text and whether it is a problem.
    """

    followed = Signal(object)
    failed = Signal(str, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it; nobody is spoken to before the first message."""
        super().__init__(parent)
        self._socket: QLocalSocket | None = None
        self._is_let_in = False
        self._come = bytearray()
        self._serials = count(1)
        self._waiting: list[bytes] = []
        self._sent: dict[int, tuple[str, str, bool, Order]] = {}
        self._shown: dict[int, Order] = {}

    def tell(self, title: str, text: str, order: Order, *, is_problem: bool) -> bool:
        """Send a message; return whether there is a desktop to send it to.

        Args:
            title: What it is about.
            text: What became of it.
            order: What a click leads to.
            is_problem: Whether somebody should look.
        """
        if self._socket is None and not self._connect():
            return False
        serial = next(self._serials)
        self._sent[serial] = title, text, is_problem, order
        body = _notification(title, text, NORMAL if is_problem else LOW)
        self._send(write_call(serial, (*_SERVICE, "Notify"), "susssasa{sv}i", body))
        return True

    def _connect(self) -> bool:
        address = find_bus(os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""))
        is_desktop = sys.platform != "win32" and QGuiApplication.platformName() in _PLATFORMS
        if address is None or not is_desktop:
            return False
        path, is_abstract = address
        self._socket = socket = QLocalSocket(self)
        if is_abstract:
            socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
        socket.readyRead.connect(self._on_come)
        socket.disconnected.connect(self._give_up)
        socket.errorOccurred.connect(self._give_up)
        user = str(os.getuid()).encode().hex()
        words = Writer()
        words.text(_CLICKS)
        self._is_let_in = False
        self._waiting = [
            write_call(next(self._serials), (*_BUS, "Hello")),
            write_call(next(self._serials), (*_BUS, "AddMatch"), "s", bytes(words.data)),
        ]
        socket.connected.connect(lambda: socket.write(f"\0AUTH EXTERNAL {user}\r\n".encode()))
        socket.connectToServer(path)
        return self._socket is not None  # a socket that is not there is an error at once

    def _send(self, call: bytes) -> None:
        if self._is_let_in and self._socket is not None:
            self._socket.write(call)
        else:
            self._waiting.append(call)

    def _on_come(self) -> None:
        if self._socket is None:
            return
        self._come += self._socket.readAll().data()
        if not self._is_let_in and not self._take_welcome():
            return
        try:
            while (message := take_message(self._come)) is not None:
                self._hear(message)
        except ValueError:
            self._give_up()

    def _take_welcome(self) -> bool:
        """Take the one line before the messages; return whether we may speak."""
        line, end, rest = bytes(self._come).partition(b"\r\n")
        if not end or self._socket is None:
            return False
        self._come = bytearray(rest)
        self._is_let_in = line.startswith(b"OK ")
        if not self._is_let_in:
            self._give_up()
            return False
        self._socket.write(b"".join([b"BEGIN\r\n", *self._waiting]))
        self._waiting = []
        return True

    def _hear(self, message: Message) -> None:
        """Note the number of a message that is shown, or that one was clicked.

        Raises:
            ValueError: What came is no answer of the service.
        """
        sent = self._sent.pop(message.reply_to, None) if message.reply_to else None
        if sent is not None and message.kind == Kind.RETURN:
            self._shown[read_number(message)] = sent[-1]
        elif sent is not None and message.kind == Kind.ERROR:
            self.failed.emit(*sent[:-1])
        elif message.kind == Kind.SIGNAL and message.member == "ActionInvoked":
            order = self._shown.pop(read_number(message), None)
            if order is not None:  # else it is another program's
                self.followed.emit(order)

    def _give_up(self) -> None:
        """Leave what was not taken to others; the next message tries again."""
        socket, self._socket = self._socket, None
        if socket is None:
            return
        socket.blockSignals(True)  # noqa: FBT003 - Qt's signature
        socket.abort()
        socket.deleteLater()
        self._come.clear()
        left, self._sent = self._sent, {}
        for sent in left.values():
            self.failed.emit(*sent[:-1])


def find_bus(addresses: str) -> tuple[str, bool] | None:
    """Return the path of the session's bus and whether its name is an abstract one; None where there is none."""
    for address in addresses.split(";"):
        kind, _, rest = address.partition(":")
        facts = dict(fact.partition("=")[::2] for fact in rest.split(","))
        for name in ("path", "abstract"):
            if kind == "unix" and facts.get(name):
                return unquote(facts[name]), name == "abstract"
    return None


def _notification(title: str, text: str, urgency: int) -> bytes:
    """Return what ``Notify`` takes; the button is for those desktops on which a message itself cannot be clicked."""
    body, actions, hints = Writer(), Writer(), Writer()
    for word in ("default", translate("notifications", "Show")):
        actions.text(word)
    hints.text("desktop-entry")
    hints.signature("s")
    hints.text(APP)
    hints.align(8)
    hints.text("urgency")
    hints.signature("y")
    hints.data.append(urgency)
    body.text(APP)
    body.number(0)
    for word in (APP, title, text):
        body.text(word)
    body.array(actions, 4)
    body.array(hints, 8)
    body.number(-1, "i")
    return bytes(body.data)
