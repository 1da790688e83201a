"""The translators' files: current, complete, and with the same places as the sources."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from docs.translate import TRANSLATIONS, update
from launcher.faces.gui.language import LANGUAGES
from tests.gui.in_german import messages

if TYPE_CHECKING:
    from pathlib import Path

PLACE = re.compile(r"\{\w*\}|%L?n")


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as they are after ``python -m docs.translate``."""
    folder = tmp_path_factory.mktemp("translations")
    for language in LANGUAGES:
        shutil.copy(TRANSLATIONS / f"launcher_{language}.ts", folder)
    update(folder)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["ts", "qm"])
def test_files_are_current(renewed: Path, language: str, kind: str) -> None:
    name = f"launcher_{language}.{kind}"
    is_current = (renewed / name).read_bytes() == (TRANSLATIONS / name).read_bytes()
    assert is_current, "run `python -m docs.translate`, and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_unfinished(language: str) -> None:
    root = ET.parse(TRANSLATIONS / f"launcher_{language}.ts").getroot()  # noqa: S314 - a file of ours
    unfinished = [
        message.findtext("source")
        for message in root.iter("message")
        if (translation := message.find("translation")) is None
        or translation.get("type")
        or not all((form.text or "").strip() for form in translation.findall("numerusform") or [translation])
    ]
    assert unfinished == []


def test_translations_have_the_places_of_their_sources() -> None:
    wrong = [
        (source, form)
        for _, source, german in messages()
        for form in german
        if sorted(PLACE.findall(source)) != sorted(PLACE.findall(form))
    ]
    assert wrong == []


def test_plurals_are_told_apart_from_other_texts() -> None:
    odd = [source for _, source, german in messages() if ("%n" in source or "%Ln" in source) != (len(german) > 1)]
    assert odd == []


def test_names_stay_as_they_are() -> None:
    """What stands in backticks is typed or looked up: commands, files, settings."""
    changed = [
        (source, form)
        for context, source, german in messages()
        for form in german
        if context == "core"
        if [name for name in re.findall(r"`[^`]*`", form) if name not in re.findall(r"`[^`]*`", source)]
    ]
    assert changed == []


def test_no_two_letters_with_alt_collide() -> None:
    """No text has a letter for Alt; the day that one gets one, each dialog needs different ones."""
    assert [form for _, source, german in messages() for form in (source, *german) if re.search(r"&\w", form)] == []
