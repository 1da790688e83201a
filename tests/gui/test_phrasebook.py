"""The core's sentences in German: what is known is said, what is not is said in general, and the table stays true."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from launcher.faces.gui import phrasebook
from launcher.faces.gui.language import speak
from launcher.faces.gui.phrasebook import PARTS, PHRASES, every_kind, find_kind, say, say_error, title_of
from launcher.faces.gui.texts import error_in_full
from tests.gui import scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

LAUNCHER = Path(phrasebook.__file__).parents[2]
CORE = [path for part in ("domain", "store", "flows", "adapters", "app") for path in (LAUNCHER / part).rglob("*.py")]
# Modules whose every sentence a screen shows.
SHOWN = [
    *("domain/accelerator.py", "domain/choose.py", "domain/crash_advice.py", "domain/reason.py"),
    *("domain/signature_report.py", "flows/audit_view.py", "flows/bundle_view.py", "flows/doctor.py", "flows/newer.py"),
    *("flows/trust_view.py", "flows/try_source.py"),
]
# What helps there is for a command line only: publishing, and asking another node.
UNSHOWN = {"flows/publish.py", "flows/signing.py", "adapters/node_client.py"}
# Sentences that the core puts together from parts; `PHRASES` has each of the whole ones.
MADE_OF_PARTS = {
    "{} also {}.": "works or work",
    "{}; {} or later is needed.": "the two things that can be with a driver",
    "{} Old revisions are deleted by themselves.": "how much is free, then this",
    "`{}` of {} {} {}.": "expired or expires",
    "{}; it stays held until a newer one comes.": "rolled back from, or never healthy",
    "{}, trusted for {}{}.": "by whom, and until when",
    "{} is available.": "what is available",
    "{}; Vulkan: {}.": "names, the same in both languages",
}


@pytest.fixture(autouse=True)
def _german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    speak(qapp, "de")
    yield
    speak(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Works on this machine.", "Funktioniert auf diesem Rechner."),
        ("No NVIDIA GPU.", "Keine NVIDIA-GPU."),
        (
            "Recommended: CUDA 12.8, because of an RTX 3090 with driver 570. Vulkan and SYCL also work.",
            "Empfohlen: CUDA 12.8, wegen RTX 3090 mit Treiber 570. Vulkan und SYCL funktionieren ebenfalls.",
        ),
        ("Vulkan also works. ROCm: no AMD GPU.", "Vulkan funktioniert ebenfalls. ROCm: Keine AMD-GPU."),
        ("Recommended: CPU, because it needs no GPU.", "Empfohlen: CPU, weil es keine GPU braucht."),
        (
            "3.1 GiB of 20.0 GiB are free. Old revisions are deleted by themselves.",
            "3.1 GiB von 20.0 GiB sind frei. Alte Revisionen werden von selbst gelöscht.",
        ),
        (
            "Signed by ci@arw, key preview, trusted for preview until 2027-01-01.",
            "Signiert von ci@arw, Schlüssel preview, vertrauenswürdig für preview bis 2027-01-01.",
        ),
        ("Something that no version has ever said.", "Something that no version has ever said."),
        (
            "Waiting for process 7 (updating a), which cannot be seen from here, which fetches the same file.",
            "Wartet auf Prozess 7 (updating a), der von hier aus nicht zu sehen ist: Dort wird dieselbe Datei geladen.",
        ),
        (
            "Waiting for process 7 (updating a) to finish with the store.",
            "Wartet auf Prozess 7 (updating a): Dort wird die Ablage geändert.",
        ),
        ("", ""),
    ],
)
def test_sentences(english: str, german: str) -> None:
    assert say(english) == german


def test_english_stays_english(qapp: QApplication) -> None:
    speak(qapp, "en")
    assert say("No NVIDIA GPU.") == "No NVIDIA GPU."
    assert say_error(scene.WRONG_HASH) == scene.WRONG_HASH["message"]
    assert "In English" not in error_in_full(scene.WRONG_HASH)


def test_a_known_failure_keeps_its_names() -> None:
    assert say_error(scene.WRONG_HASH).startswith("Das Archiv `llama-b11146-bin-ubuntu-x64.tar.zst` ist nicht das")


def test_an_unknown_failure_is_said_by_its_code_with_the_exact_words_below() -> None:
    message = "The entry 7 of `a.tar` contradicts itself."
    text = error_in_full({"code": "damaged-archive", "message": message, "actual": "junk"})
    assert text.split("\n") == [
        "Das Archiv ist abgeschnitten oder widerspricht sich selbst.",
        f"Auf Englisch: {message}",
        "Gefunden: junk",
        "Fehlercode: damaged-archive",
    ]


def test_a_failure_of_a_later_version_is_shown_as_it_came() -> None:
    assert say_error({"code": "from-the-future", "message": "It went wrong."}) == "It went wrong."


def test_every_code_has_one_title() -> None:
    kinds = list(every_kind())
    assert {find_kind(kind.code) for kind in kinds} == set(kinds)
    assert [kind.code for kind in kinds if not title_of(kind).endswith(".")] == []


def test_every_phrase_is_one_of_the_cores() -> None:
    constants = "\n".join(text for path in CORE for text in _texts(path))
    strangers = [
        piece
        for form in (*PHRASES, *PARTS)
        for piece in re.split(r"\{\w+\}|; |, |(?<=\w) (?:until|with|and) ", form)
        if len(re.findall(r"\w+", piece)) > 2 and piece.strip(" .;:`") not in constants
    ]
    assert strangers == []


@pytest.mark.parametrize("module", SHOWN)
def test_every_sentence_that_screens_show_is_known(module: str) -> None:
    sentences = [text for text in _texts(LAUNCHER / module) if re.fullmatch(r"[A-Z{`].* .*[.]", text)]
    made = [text.replace("{}", "Xy") for text in sentences if text not in MADE_OF_PARTS]
    assert [text for text in made if say(text) == text] == []


@pytest.mark.parametrize("path", [path for path in CORE if str(path.relative_to(LAUNCHER)) not in UNSHOWN])
def test_all_that_helps_is_known(path: Path) -> None:
    hints = [
        keyword.value
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "hint"
    ]
    known = [text.replace("{}", "Xy") for node in hints for text in _texts_in(node)]
    assert [text for text in known if say(text) == text] == []


def _texts(path: Path) -> Iterator[str]:
    """Give the texts of a module, ``{}`` in the place of values, without docstrings."""
    yield from _texts_in(ast.parse(path.read_bytes()))


def _texts_in(tree: ast.AST) -> Iterator[str]:
    within = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    prose = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {node} & (within | prose):
            yield node.value
