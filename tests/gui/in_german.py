"""The German texts as the translators' file has them, so that a test can name a button by its English text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

FILE: Final = Path(__file__).resolve().parents[2] / "resources" / "translations" / "launcher_de.ts"


@cache
def messages() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return context, English form and German forms of every message; more than one German form for plurals."""
    root = ET.parse(FILE).getroot()  # noqa: S314 - a file of ours
    return tuple(
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            tuple(
                text.text or "" for text in message.findall("translation/numerusform") or message.findall("translation")
            ),
        )
        for context in root.iter("context")
        for message in context.iter("message")
    )


def in_german(text: str) -> str:
    """Return an English text, or its beginning, as the German window says it."""
    for form, said in sorted(((source, german[0]) for _, source, german in messages()), key=lambda row: -len(row[0])):
        pieces = re.split(r"\{(\w+)\}", form)
        pattern = "".join(f"(?P<{piece}>[^ ]+)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
        if said and pieces[0] and (match := re.match(f"{pattern}(?= |$)", text)):
            return said.format(**match.groupdict())
    return text
