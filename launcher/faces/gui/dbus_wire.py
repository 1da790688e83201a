"""D-Bus messages as bytes, as far as the desktop's notification service needs them (D-Bus Specification, 0.42).

QtDBus cannot do it from Python: it sends every small number as an ``int``, and the service wants a ``uint``.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Final, NamedTuple

# The part of a message whose length is always the same.
START_BYTES: Final = 16
MOST_BYTES: Final = 2**27
_PATH, _INTERFACE, _MEMBER, _REPLY_SERIAL, _DESTINATION, _SIGNATURE = 1, 2, 3, 5, 6, 8


class Kind(IntEnum):
    """What a message is; others are not known here."""

    CALL = 1
    RETURN = 2
    ERROR = 3
    SIGNAL = 4


class Message(NamedTuple):
    """What came in.

    Attributes:
        kind: A `Kind`, or the number of one that is not known.
        member: The name of the signal.
        reply_to: The serial of the call that is answered; 0 for none.
        body: For `numbers_and_texts`.
        order: How it is written, as `struct` has it: ``<`` or ``>``.
    """

    kind: int
    member: str
    reply_to: int
    body: bytes
    order: str


class Writer:
    """Puts values one after the other, each at a place that its size divides."""

    def __init__(self) -> None:
        """Begin at a place that everything divides."""
        self.data = bytearray()

    def align(self, size_bytes: int) -> None:
        """Fill up to the next place that is divided."""
        self.data += bytes(-len(self.data) % size_bytes)

    def number(self, value: int, kind: str = "I") -> None:
        """Put a number of 4 bytes; ``kind`` is that of `struct`."""
        self.align(4)
        self.data += struct.pack(f"<{kind}", value)

    def text(self, value: str) -> None:
        """Put a text or a path; a byte of 0 would end it early."""
        said = value.replace("\0", "").encode()
        self.number(len(said))
        self.data += said + b"\0"

    def signature(self, value: str) -> None:
        """Put the types of something."""
        self.data += bytes([len(value)]) + value.encode() + b"\0"

    def array(self, inner: Writer, element_size_bytes: int) -> None:
        """Put what was written apart as the elements of an array."""
        self.number(len(inner.data))
        self.align(element_size_bytes)
        self.data += inner.data


def write_call(serial: int, place: tuple[str, str, str, str], signature: str = "", body: bytes = b"") -> bytes:
    """Return a call of a method.

    Args:
        serial: Its number, from 1 up; the answer has it.
        place: The service, the object's path, the interface and the method.
        signature: The types of what is given to it.
        body: Its values, by a `Writer`.
    """
    to, path, interface, method = place
    fields = Writer()
    for code, kind, value in (
        (_PATH, "o", path),
        (_INTERFACE, "s", interface),
        (_MEMBER, "s", method),
        (_DESTINATION, "s", to),
        (_SIGNATURE, "g", signature),
    ):
        fields.align(8)
        fields.data += bytes([code])
        fields.signature(kind)
        fields.signature(value) if kind == "g" else fields.text(value)
    whole = Writer()
    whole.data += b"l" + bytes([Kind.CALL, 0, 1])
    whole.number(len(body))
    whole.number(serial)
    whole.array(fields, 8)
    whole.align(8)
    return bytes(whole.data) + body


def take_message(data: bytearray) -> Message | None:
    """Take the first message from what has come in; None where it is not whole yet.

    Raises:
        ValueError: It is no message.
    """
    if len(data) < START_BYTES:
        return None
    order = {ord("l"): "<", ord("B"): ">"}.get(data[0])
    if order is None:
        raise ValueError(data[0])
    body_bytes, _serial, fields_bytes = struct.unpack_from(f"{order}III", data, 4)
    head_bytes = START_BYTES + fields_bytes + -fields_bytes % 8
    if head_bytes + body_bytes > MOST_BYTES:
        raise ValueError(body_bytes)
    if len(data) < head_bytes + body_bytes:
        return None
    try:
        fields = _read_fields(bytes(data[: START_BYTES + fields_bytes]), order)
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error
    body = bytes(data[head_bytes : head_bytes + body_bytes])
    message = Message(data[1], str(fields.get(_MEMBER, "")), int(fields.get(_REPLY_SERIAL, 0)), body, order)
    del data[: head_bytes + body_bytes]
    return message


def read_number(message: Message) -> int:
    """Return the number with which a body begins.

    Raises:
        ValueError: There is none.
    """
    try:
        (number,) = struct.unpack_from(f"{message.order}I", message.body)
    except struct.error as error:
        raise ValueError(str(error)) from error
    return int(number)


def _read_fields(head: bytes, order: str) -> dict[int, str | int]:
    """Read the fields of a head.

    Raises:
        IndexError: It ends early.
        ValueError: A type is in it that no field has.
        struct.error: It ends early.
    """
    fields: dict[int, str | int] = {}
    place = START_BYTES
    while place < len(head):
        place += -place % 8
        code, kind = head[place], chr(head[place + 2])
        place += 4
        if kind == "g":
            length = head[place]
            place += 1
        elif kind in "sou":
            (length,) = struct.unpack_from(f"{order}I", head, place)
            place += 4
        else:
            raise ValueError(kind)
        if kind == "u":
            fields[code] = length
        else:
            fields[code] = head[place : place + length].decode(errors="replace")
            place += length + 1
    return fields
