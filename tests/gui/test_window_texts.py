"""What the window says in its scenes: nothing is left in English, and no text begins with the code of an error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from launcher.faces.gui.phrasebook import every_kind
from tests.gui import scene
from tests.gui.screenshots import EVERYTHING, ROOT
from tests.gui.studio import surroundings
from tests.gui.window_texts import BEGIN, END, facts_of, rest_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.scene import Stage

CODE: Final = re.compile("|".join(rf"{kind.code}\b" for kind in every_kind()))
# Three words in a row; fewer are names, dates and units.
SENTENCE: Final = re.compile(r"[^\W\d_]+(?:[ ,;:]+[^\W\d_]+){2}")


@pytest.mark.slow
@pytest.mark.parametrize("group", EVERYTHING)
def test_every_scene_in_german(group: str, tmp_path: Path) -> None:
    environment = {**surroundings(tmp_path), "PICTURE_LANGUAGE": "DE", "LANGUAGE": "de"}
    command = [sys.executable, "-m", "tests.gui.window_texts", group]
    reading = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert reading.returncode == 0, reading.stderr
    said = {name: dict(texts) for name, texts in json.loads(reading.stdout).items()}
    assert min(len(texts) for texts in said.values()) > 10
    english = {name: [text for text, rest in texts.items() if SENTENCE.search(rest)] for name, texts in said.items()}
    assert {name: texts for name, texts in english.items() if texts} == {}
    codes = {name: [text for text in texts if CODE.match(text)] for name, texts in said.items()}
    assert {name: texts for name, texts in codes.items() if texts} == {}


def german(text: str) -> str:
    return f"{BEGIN}{text}{END}"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (german("Auf b11146 aktualisieren"), ""),
        (german(f"Empfohlen: {german('CPU, weil es keine GPU braucht')}."), ""),
        (f"llama.cpp for CPU: {german('Installiert')}", ""),
        (f"{german('Hinweis')}: Nobody has translated this.", "Nobody has translated this."),
        ("llama.cpp for CPUs and more", "llama.cpp for CPUs and more"),
    ],
)
def test_what_is_left_of_a_text(text: str, rest: str) -> None:
    assert rest_of(text, ["llama.cpp for CPU"]) == rest


def test_facts_are_known_by_where_they_come_from(stage: Stage) -> None:
    stage.script(
        "smoke", [scene.event("log", message="It is loading."), scene.outcome("failed", error=scene.WRONG_HASH)]
    )
    stage.script("list", scene.overview([scene.bundle(name="A name of the publisher")], banners=[scene.banner()]))
    facts = facts_of(stage.folder)
    message = scene.WRONG_HASH["message"]
    assert {"It is loading.", "A name of the publisher", "CUDA 12.8 bundles now need driver 570."} <= set(facts)
    assert {"Details are in the", f"{message} [wrong-hash]"} <= set(facts)
    assert not {message, scene.WRONG_HASH["hint"], "Works on this machine."} & set(facts)


@pytest.mark.parametrize("text", ["wrong-hash: It is not what was signed.", "[wrong-hash] It is not."])
def test_a_code_in_front_is_seen(text: str) -> None:
    assert bool(CODE.match(text)) is text.startswith("wrong")
