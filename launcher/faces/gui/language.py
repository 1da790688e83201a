"""The language of the window: its texts, Qt's own texts, and how numbers, dates and sizes are written.

The core and the command line program speak English; `launcher.faces.gui.phrasebook` says their sentences in the
window's language (ADR 13). How a language is added: docs/how-to/translate.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from launcher.faces.gui.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SOURCE: Final = "en"
"""The language that the texts are written in; its file holds plurals only."""
LANGUAGES: Final = (SOURCE, "de")
_SAID: Final = "language"
_worn: list[QTranslator] = []


def speak(app: QApplication, wanted: str) -> bool:
    """Let what is made from now on speak a language; what is there already keeps its texts.

    Args:
        app: Where the texts are looked up.
        wanted: One of `LANGUAGES`, or anything else for the system's.

    Returns:
        Whether this is another language than before.
    """
    system = QLocale.system()
    language = wanted if wanted in LANGUAGES else find_language(system.uiLanguages())
    before = app.property(_SAID)
    if before == language:
        return False
    app.setProperty(_SAID, language)
    if not _is_written_as(language, QLocale()):  # a British reader keeps British dates
        QLocale.setDefault(system if _is_written_as(language, system) else QLocale(language))
    for translator in _worn:
        app.removeTranslator(translator)
    _worn[:] = [translator for translator in (_qts_own(language), _own(language)) if translator is not None]
    for translator in _worn:
        app.installTranslator(translator)
    return before is not None


def find_language(wishes: list[str]) -> str:
    """Return the first of the system's languages (``de-AT``, ``fr``) that there are texts for."""
    spoken = (wish.partition("-")[0] for wish in wishes)
    return next((language for language in spoken if language in LANGUAGES), SOURCE)


def _is_written_as(language: str, locale: QLocale) -> bool:
    """Tell whether a locale's habits are those of a language; ``C`` is how programs write English."""
    return locale.name().partition("_")[0] == language or (locale.name() == "C" and language == SOURCE)


def _own(language: str) -> QTranslator | None:
    return _load(f"launcher_{language}", str(resource_path("translations")))


def _qts_own(language: str) -> QTranslator | None:
    """Return the texts of Qt's dialogs and context menus."""
    if language == SOURCE:
        return None
    return _load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def _load(name: str, folder: str) -> QTranslator | None:
    translator = QTranslator()
    return translator if translator.load(name, folder) else None
