"""Sockets that hear a cancel, keep deadlines, and read in large pieces.

httpcore lets its caller bring the network. That is where time is spent waiting, so that is where the
`Watch` is asked; nothing is lost by it, because a wait that ends is simply begun again. The larger reads
are what makes a transfer fast: ADR 0005 has the figures.
"""

from __future__ import annotations

import ssl
from concurrent.futures import Future, wait
from contextlib import suppress
from functools import partial
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import httpcore

from launcher.adapters.http.patience import ASK_EVERY_S
from launcher.domain.errors import LauncherError, TransferCut, UntrustedServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from launcher.adapters.http.patience import Watch

READ_BYTES: Final = 512 * 1024


class _Closable(Protocol):
    def close(self) -> None:
        """Let go."""


_T = TypeVar("_T", bound=_Closable)


class WatchedBackend(httpcore.NetworkBackend):
    """Opens connections that a `Watch` may end at any moment."""

    def __init__(self, watch: Watch) -> None:
        """Ask ``watch``."""
        self._watch = watch
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect; looking up a name cannot be interrupted, so a thread does both."""
        connect = partial(self._inner.connect_tcp, host, port, timeout, local_address, socket_options)
        return WatchedStream(_abandonable(connect, self._watch), self._watch)


class WatchedStream(httpcore.NetworkStream):
    """One connection."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        """Read from the socket of ``inner``."""
        self._inner = inner
        self._watch = watch
        self._socket: socket = inner.get_extra_info("socket")

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next, empty at the end; headers in small pieces, which bounds them (threat D22)."""
        del timeout  # the watch knows better
        size_bytes = max_bytes if self._watch.is_awaiting_answer else READ_BYTES
        try:
            piece = self._wait_and_read(size_bytes)
            if isinstance(self._socket, ssl.SSLSocket):
                piece = self._read_more_records(self._socket, piece, size_bytes)
        except OSError as error:
            raise TransferCut("The connection broke.", actual=str(error)) from error
        if not piece and self._watch.is_awaiting_answer:
            raise TransferCut("The server closed the connection before it answered.")
        self._watch.count(len(piece))
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the request, which is small."""
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Shake hands, in a thread: the contexts of operating systems verify inside of that one blocking call."""
        shake = partial(self._inner.start_tls, ssl_context, server_hostname, timeout)
        with self._socket.dup() as handle:  # ssl takes the socket itself away
            try:
                return WatchedStream(_abandonable(shake, self._watch), self._watch)
            except httpcore.ConnectError as error:
                if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                    reason = error.__cause__.verify_message or str(error.__cause__)
                    raise UntrustedServer(f"`{server_hostname}` is not proven to be itself.", actual=reason) from error
                raise
            except (LauncherError, KeyboardInterrupt):
                with suppress(OSError):
                    handle.shutdown(SHUT_RDWR)  # ends the handshake in its thread, which closes the connection
                raise

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        """Return what httpcore wants to know."""
        return self._inner.get_extra_info(info)

    def _wait_and_read(self, size_bytes: int) -> bytes:
        self._socket.settimeout(ASK_EVERY_S)
        while True:
            try:
                return self._socket.recv(size_bytes)
            except TimeoutError:
                self._watch.check()

    @staticmethod
    def _read_more_records(tls: ssl.SSLSocket, first: bytes, size_bytes: int) -> bytes:
        """Add the TLS records that are there already: one read brings one record, 16 KiB at most."""
        pieces = [first]
        rest_bytes = size_bytes - len(first)
        tls.settimeout(0)
        with suppress(ssl.SSLWantReadError):
            while pieces[-1] and rest_bytes > 0:
                pieces.append(tls.recv(rest_bytes))
                rest_bytes -= len(pieces[-1])
        return b"".join(pieces)


def _abandonable(call: Callable[[], _T], watch: Watch) -> _T:
    """Run a call that blocks, but leave it alone when the watch says so; what it then opens is closed at once."""
    outcome: Future[_T] = Future()
    Thread(target=_settle, args=(outcome, call), name="connect", daemon=True).start()
    try:
        while not outcome.done():
            wait((outcome,), ASK_EVERY_S)
            watch.check()
    except BaseException:
        outcome.add_done_callback(_close_result)
        raise
    return outcome.result()


def _settle(outcome: Future[_T], call: Callable[[], _T]) -> None:
    try:
        outcome.set_result(call())
    except BaseException as error:  # noqa: BLE001 - carried to the thread that waits
        outcome.set_exception(error)


def _close_result(outcome: Future[_T]) -> None:
    if outcome.exception() is None:
        outcome.result().close()
