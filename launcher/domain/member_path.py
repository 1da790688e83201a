"""Which file names may ever be written: the same short list on every operating system.

A name that is harmless on Linux can be a device, another file or another folder elsewhere, and an
exported cache travels, so all systems refuse what any of them would misread (threat C1, C3, C10 to C13).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from launcher.domain.errors import UnsafePath

MAX_COMPONENT_BYTES: Final = 200
MAX_PATH_BYTES: Final = 240
MAX_DEPTH: Final = 24

_FORBIDDEN_CHARACTERS: Final = frozenset('<>:"|?*\\')
_DEVICE_DIGITS: Final = "123456789¹²³"
_DEVICE_NAMES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in _DEVICE_DIGITS}
)


def parse_member_path(name: str) -> str:
    """Return a relative path with ``/`` between its components, unchanged, or refuse it.

    Names are never rewritten: a name that needs mending is a name that two tools read differently.

    Raises:
        UnsafePath: The name is absolute, climbs, is too long, or is not one file on all systems.
    """
    components = name.split("/")
    if len(components) > MAX_DEPTH:
        raise _unsafe(name, f"at most {MAX_DEPTH} folders deep")
    for component in components:
        _check_component(name, component)
    if len(name.encode("utf-8")) > MAX_PATH_BYTES:
        raise _unsafe(name, f"at most {MAX_PATH_BYTES} bytes")
    return name


def collision_key(path: str) -> str:
    """Return what two paths share if some file system takes them for one (threat C10)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def _check_component(name: str, component: str) -> None:
    if component in ("", ".", ".."):
        raise _unsafe(name, "a relative path without `..`, `.` and empty parts")
    is_plain = component.isascii() and component.isprintable()  # most are; then it is decided at once
    if not is_plain and any(unicodedata.category(character).startswith("C") for character in component):
        raise _unsafe(name, "no control, format or unassigned characters")
    if not _FORBIDDEN_CHARACTERS.isdisjoint(component):
        raise _unsafe(name, 'none of < > : " | ? * \\')
    if component[-1] in " ." or component[0] == " ":
        raise _unsafe(name, "no space at an end and no dot at the end")
    if component.split(".", maxsplit=1)[0].rstrip(" ").casefold() in _DEVICE_NAMES:
        raise _unsafe(name, "no device name of Windows")
    if len(component.encode("utf-8")) > MAX_COMPONENT_BYTES:
        raise _unsafe(name, f"parts of at most {MAX_COMPONENT_BYTES} bytes")


def _unsafe(name: str, expected: str) -> UnsafePath:
    return UnsafePath("A file name in the bundle is not safe.", expected=expected, actual=ascii(name[:120]))
