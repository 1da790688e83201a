from __future__ import annotations

import re
from dataclasses import fields
from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from launcher.faces.gui import theme
from launcher.faces.gui.resources import pixmap, resource_path
from launcher.faces.gui.theme import DARK, LIGHT, Colors, Tone, apply_scheme, colors

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

AA_TEXT = 4.5
GROUNDS = ("window", "surface", "raised", "hover", "selected")


def luminance(color: QColor) -> float:
    shares = ((color.redF(), 0.2126), (color.greenF(), 0.7152), (color.blueF(), 0.0722))
    return sum(
        weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part, weight in shares
    )


def contrast(first: QColor, second: QColor) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_readable(scheme: Colors) -> None:
    pairs = [*product(("text", "muted", "accent"), GROUNDS), ("on_accent", "accent"), ("on_accent", "accent_hover")]
    pairs += [(text, f"{tone}_soft") for tone in Tone for text in ("text", tone.value)]
    pairs += [(name, f"{tone}_soft") for tone in Tone for name in ("muted", "accent")]
    weak = {
        f"{text} on {ground}": round(contrast(QColor(getattr(scheme, text)), QColor(getattr(scheme, ground))), 2)
        for text, ground in pairs
    }
    assert {pair: value for pair, value in weak.items() if value < AA_TEXT} == {}


def test_the_style_uses_only_known_colours() -> None:
    names = set(re.findall(r"\$\{(\w+)\}", resource_path("styles/window.qss").read_text(encoding="utf-8")))
    assert names <= {field.name for field in fields(Colors)} | {"chevron", "chevron_closed", "tick", "partly"}


def test_the_scheme_changes_at_run_time(qtbot: QtBot, qapp: QApplication) -> None:
    apply_scheme(qapp, is_dark=True)
    assert colors() is DARK
    apply_scheme(qapp, is_dark=False)
    assert colors() is LIGHT


@pytest.mark.parametrize("path", sorted(resource_path("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_something(qtbot: QtBot, path: Path) -> None:
    image = pixmap(path.stem, QColor("#ff0000"), 24, 2.0).toImage()
    assert (image.width(), image.height()) == (48, 48)
    assert any(image.pixelColor(x, y).alpha() for x in range(48) for y in range(48))


def test_text_sizes_follow_the_desktop(qtbot: QtBot, qapp: QApplication) -> None:
    font = qapp.font()
    font.setPixelSize(14)
    qapp.setFont(font)
    assert theme.scaled(16) in {16, 17}
    font.setPixelSize(28)
    qapp.setFont(font)
    assert theme.scaled(16) >= 31
    assert theme.font_of(theme.Type.TITLE).pixelSize() == 42
