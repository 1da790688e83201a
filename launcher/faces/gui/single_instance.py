"""One window for each person and store: a second start raises the first one's window instead."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from collections.abc import Sequence

CONNECT_MS: Final = 300


class SingleInstance(QObject):
    """The first start listens on a socket that only this person can open; later ones knock there.

    Signals:
        knocked: Another start wants this window to come to the front.
    """

    knocked = Signal()

    def __init__(self, flags: Sequence[str]) -> None:
        """Prepare for the store that ``flags`` name."""
        super().__init__()
        # The home keeps people apart on systems where the names of such sockets are everybody's.
        told = "\0".join([str(Path.home()), *flags])
        self._name = f"arw-launcher-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def knock(self) -> bool:
        """Raise the window of a start before this one; return whether there is one."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        return socket.waitForConnected(CONNECT_MS)

    def listen(self) -> bool:
        """Be the first one; what a killed one left behind is in nobody's way."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def _on_knock(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.knocked.emit()
