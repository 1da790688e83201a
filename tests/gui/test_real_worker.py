"""The window with its real worker processes and a real registry on the loopback interface."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from launcher.faces.gui.jobs import JobState
from launcher.faces.gui.run_screen import RunScreen
from launcher.faces.gui.worker import WorkerCommand
from tests.gui.test_runtimes_screen import button, click, idle, strips, texts
from tests.gui.test_settings_screen import part
from tests.lying_server import Lie
from tests.packing import Tree, runtime_tree
from tests.registry import LLAMA, THIS_ARCH, THIS_OS, Key, Offer, Registry

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from launcher.faces.gui.jobs import Job
    from launcher.faces.gui.window import MainWindow
    from tests.gui.conftest import OpenWindow

pytestmark = pytest.mark.skipif((THIS_OS, THIS_ARCH) != ("linux", "x86_64"), reason="the bundles are for Linux x86_64")


def publish(registry: Registry, version: str, tree: Tree | None = None) -> None:
    registry.publish(Offer(tree=tree or runtime_tree(version), version=version))
    point_at_server(registry)


def point_at_server(registry: Registry) -> None:
    def edit(root: dict[str, Any]) -> None:
        for bundle in root["bundles"]:
            for artifact in bundle["artifacts"]:
                artifact["url"] = f"{registry.server.url}/{artifact['url']}"

    registry.write_catalog(edit)


def open_real(open_window: OpenWindow) -> MainWindow:
    return open_window(command=WorkerCommand.of_this_program())


def last_job(window: MainWindow) -> Job:
    return window.runtimes._reports[LLAMA]


@pytest.mark.slow
def test_from_first_start_through_update_and_rollback_to_undo(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, tmp_path: Path
) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    details = window.runtimes.details
    assert details.main_button.full_text == "Install b1000"
    click(qtbot, details, "Install b1000")
    idle(qtbot, window)
    assert "b1000 is active" in texts(details.panel)
    assert "It answered: version: b1000" in texts(details.panel)
    publish(registry, "b2000")
    registry.announce("### 2026-11-18 · preview r2 · info\nFaster on old machines.\n\nA word more.")
    point_at_server(registry)
    click(qtbot, window.runtimes, "Refresh")
    idle(qtbot, window)
    assert strips(window) == ["Notice: Faster on old machines."]
    click(qtbot, details, "Update to b2000")
    idle(qtbot, window)
    assert "b2000 is active" in texts(details.panel)
    click(qtbot, details, "Roll back to b1000 (")
    idle(qtbot, window)
    assert "b1000 is active again. Updates will not bring b2000 back by themselves." in strips(window)
    assert (tmp_path / "store" / LLAMA / "current" / "payload" / "model.txt").read_bytes() == b"built from b1000\n"
    click(qtbot, window.runtimes.notices, "Undo")
    idle(qtbot, window)
    assert (tmp_path / "store" / LLAMA / "current" / "payload" / "model.txt").read_bytes() == b"built from b2000\n"
    click(qtbot, details, "Verify")
    idle(qtbot, window)
    assert "Everything is as it was signed" in texts(details.panel)
    click(qtbot, details, "Test")
    idle(qtbot, window)
    assert "It starts and answers" in texts(details.panel)
    click(qtbot, window.runtimes.notices, "Dismiss")
    idle(qtbot, window)
    assert strips(window) == []


def test_a_changed_byte_is_refused_with_words_and_the_next_try_works(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000", runtime_tree(extra_bytes=10_000))
    registry.server.lie(registry.archive_path(), Lie(flip_at=5_000))
    window = open_real(open_window)
    panel = window.runtimes.details.panel
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    assert last_job(window).state is JobState.FAILED
    assert "wrong-hash" in texts(panel)
    assert "Nothing was changed: no revision of this bundle is active." in texts(panel)
    registry.server.tell_the_truth()
    click(qtbot, panel, "Try again")
    idle(qtbot, window)
    assert "b1000 is active" in texts(panel)


def test_a_held_download_is_cancelled_within_a_second(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000", runtime_tree(extra_bytes=100_000))
    registry.server.lie(registry.archive_path(), Lie(hold_at=20_000))
    window = open_real(open_window)
    details = window.runtimes.details
    click(qtbot, details, "Install b1000")
    qtbot.waitUntil(registry.server.holding.is_set, timeout=20_000)
    qtbot.waitUntil(lambda: "Downloading" in texts(details.panel), timeout=20_000)
    click(qtbot, details, "Cancel")
    qtbot.waitUntil(lambda: window.queue.job_of(LLAMA) is None, timeout=2_000)
    assert last_job(window).state is JobState.CANCELLED
    idle(qtbot, window)
    registry.server.tell_the_truth()
    click(qtbot, details.panel, "Try again")
    idle(qtbot, window)
    assert "b1000 is active" in texts(details.panel)


def test_reading_the_store_does_not_wake_the_window_again(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    with qtbot.waitSignal(window.reader.changed, timeout=1_500, raising=False):
        pass  # what the install itself stirred up
    idle(qtbot, window)
    with qtbot.assertNotEmitted(window.queue.added, wait=1_000):
        pass


def test_a_signer_nobody_trusts_is_named(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> None:
    publish(registry, "b1000")
    registry.edit_manifest(keys=[Key(key_id="nightly", issuer="stranger@example")])
    point_at_server(registry)
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b1000")
    idle(qtbot, window)
    assert last_job(window).state is JobState.FAILED
    assert "unknown-signer" in texts(window.runtimes.details.panel)
    assert button(window.runtimes.details.panel, "Show signer").isEnabled()


def test_a_catalog_of_a_stranger_offers_nothing_and_says_why(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow
) -> None:
    publish(registry, "b1000")
    registry.trust()
    window = open_real(open_window)
    assert strips(window) == [
        "Catalog refused: The key \u201cpreview-bundle-signing\u201d is not in the signer registry."
    ]
    assert "No bundles yet" in texts(window.runtimes.stack)


@pytest.mark.real_runtime
@pytest.mark.slow
def test_a_real_llama_is_installed_and_tested_by_the_window(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, payloads: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "llama.cpp-linux-x86_64-cpu.tar.zst"
    shutil.copyfile(payloads / archive.name, archive)
    prefix = archive.name.removesuffix(".tar.zst")
    registry.publish(Offer(tree={}, version="b11146", archives=[archive], strip_prefix=prefix, has_index=False))
    point_at_server(registry)
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b11146")
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=120_000)
    assert "b11146 is active" in texts(window.runtimes.details.panel)
    assert "It answered: version: " in texts(window.runtimes.details.panel)
    click(qtbot, window.runtimes.details, "Test")
    idle(qtbot, window)
    assert "It starts and answers" in texts(window.runtimes.details.panel)


@pytest.mark.real_runtime
@pytest.mark.slow
def test_a_real_llama_runs_a_model_until_it_is_stopped(
    qtbot: QtBot, registry: Registry, open_window: OpenWindow, payloads: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "llama.cpp-linux-x86_64-cpu.tar.zst"
    shutil.copyfile(payloads / archive.name, archive)
    prefix = archive.name.removesuffix(".tar.zst")
    registry.publish(Offer(tree={}, version="b11146", archives=[archive], strip_prefix=prefix, has_index=False))

    def add_server(root: dict[str, Any]) -> None:
        process = root["bundle"]["metadata"]["process"]
        process["args"] = ["--host", "127.0.0.1", "--port", "8080"]
        process["health"] = {"url": "http://127.0.0.1:8080/health", "expect_status": 200, "timeout_ms": 60_000}

    registry.edit_manifest(add_server)
    point_at_server(registry)
    window = open_real(open_window)
    click(qtbot, window.runtimes.details, "Install b11146")
    qtbot.waitUntil(lambda: not window.queue.jobs, timeout=120_000)
    window.screens.open("run")
    screen = window.screens.visit("run")
    assert isinstance(screen, RunScreen)
    screen.take_model(str(next(payloads.rglob("*.gguf"))))
    click(qtbot, screen, "Start")
    qtbot.waitUntil(lambda: screen.light.accessibleName() in {"Healthy", "Failed"}, timeout=40_000)
    assert screen.light.accessibleName() == "Healthy", texts(screen)
    assert "Answers at http://127.0.0.1:" in texts(screen)
    qtbot.waitUntil(lambda: screen.log.view.blockCount() > 1, timeout=10_000)
    click(qtbot, screen, "Stop")
    idle(qtbot, window)
    assert screen.light.accessibleName() == "Not running"


def test_settings_and_doctor_of_the_real_program(qtbot: QtBot, registry: Registry, open_window: OpenWindow) -> None:
    publish(registry, "b1000")
    window = open_real(open_window)
    window.screens.open("settings")
    screen = window.screens.visit("settings")
    idle(qtbot, window)
    offline = part(screen, "Offline")
    assert not offline.isChecked()
    offline.click()
    idle(qtbot, window)
    assert part(screen, "Offline").isChecked()
    line = part(screen, "Revisions that stay")
    line.setText("1")
    line.returnPressed.emit()
    idle(qtbot, window)
    assert "an integer from 5" in texts(screen)
    window.screens.open("health")
    health = window.screens.visit("health")
    click(qtbot, health, "Check this machine")
    idle(qtbot, window)
    qtbot.waitUntil(lambda: "Signers: fine" in texts(health))
