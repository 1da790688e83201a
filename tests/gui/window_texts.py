"""Every text that the window shows in its scenes, in German, and what of it neither was translated nor is a fact.

    python -m tests.gui.window_texts GROUP      in the surroundings of `studio`; one JSON object with all scenes

What is translated is known by marks that the translator leaves in it. What is a fact is known by where it comes from:
names, notices and logs by the field in which a worker told them, commands and exact words by the widget for such.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from launcher.faces.gui import language
from launcher.faces.gui.controls import Button, Code
from launcher.faces.gui.elided_text import ElidedText
from launcher.faces.gui.texts import quoted
from tests.gui.screenshots import name_of, scenes
from tests.gui.studio import Studio, furnish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Two characters that are not seen; nothing else has them.
BEGIN, END = "\u2063", "\u2064"
# What the core says in its own words; every other text of a worker is a fact.
SAID: Final = frozenset({"sentence", "message", "hint", "act"})
ROLES: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_MARKED: Final = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
_TAG: Final = re.compile(r"<[^>]*>")


class MarkingTranslator(QTranslator):
    """Says what the translators' file says, between marks."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the marked translation, or None where there is none; an empty text would be taken for one."""
        said = super().translate(context, text, disambiguation, n)
        return f"{BEGIN}{said}{END}" if said else None


def rest_of(text: str, facts: Iterable[str]) -> str:
    """Return what of a shown text neither is translated nor a fact.

    Args:
        text: With the marks of `MarkingTranslator`.
        facts: As `facts_of` gives them.
    """
    before = ""
    while before != text:
        before, text = text, _MARKED.sub(" · ", text)
    for fact in facts:
        text = re.sub(rf"(?<!\w){re.escape(fact)}(?!\w)", " · ", text)
    return text.strip(" ·:\n")


def facts_of(folder: Path) -> list[str]:
    """Return the facts in what the scripted workers of a stage tell, the longest first."""
    facts = {
        part.strip()
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if not line.startswith("!")
        for fact in _facts(json.loads(line))
        for part in (fact, *_TAG.split(fact))
    }
    shown = {form for fact in facts if len(fact) > 1 for form in (fact, quoted(fact))}
    return sorted(shown, key=len, reverse=True)


def _facts(value: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        is_log = value.get("type") == "log"
        for name, part in value.items():
            yield from _facts(part, "" if is_log else name)
        if "code" in value and "message" in value:  # as the end of a job's log has it, which is English
            yield f"{value['message']} [{value['code']}]"
    elif isinstance(value, list):
        for part in value:
            yield from _facts(part, key)
    elif isinstance(value, str) and key not in SAID:
        yield value


def texts_of(widget: QWidget) -> Iterator[str]:
    """Give what a widget says, to the eye and to a screen reader, without logs and what is there to be copied."""
    if isinstance(widget, Code):
        return
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    match widget:
        case ElidedText():  # its tooltip has all of it
            pass
        case Button():
            yield widget.full_text
        case QLabel():
            yield _TAG.sub(" · ", widget.text())
        case QAbstractButton():
            yield widget.text()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QAbstractItemView():
            model = widget.model()
            rows = range(model.rowCount())
            yield from (str(model.index(row, 0).data(role) or "") for row in rows for role in ROLES)
        case _:
            yield widget.windowTitle()


def shown_texts() -> set[str]:
    """Return all texts that are shown now, those that one has to scroll to included."""
    widgets = [widget for top in QApplication.topLevelWidgets() for widget in (top, *top.findChildren(QWidget))]
    return {text for widget in widgets if widget.isVisible() for text in texts_of(widget) if text}


def read(group: str) -> dict[str, list[tuple[str, str]]]:
    """Return each scene's texts, without marks, with the rest of each."""
    load = language._load

    def load_marking(name: str, folder: str) -> QTranslator | None:
        translator = MarkingTranslator()
        return (translator if translator.load(name, folder) else None) if "launcher" in name else load(name, folder)

    language._load = load_marking
    app = furnish()
    found = {}
    for scene in scenes(group):
        with tempfile.TemporaryDirectory() as folder:
            for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
                os.environ[variable] = folder
            Studio.dress(app)
            studio = Studio(Path(folder))
            scene(studio)
            facts = facts_of(studio.stage.folder)
            texts = sorted(shown_texts())
            studio.close()
        found[name_of(scene)] = [(re.sub(f"[{BEGIN}{END}]", "", text), rest_of(text, facts)) for text in texts]
    return found


if __name__ == "__main__":
    print(json.dumps(read(sys.argv[1])))
