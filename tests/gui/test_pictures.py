"""Every state of the window looks as its picture in ``baselines`` does; and what the comparison sees and what not.

After a change that is meant to be seen: ``python3 dev.py pictures``, look at what changed, and commit it with the
change. What failed lies in ``build/pictures`` (or where ``ARW_TEST_PICTURES`` says): expected, actual, difference.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter

from launcher.faces.gui.theme import LIGHT
from tests.gui.picture_files import STRAYS, difference_picture, differences, is_alike, save, save_small
from tests.gui.screenshots import BASELINES, GROUPS, ROOT, SCHEMES, name_of, scenes, take_apart
from tests.gui.studio import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

FAILED: Final = Path(os.environ.get("ARW_TEST_PICTURES") or ROOT / "build" / "pictures")
MAX_BYTES: Final = 4_000_000
SCENES: Final = [(group, name_of(scene)) for group in GROUPS for scene in scenes(group)]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="fonts of other systems are drawn by other engines")


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that returns the folder with a group's pictures, which are taken at the first call."""
    folders: dict[str, Path] = {}

    def folder_of(group: str) -> Path:
        if group not in folders:
            folder = tmp_path_factory.mktemp(f"pictures-{group}")
            assert take_apart(group, "full", folder) == 0
            folders[group] = folder
        return folders[group]

    return folder_of


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize(("group", "name"), SCENES, ids=[name for _, name in SCENES])
def test_looks_as_its_picture(taken: Callable[[str], Path], group: str, name: str) -> None:
    changed = []
    for scheme in SCHEMES:
        file = f"{name}-{scheme}.png"
        expected, actual = QImage(str(BASELINES / file)), QImage(str(taken(group) / file))
        if not is_alike(expected, actual):
            changed.append(file)
            keep(file, expected, actual)
    assert changed == [], f"look into {FAILED}, and run `python3 dev.py pictures` if the change is meant"


def keep(file: str, expected: QImage, actual: QImage) -> None:
    """Keep what a reviewer needs to see."""
    stem = file.removesuffix(".png")
    save(actual, FAILED / f"{stem}.actual.png")
    if not expected.isNull():
        save(expected, FAILED / f"{stem}.expected.png")
        save(difference_picture(expected, actual), FAILED / f"{stem}.difference.png")


def test_there_is_a_picture_of_each_scene_and_no_other() -> None:
    wanted = {f"{name}-{scheme}.png" for _, name in SCENES for scheme in SCHEMES}
    assert {path.name for path in BASELINES.iterdir()} == wanted


def test_all_pictures_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in BASELINES.iterdir()) < MAX_BYTES


# --- what the comparison sees -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _fonts(qapp: QApplication) -> Iterator[None]:
    loaded = [QFontDatabase.addApplicationFont(str(path)) for path in sorted(FONTS.glob("Inter*.otf"))]
    yield
    for number in loaded:
        QFontDatabase.removeApplicationFont(number)


def paint(
    *,
    top_left: tuple[int, int] = (20, 20),
    chip: str = LIGHT.accent_soft,
    text: str = "Install b11146",
    shift_px: float = 0.0,
    icon: bool = True,
    border: str = LIGHT.border,
) -> QImage:
    """Paint a card with a button, a chip and two lines of text."""
    button = QPoint(*top_left)
    picture = QImage(320, 160, QImage.Format.Format_RGB32)
    picture.fill(QColor(LIGHT.surface))
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    font = QFont("Inter")
    font.setPixelSize(13)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.setFont(font)
    painter.setPen(QColor(border))
    painter.drawRoundedRect(QRect(button, button + QPoint(140, 32)).toRectF().translated(shift_px, 0), 6, 6)
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(QPointF(button) + QPointF(30 + shift_px, 21), text)
    painter.drawText(QPointF(20 + shift_px, 120), "Nothing was changed: b11146 is still active.")
    if icon:
        painter.drawEllipse(QPointF(button) + QPointF(16 + shift_px, 16), 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip))
    painter.drawRoundedRect(200, 24, 80, 22, 11, 11)
    painter.end()
    return picture


@pytest.mark.usefixtures("_fonts")
@pytest.mark.parametrize(
    "changed",
    [
        {"top_left": (24, 20)},
        {"top_left": (20, 22)},
        {"chip": LIGHT.neutral_soft},
        {"chip": LIGHT.warning_soft},
        {"text": "Install b11147"},
        {"text": "Install b1146"},
        {"icon": False},
        {"border": LIGHT.accent},
    ],
    ids="-".join,
)
def test_a_change_is_seen(changed: dict[str, object]) -> None:
    assert not is_alike(paint(), paint(**changed))  # type: ignore[arg-type]


@pytest.mark.usefixtures("_fonts")
@pytest.mark.parametrize("shift_px", [0.05, 0.1, 0.2])
def test_edges_that_are_drawn_otherwise_are_not(shift_px: float) -> None:
    assert paint() != paint(shift_px=shift_px)
    assert is_alike(paint(), paint(shift_px=shift_px))


def test_a_few_pixels_of_edge_are_not_but_a_spot_is() -> None:
    expected = paint()
    actual = expected.copy()
    actual.setPixelColor(60, 20, QColor(LIGHT.surface).darker(103))  # on the button's border
    assert is_alike(expected, actual)
    painter = QPainter(actual)
    painter.fillRect(300, 140, 3, 3, QColor(LIGHT.danger))
    painter.end()
    assert len(differences(expected, actual)) == 9 > STRAYS
    assert not is_alike(expected, actual)


def test_another_size_is_seen() -> None:
    assert not is_alike(paint(), paint().copy(0, 0, 320, 159))


@pytest.mark.usefixtures("_fonts")
def test_a_picture_is_the_same_after_it_was_saved_in_few_colors(tmp_path: Path) -> None:
    save_small(paint(), tmp_path / "a.png")
    again = QImage(str(tmp_path / "a.png"))
    assert differences(paint(), again) == []
    assert again.colorCount() <= 256


def test_what_differs_is_red() -> None:
    expected, actual = paint(), paint(chip=LIGHT.danger)
    red = difference_picture(expected, actual)
    assert red.pixelColor(240, 35) == QColor("red")
    assert red.pixelColor(2, 2) != QColor("red")


def test_what_failed_is_kept_for_a_reviewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "FAILED", tmp_path / "kept")
    keep("start-light.png", paint(), paint(icon=False))
    kept = {path.name for path in (tmp_path / "kept").iterdir()}
    assert kept == {f"start-light.{what}.png" for what in ("actual", "expected", "difference")}
    shutil.rmtree(tmp_path / "kept")
