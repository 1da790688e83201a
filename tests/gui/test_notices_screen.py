"""The Notices screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.gui import scene
from tests.gui.test_runtimes_screen import button, click, idle, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

from launcher.faces.gui.arrange import Entry
from launcher.faces.gui.notice_acts import find_acts
from launcher.faces.gui.notices_screen import NoticesScreen
from launcher.faces.gui.overview import Snapshot
from launcher.faces.gui.strip import Strip


def open_notices(window: MainWindow) -> NoticesScreen:
    window.screens.open("notices")
    screen = window.screens.visit("notices")
    assert isinstance(screen, NoticesScreen)
    return screen


def titles(screen: NoticesScreen) -> list[str]:
    return [strip.accessibleName() for strip in screen.findChildren(Strip) if strip.isVisible()]


def test_where_there_are_none_it_says_what_comes_here_and_asks_again(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    window = open_window()
    screen = open_notices(window)
    idle(qtbot, window)
    assert "No notices\nWarnings, necessary steps and news about the bundles of this machine appear here." in texts(
        screen
    )
    assert "asked" not in texts(screen)  # nobody was, as far as one can know
    stage.script("list", scene.overview(catalogs=[scene.catalog(fetched_at=datetime.now(UTC).isoformat())]))
    stage.script("refresh", ["!wait-file go", scene.outcome(result={"ok": True, "catalogs": []})])
    click(qtbot, screen, "Check now")
    assert "Your sources are being asked." in texts(screen)
    assert not button(screen, "Check now").isEnabled()
    stage.allow("go")
    idle(qtbot, window)
    assert "Your sources were asked just now." in texts(screen)
    stage.script("refresh", [scene.outcome("failed", error={"code": "no-connection", "message": "No network."})])
    click(qtbot, screen, "Check now")
    idle(qtbot, window)
    assert "Your sources were asked just now.\nNo network." in texts(screen)


def test_all_notices_are_there_and_can_be_narrowed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    banners = [
        scene.banner("security", title="Do not use b11102."),
        scene.banner("action", is_signed=False),
        scene.banner("info", title="News."),
    ]
    stage.script("list", scene.overview([scene.bundle()], banners=banners))
    window = open_window()
    screen = open_notices(window)
    assert titles(screen) == [
        "Security: Do not use b11102.",
        "Action needed: CUDA 12.8 bundles now need driver 570. (unsigned)",
        "Notice: News.",
    ]
    assert f"18 Nov · preview · {scene.LLAMA_CUDA}" in texts(screen)
    assert window.screens.rail.entry("notices").accessibleName() == "Notices, 3 waiting"
    screen.severity.setCurrentIndex(screen.severity.findData("info"))
    qtbot.waitUntil(lambda: titles(screen) == ["Notice: News."])


def test_a_dismissed_notice_stays_readable_and_can_be_restored(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    banner = scene.banner("info", title="News.")
    stage.script("list", scene.overview([], banners=[banner]))
    stage.script("notices", [scene.outcome(result={})])
    window = open_window()
    screen = open_notices(window)
    idle(qtbot, window)
    stage.script("list", scene.overview())
    stage.script("notices-all", scene.archive(scene.banner("info", title="News.", standing="dismissed")))
    click(qtbot, screen, "Dismiss")
    idle(qtbot, window)
    assert "Past" in texts(screen)
    assert "You dismissed it." in texts(screen)
    assert titles(screen) == ["Notice: News."]
    click(qtbot, screen, "What changed")
    assert "Details are in the" in texts(screen)
    stage.script("list", scene.overview([], banners=[banner]))
    stage.script("notices-all", scene.archive(banner))
    click(qtbot, screen, "Restore")
    idle(qtbot, window)
    assert stage.calls("notices") == [
        ["runtime", "bundles", "notices", flag, banner["key"]] for flag in ("--dismiss", "--restore")
    ]
    assert titles(screen) == ["Notice: News."]
    assert "Past" not in texts(screen)


def test_the_archive_says_why_each_is_past_and_can_be_narrowed(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    current = scene.banner("action", title="Now.")
    stage.script("list", scene.overview([], banners=[current]))
    past = [
        scene.banner("security", key="1", title="Done.", standing="done"),
        scene.banner("info", key="2", title="Over.", standing="over", until="2026-11-20T00:00:00Z"),
    ]
    stage.script("notices-all", scene.archive(current, *past))
    window = open_window()
    screen = open_notices(window)
    idle(qtbot, window)
    assert titles(screen) == ["Action needed: Now.", "Security: Done.", "Notice: Over."]
    for sentence in ("Its time has passed.", "What it asks for is done."):
        assert sentence in texts(screen)
    assert "You dismissed it." not in texts(screen)
    screen.time.setCurrentIndex(screen.time.findData("past"))
    qtbot.waitUntil(lambda: titles(screen) == ["Security: Done.", "Notice: Over."], timeout=20_000)
    screen.severity.setCurrentIndex(screen.severity.findData("info"))
    qtbot.waitUntil(lambda: titles(screen) == ["Notice: Over."], timeout=20_000)
    screen.time.setCurrentIndex(screen.time.findData("now"))
    qtbot.waitUntil(lambda: "No notice of this kind" in texts(screen), timeout=20_000)
    click(qtbot, screen, "Show all notices")
    qtbot.waitUntil(lambda: len(titles(screen)) == 3, timeout=20_000)


def test_what_a_notice_asks_for_is_one_click_away(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script(
        "list", scene.overview([scene.outdated()], banners=[scene.banner(bundles=[scene.LLAMA_CPU], action="update")])
    )
    stage.script("update", [scene.outcome("nothing-to-do", error={"code": "nothing-to-do", "message": "x"})])
    window = open_window()
    screen = open_notices(window)
    idle(qtbot, window)
    click(qtbot, screen, "Update now")
    idle(qtbot, window)
    assert stage.calls("update") == [["runtime", "bundles", "update", scene.LLAMA_CPU]]
    window.runtimes.filters.search.setText("nothing like it")
    click(qtbot, screen, "Show bundle")
    assert window.screens.key == "runtimes"
    assert window.runtimes.view.chosen_id == scene.LLAMA_CPU
    assert window.runtimes.model.place_of(scene.LLAMA_CPU).isValid()


def test_banners_offer_the_same_and_lead_to_the_rest(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    asked = scene.banner(bundles=[scene.LLAMA_CPU], action="rollback")
    banners = [asked, *(scene.banner("info", key=str(number)) for number in range(3))]
    stage.script("list", scene.overview([scene.installed()], banners=banners))
    stage.script("rollback", [scene.outcome("nothing-to-do", error={"code": "nothing-to-do", "message": "x"})])
    window = open_window()
    notices = window.runtimes.notices
    assert len([strip for strip in notices.findChildren(Strip) if strip.isVisible()]) == 2
    click(qtbot, notices, "Roll back")
    idle(qtbot, window)
    assert stage.calls("rollback") == [["runtime", "bundles", "rollback", "--bundle", scene.LLAMA_CPU]]
    click(qtbot, notices, "2 more")
    assert window.screens.key == "notices"


def test_acts_are_those_of_bundles_that_need_them() -> None:
    snapshot = Snapshot(entries={row["id"]: Entry(row) for row in [scene.outdated(), *scene.workshop()[2:]]})
    everybody = find_acts(scene.banner(action="update", bundles=[]), snapshot)
    assert [order.bundle_id for order in everybody.orders] == [scene.LLAMA_CPU, scene.WHISPER_CPU]
    assert everybody.bundle_id == ""
    named = find_acts(scene.banner(action="none", bundles=[scene.LLAMA_VULKAN, scene.LLAMA_CPU]), snapshot)
    assert named == ((), scene.LLAMA_CPU)
    assert find_acts(scene.banner(action="update", bundles=[], channel="stable"), snapshot) == ((), "")
