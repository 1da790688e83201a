"""Pictures with letters twice as large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from tests.gui import scene_care, scene_dialogs, scene_runtimes, scene_screens
from tests.gui.studio import FONT_PX

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.gui.screenshots import Scene
    from tests.gui.studio import Studio

SMALL: Final = QSize(1024, 700)


def enlarge(studio: Studio) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    studio.dress(app, 2 * FONT_PX)


def large_runtimes(studio: Studio) -> None:
    enlarge(studio)
    scene_runtimes.runtimes(studio)


def large_details(studio: Studio) -> None:
    enlarge(studio)
    scene_dialogs.open_with(studio)
    studio.show_details()


def large_installing(studio: Studio) -> None:
    enlarge(studio)
    scene_runtimes.installing(studio)
    studio.show_details()


def large_run(studio: Studio) -> None:
    enlarge(studio)
    scene_screens.run_healthy(studio)


def large_settings(studio: Studio) -> None:
    enlarge(studio)
    scene_care.settings_top(studio)


def large_export(studio: Studio) -> QWidget:
    enlarge(studio)
    return scene_dialogs.export_choice(studio)


def large_in_small(studio: Studio) -> None:
    """The smallest window that is looked at: what is new, the list, and a rail without words."""
    enlarge(studio)
    scene_runtimes.runtimes(studio)
    studio.shown.resize(SMALL)
    studio.wait(lambda: studio.shown.width() == SMALL.width())


SCENES: Final[tuple[Scene, ...]] = (
    large_runtimes,
    large_details,
    large_installing,
    large_run,
    large_settings,
    large_export,
    large_in_small,
)
