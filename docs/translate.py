"""Brings the translations up to date: ``python -m docs.translate`` (docs/how-to/translate.md).

Qt's `lupdate` collects the window's texts into ``resources/translations/*.ts``, where people translate them, and
`lrelease` makes of these the ``.qm`` files that the window loads. The core's own texts, which the window looks up by
what they say, are collected here from where they stand. A test holds that everything is current.
"""

# ruff: noqa: INP001 - a script beside its pages, not a package

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import PySide6

from launcher.domain.settings import SETTINGS
from launcher.faces.gui.language import LANGUAGES, SOURCE
from launcher.faces.gui.phrasebook import CONTEXT, PARTS, PHRASES, every_kind, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
WINDOW: Final = ROOT / "launcher" / "faces" / "gui"
TRANSLATIONS: Final = ROOT / "resources" / "translations"


def core_texts() -> Iterator[str]:
    """Give the texts of the core that the window says: what failed, what helps, what a setting is for, and phrases."""
    for kind in every_kind():
        yield title_of(kind)
        if kind.usual_hint:
            yield kind.usual_hint
    for setting in SETTINGS:
        yield setting.sentence
        if setting.kind not in {"choice", "integer"}:
            yield setting.allowed
    yield from PHRASES
    yield from PARTS


def update(folder: Path) -> None:
    """Bring the files in a folder up to date with the sources, and compile them.

    Raises:
        CalledProcessError: One of Qt's tools refuses.
    """
    with tempfile.TemporaryDirectory() as scratch:
        unseen = Path(scratch) / "unseen.py"
        core = [f"translate({_quoted(CONTEXT)}, {_quoted(text)})" for text in dict.fromkeys(core_texts())]
        unseen.write_text("\n".join([*_plurals(), *core]), encoding="utf-8")
        sources = [unseen, *sorted(WINDOW.glob("*.py"))]
        for language in LANGUAGES:
            file = folder / f"launcher_{language}.ts"
            plurals = ["-pluralonly"] if language == SOURCE else []
            languages = ["-source-language", SOURCE, "-target-language", language]
            _run("lupdate", "-no-obsolete", "-locations", "none", *languages, *plurals, *sources, "-ts", file)
            compiled = Path(scratch) / f"launcher_{language}.qm"
            _run("lrelease", "-nounfinished", file, "-qm", compiled)
            _replace(file.with_suffix(".qm"), compiled.read_bytes())


def _replace(path: Path, data: bytes) -> None:
    """Write a file under another name first: a window that is open has this one mapped, and crashes if it shrinks."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    new.replace(path)


def _plurals() -> Iterator[str]:
    """Give the calls with a number again, in the one form that `lupdate` understands for them."""
    for path in sorted(WINDOW.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(ast.Name("translate"), [ast.Constant(context), ast.Constant(text), _, _]):
                    yield f'translate({_quoted(context)}, {_quoted(text)}, "", 1)'
                case _:
                    pass


def _quoted(text: object) -> str:
    return json.dumps(text, ensure_ascii=False)


def _run(tool: str, *arguments: str | Path) -> None:
    folder = Path(PySide6.__file__).parent
    place = next(
        path for path in (folder / tool, folder / "Qt" / "libexec" / tool, folder / f"{tool}.exe") if path.exists()
    )
    subprocess.run([place, "-silent", *arguments], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    TRANSLATIONS.mkdir(exist_ok=True)
    update(TRANSLATIONS)
