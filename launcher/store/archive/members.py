"""What the readers of tar and zip archives have in common: the members that they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from launcher.domain.errors import DamagedArchive

if TYPE_CHECKING:
    from collections.abc import Iterator

MemberKind = Literal["file", "folder", "link"]


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive, as its reader vouches for it.

    Attributes:
        name: As the archive spells it, without the slash that ends a folder's name. Not yet known to be safe.
        kind: Regular file, folder, or symbolic link; there are no others.
        size_bytes: Of a file; ``content`` is exactly that long or raises.
        executable: Whether the owner may execute the file.
        link_target: Of a link. Not yet known to be safe.
        content: Of a file, once. It must be used up before the next member is asked for.
    """

    name: str
    kind: MemberKind
    size_bytes: int
    executable: bool
    link_target: str
    content: Iterator[memoryview]


def decode_text(raw: bytes, what: str) -> str:
    """Decode a name strictly.

    Raises:
        DamagedArchive: It is not UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise DamagedArchive(f"{what} is not UTF-8.", expected="UTF-8", actual=ascii(raw[:60])) from None
