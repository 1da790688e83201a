"""What is copied to be shown to others carries no names, passwords or tokens of this person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

# In a URL: who asks, with what password, and what was asked for besides the page.
_USER_INFO: Final = re.compile(r"(?<=://)[^/\s@]+@")
_QUERY: Final = re.compile(r"(?<=\w)\?[^\s\"'`)]+")


def redact(text: str, home: Path | None = None) -> str:
    """Return a text without this person's home folder and without the secret parts of URLs.

    Args:
        text: Any text.
        home: The home folder; None for that of this process.
    """
    folder = str(home or Path.home())
    if len(folder) > 1:
        text = text.replace(folder, "~")
    return _QUERY.sub("?…", _USER_INFO.sub("…@", text))
