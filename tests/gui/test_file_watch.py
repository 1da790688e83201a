"""Watching one file: written anew, made, removed, and in a folder that is made later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from launcher.faces.gui.file_watch import SETTLE_MS, FileWatch, nearest_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def make_watch(qtbot: QtBot) -> Iterator[Callable[[Path], FileWatch]]:
    made: list[FileWatch] = []

    def make(path: Path) -> FileWatch:
        watch = FileWatch()
        made.append(watch)
        watch.aim(path)
        return watch

    yield make
    for watch in made:
        watch.deleteLater()


def put_in_place(path: Path, text: str) -> None:
    fresh = path.with_suffix(".fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def test_each_change_is_told(qtbot: QtBot, tmp_path: Path, make_watch: Callable[[Path], FileWatch]) -> None:
    path = tmp_path / "settings.json"
    watch = make_watch(path)
    for change in (
        lambda: path.write_text("{}", encoding="utf-8"),
        lambda: put_in_place(path, "{}"),  # of the same size: another file nevertheless
        path.unlink,
        lambda: put_in_place(path, "{}"),
    ):
        with qtbot.waitSignal(watch.changed):
            change()


def test_a_folder_may_be_made_later(qtbot: QtBot, tmp_path: Path, make_watch: Callable[[Path], FileWatch]) -> None:
    path = tmp_path / "config" / "launcher" / "settings.json"
    watch = make_watch(path)
    with qtbot.waitSignal(watch.changed):
        path.parent.mkdir(parents=True)
        path.write_text("{}", encoding="utf-8")
    with qtbot.waitSignal(watch.changed):
        put_in_place(path, "{ }")


def test_its_neighbours_and_what_is_known_are_not_told(
    qtbot: QtBot, tmp_path: Path, make_watch: Callable[[Path], FileWatch]
) -> None:
    path = tmp_path / "settings.json"
    watch = make_watch(path)
    with qtbot.assertNotEmitted(watch.changed, wait=3 * SETTLE_MS):
        (tmp_path / "window.log").write_text("a line", encoding="utf-8")
        path.write_text("{}", encoding="utf-8")
        watch.keep()


def test_aiming_elsewhere_forgets_the_first_file(
    qtbot: QtBot, tmp_path: Path, make_watch: Callable[[Path], FileWatch]
) -> None:
    watch = make_watch(tmp_path / "one")
    (tmp_path / "folder").mkdir()
    watch.aim(tmp_path / "folder" / "two")
    with qtbot.assertNotEmitted(watch.changed, wait=3 * SETTLE_MS):
        (tmp_path / "one").write_text("", encoding="utf-8")
    with qtbot.waitSignal(watch.changed):
        (tmp_path / "folder" / "two").write_text("", encoding="utf-8")


def test_a_name_that_no_file_system_takes_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 300) / "settings.json"
    assert nearest_folder(path) == tmp_path


def test_a_watch_without_an_aim_keeps_nothing(qtbot: QtBot) -> None:
    watch = FileWatch()
    watch.keep()
    watch._look()
    assert watch._watcher.directories() == []
